"""Whom a teacher may ask for help – methodists of the school or associations – and whose lessons they may visit."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.people.association_tables import Association, AssociationMember
from core.people.associations import association_name
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.teacher_tables import Employment
from core.planning.access import actor_of
from core.support.access import names_of

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


def colleagues(session: Session, scope: Scope, on: date | None = None) -> dict[int, str]:
    """Return the teachers of the schools where the actor works today, by id, by name: whose lessons they may visit.

    Raises NotAllowed without the right to see help; nothing for somebody who is no teacher of the lists.
    """
    scope.require(Action.VIEW_HELP)
    day, places = on or date.today(), actor_of(session, scope).workplaces
    query = select(Employment.teacher_id).where(
        col(Employment.organisation_id).in_(places), col(Employment.deleted_at).is_(None),
        col(Employment.hired_on).is_(None) | (col(Employment.hired_on) <= day),
        col(Employment.left_on).is_(None) | (col(Employment.left_on) > day),
    )
    found = names_of(session, scope, session.exec(query))
    return dict(sorted(found.items(), key=lambda pair: natural_key(pair[1])))
