"""What there is to close in a cycle, or what was closed; the note; how the cycles of an organisation follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.cycle.access import may_lead, seen_cycle
from core.cycle.chosen import model_of
from core.cycle.closing_asked import may_see, outsider
from core.cycle.closing_contract import ClosingNote, Findings, NoteSection
from core.cycle.closing_items import findings, stored_items, told
from core.cycle.closing_tables import Decision, ItemKind
from core.cycle.closing_words import draft_note, parts_of, rows_of_part
from core.cycle.cycle_tables import Cycle, CycleState
from core.cycle.data_marks import work_marks
from core.cycle.derived import Marks, marks_of
from core.cycle.opened import list_cycles, opened_cycle
from core.cycle.overview import CycleView, cycle_view
from core.cycle.place import cycle_place
from core.cycle.records import Derived
from core.people.academic_year import year_name
from core.people.organisations import get_organisation, load_tree
from core.people.scope import Action, Scope
from core.store.answers import answer_of
from core.words import day as day_in_words


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
        view = cycle_state_view(session, scope, cycle, today)
        points = closing_points(cycle, view, today)
        note = note or drafted_note(session, scope, cycle, found, today)
    following = following_cycle(session, cycle_id)
    return ClosingState(
        cycle_id, cycle.version, is_open, found, points, note or "", cycle.closing is not None,
        may_lead(scope, cycle.organisation_id), leads_from_above(session, scope, cycle),
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


def cycle_chain(session: Session, scope: Scope, organisation_id: int) -> tuple[ChainLink, ...]:
    """Return the cycles of an organisation as they follow, the earliest first."""
    links = []
    for one in reversed(list_cycles(session, scope, organisation_id)):
        row = seen_cycle(session, scope, one.id)
        stored = stored_items(session, one.id).values() if not one.is_open else ()
        items = [item for item in map(told, stored) if scope.owns(organisation_id) or not item.is_of_few]
        counts = {decision: sum(item.decision is decision for item in items) for decision in Decision}
        links.append(ChainLink(
            one.id, one.year, model_of(session, row).file.short, one.is_open, counts[Decision.SOLVED],
            counts[Decision.CARRIED], counts[Decision.DROPPED], one.previous_id,
        ))
    return tuple(links)


def open_points(view: CycleView) -> tuple[str, ...]:
    """Return what the stages still lack, a sentence a stage and thing."""
    return tuple(f"Этап {stage.stage.number}. {said}" for stage in view.stages for said in stage.missing)


def closing_points(cycle: Cycle, view: CycleView, today: date | None) -> tuple[str, ...]:
    """Return what speaks against closing now: the year goes on, and what the stages lack."""
    last = date(cycle.year, 5, 31)
    early = (today or date.today()) < last
    said = (f"Учебный год ещё идёт: до {day_in_words(last)} записи будут меняться.",) if early else ()
    return (*said, *open_points(view))


def cycle_state_view(session: Session, scope: Scope, cycle: Cycle, today: date | None) -> CycleView:
    """Return the stages of a cycle as they stand for the actor."""
    return _view(
        session, scope, cycle, marks_of(session, scope, cycle.organisation_id, cycle.year, today), today
    )


def drafted_note(session: Session, scope: Scope, cycle: Cycle, found: Findings, today: date | None) -> str:
    """Return the note as the rules write it now, in terms that are true and safe for every reader.

    A school's note is read in the municipality and above it too, so it is one text about what may be told everywhere:
    a text of its own for the school would be handed on, and the difference of both would tell what is hidden.
    """
    unit = get_organisation(session, scope, cycle.organisation_id)
    view = _view_for_all(session, scope, cycle, today)
    return draft_note(
        unit.name, model_of(session, cycle).file.short, cycle.year, (view.finished, len(view.stages)), found.for_all,
        open_points(view),
    )


def _view_for_all(session: Session, scope: Scope, cycle: Cycle, today: date | None) -> CycleView:
    """Return the stages as the note tells them: no decision on a field of a small class counts in them.

    Whoever sees only a part of the results goes on with that part: they close no cycle, and no text of theirs is kept.
    """
    marks = dict(marks_of(session, scope, cycle.organisation_id, cycle.year, today))
    if may_see(scope, ItemKind.FIELD, cycle.organisation_id):
        place = cycle_place(session, scope, cycle.organisation_id, cycle.year, today)
        stranger = outsider(None if place.is_school else place.units)
        told = answer_of(session, stranger, work_marks, (place,))
        marks[Derived.FIELDS_CONFIRMED] = told[place.id][Derived.FIELDS_CONFIRMED]
    return _view(session, scope, cycle, marks, today)


def following_cycle(session: Session, cycle_id: int) -> Cycle | None:
    """Return the cycle that was opened out of this one, None where there is none."""
    return session.exec(select(Cycle).where(Cycle.previous_id == cycle_id, col(Cycle.deleted_at).is_(None))).first()


def leads_from_above(session: Session, scope: Scope, cycle: Cycle) -> bool:
    """Say whether the actor leads the cycles of an organisation above this one, or everywhere."""
    if not scope.allows(Action.MANAGE_CYCLE):
        return False
    leading = scope.require(Action.MANAGE_CYCLE)
    if leading.organisations is None:
        return True
    above = load_tree(session, Scope.local_administrator()).above(cycle.organisation_id)
    return any(leading.sees_organisation(unit.id or 0) for unit in above)


def _view(session: Session, scope: Scope, cycle: Cycle, marks: Marks, today: date | None) -> CycleView:
    opened = opened_cycle(session, scope, cycle.organisation_id, cycle.year)
    return cycle_view(model_of(session, cycle).file, marks, opened, today)
