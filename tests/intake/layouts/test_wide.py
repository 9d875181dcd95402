"""Any table of participants × items: headers, maxima, sheets, names, the mapping screen."""

import datetime

import numpy as np
import openpyxl
import pytest

from core.intake.contract import AssessmentKey, CatalogueEntry, CatalogueItem, Mapping
from tests.intake.file_formats import saved
from tests.intake.layout_files import truth, wide
from tests.intake.layouts.reading import assert_agrees, codes_of, finding, inspected, the_work

ONE = (("", "А", 9), ("", "Б", 8))
T = truth(maxima=(1, 2, 1, 3, 1), codes=("1", "2", "3.1", "3.2", "4"), classes=ONE, seed=4)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_a_table_with_a_row_of_maxima(kind):
    inspection = inspected(wide(T), "таблица", kind)
    work = the_work(inspection)
    assert inspection.layout == "wide-table"
    assert_agrees(work, T)
    assert [part.class_name for part in work.classes] == ["А", "Б"]
    key = work.assessment
    assert (key.procedure, key.subject, key.grade, key.year) == ("Региональный мониторинг", "Математика", 8, 2026)
    assert codes_of(inspection) == []


def test_maxima_in_the_headers():
    sheets = wide(T, maxima=False)
    heads = zip(T.codes, T.maxima, strict=True)
    sheets["Результаты"][2][2:7] = [f"Задание {code} (макс. {top})" for code, top in heads]
    assert_agrees(the_work(inspected(sheets)), T)


def test_maxima_from_the_scores_when_the_file_has_none():
    inspection = inspected(wide(T, maxima=False))
    assert [item.max_score for item in the_work(inspection).items] == list(T.maxima)
    assert codes_of(inspection) == ["maxima_from_scores"]


def test_maxima_from_the_only_fitting_blueprint():
    entry = CatalogueEntry(
        "Региональный мониторинг", "Математика", 8, 2026, 2026,
        tuple(CatalogueItem(code, 4, False) for code in T.codes),
    )
    inspection = inspected(wide(T, maxima=False), catalogue=(entry,))
    assert [item.max_score for item in the_work(inspection).items] == [4] * 5
    assert codes_of(inspection) == []


def test_a_header_over_two_rows_is_read_and_said():
    sheets = wide(T)
    rows = sheets["Результаты"]
    codes = rows[2][2:7]
    rows[2] = ["Код участника", "Класс", "Задания", "", "", "", "", "Балл"]
    rows.insert(3, ["", "", *codes, ""])
    inspection = inspected(sheets)
    assert_agrees(the_work(inspection), T)
    assert finding(inspection, "two_header_rows").row == 4


def test_excel_made_dates_of_the_items_numbers():
    book = openpyxl.Workbook()
    rows = wide(T)["Результаты"]
    rows[2][4:6] = [datetime.datetime(2026, 1, 3), datetime.datetime(2026, 2, 3)]
    for row in rows:
        book.active.append(row)
    assert [item.code for item in the_work(inspected({}, content=saved(book))).items] == list(T.codes)


def test_without_a_procedure_it_is_a_school_monitoring():
    inspection = inspected(wide(T, title=None), "Итоговая работа математика 8 класс 2026")
    assert the_work(inspection).assessment.procedure == "Школьный мониторинг"
    assert codes_of(inspection, "warning") == ["procedure_assumed"]


def test_sheets_of_classes_are_one_work():
    sheets = {f"8{letter}": [[*row[:1], *row[2:]] for row in wide(truth(
        maxima=T.maxima, codes=T.codes, classes=(("", letter, 7),), seed=ord(letter)))["Результаты"]]
        for letter in "АБВ"}
    for index, rows in enumerate(sheets.values()):
        for number, row in enumerate(rows[4:]):
            row[0] = f"{index}{number:04d}"
    work = the_work(inspected(sheets))
    assert [part.class_name for part in work.classes] == ["А", "Б", "В"]
    assert work.participants == 21
    assert work.assessment.grade == 8


def test_sheets_share_maxima_that_come_from_scores():
    def sheet(values):
        return [["Код", "1", "2"], *([f"{v}{i}", v, 1] for i, v in enumerate(values))]

    inspection = inspected({"8А": sheet([0, 1, 1]), "8Б": sheet([2, 3, 2])}, "Физика 2026")
    assert [item.max_score for item in the_work(inspection).items] == [3, 1]


def test_a_participant_on_two_sheets_is_an_error():
    rows = [["Код", "1 (1б)", "2 (1б)"], ["a1", 1, 0], ["a2", 0, 1]]
    inspection = inspected({"Вариант 1": rows, "Вариант 2": rows}, "Физика 8 класс 2026")
    assert codes_of(inspection, "error") == ["repeated_participant"] * 2


def test_names_become_codes_that_stay_the_same():
    def rows(first, second):
        return [["№", "Фамилия, имя", "Класс", "1 (1б)", "2 (2б)"], [1, first, "8А", 1, 2], [2, second, "8А", 0, 1]]

    name = "Физика 8 класс 2026"
    one = the_work(inspected({"Лист1": rows("Озёрная Майя", "Лесной Пётр")}, name))
    two = the_work(inspected({"Лист1": rows("Лесной Пётр", "озерная  майя")}, name))
    assert set(one.classes[0].codes) == set(two.classes[0].codes)
    assert all(len(code) == 12 and code.startswith("П-") for code in one.classes[0].codes)
    assert one.dropped_columns == ("Фамилия, имя",)
    other = the_work(inspected({"Лист1": rows("Озёрная Майя", "Лесной Пётр")}, name, name_key=b"x" * 32))
    assert not set(one.classes[0].codes) & set(other.classes[0].codes)


def test_a_column_of_codes_that_holds_names_is_treated_as_names():
    rows = [["Ученик", "1 (1б)", "2 (2б)"], ["Озёрная Майя", 1, 2], ["Лесной Пётр", 0, 1]]
    work = the_work(inspected({"Лист1": rows}, "Физика 8 класс 2026"))
    assert all(code.startswith("П-") for code in work.classes[0].codes)


def test_without_a_key_no_code_can_be_guessed_back():
    rows = [["ФИО", "1 (1б)", "2 (2б)"], ["Озёрная Майя", 1, 2], ["Лесной Пётр", 0, 1]]
    one = inspected({"Лист1": rows}, "Физика 8 класс 2026", name_key=b"")
    two = inspected({"Лист1": rows}, "Физика 8 класс 2026", name_key=b"")
    assert not set(the_work(one).classes[0].codes) & set(the_work(two).classes[0].codes)
    assert "no_name_key" in codes_of(one)


def test_running_numbers_identify_where_there_is_nothing_else():
    rows = [["№", "Класс", "1 (1б)", "2 (2б)"], [1, "8А", 1, 2], [2, "8А", 0, 1], [1, "8Б", 1, 1]]
    work = the_work(inspected({"Лист1": rows}, "Физика 8 класс 2026"))
    assert [part.codes for part in work.classes] == [("1", "2"), ("1",)]


def test_school_and_class_may_stand_in_the_title():
    rows = [["Школа: МБОУ СОШ № 7"], ["Класс: 8А"], ["Предмет: Физика"], [], ["Код", "1 (1б)", "2 (2б)"], ["a", 1, 2]]
    work = the_work(inspected({"Лист1": rows}, "результаты 2026"))
    assert work.classes[0].school.name == "МБОУ СОШ № 7"
    assert (work.classes[0].class_name, work.assessment.grade, work.assessment.subject) == ("А", 8, "Физика")


def test_merged_classes_are_filled_down():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Код", "Класс", "1 (1б)", "2 (2б)"], ["a", "8А", 1, 2], ["b", None, 0, 1], ["c", "8Б", 1, 1]]:
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    inspection = inspected({}, "Физика 2026", content=saved(book))
    assert [part.codes for part in the_work(inspection).classes] == [("a", "b"), ("c",)]
    assert "merged_filled" in codes_of(inspection)


def test_merged_scores_are_refused():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Код", "Класс", "1 (1б)", "2 (2б)"], ["a", "8А", 1, 2], ["b", "8А", 0, 1]]:
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    inspection = inspected({}, "Физика 2026", content=saved(book))
    assert "C2:C3" in finding(inspection, "merged_scores").message


def test_column_of_letters_beside_the_grade():
    rows = [["Код", "Класс", "Литера", "1 (1б)", "2 (2б)"], ["a", 8, "а", 1, 2], ["b", 8, "Б", 0, 1]]
    work = the_work(inspected({"Лист1": rows}, "Физика 2026"))
    assert work.assessment.grade == 8
    assert [part.class_name for part in work.classes] == ["А", "Б"]


def test_levels_in_a_row_of_their_own():
    sheets = wide(T)
    sheets["Результаты"].insert(4, ["Уровень", "", "Б", "Б", "П", "П", "В", ""])
    work = the_work(inspected(sheets))
    assert_agrees(work, T)
    assert [item.level for item in work.items] == ["Б", "Б", "П", "П", "В"]


def test_an_unknown_table_goes_to_the_mapping_screen_without_names():
    rows = [["Отчёт учителя Ивановой М.И."], ["Учащийся", "Чтение", "Письмо", "Телефон"],
            ["Озёрная Майя", "3", "2", "+7 900 123-45-67"], ["Лесной Пётр", "1", "2", "+7 900 123-45-68"]]
    inspection = inspected({"Сводка": rows}, "отчёт")
    assert inspection.layout is None and not inspection.works
    view = inspection.sheets[0]
    assert (view.name, view.rows, view.columns) == ("Сводка", 4, 4)
    shown = " ".join(text for row in view.top for text in row)
    for secret in ("Озёрная", "Лесной", "Иванов", "900"):
        assert secret not in shown
    assert view.top[1] == ("Учащийся", "Чтение", "Письмо", "Телефон")
    assert inspection.suggested.header_row == 2


def test_the_mapping_is_followed():
    rows = [["Отчёт"], ["Учащийся", "Чтение", "Письмо", "Группа", "Оценка", "Итог"],
            ["u1", "3", "2", "7а", 5, 5], ["u2", "нет", "2", "7б", 4, 2], ["u3", "пропуск", "", "7б", "", ""]]
    mapping = Mapping(
        "Сводка", 2, 3, {1: ("чтение", 3), 2: ("письмо", 2)}, code=0, class_name=3, mark=4, total=5,
        absent_codes=("пропуск",), not_attempted_codes=("нет",),
    )
    work = the_work(inspected(
        {"Сводка": rows}, mapping=mapping, assessment=AssessmentKey("Школьный мониторинг", "Литература", 7, 2026)
    ))
    assert [(item.code, item.max_score) for item in work.items] == [("чтение", 3), ("письмо", 2)]
    assert np.vstack([part.scores for part in work.classes]).tolist() == [[3, 2], [-1, 2]]
    assert work.absent == 1
    assert [part.class_name for part in work.classes] == ["А", "Б"]


@pytest.mark.parametrize(
    ("change", "code"), [({"sheet": "Другой"}, "mapping_sheet"), ({"first_row": 90}, "mapping_columns"),
                         ({"items": {70: ("1", 1)}}, "mapping_columns"), ({"items": {}}, "mapping_columns")],
)
def test_a_mapping_that_does_not_fit_is_refused(change, code):
    values = {"sheet": "Сводка", "header_row": 1, "first_row": 2, "items": {1: ("1", 1)}, "code": 0, **change}
    inspection = inspected({"Сводка": [["Код", "1"], ["a", 1]]}, "Физика 8 класс 2026", mapping=Mapping(**values))
    assert codes_of(inspection, "error") == [code]


def test_a_hidden_sheet_is_left_out_and_said():
    sheets = {**wide(T), "Старые": wide(T)["Результаты"]}
    inspection = inspected(sheets, hidden=("Старые",))
    assert_agrees(the_work(inspection), T)
    assert "Старые" in finding(inspection, "hidden_sheet").message


def test_a_further_sheet_that_is_no_table_is_said():
    inspection = inspected({**wide(T), "Заметки": [["а"], ["б"], ["в"], ["г"], ["д"]]})
    assert_agrees(the_work(inspection), T)
    assert finding(inspection, "sheet_not_read").sheet == "Заметки"


def test_a_table_of_schools_is_not_taken_for_participants():
    rows = [["№", "Школа", "Количество участников", "2", "3", "4", "5"], [1, "СОШ 1", 20, 1, 5, 10, 4],
            [2, "СОШ 2", 30, 2, 10, 10, 8]]
    assert inspected({"Лист1": rows}, "ВПР математика 4 класс 2026").layout is None


def test_pupils_in_columns_are_noticed():
    rows = [["Задание", *[f"Ученик {i}" for i in range(9)]],
            *([f"{code} ({top}б)", *[0] * 9] for code, top in zip(T.codes, T.maxima, strict=True))]
    inspection = inspected({"Лист1": rows}, "Физика 8 класс 2026")
    assert codes_of(inspection) == ["transposed"]


def test_broken_encoding_is_noticed():
    rows = [[text.encode().decode("cp1251") for text in row] for row in [["Код", "Задачи", "Балл"], ["один", "5", "5"]]]
    inspection = inspected({"Лист1": rows})
    assert codes_of(inspection) == ["broken_encoding"]


def test_running_numbers_prepared_beforehand_are_nobody():
    rows = [["№", "Класс", "1 (1б)", "2 (2б)", "Итого"], [1, "8А", 1, 2, 3], [2, "8А", "н", "", 0], [3, "", "", "", 0]]
    work = the_work(inspected({"Лист1": rows}, "Физика 2026"))
    assert (work.participants, work.absent) == (1, 1)


def test_classes_of_two_grades_stay_two_classes():
    rows = [["Код", "Класс", "1 (1б)", "2 (2б)"], ["a", "8А", 1, 2], ["b", "9А", 0, 1]]
    work = the_work(inspected({"Лист1": rows}, "Физика 8 класс 2026"))
    assert [part.class_name for part in work.classes] == ["А", "9А"]


def test_a_summary_beside_the_table_does_not_refuse_the_file():
    summary = [["Класс", "1", "2", "3.1", "3.2", "4", "Итого"], *([f"8{x}", 1, 2, 1, 3, 1, 8] for x in "АБВГ")]
    inspection = inspected({**wide(T), "Свод": summary})
    assert_agrees(the_work(inspection), T)
    assert finding(inspection, "sheet_not_read").sheet == "Свод"


def test_a_real_code_is_preferred_to_a_running_id():
    rows = [["id", "Код", "1 (1б)", "2 (2б)"], [1, "a77", 1, 2], [2, "a78", 0, 1]]
    assert the_work(inspected({"Лист1": rows}, "Физика 8 класс 2026")).classes[0].codes == ("a77", "a78")
