"""Days of stages and who answers for them, edited in a grid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col

from core.cycle.access import led_cycle
from core.cycle.cycle_tables import Cycle, CycleStage
from core.cycle.responsible import bodies_of, people_of
from core.cycle.stage_dates import year_window
from core.errors import InvalidInput, QualityError
from core.people.academic_year import year_name
from core.people.cell_values import date_of_cell, text_of_cell
from core.people.scope import Scope
from core.store.edit_outcome import EditOutcome
from core.store.edits import apply_edits
from core.store.grid_changes import GridChanges
from core.words import day as day_in_words

STAGE_FIELDS = ("starts_on", "ends_on", "responsible", "teacher_id", "association_id")
_LONGEST = 500
_NUMBER_OF = {"teacher_id": "педагога", "association_id": "объединения"}


def save_stages(session: Session, scope: Scope, cycle_id: int, changes: GridChanges) -> EditOutcome:
    """Save edited cells of a cycle's stages, as `core.store.edits` does.

    Days lie in the academic year, a stage ends on the day it begins or later; who answers for it belongs to the
    organisation. Raises NotAllowed, NotFound and InvalidInput as `led_cycle`.
    """
    cycle = led_cycle(session, scope, cycle_id)
    if changes.added or changes.deleted:
        raise InvalidInput("Этапы задаёт модель: здесь их не добавляют и не удаляют.", "Измените модель цикла.")
    typed = {(edit.row_id, edit.field): edit.value for edit in changes.edits}
    known: Mapping[str, frozenset[int]] = {
        "teacher_id": frozenset(one.id for one in people_of(session, scope, cycle.organisation_id, date.today())),
        "association_id": frozenset(one.id for one in bodies_of(session, cycle.organisation_id)),
    }

    def validate(row: CycleStage, name: str, value: object) -> object:
        if name == "responsible":
            return text_of_cell(value)[:_LONGEST]
        if name in known:
            return _one_of(known[name], getattr(row, name), value, _NUMBER_OF[name])
        return _day(cycle, row, name, value, typed)

    return apply_edits(
        session, CycleStage, changes.edits, STAGE_FIELDS, validate, col(CycleStage.cycle_id) == cycle_id
    )


def _one_of(known: frozenset[int], now: int | None, value: object, what: str) -> int | None:
    """Return the id that was chosen, None for an empty cell; who stands there already may stay though they left."""
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, int) and (value in known or value == now):
        return value
    raise InvalidInput(f"В этой организации нет такого {what}: «{value}».", "Выберите из списка.")


def _day(cycle: Cycle, row: CycleStage, name: str, value: object, typed: Mapping[tuple[int, str], object]) -> date:
    """Return a day of the stage; the other one is taken as it is typed in the same save, else as it stands."""
    day = date_of_cell(value)
    if day is None:
        raise InvalidInput(f"У этапа {row.number} не указана дата.", "Впишите день.")
    whole = year_window(cycle.year)
    if not whole.first <= day <= whole.last:
        raise InvalidInput(
            f"{day_in_words(day)} лежит вне {year_name(cycle.year)} учебного года.",
            f"Впишите день с {day_in_words(whole.first)} по {day_in_words(whole.last)}.",
        )
    other = "ends_on" if name == "starts_on" else "starts_on"
    second = _known_day(typed.get((row.id or 0, other)), row.ends_on if name == "starts_on" else row.starts_on)
    first, last = (day, second) if name == "starts_on" else (second, day)
    if last < first:
        raise InvalidInput(
            f"Этап {row.number} заканчивается {day_in_words(last)}, раньше, чем начинается: {day_in_words(first)}.",
            "Исправьте даты.",
        )
    return day


def _known_day(value: object, otherwise: date) -> date:
    try:
        return date_of_cell(value) or otherwise
    except QualityError:
        # That cell is refused by itself.
        return otherwise
