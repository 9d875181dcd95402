"""Sheets as .xlsx, .xls, .ods or .csv, for the tests of layouts."""

import csv
import datetime
import io

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def written(sheets: dict[str, list[list]], kind: str = "xlsx", encoding: str = "utf-8-sig", hidden=()) -> bytes:
    """Return the sheets as a file; a .csv holds the last sheet."""
    if kind == "csv":
        return _csv(list(sheets.values())[-1], encoding)
    return {"xlsx": _xlsx, "xls": _xls, "ods": _ods}[kind](sheets, hidden)


def _xlsx(sheets, hidden) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append([None if value == "" else value for value in row])
    return saved(book)


def _xls(sheets, hidden) -> bytes:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = 1 if name in hidden else 0
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "":
                    sheet.write(r, c, value)
    return saved(book)


def _ods(sheets, hidden) -> bytes:
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row or [""]:
                if value == "":
                    line.addElement(TableCell())
                    continue
                number = isinstance(value, int | float)
                cell = TableCell(valuetype="float", value=value) if number else TableCell(valuetype="string")
                cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    return saved(document)


def _csv(rows, encoding) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    for row in rows:
        writer.writerow([f"{value:%d.%m.%Y}" if isinstance(value, datetime.date) else value for value in row])
    return target.getvalue().encode(encoding)


def saved(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
