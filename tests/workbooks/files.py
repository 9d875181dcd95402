"""Files that the tests of this room write: plain ones, and plain ones spoilt in one place."""

import io
import zipfile

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["Код", "Балл"], *([f"{number:03d}", number % 5] for number in range(30))]


def xlsx(rows=ROWS, title="8А", cells=None):
    """Return an .xlsx file with one sheet; `cells` are further cells by address."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for address, value in (cells or {}).items():
        sheet[address] = value
    return saved(book)


def saved(book):
    """Return the bytes of an openpyxl workbook."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xls(rows=ROWS, title="8А"):
    """Return an .xls file with one sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    return saved(book)


def ods(rows=ROWS, title="8А", last_cell=None, row_repeat=1, column_repeat=1):
    """Return an .ods file with one sheet; `last_cell` is one more text cell below, repeated as told."""
    document = OpenDocumentSpreadsheet()
    table = Table(name=title)
    for row in rows:
        line = TableRow()
        for value in row:
            number = isinstance(value, (int, float))
            cell = TableCell(valuetype="float", value=value) if number else TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    if last_cell is not None:
        line = TableRow(numberrowsrepeated=row_repeat)
        cell = TableCell(valuetype="string", numbercolumnsrepeated=column_repeat)
        cell.addElement(P(text=last_cell))
        line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    return saved(document)


def parts(content):
    """Return name -> bytes of all parts of a packed file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents):
    """Return a packed file of the parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in contents.items():
            archive.writestr(name, raw)
    return target.getvalue()


def changed(content, part, old, new):
    """Return a packed file in which one part has `new` instead of `old`, sums and sizes being right again.

    openpyxl closes empty elements as «<v />» or, where lxml is installed, as «<v/>» and «<v></v>»: here it is «<v/>».
    """
    contents = parts(content)
    contents[part] = contents[part].replace(b" />", b"/>").replace(b"<v></v>", b"<v/>")
    assert old in contents[part], contents[part][:500]
    contents[part] = contents[part].replace(old, new)
    return packed(contents)


def without(content, part):
    """Return a packed file that lacks one part."""
    contents = parts(content)
    del contents[part]
    return packed(contents)
