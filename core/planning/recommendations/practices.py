"""Practices of the library that answer what a recommendation is about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from core.analysis.elements import Kind
from core.errors import NotFound
from core.people.scope import Action, Scope
from core.planning.recommendations.bases import FieldKey, FrozenBasis
from core.planning.tables import BasisKind
from core.practice.library import PracticeCard, PracticeFilter, find_practices, get_practice
from core.practice.states import PUBLISHED


def fitting_practices(session: Session, scope: Scope, field: FrozenBasis) -> tuple[PracticeCard, ...]:
    """Return the published practices with the same content element or task type, recommended ones first."""
    if field.basis.kind is not BasisKind.FIELD or not scope.allows(Action.VIEW_PRACTICES):
        return ()
    key = FieldKey.read(field.basis.key)
    if key.kind not in (Kind.ELEMENT, Kind.TASK_TYPE):
        return ()
    names = (key.name,)
    wanted = PracticeFilter(
        subjects=(field.subject,), states=tuple(sorted(PUBLISHED)),
        elements=names if key.kind is Kind.ELEMENT else (), task_types=names if key.kind is Kind.TASK_TYPE else (),
    )
    return tuple(find_practices(session, scope, wanted))


def linked_practices(session: Session, scope: Scope, practice_ids: Sequence[int]) -> list[PracticeCard]:
    """Return the practices named by a recommendation, without those that the actor may not read."""
    found: list[PracticeCard] = []
    if scope.allows(Action.VIEW_PRACTICES):
        for practice_id in practice_ids:
            try:
                found.append(get_practice(session, scope, practice_id))
            except NotFound:
                continue
    return found
