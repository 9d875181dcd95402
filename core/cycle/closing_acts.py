"""Closing a cycle, changing its note before, opening it again from above.

A closed cycle is never changed: marks, days and evidence are refused (`core.cycle.access`).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlmodel import Session

from core.cycle.access import led_cycle, require_leading, seen_cycle
from core.cycle.closing import (
    closing_points,
    cycle_state_view,
    drafted_note,
    following_cycle,
    leads_from_above,
)
from core.cycle.closing_decisions import new_row
from core.cycle.closing_items import findings, stored_items
from core.cycle.cycle_tables import Cycle, CycleState
from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.academic_year import year_name
from core.people.cell_values import text_of_cell
from core.people.scope import Scope
from core.store.audit import record_event
from core.words import day as day_in_words
from core.words import plural
from core.words.visible import visible

_LONGEST_NOTE: Final = 20_000
_LONGEST_REASON: Final = 1000


def save_note(session: Session, scope: Scope, cycle_id: int, version_seen: int, text: str) -> Cycle:
    """Keep the note as people changed it; an empty text gives it back to the rules.

    Raises EditConflict when somebody changed the cycle meanwhile, InvalidInput for a closed cycle.
    """
    cycle = led_cycle(session, scope, cycle_id)
    _require_version(cycle, version_seen)
    note = "\n".join(line.rstrip() for line in visible(text).strip().splitlines())
    if len(note) > _LONGEST_NOTE:
        raise InvalidInput(f"Помещается {_LONGEST_NOTE} знаков, а в заключении {len(note)}.", "Сократите текст.")
    cycle.closing = note or None
    session.add(cycle)
    session.flush()
    return cycle


def close_cycle(
    session: Session, scope: Scope, cycle_id: int, *, acknowledged: bool = False, version_seen: int | None = None,
    today: date | None = None,
) -> Cycle:
    """Close a cycle: everything that it leaves is kept with its decision, the note as it stands.

    What the stages still lack does not prevent it, but has to be `acknowledged`. Raises InvalidInput where it is not,
    for a closed cycle, and for somebody who does not see everything that is to be decided; EditConflict when the
    cycle is not the one that was on the screen.
    """
    cycle = seen_cycle(session, scope, cycle_id)
    require_leading(scope, cycle.organisation_id)
    if cycle.state is CycleState.CLOSED:
        raise InvalidInput(
            f"Цикл {year_name(cycle.year)} учебного года уже закрыт: {cycle.closed_by}, {_day(cycle)}.",
            "Обновите страницу и продолжайте в цикле следующего года.",
        )
    if version_seen is not None:
        _require_version(cycle, version_seen)
    found = findings(session, scope, cycle_id, today)
    if found.unseen:
        kinds = ", ".join(kind.value for kind in found.unseen)
        raise NotAllowed(
            f"Закрывает цикл тот, кто видит всё, о чём решают; вам не видно: {kinds}.", "Обратитесь к директору."
        )
    view = cycle_state_view(session, scope, cycle, today)
    points = closing_points(cycle, view, today)
    if points and not acknowledged:
        raise InvalidInput(
            f"На этапах ещё не всё сделано: {plural(len(points), 'замечание', 'замечания', 'замечаний')}.",
            "Прочитайте их и подтвердите, что цикл закрывается с ними.",
        )
    if cycle.closing is None:
        cycle.closing = drafted_note(session, scope, cycle, found, today)
    stored = stored_items(session, cycle_id)
    whole = found
    if not scope.owns(cycle.organisation_id):
        # Who closes it from above is not told of small groups; the school itself goes on with them.
        whole = findings(session, Scope.local_administrator(), cycle_id, today)
    for one in whole.items:
        row = stored.pop(one.item.reference, None)
        if row is None:
            session.add(new_row(cycle, one))
            continue
        row.words, row.outcome, row.decision, row.reason = one.item.words, one.item.outcome, one.decision, one.reason
        row.years, row.origin_id, row.inside = one.years, one.origin_id, one.item.inside
        session.add(row)
    for row in stored.values():
        # Decided about, but the records no longer tell of it: a deleted measure, a withdrawn recommendation.
        session.delete(row)
    cycle.state, cycle.closed_on, cycle.closed_by = CycleState.CLOSED, today or date.today(), scope.actor_name
    session.add(cycle)
    session.flush()
    return cycle


def reopen_cycle(session: Session, scope: Scope, cycle_id: int, reason: str) -> Cycle:
    """Open a closed cycle again: only from above, with a reason, and not once the next one was opened from it."""
    cycle = seen_cycle(session, scope, cycle_id)
    if not leads_from_above(session, scope, cycle):
        raise NotAllowed(
            "Закрытый цикл открывает снова только вышестоящая организация.", "Обратитесь туда и назовите причину."
        )
    text = text_of_cell(reason)
    if not 5 <= len(text) <= _LONGEST_REASON:
        raise InvalidInput("Напишите, почему цикл открывается снова: от 5 до 1000 знаков.", "Причина видна в журнале.")
    if cycle.state is CycleState.OPEN:
        raise InvalidInput("Этот цикл и так открыт.", "Обновите страницу.")
    following = following_cycle(session, cycle_id)
    if following is not None:
        raise InvalidInput(
            f"Из этого цикла уже открыт следующий, {year_name(following.year)}: в него перенесены вопросы.",
            "Продолжайте в нём; если он открыт по ошибке, сначала отмените его открытие.",
        )
    cycle.state, cycle.closed_on, cycle.closed_by = CycleState.OPEN, None, ""
    session.add(cycle)
    record_event(
        session, "открыт снова", "cycle", cycle_id, organisation_id=cycle.organisation_id, reason=text
    )
    session.flush()
    return cycle


def _require_version(cycle: Cycle, version_seen: int) -> None:
    if cycle.version != version_seen:
        raise EditConflict("Цикл тем временем изменил другой человек.", "Посмотрите, что изменилось, и повторите.")


def _day(cycle: Cycle) -> str:
    return day_in_words(cycle.closed_on) if cycle.closed_on is not None else ""
