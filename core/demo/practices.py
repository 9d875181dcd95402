"""Practices of the demo in every state, and a subject club with two webinars, feedback and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlmodel import Session, col, select

from core.demo.municipality import MUNICIPALITY
from core.demo.practice_texts import ANSWERS, DECISIONS, EVENTS, PRACTICES, DemoPractice
from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.people.associations import association_name
from core.people.scope import Scope
from core.people.teacher_tables import Teacher
from core.practice.effect import effects_of, seen_from_outside
from core.practice.effect_words import frozen_effects
from core.practice.tables import (
    ClubDecision,
    ClubEvent,
    ClubFeedback,
    EventState,
    NoteKind,
    Practice,
    PracticeNote,
    PracticeState,
    PracticeStep,
    PracticeUse,
)

_NOON = time(9, 0, tzinfo=UTC)
_CLUB = "«Математика без страха»"
_METHODIST = "Методист ММК"
_MOST_MEMBERS = 12


@dataclass(frozen=True, slots=True)
class DemoLibrary:
    """How much was added."""

    practices: int
    events: int


def add_practices(session: Session, scope: Scope, units: Mapping[str, int]) -> DemoLibrary:
    """Add the club and the practices; `units` are ids of organisations by code. Works must be stored already."""
    club = _add_club(session, units[MUNICIPALITY.code])
    ids = {one.title: _add_practice(session, scope, one, units, club) for one in PRACTICES}
    _add_events(session, club, ids)
    return DemoLibrary(len(PRACTICES), len(EVENTS))


def _add_club(session: Session, municipality: int) -> Association:
    club = Association(
        organisation_id=municipality, kind=AssociationKind.SUBJECT_CLUB, name=_CLUB, subjects=["Математика"]
    )
    session.add(club)
    session.flush()
    teachers = session.exec(select(Teacher).where(col(Teacher.deleted_at).is_(None)).order_by(col(Teacher.id)))
    of_subject = [one for one in teachers if "Математика" in one.subjects][:_MOST_MEMBERS]
    for place, teacher in enumerate(of_subject):
        session.add(
            AssociationMember(
                association_id=club.id or 0, teacher_id=teacher.id or 0, is_head=not place, valid_from=date(2025, 9, 1)
            )
        )
    return club


def _add_practice(
    session: Session, scope: Scope, one: DemoPractice, units: Mapping[str, int], club: Association
) -> int:
    begun = datetime.combine(one.offered_on or date(2026, 11, 2), _NOON)
    practice = Practice(
        organisation_id=units[one.school], title=one.title, subject=one.subject, elements=list(one.elements),
        task_types=list(one.task_types), method=one.method, grades=list(one.grades), class_grade=one.class_grade,
        class_letter=one.class_letter, class_year=one.class_year, author=one.author, problem=one.problem,
        actions=one.actions, repeat=one.repeat, conditions=one.conditions, result=one.result, created_at=begun,
        created_by=one.author,
    )
    session.add(practice)
    session.flush()
    key = practice.id or 0
    for use in one.uses:
        session.add(
            PracticeUse(
                organisation_id=units[use.school], practice_id=key, grade=use.grade, letter=use.letter, year=use.year,
                applied_on=use.applied_on, outcome=use.outcome, text=use.text, author=use.author,
                marked_at=datetime.combine(use.marked_on, _NOON),
            )
        )
    session.flush()
    _add_way(session, scope, one, practice, club)
    _add_talk(session, one, practice)
    return key


def _add_way(
    session: Session, scope: Scope, one: DemoPractice, practice: Practice, club: Association
) -> None:
    """Add the steps up to the state; a verdict keeps the change of results as readers may see it."""
    for step in one.steps:
        row = PracticeStep(
            organisation_id=practice.organisation_id, practice_id=practice.id or 0, state=step.state,
            starts_on=step.starts_on, ends_on=step.ends_on, responsible=step.responsible,
            protocol_number=step.protocol_number, protocol_date=step.taken_on if step.protocol_number else None,
            reason=step.reason, taken_at=datetime.combine(step.taken_on, _NOON),
            actor=one.author if step.state is PracticeState.OFFERED else _METHODIST,
        )
        if step.state in (PracticeState.ON_TRIAL, PracticeState.TRIED, PracticeState.RECOMMENDED):
            row.body = step.body or association_name(club)
            row.association_id = practice.association_id = None if step.body else club.id
        if step.state is PracticeState.ON_TRIAL:
            practice.trial_until = step.ends_on
        if step.state in (PracticeState.TRIED, PracticeState.RECOMMENDED):
            practice.trial_until = None
            row.effects = frozen_effects(effects_of(session, seen_from_outside(scope), practice.id or 0))
        practice.state = step.state
        session.add(row)
    session.add(practice)
    session.flush()


def _add_talk(session: Session, one: DemoPractice, practice: Practice) -> None:
    asked: PracticeNote | None = None
    for note in one.notes:
        answers = asked.id if asked is not None and note.is_answer else None
        row = PracticeNote(
            organisation_id=practice.organisation_id, practice_id=practice.id or 0, answers_id=answers,
            kind=NoteKind.QUESTION if note.is_question else NoteKind.COMMENT, text=note.text, author=note.author,
            written_at=datetime.combine(note.written_on, _NOON),
        )
        session.add(row)
        session.flush()
        if not note.is_answer:
            asked = row


def _add_events(session: Session, club: Association, practices: Mapping[str, int]) -> None:
    for number, event in enumerate(EVENTS):
        row = ClubEvent(
            organisation_id=club.organisation_id, association_id=club.id or 0, kind=event.kind,
            title=event.title, held_on=event.held_on, time=event.time, leader=event.leader, subject="Математика",
            elements=list(event.elements), deficits=event.deficits,
            practice_id=practices.get(event.practice), state=event.state, attended=event.attended,
            summary=event.summary, created_by=_METHODIST,
        )
        session.add(row)
        session.flush()
        if event.state is not EventState.HELD:
            continue
        for mark, useful, wishes in ANSWERS[number]:
            session.add(
                ClubFeedback(
                    organisation_id=club.organisation_id, event_id=row.id or 0, satisfaction=mark, useful=useful,
                    wishes=wishes, answered_at=datetime.combine(event.held_on, _NOON),
                )
            )
        for text, responsible, due, done_on in DECISIONS[number]:
            session.add(
                ClubDecision(
                    organisation_id=club.organisation_id, association_id=club.id or 0, event_id=row.id,
                    text=text, responsible=responsible, due=due, decided_on=event.held_on, done_on=done_on,
                    created_by=_METHODIST,
                )
            )
    session.flush()
