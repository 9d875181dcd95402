"""Whom a teacher may ask for help: the methodists of the school, or the associations of which they are a member."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.people.association_tables import Association, AssociationMember
from core.people.associations import association_name
from core.people.scope import Action, Scope
from core.planning.access import actor_of

METHODISTS = "Методисты и администрация школы"


def addressees(session: Session, scope: Scope, on: date | None = None) -> dict[int | None, str]:
    """Return the names by the association's id, None for the methodists of the school."""
    scope.require(Action.VIEW_HELP)
    day = on or date.today()
    query = (
        select(Association)
        .join(AssociationMember, col(AssociationMember.association_id) == Association.id)
        .where(
            AssociationMember.teacher_id == actor_of(session, scope).teacher_id, col(Association.deleted_at).is_(None),
            col(AssociationMember.valid_from) <= day,
            col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > day),
        )
        .order_by(col(Association.id))
    )
    return {None: METHODISTS, **{row.id: association_name(row) for row in session.exec(query)}}
