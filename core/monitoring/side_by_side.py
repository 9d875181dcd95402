"""Organisations beside each other: what a cell of the matrix says, and what it does not say of results of ВПР.

Federal rules forbid judging schools by ВПР. Of indicators that stand on its results, organisations are named in the
order of their names, with figure and interval alone: no plan met or missed, no better or worse, no contribution.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from core.monitoring.automatic.registry import automatic
from core.monitoring.cells import Cell, Scorecard, Source
from core.monitoring.facts import PlanState
from core.monitoring.forbidden_use import is_of_vpr
from core.monitoring.passport_tables import Direction
from core.monitoring.passports import Passport
from core.monitoring.trend import Move, Step, step
from core.monitoring.wording import fact_words, plan_words, source_words
from core.people.academic_year import year_name
from core.people.suppression import Hidden
from core.workbooks.writing import TableColumn, TableSheet, TableValue

_NEUTRAL = {Move.UP: "▲ рост", Move.DOWN: "▼ снижение"}
_NOTHING = "—"
_SHEET = "Числа"
_COLUMNS = (
    TableColumn("Организация", width=34), TableColumn("Код"), TableColumn("Показатель", width=48),
    TableColumn("Единица"), TableColumn("Отчётный год"), TableColumn("Значение", "decimal"),
    TableColumn("Числитель", "decimal"), TableColumn("Знаменатель", "decimal"),
    TableColumn("95 % интервал от", "decimal"), TableColumn("до", "decimal"), TableColumn("План", "decimal"),
    TableColumn("План выполнен", width=24), TableColumn("Изменение за год", width=24),
    TableColumn("Откуда", width=36),
)


def is_judged(passport: Passport) -> bool:
    """Say whether organisations may be told apart as better and worse by the indicator: not by results of ВПР."""
    if passport.automatic and automatic(passport.automatic).of_vpr:
        return False
    return not is_of_vpr(passport.name, passport.numerator, passport.denominator, passport.formula, passport.source)


def figure_words(passport: Passport, cell: Cell | None) -> str:
    """Return «84,5 % (82,7–86,2 %), 1 375 из 1 627», «да», why it is hidden, «—»."""
    if cell is None:
        return ""
    if cell.hidden is not Hidden.NO:
        return cell.hidden.words
    return _NOTHING if cell.fact is None else fact_words(passport, cell.fact)


def cell_words(passport: Passport, cell: Cell | None, *, judged: bool = True) -> str:
    """Return `figure_words`, on further lines the plan and what the figure still lacks."""
    lines = [figure_words(passport, cell)]
    if cell is None or cell.hidden is not Hidden.NO:
        return lines[0]
    if judged and cell.plan is not None:
        lines.append(plan_words(passport, cell, with_origin=False))
    if cell.source is Source.ENTERED:
        lines.append("ещё не принято")
    elif cell.waiting:
        lines.append(f"ещё не принято школ: {cell.waiting}")
    return ";\n".join(lines)


def change_of(card: Scorecard, unit: int, code: str, before: int, after: int) -> Step:
    """Return the change of a unit's figure between two years."""
    first, second = card.cells.get((unit, code, before)), card.cells.get((unit, code, after))
    return step(
        first.fact if first else None, second.fact if second else None, same_rules=card.same_rules(code, before, after)
    )


def move_words(change: Step, direction: Direction, *, judged: bool = True) -> str:
    """Return the arrow with its word; without better and worse where nobody is judged."""
    return change.sign(direction) if judged or change.move not in _NEUTRAL else _NEUTRAL[change.move]


def figures_sheet(
    card: Scorecard, units: Sequence[int], codes: Sequence[str], years: Sequence[int], notes: Sequence[str] = ()
) -> TableSheet:
    """Return the cells as a sheet of numbers, one line a unit, indicator and year.

    Of several units, plans and changes are not told of indicators by which organisations are not judged.
    """
    names = dict(card.units)
    rows = [
        _figures(card, unit, names[unit], code, year, judged=len(units) == 1 or is_judged(card.passport(code)))
        for code in codes
        for unit in units
        for year in years
        if (cell := card.cells.get((unit, code, year))) is not None and cell.is_told
    ]
    return TableSheet(_SHEET, "Показатели в числах", _COLUMNS, rows, notes)


def told_codes(card: Scorecard, units: Sequence[int], years: Sequence[int]) -> tuple[str, ...]:
    """Return the codes of which there is anything to tell in any of the cells."""
    return tuple(
        code for code in card.codes() if any(_is_told(card.cells, unit, code, year) for unit in units for year in years)
    )


def _is_told(cells: Mapping[tuple[int, str, int], Cell], unit: int, code: str, year: int) -> bool:
    cell = cells.get((unit, code, year))
    return cell is not None and cell.is_told


def _figures(card: Scorecard, unit: int, name: str, code: str, year: int, *, judged: bool) -> list[TableValue]:
    passport, cell = card.passport(code), card.cells[unit, code, year]
    fact = cell.fact if cell.fact is not None and cell.fact.is_known else None
    has_earlier = year - 1 in card.years
    state = cell.plan_state.value if cell.plan is not None else PlanState.NO_PLAN.value
    return [
        name, code, passport.name, passport.unit, year_name(year), fact.value if fact else None,
        cell.fact.numerator if cell.fact else None, cell.fact.denominator if cell.fact else None,
        _known(fact.low) if fact else None, _known(fact.high) if fact else None,
        cell.plan if judged else None, state if judged else "",
        move_words(change_of(card, unit, code, year - 1, year), passport.direction, judged=judged)
        if has_earlier else "",
        source_words(cell),
    ]


def _known(edge: float) -> float | None:
    return None if math.isnan(edge) else edge
