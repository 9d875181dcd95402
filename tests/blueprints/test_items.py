"""Codes of items and the headers in which files write them."""

from datetime import datetime

import pytest

from core.blueprints.items import normalise_item_code, parse_item_header, task_of


@pytest.mark.parametrize(
    ("header", "code", "maximum"),
    [
        ("1 (5б)", "1", 5), ("4К1 (3б)", "4К1", 3), ("4K1 (3б)", "4К1", 3), ("9.1 (1б)", "9.1", 1),
        ("9,1 (1б)", "9.1", 1),
        ("4(1) (3б)", "4(1)", 3), ("16 (1) (1б)", "16(1)", 1), ("5(1б)", "5", 1), ("1", "1", None),
        ("балл за 7", "7", None), ("a-7-grade", "7", None), ("1\n(5 баллов)", "1", 5), ("10\u00a0(2б)", "10", 2),
        ("Задание 3 (макс. 2)", "3", 2), ("зад. 12.1, 2 балла", "12.1", 2), ("№ 5", "5", None), ("ГК1 (3б)", "ГК1", 3),
        ("27К10", "27К10", None), ("4(1)", "4(1)", None), ("5а (1б)", "5А", 1), ("задание 01", "1", None),
    ],
)
def test_header_of_an_item_is_read(header, code, maximum):
    assert parse_item_header(header) == (code, maximum)


@pytest.mark.parametrize(
    "header",
    ["", "Класс", "Вариант", "Итого баллов", "Балл", "12 баллов", "5б", "8А", "2026", "12-14", "Код участника",
     "Отметка за предыдущий триместр/ четверть/полугодие", "Макс. балл", "01.09.2026", "1" * 200],
)
def test_other_headers_are_not_items(header):
    assert parse_item_header(header) is None


def test_numbers_and_dates_made_by_excel_are_understood():
    assert parse_item_header(3.0) == ("3", None)
    assert parse_item_header(9.1) == ("9.1", None)
    assert parse_item_header(datetime(2026, 1, 5)) == ("5.1", None)
    assert parse_item_header(2026.0) is None
    assert parse_item_header(True) is None
    assert parse_item_header(None) is None


def test_one_spelling_of_codes():
    assert normalise_item_code("4K1") == "4К1"
    assert normalise_item_code("9,1") == "9.1"
    assert normalise_item_code("16 (1)") == "16(1)"
    assert normalise_item_code("5а") == normalise_item_code("5а (1б)") == "5А"
    assert normalise_item_code(7.0) == "7"
    assert normalise_item_code("  Чтение  вслух ") == "Чтение вслух"


def test_task_of_an_item():
    assert [task_of(code) for code in ("9.1", "4К1", "10(2)", "7", "ГК1")] == ["9", "4", "10", "7", "ГК1"]
