"""Visited and open lessons: what to look for, tied to a problem field; the teacher reads and answers.

A visit is help, not control: the teacher sees everything that is written, and nobody is given a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.assignments import normal_letter, require_class
from core.people.cell_values import choice_of_cell
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.store.base import utc_now
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.support.access import manages, names_of, require_teacher, sees_teacher, workplaces
from core.support.cells import long_text, position_cell
from core.support.visit_tables import LessonVisit, Seen, VisitLookFor

LOOK_FOR_FIELDS = ("position", "text", "seen", "note")
LOOK_FORS = (
    "Задания урока отрабатывают элемент: {field}",
    "Ученики сами объясняют способ решения",
    "Видно, кто из учеников не понял, и им дано другое задание",
    "Ученики получают обратную связь о том, что исправить",
)
"""What a visit about a problem field begins with."""


@dataclass(frozen=True, slots=True)
class FieldOfVisit:
    """The problem field that a visit is about, as in `field_review`, and its words."""

    assessment_id: int
    unit: str
    kind: str
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """What is known of a lesson before it is visited."""

    organisation_id: int
    teacher_id: int
    held_on: date
    grade: int
    letter: str
    subject: str
    topic: str = ""
    purpose: str = ""
    is_open: bool = False
    visitor_teacher_id: int | None = None
    visitor: str = ""
    field: FieldOfVisit | None = None
    competence_id: int | None = None
    """The deficit that the visit helps with."""


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A visit as the actor sees it."""

    row: LessonVisit
    teacher: str
    visitor: str
    look_fors: tuple[VisitLookFor, ...]


def list_visits(session: Session, scope: Scope, teacher_id: int | None = None) -> list[VisitCard]:
    """Return the visits that the actor sees, the latest first: of their teachers, to themselves, by themselves."""
    scope.require(Action.VIEW_HELP)
    query = select(LessonVisit).where(col(LessonVisit.deleted_at).is_(None))
    if teacher_id is not None:
        query = query.where(LessonVisit.teacher_id == teacher_id)
    actor = actor_of(session, scope)
    rows = [
        row
        for row in session.exec(query.order_by(col(LessonVisit.held_on).desc(), col(LessonVisit.id).desc()))
        if _is_visitor(actor.teacher_id, row)
        or sees_teacher(scope, actor, row.teacher_id, frozenset({row.organisation_id}))
    ]
    found: dict[int, list[VisitLookFor]] = {}
    look_fors = select(VisitLookFor).where(
        col(VisitLookFor.visit_id).in_([row.id for row in rows]), col(VisitLookFor.deleted_at).is_(None)
    )
    for one in session.exec(look_fors.order_by(col(VisitLookFor.position), col(VisitLookFor.id))):
        found.setdefault(one.visit_id, []).append(one)
    people = {row.teacher_id for row in rows} | {row.visitor_teacher_id or 0 for row in rows}
    names = names_of(session, scope, people)
    return [
        VisitCard(
            row, names.get(row.teacher_id, "—"), names.get(row.visitor_teacher_id or 0, row.visitor or row.written_by),
            tuple(found.get(row.id or 0, ())),
        )
        for row in rows
    ]


def get_visit(session: Session, scope: Scope, visit_id: int) -> VisitCard:
    """Return a visit; raise NotFound when there is none or the actor does not see it."""
    row = session.get(LessonVisit, visit_id)
    found = [] if row is None else list_visits(session, scope, row.teacher_id)
    card = next((one for one in found if one.row.id == visit_id), None)
    if card is None:
        raise NotFound("Посещение урока")
    return card


def plan_visit(session: Session, scope: Scope, draft: VisitDraft) -> LessonVisit:
    """Store a visit, with look-fors where it is about a problem field.

    Who arranges help may visit anybody there, a teacher a colleague of the same school, everybody their own open
    lesson. Raises InvalidInput for a class or subject that cannot be.
    """
    scope.require(Action.VIEW_HELP)
    actor = actor_of(session, scope)
    visitor = draft.visitor_teacher_id
    if not manages(scope, draft.organisation_id):
        if draft.organisation_id not in actor.workplaces or actor.teacher_id is None:
            raise NotFound("Организация")
        visitor = actor.teacher_id if draft.teacher_id != actor.teacher_id else visitor
    else:
        require_teacher(session, scope, draft.teacher_id)
    if draft.organisation_id not in workplaces(session, draft.teacher_id):
        raise InvalidInput("Педагог не работает в этой организации.", "Выберите место его работы.")
    if visitor == draft.teacher_id:
        raise InvalidInput("Педагог не посещает собственный урок.", "Выберите, кто придёт на урок.")
    require_class(draft.grade, draft.subject)
    row = LessonVisit(
        organisation_id=draft.organisation_id, teacher_id=draft.teacher_id, visitor_teacher_id=visitor,
        visitor=draft.visitor.strip()[:300], held_on=draft.held_on, grade=draft.grade,
        letter=normal_letter(draft.letter), subject=draft.subject.strip()[:120], topic=draft.topic.strip()[:500],
        purpose=draft.purpose.strip()[:1000], is_open=draft.is_open, written_by=scope.actor_name,
        competence_id=draft.competence_id,
    )
    texts: Sequence[str] = ()
    if draft.field is not None:
        row.assessment_id, row.field_unit = draft.field.assessment_id, draft.field.unit
        row.field_kind, row.field_key = draft.field.kind, draft.field.key
        texts = [text.format(field=draft.field.words) for text in LOOK_FORS]
    session.add(row)
    session.flush()
    for position, text in enumerate(texts, start=1):
        session.add(
            VisitLookFor(
                organisation_id=draft.organisation_id, visit_id=row.id or 0, position=float(position), text=text[:500]
            )
        )
    session.flush()
    return row


def save_look_fors(session: Session, scope: Scope, visit_id: int, changes: GridChanges) -> EditOutcome:
    """Save what was looked for and seen, new and deleted rows too. The visitor may, and who arranges the help."""
    card = _writable(session, scope, visit_id)

    def validate(_row: VisitLookFor, field: str, value: object) -> object:
        if field == "seen":
            return choice_of_cell(value, Seen, "наблюдалось")
        if field == "position":
            return position_cell(value)
        return long_text(field, value, {"text": 500, "note": 1000}, {"text": "Не указано, на что смотреть."})

    fixed = {"organisation_id": card.row.organisation_id, "visit_id": visit_id}
    here = col(VisitLookFor.visit_id) == visit_id
    return save_changes(session, VisitLookFor, changes, LOOK_FOR_FIELDS, validate, fixed, here)


def conclude(
    session: Session, scope: Scope, visit_id: int, conclusion: str, advice: str, version_seen: int,
    today: date | None = None,
) -> LessonVisit:
    """Write what the visit showed and what is advised. Raises InvalidInput before the lesson or without a word."""
    row = _writable(session, scope, visit_id).row
    _require_seen(row, version_seen)
    if row.held_on > (today or date.today()):
        raise InvalidInput(f"Урок {row.held_on:%d.%m.%Y} ещё не прошёл.", "Дождитесь урока или исправьте дату.")
    if not conclusion.strip():
        raise InvalidInput("Нет вывода о том, что показал урок.", "Впишите его.")
    row.conclusion, row.advice = conclusion.strip(), advice.strip()
    row.teacher_read_at = None
    session.add(row)
    session.flush()
    return row


def answer_visit(session: Session, scope: Scope, visit_id: int, comment: str, version_seen: int) -> LessonVisit:
    """Note that the teacher read the conclusion, with a comment of their own if they like. Only the teacher may."""
    row = get_visit(session, scope, visit_id).row
    if actor_of(session, scope).teacher_id != row.teacher_id:
        raise NotAllowed("С выводами знакомится сам педагог.", "Войдите под его учётной записью.")
    _require_seen(row, version_seen)
    row.teacher_read_at, row.teacher_comment = utc_now(), comment.strip()[:2000]
    session.add(row)
    session.flush()
    return row


def _is_visitor(teacher_id: int | None, row: LessonVisit) -> bool:
    return teacher_id is not None and row.visitor_teacher_id == teacher_id


def _writable(session: Session, scope: Scope, visit_id: int) -> VisitCard:
    card = get_visit(session, scope, visit_id)
    is_visitor = _is_visitor(actor_of(session, scope).teacher_id, card.row)
    if not is_visitor and not manages(scope, card.row.organisation_id):
        raise NotAllowed("Лист наблюдения ведёт тот, кто посетил урок.", "Обратитесь к нему.")
    return card


def _require_seen(row: LessonVisit, version_seen: int) -> None:
    if row.version != version_seen:
        raise EditConflict("Эту запись тем временем изменил кто-то другой.", "Обновите страницу.")
