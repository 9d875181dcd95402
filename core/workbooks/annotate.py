"""The user's own workbook given back with the bad cells coloured and commented, and a list of remarks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import Final

from core.workbooks.allowed import Engine, Payload, Progress, engine_of, runs_in_child
from core.workbooks.annotate_copy import mark_in_copy
from core.workbooks.annotate_original import mark_in_original
from core.workbooks.book_parts import check_book
from core.workbooks.container import Format, recognise_format
from core.workbooks.marks import MAX_MARKS, Mark
from core.workbooks.packed import PackedFile
from core.workbooks.pool import run_in_child
from core.workbooks.reading import read_workbook
from core.workbooks.refusals import FileRefused

_FUNCTION: Final = "core.workbooks.annotate:mark_packed"
_CELLS_FOR_OPENPYXL: Final = 400_000
"""openpyxl holds about 0.5 KB a cell; larger workbooks are copied cell by cell instead."""


def mark_cells(
    content: bytes,
    file_name: str,
    marks: Iterable[tuple[str | None, int | None, str | None, str]],
    engine: Engine = "calamine",
) -> bytes:
    """Return an .xlsx file: the uploaded workbook with marked cells filled and commented, and the sheet «Замечания».

    A mark is (sheet, row as Excel counts it, column letter, text); row, column and sheet may be None, then the remark
    stands in the list only. At most `MAX_MARKS` are shown. An .xls, .ods, .csv, a very large file, or one that openpyxl
    cannot open becomes a new workbook with the same cells. Nothing is added to the file but the remarks. Raises
    FileRefused when the file cannot be read.

    Parses the user's bytes: call `mark_in_child` from the program.
    """
    shown = [Mark(*mark) for mark in marks][:MAX_MARKS]
    if recognise_format(content, file_name) is Format.XLSX:
        scans = check_book(PackedFile(content))
        if sum(scan.rows * scan.columns for scan in scans.values()) <= _CELLS_FOR_OPENPYXL:
            with suppress(FileRefused):
                return mark_in_original(content, shown)
    return mark_in_copy(read_workbook(content, file_name, engine), shown)


def marked_name(file_name: str) -> str:
    """Return the name under which the marked workbook is offered for download."""
    return f"{PurePath(file_name).stem} — замечания.xlsx"


def mark_in_child(
    content: bytes,
    file_name: str,
    marks: Iterable[tuple[str | None, int | None, str | None, str]],
    progress: Progress | None = None,
) -> bytes:
    """Do `mark_cells` in a limited child process; raise FileRefused as `run_in_child` does."""
    packed = json.dumps([list(mark) for mark in marks])
    return run_in_child(_FUNCTION, content, {"file_name": file_name, "marks": packed}, progress).data


@runs_in_child
def mark_packed(content: bytes, payload: Payload, progress: Progress) -> bytes:
    """Run `mark_cells`; `payload` holds "file_name", "engine", and "marks" as JSON."""
    progress(0.0, "Подготовка файла с замечаниями")
    marks = [Mark(*mark) for mark in json.loads(str(payload["marks"]))]
    return mark_cells(content, str(payload["file_name"]), marks, engine_of(payload))
