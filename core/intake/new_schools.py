"""Schools that a file names and the store does not know: created together with what the file brings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from core.errors import InvalidInput
from core.intake.preview import SchoolTarget
from core.people.organisations import (
    create_organisation,
    find_or_create_above,
    only_municipality,
    school_index,
)
from core.people.scope import Scope
from core.people.tables import OrganisationKind


def create_schools(
    session: Session, scope: Scope, targets: Sequence[SchoolTarget], allowed: bool
) -> tuple[dict[str, int], Scope]:
    """Return the ids of the schools by code, and the scope with those created.

    Raise InvalidInput when there are schools to create and the user did not allow it.
    """
    ids: dict[str, int] = {}
    known = school_index(session, scope)
    for target in targets:
        if not allowed:
            raise InvalidInput(f"Школы «{target.name}» ещё нет в системе.", "Разрешите создать её при загрузке.")
        existing = known.find(target.code, None)
        if existing is not None and existing.id is not None:
            ids[target.code] = existing.id
            continue
        parent = _parent(session, scope, target)
        school = create_organisation(
            session, scope, code=target.code, name=target.name, kind=OrganisationKind.SCHOOL, parent_id=parent
        )
        ids[target.code] = school.id or 0
        if parent is not None:
            scope = scope.with_child(parent, ids[target.code])
    return ids, scope


def _parent(session: Session, scope: Scope, target: SchoolTarget) -> int | None:
    """Return below what a new school stands: what the file names, else the only municipality of the scope."""
    parent: int | None = None
    for name, kind in ((target.region, OrganisationKind.REGION), (target.municipality, OrganisationKind.MUNICIPALITY)):
        if name:
            parent = find_or_create_above(session, scope, name, kind, parent).id
    return parent if parent is not None else only_municipality(session, scope)
