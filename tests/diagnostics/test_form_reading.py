"""Forms of teachers as they come: recognised by content, read without names, refused with the place and the value."""

from dataclasses import replace

import pytest

from core.diagnostics.instrument_tables import InstrumentKind
from core.diagnostics.reading.texts import question_key, sections_of
from core.workbooks.refusals import FileRefused
from tests.diagnostics.forms import CAN, HELP, QUESTIONS, SHARE, SHEET, WELL, codes_of, form, inspected, person
from tests.intake.file_formats import written


def rows() -> list[list]:
    return [
        person("Ветрова Анна Олеговна", HELP, WELL, SHARE),
        person("Лесной Пётр Ильич", CAN, WELL, WELL, subject="физика"),
        person("Полева Инна Юрьевна", SHARE, HELP, WELL),
    ]


@pytest.mark.parametrize(("kind", "name"), [("xlsx", "а.xlsx"), ("xls", "а.xls"), ("ods", "а.ods"), ("csv", "а.csv")])
def test_a_form_is_read_as_it_is(kind: str, name: str) -> None:
    found = inspected(form(*rows(), kind=kind), name=name)
    assert (found.layout, codes_of(found)) == ("teacher-survey", [])
    assert found.scores.tolist() == [[1, 3, 4], [2, 3, 3], [4, 1, 3]]
    assert [item.section for item in found.mapping.items] == ["Урок", "Урок", ""]
    assert [one.experience_years for one in found.people] == [12, 12, 12]
    assert found.rows.tolist() == [2, 3, 4]


def test_no_name_phone_or_mail_leaves_the_reader() -> None:
    head = ("ID", "Время создания", "Согласие на обработку данных", "ФИО", "ОО", "Предмет", "Стаж", "Эл. почта")
    letter = [*person("Ветрова Анна Олеговна", HELP, WELL, SHARE)]
    letter[7] = "vetrova@school.ru"
    text = repr(inspected(form(letter, *rows()[1:], head=head)))
    for part in ("Ветров", "vetrova", "Лесной", "912"):
        assert part not in text


def test_a_name_has_the_same_key_however_it_is_written() -> None:
    head = ("Имя", "Предмет")
    whole, short, turned = (
        inspected(written({SHEET: [["ФИО", *QUESTIONS], [name, HELP, WELL, SHARE], ["Полева И. Ю.", HELP, WELL, CAN]]}))
        for name in ("Ветрова Анна Олеговна", "Ветрова А.О.", "Анна Олеговна ВЕТРОВА")
    )
    assert head and whole.people[0].keys.short == short.people[0].keys.short
    assert whole.people[0].keys.full == turned.people[0].keys.full
    assert whole.people[0].keys.full != whole.people[1].keys.full


def test_who_does_not_agree_is_counted_and_not_read() -> None:
    refusing = person("Лугова Рита Олеговна", HELP, HELP, HELP, consent="Нет, не согласна")
    silent = person("Садова Рита Олеговна", HELP, HELP, HELP, consent="")
    found = inspected(form(*rows(), refusing, silent))
    assert (len(found.people), found.without_consent, codes_of(found)) == (3, 2, ["no_consent", "no_consent"])
    assert [finding.row for finding in found.findings] == [5, 6]


def test_an_answer_off_the_scale_is_named_with_its_place() -> None:
    found = inspected(form(*rows(), person("Лугова Рита Олеговна", "Не знаю", WELL, SHARE)))
    (finding,) = found.findings
    assert (finding.severity, finding.row, finding.column, finding.value) == ("error", 5, "I", "Не знаю")
    assert "«Не знаю»" in finding.message
    assert HELP in finding.advice


def test_answers_may_be_bare_scores_or_stand_behind_them() -> None:
    found = inspected(form(*rows(), person("Лугова Рита Олеговна", "4 - Могу поделиться опытом", 2, "")))
    assert found.scores[3].tolist() == [4, 2, -1]


def test_who_answered_twice_counts_with_the_last_answers() -> None:
    found = inspected(form(*rows(), person("Ветрова Анна Олеговна", SHARE, SHARE, SHARE)))
    assert found.scores[0].tolist() == [4, 4, 4]
    assert codes_of(found) == ["answered_twice"]


def test_questions_of_thousands_of_characters_are_kept_apart() -> None:
    long = "Насколько успешно Вы решаете задачу, описанную ниже: " + "подробно " * 400
    questions = (f"{long}первую?", f"{long}вторую?", "Третий вопрос?")
    found = inspected(form(*rows(), questions=questions))
    assert found.layout == "teacher-survey"
    assert [item.text for item in found.mapping.items] == list(questions)
    twice = inspected(form(*rows(), questions=(questions[0], questions[0], questions[2])))
    assert codes_of(twice) == ["question_twice"]


def test_an_unknown_scale_is_a_suggestion_and_a_mapping_reads_it() -> None:
    own = [["Предмет", *QUESTIONS]]
    own += [["Физика", a, b, c] for a, b, c in (("умею", "не умею", "умею"), ("не умею", "умею", "умею"))]
    found = inspected(written({SHEET: own}))
    assert (found.layout, found.is_sure, bool(found.sheets)) == (None, False, True)
    assert [(one.text, one.score, one.is_deficit) for one in found.mapping.answers] == [
        ("не умею", 1, True), ("умею", 2, False),
    ]
    read = inspected(written({SHEET: own}), replace(found.mapping, first_row=2))
    assert read.scores.tolist() == [[2, 1, 2], [1, 2, 2]]
    wrong = inspected(written({SHEET: own}), replace(found.mapping, sheet="Другой"))
    assert codes_of(wrong) == ["mapping_sheet"]


def test_a_test_of_teachers_is_read_with_its_points() -> None:
    table = [
        ["№", "Код/ФИО", "ОО", "Предмет", "Зад.1 (2б)", "Зад.2 (1б)", "Зад.3 (3б)", "Балл", "%", "Уровень"],
        [1, "Ветрова Анна Олеговна", "школа 1", "Математика", 2, 0, 3, 5, 83, "высокий"],
        [2, "Т-02", "школа 1", "Математика", 1, 1, 0, 3, 33, "минимальный"],
    ]
    found = inspected(written({SHEET: table}))
    assert found.mapping.kind is InstrumentKind.TEST
    assert [(item.code, item.maximum) for item in found.mapping.items] == [("1", 2), ("2", 1), ("3", 3)]
    assert found.scores.tolist() == [[2, 0, 3], [1, 1, 0]]
    assert found.people[1].code == "Т-02" and "Ветрова" not in repr(found)
    assert codes_of(found) == ["total_differs"]
    table[2][4] = 7
    (finding,) = [one for one in inspected(written({SHEET: table})).findings if one.severity == "error"]
    assert (finding.row, finding.column, finding.value) == (3, "E", "7")


def test_a_file_without_questions_says_so() -> None:
    assert codes_of(inspected(written({SHEET: [["Школа", "Телефон"], ["школа 1", "112"]]}))) == ["form_unknown"]
    with pytest.raises(FileRefused):
        inspected(b"PK\x03\x04 not a workbook")


def test_a_formula_error_among_answers_refuses_the_file() -> None:
    found = inspected(form(*rows(), person("Лугова Рита Олеговна", "=1/0", WELL, SHARE)))
    assert "error" in {finding.severity for finding in found.findings}


def test_questions_are_compared_by_letters_and_split_into_sections() -> None:
    assert question_key("12. Умею «ставить» цель.") == question_key("Умею ставить цель")
    assert sections_of(["Урок [ставлю цель]", "Урок [веду урок]", "Другое"]) == ["Урок", "Урок", ""]
