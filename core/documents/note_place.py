"""Whose a note is, who reads the same figures in it, and who may put other words into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core.analysis.loading import load_work
from core.analysis.work import Work
from core.documents.notes.work_figures import unit_of_note
from core.documents.text import NoteKind, NoteSubject
from core.errors import NotAllowed, NotFound
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind

_OF_WORK = (Action.VIEW_PRACTICES, Action.VIEW_RECOMMENDATIONS)
_OF_ASSOCIATION = (*_OF_WORK, Action.VIEW_DEFICITS, Action.VIEW_ROADMAPS)
_OF_WHOLE = (*_OF_ASSOCIATION, Action.VIEW_HELP, Action.VIEW_INDICATORS)
"""Rights on which it depends what a note tells, by what it is about."""
_KINDS = {
    NoteKind.SCHOOL_YEAR: OrganisationKind.SCHOOL, NoteKind.MUNICIPALITY_YEAR: OrganisationKind.MUNICIPALITY,
}


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note belongs.

    `subject` names its unit also where it was left open. `audience` is the same for people to whom the note tells the
    same: whether small groups are shown, what stands beside the unit, what their rights add. What one of them writes
    is read by these only, so that nothing hidden goes round through somebody's words.
    """

    kind: NoteKind
    subject: NoteSubject
    organisation_id: int
    audience: str
    may_edit: bool


def place_of_note(session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject) -> NotePlace:
    """Return where a note belongs.

    Raises NotFound out of scope, NotAllowed where only a part is seen, InvalidInput where a unit must be chosen.
    """
    if kind.is_of_work:
        return _of_work(session, scope, kind, subject)
    if kind is NoteKind.ASSOCIATION_YEAR:
        return _of_association(session, scope, subject)
    return _of_organisation(session, scope, kind, subject)


def _of_work(session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject) -> NotePlace:
    unit = unit_of_note(session, scope, subject.object_id, subject.unit)
    work: Work = load_work(session, scope, subject.object_id)
    is_owned = all(work.classes[place].owned for place in unit.classes)
    beside = ",".join(unit.parents)
    return NotePlace(
        kind, NoteSubject(subject.object_id, unit.key), unit.organisation_id,
        _audience(scope, is_owned, beside, _OF_WORK),
        scope.allows(Action.EDIT_RECOMMENDATIONS)
        and scope.require(Action.EDIT_RECOMMENDATIONS).sees_results(unit.organisation_id, work.subject),
    )


def _of_association(session: Session, scope: Scope, subject: NoteSubject) -> NotePlace:
    row = session.get(Association, subject.object_id)
    viewing = scope.require(Action.VIEW)
    if row is None or row.deleted_at is not None or not viewing.sees_association(
        subject.object_id, row.organisation_id
    ):
        raise NotFound("Объединение")
    if any(not viewing.sees_results(row.organisation_id, name) for name in row.subjects):
        raise NotAllowed(
            "Справку объединения делает тот, кто видит все его предметы.", "Обратитесь к руководителю объединения."
        )
    writing = scope.require(Action.EDIT_RECOMMENDATIONS) if scope.allows(Action.EDIT_RECOMMENDATIONS) else None
    reach = "every subject" if row.subjects or viewing.subjects is None else ",".join(sorted(viewing.subjects))
    return NotePlace(
        NoteKind.ASSOCIATION_YEAR, NoteSubject(subject.object_id, year=subject.year), row.organisation_id,
        _audience(scope, scope.owns(row.organisation_id), reach, _OF_ASSOCIATION),
        writing is not None and writing.sees_association(subject.object_id, row.organisation_id),
    )


def _of_organisation(session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject) -> NotePlace:
    row = session.get(Organisation, subject.object_id)
    viewing = scope.require(Action.VIEW)
    if row is None or row.deleted_at is not None or row.kind is not _KINDS.get(kind) or not viewing.knows_organisation(
        subject.object_id
    ):
        raise NotFound("Организация")
    if viewing.subjects is not None or viewing.classes is not None or not viewing.sees_organisation(subject.object_id):
        raise NotAllowed(
            "Сводную справку организации делает тот, кто видит её целиком, по всем предметам.",
            "Сделайте справку своего объединения или по своей работе.",
        )
    writing = scope.require(Action.EDIT_RECOMMENDATIONS) if scope.allows(Action.EDIT_RECOMMENDATIONS) else None
    return NotePlace(
        kind, NoteSubject(subject.object_id, year=subject.year), subject.object_id,
        _audience(scope, scope.owns(subject.object_id), "", _OF_WHOLE),
        writing is not None and writing.sees_organisation(subject.object_id),
    )


def _audience(scope: Scope, is_owned: bool, beside: str, telling: Sequence[Action]) -> str:
    """Return what tells readers apart, short enough for its column: rights as a row of digits."""
    rights = "".join("1" if scope.allows(action) else "0" for action in telling)
    return f"{'own' if is_owned else 'outside'} {rights} {beside}"[:200]
