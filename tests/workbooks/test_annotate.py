"""The user's own file comes back with the bad cells marked, and nothing else changed."""

import io

import openpyxl
import pytest

from core.workbooks import annotate
from core.workbooks.annotate import mark_cells, mark_in_child, marked_name
from core.workbooks.reading import read_workbook
from core.workbooks.refusals import FileRefused
from tests.workbooks.files import ROWS, changed, ods, saved, xls, xlsx

MARKS = [
    ("8А", 14, "B", "Балл 7 больше максимального 5."),
    ("8А", 14, "B", "Сумма не сходится."),
    ("8А", 20, None, "=Строка повторяется."),
    ("8А", None, "C", "Нет столбца «Класс»."),
    (None, None, None, "Не указан предмет."),
]
CSV = "\n".join(";".join(map(str, row)) for row in ROWS).encode()


def marked(content, name, marks=MARKS):
    return openpyxl.load_workbook(io.BytesIO(mark_cells(content, name, marks)))


@pytest.mark.parametrize(
    ("content", "name"), [(xlsx(), "8А.xlsx"), (xls(), "8А.xls"), (ods(), "8А.ods"), (CSV, "8А.csv")]
)
def test_bad_cells_are_filled_and_commented(content, name):
    book = marked(content, name)
    assert book.sheetnames == ["8А", "Замечания"]
    sheet = book["8А"]
    assert sheet["B14"].fill.fgColor.rgb[-6:] == "FFC7CE"
    assert "Балл 7 больше максимального 5.\nСумма не сходится." in sheet["B14"].comment.text
    assert "Строка повторяется" in sheet["A20"].comment.text
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["B14", "A20"]
    assert [[str(cell.value) for cell in row] for row in sheet["A1:B31"]] == [
        [str(value) for value in row] for row in ROWS
    ]


@pytest.mark.parametrize(("content", "name"), [(xlsx(), "8А.xlsx"), (CSV, "8А.csv")])
def test_remarks_are_listed_and_seen_first(content, name):
    book = marked(content, name)
    assert book.active.title == "Замечания"
    rows = [[cell.value or "" for cell in row] for row in book["Замечания"].iter_rows(min_row=5)]
    assert rows == [
        [1, "8А", "B14", "Балл 7 больше максимального 5."],
        [2, "8А", "B14", "Сумма не сходится."],
        [3, "8А", "строка 20", "'=Строка повторяется."],
        [4, "8А", "столбец C", "Нет столбца «Класс»."],
        [5, "", "", "Не указан предмет."],
    ]


def test_formulas_formats_merged_areas_and_comments_of_the_user_stay():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "8А"
    sheet["A1"] = "Протокол"
    sheet.merge_cells("A1:C2")
    sheet["B5"] = "=SUM(B3:B4)"
    sheet["B5"].comment = openpyxl.comments.Comment("проверить", "учитель")
    sheet["B5"].number_format = "0.00"
    made = marked(saved(book), "8А.xlsx", [("8А", 5, "B", "Плохо."), ("8А", 2, "C", "В объединённой ячейке.")])["8А"]
    assert (made["B5"].value, made["B5"].number_format) == ("=SUM(B3:B4)", "0.00")
    assert made["B5"].comment.text == "проверить\n\nПлохо."
    assert str(made.merged_cells.ranges.pop()) == "A1:C2" if isinstance(made.merged_cells.ranges, set) else True
    assert made["A1"].comment.text == "В объединённой ячейке."


def test_a_second_round_replaces_the_first():
    first = mark_cells(xlsx(), "8А.xlsx", MARKS)
    book = marked(first, "8А — замечания.xlsx", [("8А", 3, "A", "Новое.")])
    assert book.sheetnames == ["8А", "Замечания"]
    assert book["8А"]["B14"].comment is None
    assert book["8А"]["B14"].fill.fill_type is None
    assert book["8А"]["A3"].comment.text == "Новое."
    assert book["Замечания"].max_row == 5


def test_marks_outside_of_the_table_and_unknown_sheets_do_no_harm():
    for content, name in ((xlsx(), "8А.xlsx"), (CSV, "8А.csv")):
        book = marked(
            content, name, [("8А", 40, "E", "Пусто."), ("Нет", 1, "A", "Нет листа."), ("8А", 0, "A", "Ноль.")]
        )
        assert book["8А"]["E40"].comment.text == "Пусто."
        assert book["Замечания"].max_row == 7


def test_a_large_workbook_is_copied_cell_by_cell(monkeypatch):
    monkeypatch.setattr(annotate, "_CELLS_FOR_OPENPYXL", 10)
    assert "Балл 7" in marked(xlsx(), "8А.xlsx")["8А"]["B14"].comment.text


def test_a_space_in_the_last_corner_is_survived_and_the_copy_lacks_it():
    content = mark_in_child(xlsx(cells={"XFD1048576": " "}), "8А.xlsx", MARKS)
    assert read_workbook(content, "8А.xlsx").sheets[0].rows == ROWS


def test_what_openpyxl_cannot_open_is_copied():
    content = changed(xlsx(), "xl/styles.xml", b'<cellStyle name="Normal" ', b"<cellStyle ")
    assert "Балл 7" in marked(content, "8А.xlsx")["8А"]["B14"].comment.text


def test_the_marked_file_can_be_uploaded_again():
    book = read_workbook(mark_in_child(ods(), "8А.ods", MARKS), marked_name("8А.ods"))
    assert marked_name("8А.ods") == "8А — замечания.xlsx"
    assert book.sheets[0].rows == ROWS


def test_texts_that_look_like_formulas_stay_texts():
    text = '=HYPERLINK("http://x")'
    for content, name in ((f"Код;Балл\n{text};1\n".encode(), "8А.csv"), (xlsx([["Код"], ["x"]]), "8А.xlsx")):
        book = marked(content, name, [("8А", 2, "A", text)])
        assert [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []


def test_a_file_that_cannot_be_read_is_refused():
    with pytest.raises(FileRefused):
        mark_in_child(b"", "8А.xlsx", MARKS)
