"""Difficulties entered by hand: remarks of attestation experts, notes of clubs and associations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from core.diagnostics.cell_values import subject_value, text_value
from core.diagnostics.competence_choice import competence_value
from core.diagnostics.remark_tables import AssociationNote, AttestationRemark
from core.errors import InvalidInput, NotFound
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.people.teachers import get_teacher, jobs_of, shown_name
from core.store.base import utc_now
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.words import day as day_in_words

_SHARED: Final = frozenset({"subject", "competence_id", "element", "text", "document"})
REMARK_FIELDS: Final = _SHARED | {"expert_group", "remarked_on"}
NOTE_FIELDS: Final = _SHARED | {"noted_on"}
_MANAGE: Final = Action.MANAGE_DIAGNOSTICS
_LONGEST: Final = {"element": 300, "text": 2000, "expert_group": 200, "document": 300}
_WORDS: Final = {
    "element": "Элемент содержания", "text": "Замечание", "expert_group": "Экспертная группа", "document": "Документ",
}


@dataclass(frozen=True, slots=True)
class RemarkCard:
    """A remark as the actor may see it; `teacher` is "" for one about teachers in general."""

    id: int
    version: int
    organisation_id: int
    teacher_id: int | None
    teacher: str
    subject: str
    competence_id: int | None
    element: str
    text: str
    expert_group: str
    remarked_on: date
    document: str


def list_remarks(session: Session, scope: Scope) -> list[RemarkCard]:
    """Return the remarks in the actor's organisations and subjects, the latest first.

    A remark about a teacher whom the actor may not know by name is left out: its text would tell who it is.
    """
    scope = scope.require(_MANAGE)
    query = select(AttestationRemark).where(col(AttestationRemark.deleted_at).is_(None))
    query = scope.within(query, col(AttestationRemark.organisation_id), col(AttestationRemark.subject))
    found: list[RemarkCard] = []
    for row in session.exec(query.order_by(col(AttestationRemark.remarked_on).desc(), col(AttestationRemark.id))):
        name = _name(session, scope, row.teacher_id)
        if row.teacher_id is None or name:
            found.append(
                RemarkCard(
                    row.id or 0, row.version, row.organisation_id, row.teacher_id, name, row.subject,
                    row.competence_id, row.element, row.text, row.expert_group, row.remarked_on, row.document,
                )
            )
    return found


def add_remark(
    session: Session, scope: Scope, organisation_id: int, values: Mapping[str, object], teacher_id: int | None = None
) -> AttestationRemark:
    """Store what an expert group noticed, with the columns of `REMARK_FIELDS`; raise InvalidInput for a wrong one.

    Raises NotFound for a teacher or an organisation out of reach. Without a subject it is that of the teacher.
    """
    scope = scope.require(_MANAGE)
    row = AttestationRemark(
        organisation_id=organisation_id, teacher_id=teacher_id, text="", remarked_on=date.today(),
        written_by=scope.actor_name,
    )
    if teacher_id is not None:
        teacher = get_teacher(session, scope, teacher_id)
        if organisation_id not in {job.organisation_id for job in jobs_of(session, teacher_id)}:
            raise NotFound("Педагог")
        row.subject = teacher.subjects[0] if teacher.subjects else ""
    for field in REMARK_FIELDS:
        if field in values or field == "text":
            setattr(row, field, _value(session, scope, field, values.get(field)))
    scope.require_results(organisation_id, row.subject)
    session.add(row)
    session.flush()
    return row


def save_remarks(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    """Save cells of the grid of remarks and deletions; raise NotFound for a remark that the actor may not see."""
    scope = scope.require(_MANAGE)
    if changes.added:
        raise InvalidInput("Новое замечание добавляют отдельно.", "Нажмите «Добавить замечание».")
    known = {card.id for card in list_remarks(session, scope)}
    return save_changes(
        session, AttestationRemark, changes, REMARK_FIELDS,
        lambda row, field, value: _value_within(session, scope, row, field, value), {},
        col(AttestationRemark.id).in_(known),
    )


def list_notes(session: Session, scope: Scope, association_id: int) -> list[AssociationNote]:
    """Return what was spoken about in the association, the latest first."""
    _association(session, scope.require(_MANAGE), association_id)
    query = select(AssociationNote).where(
        AssociationNote.association_id == association_id, col(AssociationNote.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(AssociationNote.noted_on).desc(), col(AssociationNote.id))))


def save_notes(session: Session, scope: Scope, association_id: int, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the grid of an association's notes: new, edited and deleted ones."""
    scope = scope.require(_MANAGE)
    association = _association(session, scope, association_id)
    fixed = {
        "association_id": association_id, "organisation_id": association.organisation_id,
        "written_by": scope.actor_name, "written_at": utc_now(),
    }
    return save_changes(
        session, AssociationNote, changes, NOTE_FIELDS,
        lambda _row, field, value: _value(session, scope, field, value), fixed,
        col(AssociationNote.association_id) == association_id,
    )


def _value_within(session: Session, scope: Scope, row: AttestationRemark, field: str, value: object) -> object:
    found = _value(session, scope, field, value)
    if field == "subject":
        scope.require_results(row.organisation_id, str(found))
    return found


def _value(session: Session, scope: Scope, field: str, value: object) -> object:
    if field == "subject":
        return subject_value(value)
    if field == "competence_id":
        return competence_value(session, scope, value)
    if field in ("remarked_on", "noted_on"):
        return _past_day(value)
    return text_value(_WORDS[field], value, _LONGEST[field], required=field == "text")


def _past_day(value: object) -> date:
    found = value.date() if isinstance(value, datetime) else value
    if isinstance(found, str):
        try:
            found = date.fromisoformat(found[:10])
        except ValueError:
            found = None
    if not isinstance(found, date):
        raise InvalidInput("Дата не понята.", "Выберите день.")
    if found > date.today():
        raise InvalidInput(f"День {day_in_words(found)} ещё не наступил.", "Укажите прошедший день.")
    return found


def _association(session: Session, scope: Scope, association_id: int) -> Association:
    row = session.get(Association, association_id)
    if row is None or row.deleted_at is not None or not scope.sees_association(association_id, row.organisation_id):
        raise NotFound("Объединение")
    return row


def _name(session: Session, scope: Scope, teacher_id: int | None) -> str:
    """Return the teacher's name where the actor may know it, else ""."""
    if teacher_id is None:
        return ""
    try:
        teacher = get_teacher(session, scope, teacher_id)
    except NotFound:
        return ""
    name = shown_name(scope, teacher, (job.organisation_id for job in jobs_of(session, teacher_id)))
    return name if name == teacher.full_name else ""
