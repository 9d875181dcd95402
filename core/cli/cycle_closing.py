"""Closing a cycle on the command line, and opening the next one out of it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from sqlmodel import Session

from core.cli.output import say, say_json
from core.cli.stores import opened_engine
from core.cycle.closing import closing_state
from core.cycle.closing_acts import close_cycle
from core.cycle.cycle_tables import Cycle
from core.cycle.next_cycle import open_next
from core.cycle.opened import OpenedCycle, opened_cycle
from core.errors import InvalidInput
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.people.tables import Organisation
from core.store.unit_of_work import writing
from core.words import day, plural

_SCOPE = Scope.local_administrator()
_ACTOR = "Командная строка"


def close(options: Namespace, unit: Organisation, year: int) -> int:
    """Close the cycle of the organisation in the year; with --next also open the next one."""
    with writing(opened_engine(), _ACTOR) as session:
        opened = _opened(session, unit, year)
        close_cycle(session, _SCOPE, opened.id, acknowledged=options.acknowledge)
        following = open_next(session, _SCOPE, opened.id) if options.next else None
        state = closing_state(session, _SCOPE, opened.id)
        facts: dict[str, object] = {
            "cycle": opened.id, "organisation": unit.name, "year": year, "closed_on": date.today().isoformat(),
            "counts": {
                kind.value: {"solved": solved, "of": whole} for kind, (solved, whole) in state.findings.counts().items()
            },
            "items": [
                {
                    "kind": one.item.kind.value, "words": one.item.words, "outcome": one.item.outcome.value,
                    "decision": one.decision.value, "reason": one.reason or None, "years": one.years,
                }
                for one in state.findings.items
            ],
            "note": state.note, "next": _told(following),
        }
    if options.json:
        say_json(facts)
        return 0
    say(f"Цикл {year_name(year)} учебного года закрыт: {unit.name}, {day(date.today())}.")
    say(state.note)
    return 0


def following(options: Namespace, unit: Organisation, year: int) -> int:
    """Open the next cycle out of the closed one of the year."""
    with writing(opened_engine(), _ACTOR) as session:
        opened = _opened(session, unit, year)
        made = open_next(session, _SCOPE, opened.id, options.model)
        facts = _told(made)
        carried = len(closing_state(session, _SCOPE, opened.id).findings.unsettled)
    if options.json:
        say_json({"organisation": unit.name, "previous": opened.id, "next": facts})
        return 0
    say(f"Открыт цикл {year_name(made.year)} учебного года: {unit.name}.")
    say(f"В прошлом цикле осталось: {plural(carried, 'вопрос', 'вопроса', 'вопросов')}.")
    return 0


def _told(cycle: Cycle | None) -> dict[str, object] | None:
    return None if cycle is None else {"cycle": cycle.id, "year": cycle.year, "model": cycle.model_code}


def _opened(session: Session, unit: Organisation, year: int) -> OpenedCycle:
    found = opened_cycle(session, _SCOPE, unit.id or 0, year)
    if found is None:
        raise InvalidInput(
            f"Цикл {year_name(year)} учебного года не открыт: {unit.name}.", "Откройте его на странице цикла."
        )
    return found
