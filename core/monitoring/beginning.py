"""With which organisation the screen of indicators begins: the highest one where something is collected or planned."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.monitoring.plan_tables import IndicatorTarget
from core.monitoring.value_tables import Campaign, IndicatorValue
from core.people.organisations import load_tree
from core.people.scope import Action, Scope


def beginning_unit(session: Session, scope: Scope) -> int | None:
    """Return the unit to show first; None where the actor sees none. Raises NotAllowed without the right.

    From the top of what the actor sees it goes down as long as nothing is collected there by itself and there is just
    one way down to values, targets or collections: a region that works with one municipality begins with that one.
    """
    reach = scope.require(Action.VIEW_INDICATORS)
    tree = load_tree(session, Scope.local_administrator())
    seen = {key for key in tree.organisations if reach.sees_organisation(key)}
    if not seen:
        return None
    used = _used(session) & seen
    tops = sorted(key for key in seen if tree.parents.get(key) not in seen)
    known = [key for key in tops if tree.below(key) & used]
    place = (known or tops)[0]
    while place not in used:
        ways = [key for key, parent in tree.parents.items() if parent == place and tree.below(key) & used]
        if len(ways) != 1:
            break
        place = ways[0]
    return place


def _used(session: Session) -> set[int]:
    """Return the organisations that have values, targets or a collection of their own."""
    return {
        *session.exec(select(IndicatorValue.organisation_id).distinct()),
        *session.exec(select(IndicatorTarget.organisation_id).where(col(IndicatorTarget.deleted_at).is_(None))),
        *session.exec(select(Campaign.organisation_id).where(col(Campaign.deleted_at).is_(None))),
    }
