"""Every check of a file: what is said, how severely, and where."""

import datetime

import openpyxl
import pytest

from core.intake.contract import CatalogueEntry, CatalogueItem, InspectionRequest
from core.intake.inspecting import inspect_workbook
from core.workbooks.grid import CellError, Sheet, Workbook
from tests.intake.file_formats import saved
from tests.intake.layout_files import collection_form, fisoko_individual, truth, wide
from tests.intake.layouts.reading import codes_of, finding, inspected, the_work

NAME = "Форма сбора результатов Русский язык 4 класс ВПР 2026"
T = truth(maxima=(1, 2, 3), classes=(("edu000001", "А", 5),), skipped=0, seed=2)


def form(row=1, column=2, value=None, **more):
    """Return a collection form with one cell changed; rows count from 1 below the header."""
    sheets = collection_form(T, **more)
    if value is not None:
        sheets["Протокол"][row][column] = value
    return sheets


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (2, "score_above_maximum", "Балл 2 больше максимального 1."),
        ("2", "score_above_maximum", "Балл 2 больше максимального 1."),
        (99999, "score_above_maximum", "Балл 99999 больше максимального 1."),
        (-1, "negative_score", "Балл -1 меньше нуля."),
        (0.5, "fraction_score", "Балл 0,5 — дробный."),
        ("0,5", "fraction_score", "Балл 0,5 — дробный."),
        ("да", "text_score", "Вместо балла стоит «да»."),
        ("5-", "text_score", "Вместо балла стоит «5-»."),
        ("1e2", "text_score", "Вместо балла стоит «1e2»."),
        ("1_0", "text_score", "Вместо балла стоит «1_0»."),
        ("٣", "text_score", "Вместо балла стоит «٣»."),
        ("１", "text_score", "Вместо балла стоит «１»."),
        ("inf", "text_score", "Вместо балла стоит «inf»."),
        ("nan", "text_score", "Вместо балла стоит «nan»."),
        ("0x1", "text_score", "Вместо балла стоит «0x1»."),
        ("None", "text_score", "Вместо балла стоит «None»."),
        (True, "boolean_score", "Вместо балла стоит логическое значение «ИСТИНА»."),
        ("ИСТИНА", "boolean_score", "Вместо балла стоит логическое значение «ИСТИНА»."),
    ],
)
def test_a_cell_that_is_no_score_is_refused_with_its_place(value, code, said):
    inspection = inspected(form(value=value), NAME)
    found = finding(inspection, code)
    assert (found.severity, found.sheet) == ("error", "Протокол")
    assert (found.row, found.column, found.field) == (2, "C", "1 (1б)")
    assert found.message == said
    assert found.advice
    assert found.value == said.split("«")[1].split("»")[0] if "«" in said else said.split()[1]
    assert inspection.refused


def test_excel_turned_a_score_into_a_date():
    book = openpyxl.Workbook()
    for row in collection_form(T)["Протокол"]:
        book.active.append([None if cell == "" else cell for cell in row])
    book.active["C3"] = datetime.datetime(2026, 12, 5)
    found = finding(inspected({}, NAME, content=saved(book)), "date_score")
    assert (found.row, found.column, found.value) == (3, "C", "05.12.2026")
    assert "«5.12»" in found.advice


def test_infinite_and_undefined_numbers_are_refused():
    rows = [["Код", "1 (1б)", "2 (1б)"], ["a", float("nan"), 1], ["b", float("inf"), 1], ["c", 1e308, 1]]
    book = Workbook("Физика 8 класс 2026.xlsx", (Sheet("Лист1", rows),))
    inspection = inspect_workbook(book, InspectionRequest())
    assert [one.row for one in inspection.findings if one.severity == "error"] == [2, 3, 4]


@pytest.mark.parametrize("value", ["1", " 1 ", "1\u00a0", "1\u200b", "1,0", "1.0", 1.0000000001])
def test_a_number_written_oddly_is_a_number(value):
    sheets = form(value=value)
    sheets["Протокол"][1][-1] = T.totals[0] - T.scores[0][0] + 1
    assert the_work(inspected(sheets, NAME)).classes[0].scores[0, 0] == 1


@pytest.mark.parametrize("value", ["X", "Х", "x", "х", " Х "])
def test_both_alphabets_of_not_attempted(value):
    sheets = form(value=value)
    sheets["Протокол"][1][-1] = T.totals[0] - T.scores[0][0]
    inspection = inspected(sheets, NAME)
    assert the_work(inspection).classes[0].scores[0, 0] == -1
    assert not inspection.findings


@pytest.mark.parametrize("value", ["-", "—", "N"])
def test_other_signs_are_counted_as_not_attempted_with_a_warning(value):
    sheets = form(value=value)
    sheets["Протокол"][1][-1] = T.totals[0] - T.scores[0][0]
    inspection = inspected(sheets, NAME)
    assert the_work(inspection).classes[0].scores[0, 0] == -1
    found = finding(inspection, "unusual_skip")
    assert (found.severity, found.row, found.column, found.value) == ("warning", 2, "C", value)


def test_an_empty_score_of_a_participant_is_said():
    sheets = form(value="")
    sheets["Протокол"][1][-1] = T.totals[0] - T.scores[0][0]
    inspection = inspected(sheets, NAME)
    assert the_work(inspection).classes[0].scores[0, 0] == -1
    assert finding(inspection, "blank_score").row == 2


def test_an_item_that_nobody_has_a_score_in_was_not_administered():
    sheets = wide(T, total=None)
    for row in sheets["Результаты"][4:]:
        row[3] = ""
    inspection = inspected(sheets)
    assert (the_work(inspection).classes[0].scores[:, 1] == -2).all()
    assert codes_of(inspection) == ["item_not_administered"]


def test_a_total_that_disagrees_names_both_numbers():
    sheets = form()
    sheets["Протокол"][3][-1] = T.totals[2] + 1
    found = finding(inspected(sheets, NAME), "total_mismatch")
    assert found.severity == "error"
    assert (found.row, found.column, found.field) == (4, "H", "Итого баллов")
    assert str(T.totals[2]) in found.message and str(T.totals[2] + 1) in found.message


def test_a_column_that_is_no_total_is_told_as_a_whole():
    t = truth(maxima=(1, 2, 3), classes=(("edu000001", "А", 20),), skipped=0)
    sheets = collection_form(t)
    for row in sheets["Протокол"][1:21]:
        row[-1] += 10
    inspection = inspected(sheets, NAME)
    assert codes_of(inspection) == ["total_mismatch"] * 3 + ["totals_disagree"]


def test_a_repeated_code_names_both_rows():
    found = finding(inspected(form(row=4, column=0, value="40001"), NAME), "repeated_participant")
    assert found.severity == "error"
    assert "строки 2 и 5" in found.message
    assert (found.row, found.column, found.value) == (5, "A", "40001")


def test_the_same_code_in_two_schools_is_two_people():
    t = truth(classes=(("edu000001", "А", 3), ("edu000002", "А", 3)))
    sheets = fisoko_individual(t)
    rows = next(iter(sheets.values()))
    rows[13][3] = rows[9][3]
    assert the_work(inspected(sheets)).participants == 6


def test_the_same_person_by_name_names_both_rows_and_no_name():
    rows = [["ФИО", "Класс", "1 (1б)", "2 (1б)"], ["Озёрная Майя", "8А", 1, 0], ["Озерная  майя", "8А", 1, 1]]
    found = finding(inspected({"Лист1": rows}, "Физика 8 класс 2026"), "repeated_participant")
    assert "строки 2 и 3" in found.message
    assert "Оз" not in found.message and found.value is None


def test_absent_and_scored_is_a_contradiction():
    found = finding(inspected(form(column=1, value="отсутствовал"), NAME), "absent_with_scores")
    assert (found.severity, found.row) == ("error", 2)


@pytest.mark.parametrize("word", ["н", "н/б", "отс", "отсутствовала", "осв"])
def test_words_of_absence_in_score_cells(word):
    sheets = wide(T, total=None)
    sheets["Результаты"][4][2:] = [word, "", ""]
    work = the_work(inspected(sheets))
    assert (work.participants, work.absent) == (4, 1)


def test_scores_without_a_code_are_refused():
    sheets = form()
    sheets["Протокол"][2][0] = ""
    found = finding(inspected(sheets, NAME), "no_code")
    assert (found.row, found.column) == (3, "A")


def test_a_table_without_codes_names_or_numbers_is_refused():
    sheets = {"Лист1": [row[1:] for row in wide(T)["Результаты"]]}
    inspection = inspected(sheets, "Региональный мониторинг математика 8 класс 2026")
    found = finding(inspection, "no_code_column")
    assert inspection.layout == "wide-table"
    assert found.severity == "error" and "Код участника" in found.advice


@pytest.mark.parametrize("value", [0, 6, "зачёт", 4.5])
def test_a_mark_outside_the_scale_is_refused(value):
    sheets = fisoko_individual(T)
    rows = next(iter(sheets.values()))
    rows[9][-2] = value
    found = finding(inspected(sheets), "mark_outside_scale")
    assert (found.severity, found.row, found.column, found.field) == ("error", 10, "K", "Отметка")


def test_the_mark_one_of_a_journal_counts_as_two():
    sheets = fisoko_individual(T)
    next(iter(sheets.values()))[9][-1] = 1
    inspection = inspected(sheets)
    assert the_work(inspection).classes[0].journal_marks[0] == 2
    assert codes_of(inspection) == ["mark_one"]


def test_an_odd_variant_is_a_warning():
    inspection = inspected(form(column=1, value="второй"), NAME)
    assert the_work(inspection).classes[0].variants[0] == 0
    assert finding(inspection, "odd_variant").row == 2


def test_totals_and_averages_are_skipped_and_said():
    sheets = wide(T)
    rows = sheets["Результаты"]
    rows += [["Итого", "", 3, 5, 9, 17], ["Средний балл", "", 0.6, 1, 1.8, 3.4]]
    inspection = inspected(sheets)
    assert the_work(inspection).participants == 5
    found = finding(inspection, "totals_skipped")
    assert "строки 10, 11" in found.message and "«Итого»" in found.message


def test_a_header_repeated_on_every_page_is_skipped():
    sheets = wide(T)
    rows = sheets["Результаты"]
    rows.insert(6, list(rows[2]))
    inspection = inspected(sheets)
    assert the_work(inspection).participants == 5
    assert finding(inspection, "repeated_header").row == 7


def test_a_second_table_below_is_refused_with_both_places():
    sheets = wide(T)
    sheets["Результаты"] += [[], ["Код участника", "Класс", "7 (1б)", "8 (1б)"], ["b", "8А", 1, 1]]
    found = finding(inspected(sheets), "second_table")
    assert found.row == 11
    assert "в строке 3" in found.message


def test_two_columns_of_one_item_are_refused_with_both_letters():
    sheets = wide(T)
    sheets["Результаты"][2][3] = "1"
    found = finding(inspected(sheets), "column_twice")
    assert "Столбцы C и D" in found.message


def test_two_columns_of_one_item_are_refused_in_a_fixed_layout_too():
    sheets = fisoko_individual(T)
    next(iter(sheets.values()))[7][7] = "1 (1б)"
    found = finding(inspected(sheets), "column_twice")
    assert "Столбцы G и H" in found.message and found.severity == "error"


def test_a_formula_in_place_of_a_code_is_named_as_such():
    rows = collection_form(T)["Протокол"]
    rows[2][0] = ""
    book = Workbook(f"{NAME}.xlsx", (Sheet("Протокол", rows, errors=(CellError(3, 0, "формула не вычислена"),)),))
    found = [one for one in inspect_workbook(book, InspectionRequest()).findings if one.severity == "error"]
    assert [(one.code, one.row, one.column) for one in found] == [("formula_not_computed", 3, "A")]


def test_a_text_in_place_of_a_code_is_refused():
    found = finding(inspected(form(column=0, value="4" * 51), NAME), "code_too_long")
    assert (found.severity, found.row, found.column) == ("error", 2, "A")
    assert len(found.value) == 51


def test_one_code_is_one_school_whatever_its_names():
    sheets = fisoko_individual(T)
    next(iter(sheets.values()))[10][2] = "МБОУ СОШ №1"
    inspection = inspected(sheets)
    assert [(part.school.name, len(part.codes)) for part in the_work(inspection).classes] == [("МБОУ СОШ № 1", 5)]
    found = finding(inspection, "school_named_twice")
    assert (found.severity, found.row, found.column, found.value) == ("warning", 11, "C", "МБОУ СОШ №1")


def test_results_on_a_hidden_sheet_alone_are_refused_by_its_name():
    sheets = fisoko_individual(T) | {"Пояснение": [["Результаты на втором листе"]]}
    inspection = inspected(sheets, hidden=("МА 4 Индивидуальные результаты",))
    found = finding(inspection, "results_hidden")
    assert (found.severity, found.sheet) == ("error", "МА 4 Индивидуальные результаты")


def test_excel_errors_and_uncomputed_formulas_are_refused():
    rows = collection_form(T)["Протокол"]
    rows[1][2], rows[2][3], rows[30][7] = "", "", ""
    errors = (CellError(2, 2, "#N/A"), CellError(3, 3, "формула не вычислена"), CellError(31, 7, "#REF!"))
    book = Workbook(f"{NAME}.xlsx", (Sheet("Протокол", rows, errors=errors),))
    found = [one for one in inspect_workbook(book, InspectionRequest()).findings if one.severity == "error"]
    assert [(one.code, one.row, one.column) for one in found if one.code != "total_mismatch"] == [
        ("cell_error", 2, "C"), ("formula_not_computed", 3, "D")
    ]


@pytest.mark.parametrize(
    ("text", "grade", "name"),
    [("5а", 5, "А"), ("8Б", 8, "Б"), ("8-А", 8, "А"), ("8 а", 8, "А"), ("8A", 8, "А"), ("8 «В»", 8, "В"),
     ("11", 11, "")],
)
def test_names_of_classes_are_normalised(text, grade, name):
    rows = [["Код", "Класс", "1 (1б)", "2 (1б)"], ["a", text, 1, 0], ["b", text, 1, 1]]
    work = the_work(inspected({"Лист1": rows}, "Физика 2026"))
    assert (work.assessment.grade, [part.class_name for part in work.classes]) == (grade, [name])


@pytest.mark.parametrize("text", ["12А", "0Б"])
def test_classes_that_do_not_exist_are_refused(text):
    rows = [["Код", "Класс", "1 (1б)", "2 (1б)"], ["a", text, 1, 0]]
    found = finding(inspected({"Лист1": rows}, "Физика 8 класс 2026"), "odd_class")
    assert (found.row, found.column, found.value) == (2, "B", text)


def test_a_missing_class_is_refused():
    rows = [["Код", "Класс", "1 (1б)", "2 (1б)"], ["a", "8А", 1, 0], ["b", "", 1, 0]]
    assert finding(inspected({"Лист1": rows}, "Физика 2026"), "no_class").row == 3


def test_a_class_of_another_grade_is_said():
    sheets = fisoko_individual(T)
    for row in next(iter(sheets.values()))[9:]:
        row[4] = "5А"
    inspection = inspected(sheets)
    assert the_work(inspection).assessment.grade == 4
    assert finding(inspection, "class_of_other_grade").value == "5А"


def test_letters_in_two_normal_forms_are_one_class():
    rows = [["Код", "Класс", "1 (1б)", "2 (1б)"], ["a", "8Й", 1, 0], ["b", "8И\u0306", 1, 1]]
    assert len(the_work(inspected({"Лист1": rows}, "Физика 2026")).classes) == 1


def test_everybody_alike_is_said():
    rows = [["Код", "1 (1б)", "2 (1б)"], *([f"p{i}", 0, 0] for i in range(9))]
    assert "equal_totals" in codes_of(inspected({"Лист1": rows}, "Физика 8 класс 2026"))


def test_a_work_of_the_future_is_said():
    sheets = fisoko_individual(T)
    next(iter(sheets.values()))[5][1] = "20.04.2099"
    assert "20.04.2099" in finding(inspected(sheets), "future_day").message


def test_a_table_without_participants_is_refused():
    assert "no_participants" in codes_of(inspected({"Протокол": collection_form(T)["Протокол"][:1]}, NAME))


def test_at_most_two_hundred_findings_are_listed():
    t = truth(maxima=(1,) * 10, classes=(("edu000001", "А", 60),))
    sheets = collection_form(t)
    for row in sheets["Протокол"][1:61]:
        row[2:12] = [7] * 10
        row[-1] = 70
    inspection = inspected(sheets, NAME)
    assert len(inspection.findings) == 201
    last = inspection.findings[-1]
    assert (last.code, last.severity) == ("more_findings", "error")
    assert "400" in last.message


# --- which work it is ------------------------------------------------------------------------------------------------

RU = CatalogueEntry("ВПР", "Русский язык", 4, 2026, 2026, tuple(
    CatalogueItem(code, top, False) for code, top in zip(T.codes, T.maxima, strict=True)))
MA = CatalogueEntry("ВПР", "Математика", 4, 2026, 2026, (CatalogueItem("1", 1, False), CatalogueItem("2", 1, False)))


def test_the_catalogue_names_a_work_that_nothing_else_names():
    inspection = inspected(form(), "выгрузка", catalogue=(RU, MA))
    key = the_work(inspection).assessment
    assert (key.procedure, key.subject, key.grade, key.year) == ("ВПР", "Русский язык", 4, 2026)
    assert not inspection.findings


def test_the_users_word_is_stronger_than_the_files_name():
    key = the_work(inspected(form(), NAME, assessment={"subject": "Литература", "grade": 5})).assessment
    assert (key.subject, key.grade, key.year) == ("Литература", 5, 2026)


def test_an_unknown_subject_is_an_error():
    inspection = inspected(form(), "выгрузка")
    assert finding(inspection, "subject_unknown").severity == "error"


def test_an_unknown_year_is_the_present_school_year():
    inspection = inspected(form(), "Русский язык 4 класс ВПР")
    assert str(the_work(inspection).assessment.year) in finding(inspection, "year_assumed").message


def test_a_subject_that_the_title_refutes_is_refused_with_both_names():
    found = finding(inspected(fisoko_individual(T), assessment={"subject": "Физика"}), "wrong_subject")
    assert "«Физика»" in found.message and "«Математика»" in found.message


def test_a_subject_that_the_items_refute_is_refused_with_both_names():
    inspection = inspected(form(), NAME, assessment={"subject": "Математика"}, catalogue=(RU, MA))
    found = finding(inspection, "wrong_subject")
    assert found.severity == "error"
    assert "«Русский язык»" in found.message and "«Математика»" in found.message


def test_a_subject_that_name_and_items_refute_is_refused_without_a_plan_of_its_own():
    found = finding(inspected(form(), NAME, assessment={"subject": "Химия"}, catalogue=(RU,)), "wrong_subject")
    assert "«Русский язык»" in found.message


def test_a_subject_that_the_name_alone_refutes_is_doubtful():
    found = finding(inspected(form(), NAME, assessment={"subject": "Химия"}), "subject_differs")
    assert (found.severity, "«Русский язык»" in found.message) == ("warning", True)


@pytest.mark.parametrize(
    ("chosen", "code", "severity"),
    [
        ({"grade": 77}, "grade_impossible", "error"),
        ({"grade": 0}, "grade_impossible", "error"),
        ({"year": 20260}, "year_impossible", "error"),
        ({"year": 1926}, "year_impossible", "error"),
        ({"procedure": "ОГЭ"}, "procedure_differs", "warning"),
    ],
)
def test_what_is_chosen_by_hand_is_checked(chosen, code, severity):
    assert finding(inspected(fisoko_individual(T), assessment=chosen), code).severity == severity


def test_a_misleading_file_name_is_a_warning():
    inspection = inspected(form(), "Математика 4 класс ВПР 2026", catalogue=(RU, MA))
    assert finding(inspection, "subject_doubtful").severity == "warning"


def test_a_surname_among_subjects_is_not_shown():
    rows = [["Код", "Предмет", "1 (1б)", "2 (1б)"], ["a", "Физика", 1, 0], ["b", "Ветрова", 1, 0]]
    message = finding(inspected({"Лист1": rows}, "8 класс 2026"), "several_subjects").message
    assert "«Физика»" in message and "Ветр" not in message


def test_surnames_in_the_column_of_schools_are_refused():
    rows = [["Код", "Школа", "1 (1б)", "2 (1б)"], *([f"a{i}", f"Ветрова{i}", 1, 0] for i in range(12))]
    inspection = inspected({"Лист1": rows}, "Физика 8 класс 2026")
    found = finding(inspection, "schools_are_people")
    assert (found.severity, found.row, found.column, found.field) == ("error", 1, "B", "Школа")
    villages = [["Код", "Школа", "1 (1б)", "2 (1б)"],
                *([f"a{i}", ("Берёзовка", "Заречье")[i % 2], 1, 0] for i in range(12))]
    assert not inspected({"Лист1": villages}, "Физика 8 класс 2026").refused


def test_several_subjects_in_one_table_are_refused():
    rows = [["Код", "Предмет", "1 (1б)", "2 (1б)"], ["a", "Физика", 1, 0], ["b", "Химия", 1, 0]]
    assert "several_subjects" in codes_of(inspected({"Лист1": rows}, "8 класс 2026"), "error")
