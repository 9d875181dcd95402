"""Who sees, enters and accepts values of indicators."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.errors import NotAllowed
from core.people.organisations import get_organisation, load_tree
from core.people.scope import Action, Scope
from core.people.tables import Organisation


def seen_unit(session: Session, scope: Scope, organisation_id: int) -> Organisation:
    """Return an organisation whose figures the actor may see; NotAllowed without the right, NotFound out of reach."""
    narrowed = scope.require(Action.VIEW_INDICATORS)
    narrowed.require_organisation(organisation_id)
    return get_organisation(session, narrowed, organisation_id)


def require_entering(scope: Scope, organisation_id: int) -> None:
    """Raise NotAllowed or NotFound unless the actor enters values of the organisation."""
    scope.require(Action.ENTER_INDICATORS).require_organisation(organisation_id)


def may_accept(session: Session, scope: Scope, organisation_id: int, on: date | None = None) -> bool:
    """Say whether the actor accepts values of the organisation: from above, never one's own.

    What has nothing above it is accepted by whoever accepts in the whole system.
    """
    if not scope.allows(Action.ACCEPT_INDICATORS):
        return False
    narrowed = scope.require(Action.ACCEPT_INDICATORS)
    if not narrowed.sees_organisation(organisation_id):
        return False
    parent = load_tree(session, Scope.local_administrator(), on).parents.get(organisation_id)
    if parent is not None:
        return narrowed.sees_organisation(parent)
    try:
        narrowed.require_everywhere(Action.ACCEPT_INDICATORS)
    except NotAllowed:
        return False
    return True


def require_accepting(session: Session, scope: Scope, organisation_id: int) -> None:
    """Raise NotAllowed unless the actor accepts values of the organisation from above; NotFound out of reach."""
    scope.require(Action.ACCEPT_INDICATORS).require_organisation(organisation_id)
    if not may_accept(session, scope, organisation_id):
        raise NotAllowed(
            "Свои показатели организация не принимает: их принимает вышестоящая.",
            "Сдайте показатели и сообщите об этом вышестоящей организации.",
        )
