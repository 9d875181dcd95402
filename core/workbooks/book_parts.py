"""Which part of an .xlsx archive holds which sheet, and a check of every part before anything is parsed."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from core.workbooks import refusals
from core.workbooks.packed import PackedFile
from core.workbooks.scan import SheetScan, references_in_order, scan_sheet
from core.workbooks.scan_ods import scan_content

_WORKBOOK: Final = "xl/workbook.xml"
_CONTENT: Final = "content.xml"
_RELATIONSHIP_ID: Final = "}id"


def check_book(packed: PackedFile) -> dict[str, SheetScan]:
    """Unpack and check every part of an .xlsx file and return the scan of each worksheet by the sheet's name.

    Raises FileRefused for a missing, damaged, hostile or too large part.
    """
    sheets = _sheet_parts(packed)
    scans: dict[str, SheetScan] = {}
    for name in packed.names:
        raw = packed.read(name)
        for title in sheets.get(name, ()):
            scans[title] = replace(scan_sheet(raw), part=name)
    return scans


def check_document(packed: PackedFile) -> dict[str, SheetScan]:
    """Do the same for an .ods file; sheets about which there is nothing to say are absent."""
    scans: dict[str, SheetScan] = {}
    for name in packed.names:
        raw = packed.read(name)
        if name == _CONTENT:
            scans = scan_content(raw)
    if _CONTENT not in packed:
        raise refusals.damaged()
    return scans


def references_are_sound(packed: PackedFile) -> bool:
    """Say whether all cells of all worksheets of an .xlsx file have addresses that exist, in ascending order."""
    return all(references_in_order(packed.read(name)) for name in _sheet_parts(packed))


def _sheet_parts(packed: PackedFile) -> dict[str, list[str]]:
    """Return part name -> titles of the sheets kept in it."""
    workbook = _workbook_part(packed)
    folder = posixpath.dirname(workbook)
    relations = posixpath.join(folder, "_rels", posixpath.basename(workbook) + ".rels")
    related = _parse(packed.read(relations))
    ids = {item.get("Id", "") for item in related}
    targets = {
        item.get("Id", ""): _resolve(folder, item.get("Target", ""))
        for item in related
        if item.get("Type", "").endswith("/worksheet")
    }
    parts: dict[str, list[str]] = {}
    for item in _parse(packed.read(workbook)).iter():
        if not item.tag.endswith("}sheet"):
            continue
        key = next((value for name, value in item.attrib.items() if name.endswith(_RELATIONSHIP_ID)), "")
        if key not in ids:
            raise refusals.damaged()
        if key in targets:
            if targets[key] not in packed:
                raise refusals.damaged()
            parts.setdefault(targets[key], []).append(item.get("name", ""))
    return parts


def _workbook_part(packed: PackedFile) -> str:
    if "_rels/.rels" in packed:
        for item in _parse(packed.read("_rels/.rels")):
            if item.get("Type", "").endswith("/officeDocument"):
                return _resolve("", item.get("Target", ""))
    return _WORKBOOK


def _resolve(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _parse(raw: bytes) -> Element:
    try:
        root: Element = fromstring(raw)
    except DefusedXmlException as error:
        raise refusals.hostile_xml() from error
    except (ParseError, ValueError) as error:
        raise refusals.damaged() from error
    return root
