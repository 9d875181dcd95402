"""Marks in the user's own .xlsx file by openpyxl: everything else in the workbook stays as it was."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.alignment import Alignment
from openpyxl.utils.cell import column_index_from_string
from openpyxl.workbook.workbook import Workbook as OpenpyxlWorkbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from core.workbooks import refusals
from core.workbooks.marks import (
    AUTHOR,
    FILL,
    REMARKS_HEADER,
    REMARKS_HELP,
    REMARKS_SHEET,
    REMARKS_TITLE,
    REMARKS_WIDTHS,
    Mark,
    comments_by_cell,
    remark_rows,
)

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384


def mark_in_original(content: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the .xlsx file with marked cells filled and commented and the sheet «Замечания» at the end.

    Marks of an earlier round are taken away first. The container must have been checked. Raises FileRefused if damaged.
    """
    with refusals.refuse_what_breaks():
        return _marked(content, marks)


def _marked(content: bytes, marks: Sequence[Mark]) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), keep_links=False)
    _forget_earlier_round(book)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for title, cells in comments_by_cell(marks).items():
        if title in sheets:
            for (row, letter), text in cells.items():
                _mark(sheets[title], row, letter, text)
    _list_remarks(book, marks, set(sheets))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _mark(sheet: Worksheet, row: int, letter: str, text: str) -> None:
    column = column_index_from_string(letter)
    if not (1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN):
        return
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next((area for area in sheet.merged_cells.ranges if cell.coordinate in area), None)
        if area is None:
            return
        cell = sheet.cell(area.min_row, area.min_col)
    if not isinstance(cell, Cell):
        return
    cell.fill = PatternFill("solid", fgColor=FILL)
    kept = f"{cell.comment.text}\n\n" if cell.comment else ""
    cell.comment = Comment(kept + text, AUTHOR, width=360, height=120)


def _forget_earlier_round(book: OpenpyxlWorkbook) -> None:
    """Remove the list of remarks, our comments and our colour from a workbook that was marked before."""
    earlier = [
        sheet
        for sheet in book.worksheets
        if sheet.title.startswith(REMARKS_SHEET) and sheet["A1"].value == REMARKS_TITLE
    ]
    if not earlier or len(earlier) == len(book.worksheets):
        return
    for sheet in earlier:
        book.remove(sheet)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.comment and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _list_remarks(book: OpenpyxlWorkbook, marks: Sequence[Mark], known: set[str]) -> None:
    sheet = book.create_sheet(REMARKS_SHEET)
    sheet["A1"] = REMARKS_TITLE
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = REMARKS_HELP
    for column, (header, width) in enumerate(zip(REMARKS_HEADER, REMARKS_WIDTHS, strict=True), start=1):
        cell = sheet.cell(4, column, header)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for line, (mark, values) in enumerate(zip(marks, remark_rows(marks), strict=True), start=5):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(line, column)
            cell.value = value
            cell.data_type = "n" if isinstance(value, int) else "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if mark.sheet in known and mark.row is not None:
            quoted = str(mark.sheet).replace("'", "''")
            address = f"C{line}"
            sheet[address].hyperlink = Hyperlink(address, location=f"'{quoted}'!{mark.column or 'A'}{mark.row}")
            sheet[address].font = Font(color="0563C1", underline="single")
    sheet.freeze_panes = "A5"
    book.active = len(book.sheetnames) - 1
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
