"""Notes written by rules: what they say, to whom, and how they look as Word documents."""

import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from docx import Document
from docx.document import Document as Paper
from sqlalchemy import Engine
from sqlmodel import select

from core.analysis.results import work_overview
from core.documents.drafts import open_draft
from core.documents.note_document import note_document
from core.documents.note_kinds import NOTE_KINDS
from core.documents.notes.generating import note_text
from core.documents.text import NoteKind, NoteSubject
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.association_tables import Association
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.engine import open_engine
from core.store.unit_of_work import reading
from tests.analysis.stored import scope_of
from tests.conftest import DemoStore
from tests.documents.conftest import DAY, EVERYBODY, Town, section

LONG_FORM = (
    "passport", "individual", "marks", "journal", "scores", "items", "outcomes", "groups", "fields", "administration",
    "association", "teachers", "parents", "methods", "plan", "conclusion",
)
VPR = "не используются для оценки деятельности педагогов, школ"


@pytest.fixture(scope="module")
def demo(demo_store: DemoStore) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{demo_store.folder / 'quality.db'}")
    yield engine
    engine.dispose()


def everything_in(paper: Paper) -> str:
    """Return all texts of the paper: of tables, headers and of the pictures' descriptions too."""
    texts = [node.text or "" for node in paper.element.iter() if node.tag.endswith("}t")]
    texts += [node.get("descr", "") for node in paper.element.iter() if node.tag.endswith("}docPr")]
    for part in paper.sections[0].header, paper.sections[0].footer:
        texts += [one.text for one in part.paragraphs]
    return "\n".join(texts)


def test_the_numbers_are_those_of_the_screens(town: Town) -> None:
    unit = f"organisation:{town.ids['school1']}"
    note = town.note(town.director, unit)
    with reading(town.engine) as session:
        found = work_overview(session, town.director, town.work, unit)
    passed, quality = found.marks.passed, found.marks.quality
    marks = section(note, "marks").text
    assert f"Успеваемость – {passed.count} из {passed.n}\xa0участников" in marks
    assert f"Качество знаний – {quality.count} из {quality.n}\xa0участников" in marks
    assert tuple(one.key for one in note.sections) == LONG_FORM
    assert note.reservation and VPR in note.reservation
    assert all(one.paragraphs for one in note.sections), "no section is empty"


def test_a_problem_field_is_a_finding_with_interval_caution_and_the_words_of_the_bank(town: Town) -> None:
    note = town.note(town.director, f"class:{town.ids['school1']}:А", NoteKind.WORK_SHORT)
    text = section(note, "fields").text
    found = re.search(r"По теме «геометрия» выполнение (\d+,\d\xa0% \(\d+–\d+\xa0%, n\xa0=\xa024\))", text)
    assert found is not None, text
    assert "достоверно ниже порога 60\xa0%" in text and "Ориентировочно: меньше 50 участников." in text
    assert "Ориентировочно" in section(note, "passport").text
    assert "геометрия" in section(note, "association").text
    assert "рейтинг" in section(note, "conclusion").text
    with reading(town.engine) as session:
        draft = open_draft(session, town.director, NoteKind.WORK_SHORT, note.subject, date(2027, 3, 1))
    assert [one.paragraphs for one in draft.note.sections] == [one.paragraphs for one in note.sections], (
        "the same figures give the same text on another day"
    )


def test_the_note_of_one_school_holds_nothing_of_the_other(town: Town) -> None:
    own = everything_in(town.paper(town.director, f"organisation:{town.ids['school1']}"))
    assert "Школа № 1" in own and "Школа № 2" not in own and "Город" not in own
    with pytest.raises(NotFound):
        town.note(town.director, f"organisation:{town.ids['school2']}")
    with pytest.raises(NotFound):
        town.note(town.director, f"class:{town.ids['school2']}:А")


def test_a_small_class_is_hidden_outside_its_school(town: Town) -> None:
    """Class 2В has three pupils: neither its row nor what gives it away has a number."""
    inside = section(town.note(EVERYBODY, f"organisation:{town.ids['town']}"), "individual")
    outside = section(town.note(town.specialist, f"organisation:{town.ids['town']}"), "individual")
    assert inside.table is not None and outside.table is not None
    row = next(one for one in outside.table.rows if one[0].startswith("6В, Школа № 2"))
    assert row[1:4] == ("", "", "") and row[4] == "скрыто: меньше 5 участников"
    assert sum(one[1] == "" for one in outside.table.rows) > 1, "another row protects it"
    assert "отдельных участников" in outside.text and "отдельных участников" not in inside.text
    with pytest.raises(NotAllowed):
        town.note(town.specialist, f"class:{town.ids['school2']}:В")


def test_classes_and_schools_stand_by_name_and_not_by_result(town: Town) -> None:
    table = section(town.note(EVERYBODY, f"organisation:{town.ids['town']}"), "individual").table
    assert table is not None
    names = [row[0] for row in table.rows]
    assert names == ["6А, Школа № 1", "6Б, Школа № 1", "6В, Школа № 1", "Школа № 1",
                     "6А, Школа № 2", "6Б, Школа № 2", "6В, Школа № 2", "Школа № 2"]
    assert "не по результату" in table.caption


def test_the_paper_has_pictures_in_words_page_numbers_and_tables_that_fit(town: Town) -> None:
    paper = town.paper(town.director, f"organisation:{town.ids['school1']}")
    text = everything_in(paper)
    assert "{" not in text and "nan" not in text and "None" not in text
    pictures = [node for node in paper.element.iter() if node.tag.endswith("}docPr")]
    assert len(pictures) >= 4 and all(len(node.get("descr", "")) > 20 for node in pictures)
    page = paper.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    for table in paper.tables:
        assert sum(column.width or 0 for column in table.columns) <= room
        assert "w:tblHeader" in table.rows[0]._tr.xml, "the head is repeated on each page"
    assert "PAGE" in page.footer.paragraphs[0]._p.xml and "PAGE" in page.first_page_footer.paragraphs[0]._p.xml
    assert "Заместитель директора" in text


def test_a_note_is_about_one_unit(town: Town) -> None:
    """«Everything I see» would be another note for each reader; who sees one unit need not choose."""
    assert town.note(town.director, "").subject.unit == f"organisation:{town.ids['school1']}"
    both = scope_of(town.ids, "school1", "school2", own=["school1", "school2"])
    with reading(town.engine) as session, pytest.raises(InvalidInput):
        note_text(session, both, NoteKind.WORK_SHORT, NoteSubject(town.work), DAY)


@pytest.mark.parametrize("kind", [NoteKind.MUNICIPALITY_YEAR, NoteKind.SCHOOL_YEAR, NoteKind.ASSOCIATION_YEAR])
def test_notes_of_the_demo_year_are_whole(demo: Engine, kind: NoteKind) -> None:
    with reading(demo) as session:
        schools = session.exec(select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL)).all()
        towns = session.exec(select(Organisation).where(Organisation.kind == OrganisationKind.MUNICIPALITY)).all()
        of = {
            NoteKind.MUNICIPALITY_YEAR: towns[0].id, NoteKind.SCHOOL_YEAR: schools[0].id,
            NoteKind.ASSOCIATION_YEAR: session.exec(select(Association.id)).first(),
        }[kind]
        scope = EVERYBODY
        if kind is NoteKind.SCHOOL_YEAR:
            scope = Scope(
                7, "Директор", frozenset({of or 0}), frozenset({of or 0}), None, None, EVERYBODY.actions
            )
        paper = Document(io.BytesIO(note_document(session, scope, kind, NoteSubject(of or 0, year=2026))))
    text = everything_in(paper)
    assert "{" not in text and "nan" not in text and "None" not in text
    assert "2025/2026 учебный год" in text and "УТВЕРЖДАЮ" in text and VPR in text
    if kind is NoteKind.SCHOOL_YEAR:
        assert not any(other.name in text for other in schools[1:])
    else:
        assert "площадь и периметр" in text


def test_every_note_that_is_listed_can_be_made_by_whom_it_is_listed_for(demo: Engine) -> None:
    with reading(demo) as session:
        for kind in NOTE_KINDS:
            listed = kind.subjects(session, EVERYBODY)
            assert listed, kind.code
            subject = NoteSubject.parse(listed[0].key)
            assert subject is not None and subject.key == listed[0].key
            note = open_draft(session, EVERYBODY, NoteKind(kind.code), subject, DAY).note
            assert note.organisation_id == listed[0].organisation_id


def test_a_note_of_a_year_tells_nothing_of_fewer_than_five_teachers(demo: Engine) -> None:
    """Of the only teacher of a subject «100 %» is a personal result, and the paper is read by the whole council."""
    with reading(demo) as session:
        schools = session.exec(select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL)).all()
        for school in schools:
            note = note_text(session, EVERYBODY, NoteKind.SCHOOL_YEAR, NoteSubject(school.id or 0, year=2026), DAY)
            table = section(note, "deficits").table
            for row in table.rows if table is not None else ():
                assert int(re.search(r"n\s=\s(\d+)", row[2])[1]) >= 5, (school.name, row)


def test_an_association_is_named_in_its_case_and_approved_where_it_belongs(demo: Engine) -> None:
    with reading(demo) as session:
        above = session.exec(select(Organisation.id).where(Organisation.kind == OrganisationKind.MUNICIPALITY)).all()
        rows = session.exec(select(Association)).all()
        notes = {
            row.name: note_text(session, EVERYBODY, NoteKind.ASSOCIATION_YEAR, NoteSubject(row.id or 0, year=2026), DAY)
            for row in rows if row.organisation_id in above
        }
    assert notes and all(note.approved_by == "Начальник управления образования" for note in notes.values())
    subtitles = [note.subtitle for note in notes.values()]
    assert any(said.startswith("о работе предметного клуба «") for said in subtitles), subtitles
    assert not any("объединения, " in said for said in subtitles)
