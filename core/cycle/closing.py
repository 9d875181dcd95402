"""Closing a cycle: the note, the decision, taking it back from above, and how cycles of an organisation follow.

A closed cycle is never changed: marks, days and evidence are refused (`core.cycle.access`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session, col, select

from core.cycle.access import led_cycle, may_lead, require_leading, seen_cycle
from core.cycle.chosen import model_of
from core.cycle.closing_contract import ClosingNote, Findings, NoteSection
from core.cycle.closing_decisions import new_row
from core.cycle.closing_items import findings, stored_items
from core.cycle.closing_tables import Decision
from core.cycle.closing_words import draft_note, parts_of, rows_of_part
from core.cycle.cycle_tables import Cycle, CycleState
from core.cycle.derived import marks_of
from core.cycle.opened import list_cycles, opened_cycle
from core.cycle.overview import CycleView, cycle_view
from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.academic_year import year_name
from core.people.organisations import get_organisation, load_tree
from core.people.scope import Action, Scope
from core.store.audit import record_event
from core.words import day as day_in_words
from core.words import plural

_LONGEST_NOTE: Final = 20_000
_LONGEST_REASON: Final = 1000


@dataclass(frozen=True, slots=True)
class ClosingState:
    """What the screen of closing shows: what is left, what is still open on the stages, the note."""

    cycle_id: int
    version: int
    is_open: bool
    findings: Findings
    open_points: tuple[str, ...]
    """What the stages still lack, as sentences; none for a closed cycle."""
    note: str
    is_own_note: bool
    """People changed the note: it is no longer written by the rules."""
    may_lead: bool
    may_reopen: bool
    next_id: int | None
    """The cycle that was opened out of this one."""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One cycle in the row of an organisation's cycles: how many things were solved, carried over, dropped."""

    cycle_id: int
    year: int
    model: str
    is_open: bool
    solved: int
    carried: int
    dropped: int
    previous_id: int | None


def closing_state(session: Session, scope: Scope, cycle_id: int, today: date | None = None) -> ClosingState:
    """Return what there is to close, or what was closed. Raises NotAllowed and NotFound as `seen_cycle`."""
    cycle = seen_cycle(session, scope, cycle_id)
    found = findings(session, scope, cycle_id, today)
    is_open = cycle.state is CycleState.OPEN
    points: tuple[str, ...] = ()
    note = cycle.closing
    if is_open:
        view = _view(session, scope, cycle, today)
        points = _points(cycle, view, today)
        note = note or _drafted(session, scope, cycle, view, found)
    following = _following(session, cycle_id)
    return ClosingState(
        cycle_id, cycle.version, is_open, found, points, note or "", cycle.closing is not None,
        may_lead(scope, cycle.organisation_id), _is_above(session, scope, cycle),
        following.id if following is not None else None,
    )


def closing_note(session: Session, scope: Scope, cycle_id: int, today: date | None = None) -> ClosingNote:
    """Return the closing note as titled parts with the things that the reader may see; the draft of an open cycle."""
    cycle = seen_cycle(session, scope, cycle_id)
    state = closing_state(session, scope, cycle_id, today)
    unit = get_organisation(session, scope, cycle.organisation_id)
    sections = tuple(
        NoteSection(title, lines, rows_of_part(title, state.findings)) for title, lines in parts_of(state.note)
    )
    return ClosingNote(
        f"Заключение по управленческому циклу {year_name(cycle.year)} учебного года", unit.name,
        model_of(session, cycle).file.title, cycle.year, cycle.closed_on, cycle.closed_by, sections,
    )


def save_note(session: Session, scope: Scope, cycle_id: int, version_seen: int, text: str) -> Cycle:
    """Keep the note as people changed it; an empty text gives it back to the rules.

    Raises EditConflict when somebody changed the cycle meanwhile, InvalidInput for a closed cycle.
    """
    cycle = led_cycle(session, scope, cycle_id)
    _require_version(cycle, version_seen)
    note = "\n".join(line.rstrip() for line in text.strip().splitlines())
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
    view = _view(session, scope, cycle, today)
    points = _points(cycle, view, today)
    if points and not acknowledged:
        raise InvalidInput(
            f"На этапах ещё не всё сделано: {plural(len(points), 'замечание', 'замечания', 'замечаний')}.",
            "Прочитайте их и подтвердите, что цикл закрывается с ними.",
        )
    if cycle.closing is None:
        cycle.closing = _drafted(session, scope, cycle, view, found)
    stored = stored_items(session, cycle_id)
    for one in found.items:
        row = stored.pop(one.item.reference, None)
        if row is None:
            session.add(new_row(cycle, one))
            continue
        row.words, row.outcome, row.decision, row.reason = one.item.words, one.item.outcome, one.decision, one.reason
        row.years, row.origin_id = one.years, one.origin_id
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
    if not _is_above(session, scope, cycle):
        raise NotAllowed(
            "Закрытый цикл открывает снова только вышестоящая организация.", "Напишите муниципальному специалисту."
        )
    text = " ".join(reason.split())
    if not 5 <= len(text) <= _LONGEST_REASON:
        raise InvalidInput("Напишите, почему цикл открывается снова: от 5 до 1000 знаков.", "Причина видна в журнале.")
    if cycle.state is CycleState.OPEN:
        raise InvalidInput("Этот цикл и так открыт.", "Обновите страницу.")
    following = _following(session, cycle_id)
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


def cycle_chain(session: Session, scope: Scope, organisation_id: int) -> tuple[ChainLink, ...]:
    """Return the cycles of an organisation as they follow, the earliest first."""
    links = []
    for one in reversed(list_cycles(session, scope, organisation_id)):
        row = seen_cycle(session, scope, one.id)
        items = stored_items(session, one.id).values() if not one.is_open else ()
        counts = {decision: sum(item.decision is decision for item in items) for decision in Decision}
        links.append(ChainLink(
            one.id, one.year, model_of(session, row).file.short, one.is_open, counts[Decision.SOLVED],
            counts[Decision.CARRIED], counts[Decision.DROPPED], one.previous_id,
        ))
    return tuple(links)


def open_points(view: CycleView) -> tuple[str, ...]:
    """Return what the stages still lack, a sentence a stage and thing."""
    return tuple(f"Этап {stage.stage.number}. {said}" for stage in view.stages for said in stage.missing)


def _points(cycle: Cycle, view: CycleView, today: date | None) -> tuple[str, ...]:
    """Return what speaks against closing now: the year goes on, and what the stages lack."""
    last = date(cycle.year, 5, 31)
    early = (today or date.today()) < last
    said = (f"Учебный год ещё идёт: до {day_in_words(last)} записи будут меняться.",) if early else ()
    return (*said, *open_points(view))


def _view(session: Session, scope: Scope, cycle: Cycle, today: date | None) -> CycleView:
    marks = marks_of(session, scope, cycle.organisation_id, cycle.year, today)
    opened = opened_cycle(session, scope, cycle.organisation_id, cycle.year)
    return cycle_view(model_of(session, cycle).file, marks, opened, today)


def _drafted(session: Session, scope: Scope, cycle: Cycle, view: CycleView, found: Findings) -> str:
    unit = get_organisation(session, scope, cycle.organisation_id)
    return draft_note(
        unit.name, model_of(session, cycle).file.short, cycle.year, (view.finished, len(view.stages)), found,
        open_points(view),
    )


def _following(session: Session, cycle_id: int) -> Cycle | None:
    return session.exec(select(Cycle).where(Cycle.previous_id == cycle_id, col(Cycle.deleted_at).is_(None))).first()


def _is_above(session: Session, scope: Scope, cycle: Cycle) -> bool:
    """Say whether the actor leads the cycles of an organisation above this one, or everywhere."""
    if not scope.allows(Action.MANAGE_CYCLE):
        return False
    leading = scope.require(Action.MANAGE_CYCLE)
    if leading.organisations is None:
        return True
    above = load_tree(session, Scope.local_administrator()).above(cycle.organisation_id)
    return any(leading.sees_organisation(unit.id or 0) for unit in above)


def _require_version(cycle: Cycle, version_seen: int) -> None:
    if cycle.version != version_seen:
        raise EditConflict("Цикл тем временем изменил другой человек.", "Посмотрите, что изменилось, и повторите.")


def _day(cycle: Cycle) -> str:
    return day_in_words(cycle.closed_on) if cycle.closed_on is not None else ""
