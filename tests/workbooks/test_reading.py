"""What stands in a file comes out, whichever format it has."""

import datetime

import openpyxl
import pytest
import xlwt

from core.workbooks.grid import CellError
from core.workbooks.reading import read_workbook
from core.workbooks.refusals import FileRefused
from tests.workbooks.files import ROWS, SHEET, changed, ods, packed, parts, saved, xls, xlsx

CSV = "\n".join(";".join(map(str, row)) for row in ROWS).encode()
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)


def with_content(body, styles=""):
    """Return an .ods file whose content is written by hand."""
    contents = parts(ods())
    contents["content.xml"] = (
        f'<office:document-content {NAMESPACES} office:version="1.2"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    ).encode()
    return packed(contents)


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
def test_xlsx(engine):
    sheet = read_workbook(xlsx(), "8А.xlsx", engine).sheets[0]
    assert (sheet.name, sheet.hidden, sheet.errors) == ("8А", False, ())
    assert sheet.rows == ROWS


@pytest.mark.parametrize(("content", "name"), [(xls(), "8А.xls"), (ods(), "8А.ods")])
def test_xls_and_ods(content, name):
    sheet = read_workbook(content, name).sheets[0]
    assert sheet.name == "8А"
    assert sheet.rows == ROWS


def test_csv():
    book = read_workbook(CSV, "Протокол 8А.csv")
    assert book.sheets[0].name == "Протокол 8А"
    assert book.sheets[0].rows == [[str(value) for value in row] for row in ROWS]


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
def test_rows_and_columns_keep_their_numbers_when_the_table_stands_apart(engine):
    book = openpyxl.Workbook()
    book.active["C4"] = "Код"
    book.active["D5"] = 3
    rows = read_workbook(saved(book), "a.xlsx", engine).sheets[0].rows
    assert rows[3][2] == "Код"
    assert rows[4][3] == 3
    assert not any(any(row) for row in rows[:3])


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
def test_types_errors_formulas_merged_and_hidden(engine):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Лист"
    sheet["A1"], sheet["B1"], sheet["C1"] = True, datetime.date(2026, 5, 12), 0.5
    sheet["A2"] = "=SUM(C1:C1)"
    sheet["B2"] = "#N/A"
    sheet["B2"].data_type = "e"
    sheet["C2"] = "номер # 5"
    sheet["A3"] = "класс"
    sheet.merge_cells("A3:A5")
    hidden = book.create_sheet("Старые")
    hidden.sheet_state = "hidden"
    hidden["A1"] = 1
    first, second = read_workbook(saved(book), "a.xlsx", engine).sheets
    assert first.rows[0][0] is True
    assert isinstance(first.rows[0][1], datetime.date)
    assert first.rows[0][2] == 0.5
    assert first.rows[1] in (["", "", "номер # 5"], [None, "", "номер # 5"])
    assert first.errors == (CellError(2, 0, "формула не вычислена"), CellError(2, 1, "#N/A"))
    assert first.merged == ((2, 0, 4, 0),)
    assert (first.hidden, second.hidden) == (False, True)


def test_computed_formulas_are_no_errors():
    content = changed(
        xlsx(cells={"C2": "=B2+1", "D2": '=IF(1,"","")', "E2": "=1/0"}),
        SHEET,
        b"<f>B2+1</f><v/>",
        b"<f>B2+1</f><v>1</v>",
    )
    content = changed(content, SHEET, b'<c r="D2"><f>', b'<c r="D2" t="str"><f>')
    content = changed(content, SHEET, b'<c r="E2"><f>1/0</f><v/>', b'<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v>')
    sheet = read_workbook(content, "a.xlsx").sheets[0]
    assert sheet.rows[1][2] == 1
    assert sheet.errors == (CellError(2, 4, "#DIV/0!"),)


def test_errors_are_found_among_many_texts_with_the_same_signs():
    rows = [[f"№ #{number}", "fff f", "=A1"] for number in range(200)]
    errors = read_workbook(xlsx([*rows, ["#REF!", 1, 2]]), "a.xlsx").sheets[0].errors
    assert len(errors) == 201
    assert CellError(201, 0, "#REF!") in errors
    assert CellError(200, 2, "формула не вычислена") in errors


def test_shared_formulas_and_prefixed_names():
    content = changed(
        xlsx(cells={"C2": "=B2", "C3": 7}), SHEET, b'<c r="C3" t="n"><v>7</v>', b'<c r="C3"><f t="shared" si="0"/>'
    )
    contents = parts(content)
    raw = contents[SHEET].replace(b"<worksheet xmlns=", b"<x:worksheet xmlns:x=").replace(b"</", b"</x:")
    for tag in (b"sheetData", b"row", b"c ", b"v>", b"f>", b"f ", b"is>", b"t>", b"dimension"):
        raw = raw.replace(b"<" + tag, b"<x:" + tag)
    start, end = raw.index(b"<sheetPr"), raw.index(b"<x:dimension")
    raw = raw[:start] + raw[end:]
    raw = raw[: raw.index(b"<sheetViews")] + raw[raw.index(b"<x:sheetData>") : raw.index(b"</x:sheetData>") + 14]
    contents[SHEET] = raw + b"</x:worksheet>"
    for made in (content, packed(contents)):
        sheet = read_workbook(made, "a.xlsx").sheets[0]
        assert sheet.rows[0][:2] == ["Код", "Балл"]
        assert sheet.errors == (
            CellError(2, 2, "формула не вычислена"),
            CellError(3, 2, "формула не вычислена"),
        )


def test_ods_errors_formulas_merged_and_hidden():
    content = with_content(
        '<table:table table:name="Л">'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        '<text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=[.A1]"/>'
        '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>м</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
        '<table:table table:name="Старые" table:style-name="ta2"><table:table-row>'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>',
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>",
    )
    first, second = read_workbook(content, "a.ods").sheets
    assert first.rows[2][:2] == [3, 3]
    assert first.errors == (CellError(3, 2, "#DIV/0!"), CellError(3, 3, "формула не вычислена"))
    assert first.merged == ((2, 4, 2, 5),)
    assert (first.hidden, second.hidden) == (False, True)


def test_xls_dates_errors_merged_and_hidden():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Лист")
    sheet.write_merge(0, 0, 0, 2, "Протокол")
    sheet.write(1, 0, datetime.date(2026, 5, 12), xlwt.easyxf(num_format_str="DD.MM.YYYY"))
    sheet.write(1, 1, True)
    sheet.row(1).set_cell_error(2, "#DIV/0!")
    hidden = book.add_sheet("Старые")
    hidden.visibility = 1
    hidden.write(0, 0, 1)
    first, second = read_workbook(saved(book), "a.xls").sheets
    assert first.rows[1] == [datetime.date(2026, 5, 12), True, ""]
    assert first.errors == (CellError(2, 2, "#DIV/0!"),)
    assert first.merged == ((0, 0, 0, 2),)
    assert (first.hidden, second.hidden) == (False, True)


@pytest.mark.parametrize(
    ("content", "name"),
    [(saved(openpyxl.Workbook()), "a.xlsx"), (xlsx([[" ", None]]), "a.xlsx"), (ods([]), "a.ods"), (xls([]), "a.xls")],
)
def test_a_workbook_without_a_table_is_refused(content, name):
    with pytest.raises(FileRefused, match="нет листа с таблицей"):
        read_workbook(content, name)


def test_a_cell_style_without_a_name_does_no_harm():
    content = changed(xlsx(), "xl/styles.xml", b'<cellStyle name="Normal" ', b"<cellStyle ")
    assert read_workbook(content, "a.xlsx").sheets[0].rows == ROWS


def test_progress_rises_from_nothing_to_all():
    told = []
    read_workbook(xlsx(), "a.xlsx", progress=lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert "Чтение листа «8А»" in [words for _, words in told]
