"""No name, document, phone or mail address of anybody leaves an inspection, whatever is wrong with the file."""

import pytest

from core.intake.personal import MASK, masked, masked_score, personal_content, personal_header, personal_text
from core.intake.pseudonyms import Pseudonyms
from core.workbooks.wire import encode
from tests.intake.layout_files import (
    EGE,
    OGE,
    ege_compact,
    ege_variant_b,
    exam,
    oge_dense,
    oge_sparse,
    ris,
    truth,
    wide,
)
from tests.intake.layouts.reading import finding, inspected

FORMS = [(oge_sparse, OGE), (oge_dense, OGE), (ege_variant_b, EGE), (ege_compact, EGE), (ris, OGE)]


def bytes_of(inspection) -> str:
    """Return all that an inspection carries to the program."""
    return encode(inspection).decode("utf-8", "ignore")


def secrets_of(t) -> list[str]:
    return [part for name in t.names for part in name] + ["4510", *(f"{123000 + i}" for i in range(len(t.names)))]


@pytest.mark.parametrize(("layout", "entry"), FORMS)
@pytest.mark.parametrize("spoilt", [False, True])
def test_nothing_of_a_protocol_leaves_but_codes(layout, entry, spoilt):
    t = exam(entry)
    sheets = layout(t)
    if spoilt:
        rows = next(iter(sheets.values()))
        for row in rows[-4:]:
            row[-1] = t.names[0][0]
            row[-2] = " ".join(t.names[1])
            row[2] = ""
        rows.append([f"Итого по {t.names[2][0]}", *[""] * 9])
    inspection = inspected(sheets, catalogue=(OGE, EGE))
    assert inspection.layout == "gia-protocol"
    carried = bytes_of(inspection)
    assert [secret for secret in secrets_of(t) if secret in carried] == []


@pytest.mark.parametrize("value", ["Ветрова Анна", "Ветрова", "ВЕТРОВА А.О.", "mail@school.ru", "8 900 123-45-67",
                                   "123-456-789 00", "4510 123456", "Ветрова Анна Олеговна 8А"])
def test_a_name_in_a_score_cell_is_not_shown(value):
    t = truth(classes=(("", "А", 5),))
    sheets = wide(t)
    sheets["Результаты"][5][2] = value
    inspection = inspected(sheets)
    found = finding(inspection, "text_score")
    assert (found.value, found.row) == (MASK, 6)
    assert max(value.split(), key=len) not in bytes_of(inspection)


def test_names_in_sheet_names_and_titles_are_not_carried():
    t = truth(classes=(("", "А", 5),))
    rows = [["Учитель: Иванова Мария Петровна"], *wide(t)["Результаты"]]
    inspection = inspected({"Иванова М.П.": rows})
    assert not inspection.refused
    assert "Иванов" not in bytes_of(inspection)


def test_personal_columns_are_dropped_and_named_by_their_headers():
    t = truth(classes=(("", "А", 5),))
    sheets = wide(t)
    rows = sheets["Результаты"]
    for number, row in enumerate(rows[2:]):
        row[1:1] = (
            ["Фамилия", "Телефон родителей", "E-mail", "Дата рождения", "СНИЛС"] if number == 0
            else ["", "", "", "", ""] if number == 1
            else [f"Ветрова{number}", "+7 900 123-45-67", "mail@school.ru", "01.02.2012", "123-456-789 00"]
        )
    inspection = inspected(sheets)
    assert set(inspection.works[0].dropped_columns) == {
        "Фамилия", "Телефон родителей", "E-mail", "Дата рождения", "СНИЛС"
    }
    assert inspection.works[0].classes[0].codes[0] == "M00000"
    for secret in ("Ветрова", "900", "school.ru", "2012", "789 00"):
        assert secret not in bytes_of(inspection)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Фамилия", "name"), ("Имя", "name"), ("ФИО ученика", "name"), ("Ф.И.О.", "name"), ("SurnameCell", "name"),
        ("Серия", "document"), ("DocumentNumberCode", "document"), ("Паспорт", "document"), ("СНИЛС", "snils"),
        ("Номер телефона", "phone"), ("E-mail", "mail"), ("Дата рождения", "birth"), ("Адрес проживания", "address"),
        ("Код участника", None), ("Название ОО", None), ("Наименование класса", None), ("Количество учителей", None),
        ("Номер", None), ("1 (2б)", None), ("Отметка по журналу", None),
    ],
)
def test_headers_of_personal_data(header, kind):
    assert personal_header(header) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ветрова Анна", "name"), ("Ветрова Анна Олеговна", "name"), ("Ветрова А.О.", "name"), ("А.О. Ветрова", "name"),
        ("ВЕТРОВА АННА ОЛЕГОВНА", "name"), ("Иванов-Петров Пётр", "name"), ("учитель Иванова М.П.", "name"),
        ("a@b.ru", "mail"), ("+7 (900) 123-45-67", "phone"), ("89001234567", "phone"), ("123-456-789 00", "snils"),
        ("4510 123456", "document"), ("Заречный район", None), ("Северная область", None), ("МБОУ СОШ № 1", None),
        ("СОШ им. А.С. Пушкина", None), ("40001", None), ("8А", None), ("Русский язык", None), ("", None),
    ],
)
def test_content_of_personal_data(text, kind):
    assert personal_text(text) == kind
    assert masked(text) == (MASK if kind else text)


def test_a_column_is_personal_from_sixty_per_cent():
    names = ["Ветрова Анна"] * 6
    assert personal_content([*names, "а", "б", "в", "г", ""]) == "name"
    assert personal_content([*names[:5], "а", "б", "в", "г", ""]) is None


@pytest.mark.parametrize("text", ["да", "5-", "н/д", "X2", "вариант 1", "05.12.2026", "#N/A", "нет отметки", "пять",
                                  "много"])
def test_short_words_in_score_cells_are_shown(text):
    assert masked_score(text) == text


@pytest.mark.parametrize("text", ["Пять", "Лесной", "лесной", "ветрова", "смирнов", "Анна"])
def test_words_that_may_be_names_are_hidden_in_score_cells(text):
    assert masked_score(text) == MASK
    rows = [["Код", "1 (1б)", "2 (2б)"], ["a", text, 1], ["b", 1, 1]]
    inspection = inspected({"Лист1": rows}, "Физика 8 класс 2026")
    found = next(one for one in inspection.findings if one.code == "text_score")
    assert "похоже на имя" in found.message and text not in bytes_of(inspection)


def test_codes_from_names_are_keyed_and_stable():
    one = Pseudonyms(b"key")
    code = one.code(("Ветрова", "Анна"), "417000", "А")
    assert code == Pseudonyms(b"key").code(("ветрова ", "анна"), "417000", "А")
    assert code != Pseudonyms(b"other").code(("Ветрова", "Анна"), "417000", "А")
    assert code != one.code(("Ветрова", "Анна"), "417001", "А")
    assert one.code(("Ветрова", "Анна"), "417000", "А", "4510") == f"{code}-2"
    with pytest.raises(ValueError, match="key"):
        Pseudonyms(b"")


def test_capitals_alone_do_not_make_a_sheet_a_person():
    t = truth(classes=(("", "А", 5),))
    rows = wide(t, title=None)["Результаты"]
    rows[0][0] = "Код Участника"
    work = inspected({"Русский Язык": rows}, "8 класс 2026").works[0]
    assert (work.sheet, work.assessment.subject) == ("Русский Язык", "Русский язык")


@pytest.mark.parametrize("names", [["Ветрова", "Лесной", "Снежина"], ["Ветрова А", "Лесной П", "Снежина О"],
                                   ["лесной1", "снежина2", "ветрова3"]])
def test_surnames_in_a_column_of_pupils_become_codes(names):
    rows = [["Ученик", "1 (1б)", "2 (2б)"], *([name, 1, 2] for name in names)]
    inspection = inspected({"Лист1": rows}, "Физика 8 класс 2026")
    assert not inspection.refused
    assert all(code.startswith("П-") for code in inspection.works[0].classes[0].codes)
    assert not [name for name in names if name in bytes_of(inspection)]


def test_a_name_among_codes_becomes_a_code():
    rows = [["Код", "1 (1б)", "2 (2б)"], ["a-1", 1, 2], ["Ветрова", 1, 1], ["a-3", 0, 0]]
    inspection = inspected({"Лист1": rows}, "Физика 8 класс 2026")
    codes = inspection.works[0].classes[0].codes
    assert (codes[0], codes[1][:2], codes[2]) == ("a-1", "П-", "a-3")
    assert "Ветрова" not in bytes_of(inspection)


def test_a_teachers_name_is_dropped_and_identifies_nobody():
    rows = [["Учитель", "Код", "1 (1б)", "2 (2б)"], ["Иванова М.П.", "a1", 1, 2], ["Иванова М.П.", "a2", 1, 1]]
    work = inspected({"Лист1": rows}, "Физика 8 класс 2026").works[0]
    assert work.dropped_columns == ("Учитель",)
    assert work.classes[0].codes == ("a1", "a2")


def test_names_in_headers_and_in_the_column_of_classes_are_masked():
    rows = [["Код", "Класс", "1 (1б)", "2 (2б)", "Озёрная Майя"], ["a1", "Ветрова Анна", 1, 2, ""],
            ["a2", "8А", 1, 1, "x"]]
    inspection = inspected({"Лист1": rows}, "Физика 8 класс 2026")
    assert finding(inspection, "odd_class").row == 2
    carried = bytes_of(inspection)
    assert not [name for name in ("Ветрова", "ВЕТРОВА", "Озёрная") if name in carried]
