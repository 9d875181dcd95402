"""The things of a cycle with what is decided about each: proposed while it is open, kept once it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session, select

from core.cycle.access import seen_cycle
from core.cycle.closing_asked import Asked, may_see
from core.cycle.closing_contract import ClosingItem, Findings, FoundItem
from core.cycle.closing_finders import FINDERS
from core.cycle.closing_tables import CarriedItem, Decision, ItemKind, Outcome
from core.cycle.cycle_tables import Cycle, CycleState
from core.cycle.place import cycle_place
from core.people.scope import Scope

_ORDER = (Outcome.REPEATS, Outcome.GOES_ON, Outcome.INCOMPARABLE, Outcome.SOLVED)


def findings(session: Session, scope: Scope, cycle_id: int, today: date | None = None) -> Findings:
    """Return what a cycle leaves: of an open one as the records stand now, of a closed one as they stood then.

    Kinds of things that the actor does not see in the whole organisation are named in `unseen`. Raises NotAllowed and
    NotFound as `seen_cycle`.
    """
    cycle = seen_cycle(session, scope, cycle_id)
    unseen = tuple(kind for kind in ItemKind if not may_see(scope, kind, cycle.organisation_id))
    if cycle.state is CycleState.CLOSED:
        rows = (row for row in stored_items(session, cycle_id).values() if is_shown(scope, row))
        return Findings(_ordered(told(row) for row in rows), unseen)
    before = origins(session, cycle)
    carried = {kind: frozenset(key for key, row in before.items() if row.kind is kind) for kind in ItemKind}
    place = cycle_place(session, scope, cycle.organisation_id, cycle.year, today)
    asked = Asked(place, carried)
    found = [
        one for kind, finder in FINDERS.items() if kind not in unseen for one in finder(session, scope, asked)
    ]
    known = {one.reference for one in found}
    gone = [
        FoundItem(row.kind, row.reference, row.words, Outcome.GOES_ON, row.inside)
        for row in before.values() if row.reference not in known and is_shown(scope, row)
    ]
    stored = stored_items(session, cycle_id)
    return Findings(_ordered(_decided(one, stored, before) for one in (*found, *gone)), unseen)


def carried_into(session: Session, scope: Scope, cycle_id: int) -> tuple[ClosingItem, ...]:
    """Return what the cycle before carried over into this one, as far as the actor may see it."""
    cycle = seen_cycle(session, scope, cycle_id)
    return _ordered(told(row) for row in origins(session, cycle).values() if is_shown(scope, row))


def origins(session: Session, cycle: Cycle) -> dict[str, CarriedItem]:
    """Return by reference what the cycle before carried over; nothing for the first one, and while that one is open."""
    previous = session.get(Cycle, cycle.previous_id) if cycle.previous_id is not None else None
    if previous is None or previous.state is CycleState.OPEN:
        return {}
    rows = stored_items(session, previous.id or 0)
    return {key: row for key, row in rows.items() if row.decision is Decision.CARRIED}


def stored_items(session: Session, cycle_id: int) -> dict[str, CarriedItem]:
    """Return the stored things of a cycle by reference."""
    return {row.reference: row for row in session.exec(select(CarriedItem).where(CarriedItem.cycle_id == cycle_id))}


def is_shown(scope: Scope, row: CarriedItem) -> bool:
    """Say whether the actor may see the stored thing."""
    if row.inside and not scope.owns(row.organisation_id):
        return False
    return may_see(scope, row.kind, row.organisation_id)


def told(row: CarriedItem) -> ClosingItem:
    """Return a stored thing apart from the database."""
    item = FoundItem(row.kind, row.reference, row.words, row.outcome, row.inside)
    return ClosingItem(item, row.decision, row.reason, row.version, row.origin_id, row.years, row.id)


def _decided(one: FoundItem, stored: Mapping[str, CarriedItem], before: Mapping[str, CarriedItem]) -> ClosingItem:
    row, origin = stored.get(one.reference), before.get(one.reference)
    decision, reason = (row.decision, row.reason) if row is not None else (Decision.CARRIED, "")
    if one.outcome is Outcome.SOLVED:
        decision, reason = Decision.SOLVED, ""
    elif decision is Decision.SOLVED:
        decision = Decision.CARRIED
    return ClosingItem(
        one, decision, reason, row.version if row is not None else 0, origin.id if origin is not None else None,
        origin.years + 1 if origin is not None else 1, row.id if row is not None else None,
    )


def _ordered(items: Iterable[ClosingItem]) -> tuple[ClosingItem, ...]:
    """Return what repeats first, and in each outcome what has gone on longest; sorts of things in their order."""
    kinds: Sequence[ItemKind] = tuple(ItemKind)
    return tuple(
        sorted(items, key=lambda one: (_ORDER.index(one.item.outcome), -one.years, kinds.index(one.item.kind)))
    )
