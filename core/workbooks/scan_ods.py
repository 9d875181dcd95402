"""What calamine does not tell of an .ods file: errors, uncomputed formulas, merged areas. One pass over content.xml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from core.workbooks import refusals
from core.workbooks.grid import CellError
from core.workbooks.limits import MAX_CELL_ERRORS
from core.workbooks.scan import NOT_COMPUTED, SheetScan

_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CALC: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_SIGNS: Final = (b':value-type="error"', b":formula=", b"-spanned=")


def scan_content(raw: bytes) -> dict[str, SheetScan]:
    """Return sheet name -> facts about the sheet for an .ods file's content.xml; raise FileRefused if it is no XML.

    The document type was refused before, so no entity can be expanded here. Nothing to find, nothing parsed.
    """
    if not any(sign in raw for sign in _SIGNS):
        return {}
    scan = _ContentScan()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    try:
        parser.Parse(raw, True)
    except (ExpatError, ValueError) as error:
        raise refusals.damaged() from error
    return scan.sheets


class _ContentScan:
    """Counts rows and cells while the parser walks through the tables."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetScan] = {}
        self._name = ""
        self._row = 0
        self._column = 0
        self._row_repeat = 1
        self._cell_repeat = 1
        self._error_text: list[str] | None = None
        self._in_text = False
        self._errors: list[CellError] = []
        self._merged: list[tuple[int, int, int, int]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a table, a row or a cell."""
        if name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._cell_repeat = _number(attributes, "number-columns-repeated")
            self._look_at_cell(attributes)
        elif name == _TABLE + "table-row":
            self._column = 0
            self._row_repeat = _number(attributes, "number-rows-repeated")
        elif name == _TABLE + "table":
            self._name = attributes.get(_TABLE + "name", "")
            self._row = 0
            self._errors, self._merged = [], []
        elif name == _TEXT + "p":
            self._in_text = True

    def end(self, name: str) -> None:
        """Close a cell, a row or a table."""
        if name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            if self._error_text is not None:
                self._note("".join(self._error_text)[:40] or "ошибка")
                self._error_text = None
            self._column += self._cell_repeat
        elif name == _TABLE + "table-row":
            self._row += self._row_repeat
        elif name == _TABLE + "table":
            self.sheets[self._name] = SheetScan(errors=tuple(self._errors), merged=tuple(self._merged))
        elif name == _TEXT + "p":
            self._in_text = False

    def text(self, text: str) -> None:
        """Collect what an error cell shows."""
        if self._in_text and self._error_text is not None:
            self._error_text.append(text)

    def _look_at_cell(self, attributes: Mapping[str, str]) -> None:
        if attributes.get(_CALC + "value-type") == "error":
            self._error_text = []
        elif _TABLE + "formula" in attributes and _OFFICE + "value-type" not in attributes:
            self._note(NOT_COMPUTED)
        rows = _number(attributes, "number-rows-spanned")
        columns = _number(attributes, "number-columns-spanned")
        if rows > 1 or columns > 1:
            self._merged.append((self._row, self._column, self._row + rows - 1, self._column + columns - 1))

    def _note(self, text: str) -> None:
        if len(self._errors) < MAX_CELL_ERRORS:
            self._errors.append(CellError(row=self._row + 1, column=self._column, text=text))


def _number(attributes: Mapping[str, str], name: str) -> int:
    """Return a repeat or span, 1 where it is absent or no number."""
    value = attributes.get(_TABLE + name, "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else 1
