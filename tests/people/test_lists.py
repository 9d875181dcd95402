"""Lists of teachers and classes: from the template, from what people have, and pasted."""

import io

import openpyxl
import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.assignments import list_assignments
from core.people.class_list import preview_classes, store_classes
from core.people.list_files import class_template, rows_of_file, teacher_template
from core.people.list_reading import rows_of_text
from core.people.scope import Scope
from core.people.teacher_list import preview_teachers, store_teachers
from core.people.teacher_tables import Category, Teacher
from core.people.teachers import list_teachers
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region

SUBJECTS = {"матем": "Математика", "математика": "Математика", "физика": "Физика"}


def subject_of(text: str) -> str | None:
    return SUBJECTS.get(text.casefold())


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


def filled(template: bytes, rows: list[list[object]]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template))
    for row in rows:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_filled_template_is_looked_over_and_stored(region: Region) -> None:
    scope, one = scope_of(region, "директор"), region.units["школа 1"]
    content = filled(
        teacher_template(),
        [
            ["Орлов Пётр Ильич", "учитель", "матем, физика", 12, "Первая", "01.06.2028", None, None, None],
            ["Иванова  Анна Петровна", "старший учитель", None, None, "высшая", None, None, "45-к", "01.09.2026"],
            ["ПЕТРОВ ОЛЕГ ИЛЬИЧ", None, None, None, None, None, None, None, None],
        ],
    )
    rows = rows_of_file(content, "педагоги.xlsx")
    with reading(region.engine) as session:
        preview = preview_teachers(session, scope, rows, one, subject_of)
    assert [str(finding) for finding in preview.findings if finding.is_error] == []
    assert "Строка с примером пропущена." in str(preview.findings[0])
    assert [entry.full_name for entry in preview.new] == ["Орлов Пётр Ильич"]
    assert preview.new[0].subjects == ("Математика", "Физика") and preview.unchanged == 1
    differences = {(one.what, one.old, one.new) for one in preview.changed[0].differences}
    assert ("Категория", "без категории", "высшая") in differences
    assert ("Согласие: дата", "", "01.09.2026") in differences
    with writing(region.engine, "директор") as session:
        assert store_teachers(session, scope, preview) == (1, 1)
    with reading(region.engine) as session:
        cards = {card.name: card for card in list_teachers(session, scope, one)}
        again = preview_teachers(session, scope, rows, one, subject_of)
    orlov, ivanova = cards["Орлов Пётр Ильич"], cards["Иванова Анна Петровна"]
    assert (orlov.experience, orlov.is_young, orlov.category) == (12, False, Category.FIRST)
    assert ivanova.consent_given and ivanova.consent_order == "45-к" and ivanova.subjects == ("Математика",)
    assert not again.new and not again.changed and again.unchanged == 3, "the same list twice changes nothing"


def test_mistakes_are_named_by_place_and_nothing_is_stored(region: Region) -> None:
    scope, one = scope_of(region, "директор"), region.units["школа 1"]
    text = (
        "ФИО\tСтаж\tКатегория\tДата приёма\tШкола\n"
        "Новый Учитель Один\tдвенадцать\t\t\t\n"
        "Новый Учитель Два\t99\tсамая высокая\t31.02.2020\t\n"
        "Новый Учитель Три\t\t\t\tшкола 2\n"
        "новый учитель один\t5\t\t\t\n"
        "7\t\t\t\t"
    )
    with reading(region.engine) as session:
        preview = preview_teachers(session, scope, rows_of_text(text), one, subject_of)
    found = "\n".join(str(finding) for finding in preview.findings)
    for expected in (
        "Строка 2, столбец B «Стаж»: Стаж «двенадцать» – не целое число.",
        "Строка 3, столбец B «Стаж»: Стаж 99 лет невозможен.",
        "Строка 3, столбец C «Категория»: Неизвестное значение «самая высокая» (категория).",
        "Строка 3, столбец D «Дата приёма»: «31.02.2020» не похоже на дату.",
        "Строка 4, столбец E «Школа»: Школа «школа 2» не найдена.",
        "«7» не похоже на имя человека.",
    ):
        assert expected in found
    assert not preview.can_be_stored
    with writing(region.engine, "директор") as session, pytest.raises(InvalidInput, match="ничего не сохранено"):
        store_teachers(session, scope, preview)


def test_a_list_for_the_whole_municipality_names_schools(region: Region) -> None:
    scope = scope_of(region, "методист")
    rows = rows_of_text("Фамилия;Имя;Отчество;Код школы\nНовая;Ева;Юрьевна;О5\nДругая;Яна;;школа 1\nЧужая;Ия;;О6")
    with reading(region.engine) as session:
        preview = preview_teachers(session, scope, rows, None)
    assert [(entry.full_name, entry.organisation_id) for entry in preview.new] == [
        ("Новая Ева Юрьевна", region.units["школа 2"]),
        ("Другая Яна", region.units["школа 1"]),
    ]
    assert [finding.message for finding in preview.findings] == ["Школа «О6» не найдена."], "another municipality"


def test_a_colleague_who_was_faster_is_not_overwritten(region: Region) -> None:
    scope, one = scope_of(region, "директор"), region.units["школа 1"]
    rows = rows_of_text("ФИО\tКатегория\nИванова Анна Петровна\tвысшая")
    with reading(region.engine) as session:
        preview = preview_teachers(session, scope, rows, one)
    with writing(region.engine, "завуч") as session:
        teacher = session.get(Teacher, region.teachers["Иванова"])
        assert teacher is not None
        teacher.category = Category.FIRST
    with pytest.raises(EditConflict, match="только что изменил"), writing(region.engine, "директор") as session:
        store_teachers(session, scope, preview)


def test_rights_are_checked_when_looking_and_when_storing(region: Region) -> None:
    rows = rows_of_text("ФИО\nНовый Учитель Один")
    one = region.units["школа 1"]
    with reading(region.engine) as session:
        with pytest.raises(NotAllowed):
            preview_teachers(session, scope_of(region, "учитель"), rows, one)
        with pytest.raises(NotFound):
            preview_teachers(session, scope_of(region, "директор"), rows, region.units["школа 2"])
        preview = preview_teachers(session, scope_of(region, "методист"), rows, region.units["школа 2"])
    with pytest.raises(NotFound), writing(region.engine, "директор") as session:
        store_teachers(session, scope_of(region, "директор"), preview)


def test_a_list_without_a_header_says_what_is_missing(region: Region) -> None:
    with reading(region.engine) as session, pytest.raises(InvalidInput, match="не найден столбец «ФИО»"):
        preview_teachers(session, scope_of(region, "директор"), rows_of_text("Иванова\t12"), region.units["школа 1"])


def test_classes_are_read_several_in_a_cell(region: Region) -> None:
    scope, one = scope_of(region, "директор"), region.units["школа 1"]
    content = filled(
        class_template(["Иванова Анна Петровна"], 2027),
        [
            ["иванова анна петровна", "матем", "7А, 7Б", "2026/2027"],
            ["Смирнова Ольга Игоревна", "математика", "8 «А»", None],
        ],
    )
    rows = rows_of_file(content, "нагрузка.xlsx")
    with reading(region.engine) as session:
        preview = preview_classes(session, scope, rows, one, 2027, subject_of)
    assert [str(finding) for finding in preview.findings] == []
    assert [(entry.grade, entry.letter, entry.subject) for entry in preview.new] == [
        (7, "А", "Математика"),
        (7, "Б", "Математика"),
    ]
    assert preview.unchanged == 1
    with writing(region.engine, "директор") as session:
        assert store_classes(session, scope, preview) == 2
    with reading(region.engine) as session:
        stored = [(row.teacher_name, row.grade, row.letter) for row in list_assignments(session, scope, one, 2027)]
    assert stored == [
        ("Иванова Анна Петровна", 7, "А"),
        ("Иванова Анна Петровна", 7, "Б"),
        ("Смирнова Ольга Игоревна", 8, "А"),
    ]


def test_mistakes_in_classes_are_named_by_place(region: Region) -> None:
    rows = rows_of_text(
        "ФИО\tПредмет\tКласс\tУчебный год\n"
        "Неизвестный Иван\tфизика\t7А\t\n"
        "Петров Олег Ильич\tфизика\t12А\t\n"
        "Петров Олег Ильич\tфизика\tсемь\t\n"
        "Петров Олег Ильич\t\t7А\t\n"
        "Петров Олег Ильич\tфизика\t7А\tпрошлый\n"
        "Петров Олег Ильич\tастрология\t7А\t"
    )
    with reading(region.engine) as session:
        preview = preview_classes(
            session, scope_of(region, "директор"), rows, region.units["школа 1"], 2027, subject_of
        )
    found = [str(finding) for finding in preview.findings]
    for number, expected in enumerate(
        (
            "Строка 2, столбец A «ФИО»: Педагога «Неизвестный Иван» нет в списке школы.",
            "Строка 3, столбец C «Класс»: Параллели 12 не бывает.",
            "Строка 4, столбец C «Класс»: «семь» не похоже на класс.",
            "Строка 5, столбец B «Предмет»: Не указан предмет.",
            "Строка 6, столбец D «Учебный год»: «прошлый» не похоже на учебный год.",
            "Строка 7, столбец B «Предмет»: Предмет «астрология» не найден в справочнике.",
        )
    ):
        assert found[number].startswith(expected)
    assert not preview.can_be_stored
