"""What became of the deficits that teachers of an organisation share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session

from core.cycle.closing_asked import Asked, outsider, reference_of, shortened
from core.cycle.closing_contract import FoundItem
from core.cycle.closing_tables import ItemKind, Outcome
from core.cycle.place import CyclePlace
from core.diagnostics.corporate import DeficitFilter, SharedDeficit, shared_deficits
from core.diagnostics.rounds import Round, list_rounds
from core.diagnostics.standing import Standing
from core.errors import NotFound
from core.people.scope import Scope
from core.words import interval, percent, plural


def deficits(session: Session, scope: Scope, asked: Asked) -> list[FoundItem]:
    """Return the deficits that the latest answers of the year show as corporate; those carried over and no longer
    corporate are solved.

    A share of a group so small that only the own school may be told of it is marked.
    """
    place = asked.place
    stranger = outsider()
    reader = scope if scope.owns(place.id) and place.is_school else stranger
    found: dict[str, FoundItem] = {}
    # Others may have answered later: their rounds say nothing of these teachers.
    for chosen in _latest(list_rounds(session, outsider(place.units)), place):
        told = {_key(one) for one in _shared(session, stranger, chosen, place)}
        for one in _shared(session, reader, chosen, place):
            reference = reference_of("deficit", f"{one.group.kind.value}|{one.group.name}|{one.line.key}")
            carried = asked.was_carried(ItemKind.DEFICIT, reference)
            if one.is_corporate or carried:
                is_again = carried and chosen.year == place.year
                found[reference] = _item(one, reference, is_again=is_again, inside=_key(one) not in told)
    return list(found.values())


def _shared(session: Session, scope: Scope, chosen: Round, place: CyclePlace) -> tuple[SharedDeficit, ...]:
    try:
        listed = shared_deficits(session, scope, DeficitFilter(chosen.key, school_id=place.id))
    except NotFound:
        # Nobody of this school or municipality answered in the round.
        return ()
    return listed.told_once(Standing.NONE)


def _key(one: SharedDeficit) -> tuple[str, str]:
    return one.group.key, one.line.key


def _latest(rounds: Iterable[Round], place: CyclePlace) -> Sequence[Round]:
    """Return of each instrument the latest round of the cycle's years."""
    latest: dict[int, Round] = {}
    for one in sorted(rounds, key=lambda found: (found.year, found.held_on)):
        if one.year in place.result_years and _answered_by(one, place.until):
            latest[one.instrument_id] = one
    return list(latest.values())


def _answered_by(one: Round, last: date) -> bool:
    return one.held_on <= last


def _item(one: SharedDeficit, reference: str, *, is_again: bool, inside: bool) -> FoundItem:
    words = (
        f"«{shortened(one.line.name)}», {one.group.name}: {one.standing.words}, {percent(one.share, 0)} "
        f"({interval(one.low, one.high, 0)}) из {plural(one.asked, 'ответившего', 'ответивших', 'ответивших')}"
    )
    unsolved = Outcome.REPEATS if is_again else Outcome.GOES_ON
    return FoundItem(ItemKind.DEFICIT, reference, words, unsolved if one.is_corporate else Outcome.SOLVED, inside)
