"""What experts of the attestation and associations said about content elements."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, select

from core.diagnostics.pupil_sides import ElementKey
from core.diagnostics.remark_tables import AssociationNote, AttestationRemark
from core.diagnostics.triangulation import Remark
from core.people.scope import Action, Scope
from core.words import day

ABOUT_A_PERSON = "Замечание о педагоге: текст видят сам педагог, руководитель объединения и директор."


def remark_sides(
    session: Session, scope: Scope, linked: Mapping[int, ElementKey], school_id: int | None = None
) -> dict[ElementKey, list[Remark]]:
    """Return the remarks by subject and element, the latest first.

    `linked` says which element a competence belongs to. What is said of a person is read by those who may see personal
    deficits; others learn only that it was said.
    """
    allowed = scope.require(Action.VIEW_DEFICITS)
    personal = scope.require(Action.VIEW_PERSONAL_DEFICITS) if scope.allows(Action.VIEW_PERSONAL_DEFICITS) else None
    found: dict[ElementKey, list[Remark]] = {}
    remarks = select(AttestationRemark).where(col(AttestationRemark.deleted_at).is_(None))
    for row in session.exec(remarks.order_by(col(AttestationRemark.remarked_on).desc())):
        whose = frozenset({row.organisation_id})
        is_open = row.teacher_id is not None and personal is not None and personal.sees_person(row.teacher_id, whose)
        if school_id not in (None, row.organisation_id) or not (
            allowed.sees_results(row.organisation_id, row.subject) or is_open
        ):
            continue
        text = row.text if row.teacher_id is None or is_open else ABOUT_A_PERSON
        origin = f"{row.expert_group or 'эксперты аттестации'}, {day(row.remarked_on)}"
        key = _key(row.subject, row.element, row.competence_id, linked)
        if key is not None:
            found.setdefault(key, []).append(Remark(row.id or 0, text, origin))
    notes = select(AssociationNote).where(col(AssociationNote.deleted_at).is_(None))
    for note in session.exec(notes.order_by(col(AssociationNote.noted_on).desc())):
        if school_id not in (None, note.organisation_id):
            continue
        key = _key(note.subject, note.element, note.competence_id, linked)
        if key is not None and allowed.sees_association(note.association_id, note.organisation_id):
            origin = f"обсуждение в объединении, {day(note.noted_on)}"
            found.setdefault(key, []).append(Remark(note.id or 0, note.text, origin))
    return found


def _key(
    subject: str, element: str, competence_id: int | None, linked: Mapping[int, ElementKey]
) -> ElementKey | None:
    if element:
        return subject, element
    return linked.get(competence_id or 0)
