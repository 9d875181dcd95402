"""The tables of notes as workbooks: the numbers of the note, typed, hidden where the note hides them."""

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from sqlmodel import select

from core.documents.note_workbook import note_workbook
from core.documents.notes.generating import note_text
from core.documents.text import NoteKind, NoteSubject
from core.errors import NotAllowed, NotFound
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.teacher_tables import Teacher
from core.store.engine import open_engine
from core.store.unit_of_work import reading
from core.words import number, percent, share
from tests.conftest import DemoStore
from tests.documents.conftest import DAY, EVERYBODY, Town, section

Line = dict[str, object]


def book_of(town: Town, scope: Scope, unit: str, kind: NoteKind = NoteKind.WORK_LONG) -> Workbook:
    with reading(town.engine) as session:
        content = note_workbook(session, scope, kind, NoteSubject(town.work, unit), DAY)
    return openpyxl.load_workbook(io.BytesIO(content))


def lines(book: Workbook, sheet: str) -> list[Line]:
    """Return the rows of a sheet by header; a header that stands twice keeps its first column."""
    head, *rows = book[sheet].iter_rows(min_row=3, values_only=True)
    return [dict(reversed(list(zip(head, row, strict=True)))) for row in rows]


def test_the_workbook_holds_the_numbers_of_the_note(town: Town) -> None:
    unit = f"organisation:{town.ids['school1']}"
    note, book = town.note(town.director, unit), book_of(town, town.director, unit)
    items = section(note, "items").table
    assert items is not None
    assert [(row[0], row[4], row[5], row[7], row[8]) for row in items.rows] == [
        (line["№"], number(line["Участников"]), percent(line["Выполнение"], 0), percent(line["Порог"], 0),
         line["Статус"])
        for line in lines(book, "Задания")
    ]
    marks = section(note, "marks").table
    assert marks is not None
    shares = [text for row in marks.rows for text in row[2:]]
    assert [percent(line["Доля"]) for line in lines(book, "Отметки")] == shares
    one_class = f"class:{town.ids['school1']}:А"
    (field,) = lines(book_of(town, town.director, one_class), "Проблемные поля")
    told = share(field["Выполнение"], field["Нижняя граница"], field["Верхняя граница"], field["Участников"])
    assert field["Проблемное поле"] == "геометрия"
    assert f"«геометрия» выполнение {told}" in section(town.note(town.director, one_class), "fields").text
    for name in book.sheetnames[:-1]:
        sheet = book[name]
        assert sheet.auto_filter.ref and sheet.freeze_panes == "A4", name
        heads = [str(cell.value) for cell in sheet[3]]
        assert any("частник" in head for head in heads) and any("граница" in head for head in heads), name
    assert book.sheetnames[-1] == "Паспорт"
    assert "не используются для оценки" in "".join(str(cell.value) for cell in book["Паспорт"]["A"])


def test_the_short_note_has_the_tables_of_the_short_note(town: Town) -> None:
    unit = f"organisation:{town.ids['school1']}"
    short = book_of(town, town.director, unit, NoteKind.WORK_SHORT).sheetnames
    whole = book_of(town, town.director, unit).sheetnames
    assert set(whole) - set(short) == {"Элементы содержания", "Группы", "Классы и школы"}


def test_what_the_note_hides_is_no_number_in_the_workbook(town: Town) -> None:
    """Class 2В has three pupils; whoever may not see it gets neither its row nor what gives it away."""
    unit = f"organisation:{town.ids['town']}"
    table = section(town.note(town.specialist, unit), "individual").table
    assert table is not None
    shown = {line["Где"]: line for line in lines(book_of(town, town.specialist, unit), "Классы и школы")}
    assert [*shown] == [row[0] for row in table.rows] == sorted(
        shown, key=lambda name: (name.endswith("№ 2"), "," not in str(name), natural_key(str(name)))
    )
    for row in table.rows:
        line = shown[row[0]]
        assert (line["Участников"] is None) == (row[1] == "") and (line["Средний результат"] is None) == (row[2] == "")
    assert shown["6В, Школа № 2"]["Примечание"] == "скрыто: меньше 5 участников"
    with pytest.raises(NotAllowed):
        book_of(town, town.specialist, f"class:{town.ids['school2']}:В")
    for foreign in (f"organisation:{town.ids['school2']}", f"class:{town.ids['school2']}:А"):
        with pytest.raises(NotFound):
            book_of(town, town.director, foreign)
    own = book_of(town, town.director, f"organisation:{town.ids['school1']}")
    texts = {str(cell.value) for sheet in own for row in sheet.iter_rows() for cell in row}
    assert not any("Школа № 2" in text or "Город" in text for text in texts)


def test_workbooks_of_years_name_no_person_and_leave_out_what_there_is_no_right_to(demo_store: DemoStore) -> None:
    engine = open_engine(f"sqlite:///{demo_store.folder / 'quality.db'}")
    with reading(engine) as session:
        names = set(session.exec(select(Teacher.full_name)))
        unit = session.exec(select(Organisation).where(Organisation.kind == OrganisationKind.MUNICIPALITY)).first()
        subject = NoteSubject(unit.id or 0 if unit is not None else 0, year=2026)
        whole = openpyxl.load_workbook(
            io.BytesIO(note_workbook(session, EVERYBODY, NoteKind.MUNICIPALITY_YEAR, subject, DAY))
        )
        viewer = Scope(
            7, "Наблюдатель", frozenset({subject.object_id}), frozenset(), None, None, frozenset({Action.VIEW})
        )
        note = note_text(session, EVERYBODY, NoteKind.MUNICIPALITY_YEAR, subject, DAY)
        few = openpyxl.load_workbook(
            io.BytesIO(note_workbook(session, viewer, NoteKind.MUNICIPALITY_YEAR, subject, DAY))
        )
    engine.dispose()
    texts = {str(cell.value) for sheet in whole for row in sheet.iter_rows() for cell in row}
    assert not texts & names
    assert {"Работы", "Проблемные поля", "Дефициты педагогов", "Показатели"} <= {*whole.sheetnames}
    assert all(line["Ответили"] >= 5 for line in lines(whole, "Дефициты педагогов"))
    works = section(note, "works").table
    assert works is not None
    assert [row[2] for row in works.rows] == [
        line["Примечание"] if line["Успеваемость"] is None else percent(line["Успеваемость"])
        for line in lines(whole, "Работы")
    ]
    assert {*few.sheetnames} <= {"Работы", "Проблемные поля", "Что стало с полями", "Паспорт"}
