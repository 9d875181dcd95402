"""Drafts of notes: a person's words stay, news are shown, nobody overwrites or reads past the scope."""

import io
from dataclasses import replace

import pytest
from docx import Document
from sqlalchemy import Engine
from sqlmodel import select

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.documents.drafts import (
    SectionDraft,
    keep_own,
    open_draft,
    section_history,
    take_generated,
    write_section,
)
from core.documents.note_document import note_document
from core.documents.text import NoteKind, NoteSubject
from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.scope import Action, Scope
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from core.words.rewording import Change, rewording
from tests.analysis.stored import add_organisations, add_plan, add_work, scope_of

KIND = NoteKind.WORK_SHORT


class Desk:
    """One note of the class 1А and the people around it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with writing(engine, "подготовка теста") as session:
            self.ids = add_organisations(session)
            self.work = add_work(session, self.ids, plan_id=add_plan(session))
        self.unit = f"class:{self.ids['school1']}:А"
        self.subject = NoteSubject(self.work, self.unit)
        self.director = scope_of(self.ids, "school1", own=["school1"])
        self.specialist = scope_of(self.ids, "town", "school1", "school2")

    def section(self, key: str, scope: Scope | None = None) -> SectionDraft:
        with reading(self.engine) as session:
            draft = open_draft(session, scope or self.director, KIND, self.subject)
        return next(one for one in draft.sections if one.section.key == key)

    def write(self, key: str, text: str, seen: SectionDraft, scope: Scope | None = None, who: str = "Директор") -> int:
        with writing(self.engine, who) as session:
            return write_section(
                session, scope or self.director, KIND, self.subject, key, text, seen.generated, seen.version
            )

    def reject_field(self) -> None:
        """Let what the note tells change: people reject the only field."""
        with writing(self.engine, "Методист") as session:
            for kind, key in ((Kind.ELEMENT, "геометрия"), (Kind.TASK_TYPE, "рассуждение"), (Kind.LEVEL, "базовый")):
                review_field(
                    session, self.director, assessment_id=self.work, unit=self.unit, kind=kind, key=key,
                    state=ReviewState.REJECTED, remark="тема изучается позже",
                )


@pytest.fixture
def desk(sqlite_engine: Engine) -> Desk:
    return Desk(sqlite_engine)


def test_a_persons_words_stay_and_news_are_shown_word_by_word(desk: Desk) -> None:
    before = desk.section("fields")
    assert not before.is_edited and before.version == 0
    desk.write("fields", "Геометрию начнём с повторения.", before)
    edited = desk.section("fields")
    assert edited.is_edited and not edited.is_outdated
    assert edited.section.paragraphs == ("Геометрию начнём с повторения.",)
    assert (edited.section.table, edited.section.chart) == (before.section.table, before.section.chart)
    desk.reject_field()
    outdated = desk.section("fields")
    assert outdated.is_outdated and not desk.section("conclusion").is_edited
    assert outdated.section.text == "Геометрию начнём с повторения.", "the person's words are printed"
    came = "".join(piece.text for piece in outdated.news if piece.change is Change.ADDED)
    went = "".join(piece.text for piece in outdated.news if piece.change is Change.REMOVED)
    assert "не найдено" in came and "«геометрия»" in went and "Геометрию" not in came + went
    with writing(desk.engine, "Директор") as session:
        keep_own(session, desk.director, KIND, desk.subject, "fields", outdated.generated, outdated.version)
    kept = desk.section("fields")
    assert kept.is_edited and not kept.is_outdated
    with writing(desk.engine, "Директор") as session:
        take_generated(session, desk.director, KIND, desk.subject, "fields", kept.version)
    taken = desk.section("fields")
    assert not taken.is_edited and "не найдено" in taken.section.text
    with reading(desk.engine) as session:
        wordings = section_history(session, desk.director, KIND, desk.subject, "fields")
    assert [one.text for one in wordings] == ["", "Геометрию начнём с повторения."]


def test_two_people_do_not_overwrite_each_other(engine: Engine) -> None:
    desk = Desk(engine)
    seen = desk.section("conclusion")
    desk.write("conclusion", "Вывод директора.", seen)
    with pytest.raises(EditConflict, match="Директор"):
        desk.write("conclusion", "Вывод методиста.", seen, who="Методист")
    assert desk.section("conclusion").section.text == "Вывод директора."
    desk.write("conclusion", "Общий вывод.", desk.section("conclusion"), who="Методист")
    assert desk.section("conclusion").written_by == "Методист"


def test_the_generated_text_is_no_edit_and_no_text_is_refused(desk: Desk) -> None:
    seen = desk.section("conclusion")
    assert desk.write("conclusion", seen.generated, seen) == 0
    assert not desk.section("conclusion").is_edited
    with pytest.raises(InvalidInput):
        desk.write("conclusion", "  \n ", seen)


def test_what_somebody_typed_is_text_in_the_paper(desk: Desk) -> None:
    hostile = "{{ 7*7 }} {% for x in y %} <w:p>жирный</w:p> &amp; =1+1"
    desk.write("conclusion", f"{hostile}\nВторой абзац.", desk.section("conclusion"))
    with reading(desk.engine) as session:
        paper = Document(io.BytesIO(note_document(session, desk.director, KIND, desk.subject)))
    lines = [one.text for one in paper.paragraphs]
    assert hostile in lines and "Второй абзац." in lines


def test_words_written_inside_a_school_stay_inside(desk: Desk) -> None:
    """A director may write of small groups: neither the municipality's draft nor its journal tells it."""
    desk.write("conclusion", "В классе трое не справились.", desk.section("conclusion"))
    outside = desk.section("conclusion", desk.specialist)
    assert not outside.is_edited and "трое" not in outside.section.text
    desk.write("conclusion", "Вывод муниципалитета.", outside, desk.specialist, "Специалист")
    assert desk.section("conclusion").section.text == "В классе трое не справились."
    with reading(desk.engine) as session:
        trail = session.exec(select(AuditEntry).where(AuditEntry.object_type == "draft_section")).all()
    assert trail and not any("трое" in str(entry.new) + str(entry.old) for entry in trail)


def test_who_only_reads_does_not_write(desk: Desk) -> None:
    reader = replace(desk.director, actions=frozenset(Action) - {Action.EDIT_RECOMMENDATIONS})
    with pytest.raises(NotAllowed):
        desk.write("conclusion", "Чужой вывод.", desk.section("conclusion", reader), reader)


def test_a_rewording_gives_both_texts_back() -> None:
    old, new = "Ниже порога 2 задания из 14.\nВторой абзац.", "Ниже порога 3 задания из 14.\nДругой абзац!"
    pieces = rewording(old, new)
    assert "".join(one.text for one in pieces if one.change is not Change.ADDED) == old
    assert "".join(one.text for one in pieces if one.change is not Change.REMOVED) == new
    assert rewording("", "новое")[0].change is Change.ADDED and rewording("то же", "то же")[0].change is Change.KEPT
