"""The one organisation of which the first screen speaks to a person."""

from __future__ import annotations

from sqlmodel import Session

from core.people.organisations import load_tree, natural_key
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind

_FROM_ABOVE = (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL, OrganisationKind.REGION)
"""A municipality runs the cycle; a region only where there is nothing below it."""


def own_unit(session: Session, scope: Scope) -> Organisation | None:
    """Return the person's organisation: the first municipality, else the first school they know; None without any."""
    tree = load_tree(session, scope)
    units = [one for one in tree.organisations.values() if one.closed_on is None or one.closed_on > tree.day]
    return min(units, key=lambda one: (_FROM_ABOVE.index(one.kind), natural_key(one.name)), default=None)
