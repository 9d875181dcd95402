"""From when to when each stage of a cycle lies, as long as people have not said otherwise. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from core.cycle.records import Stage
from core.people.academic_year import year_on
from core.planning.deadlines import PlanPeriod, PlanYear, read_deadline, shift_years
from core.planning.deadlines.periods import Window, last_day, month_window

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_JUNE, _SEPTEMBER = 6, 9


@dataclass(frozen=True, slots=True)
class Dated:
    """A stage by number with its days."""

    number: str
    starts_on: date
    ends_on: date
    has_own_time: bool = False
    """The model itself says when, so it need not follow the one in front of it."""


def year_window(year: int) -> Window:
    """Return the first and the last day of an academic year, given by its spring."""
    return Window(date(year - 1, _SEPTEMBER, 1), date(year, 8, 31))


def default_dates(stages: Sequence[Stage], year: int, opened_on: date) -> list[Window]:
    """Return the days of each stage: where its model says when, by that; else the year's months shared in order.

    The months are those from September, or from the month in which a running year's cycle is opened, until June.
    """
    shares = _shares(len(stages), _span(year, opened_on))
    return [_said(stage.when, year) or share for stage, share in zip(stages, shares, strict=True)]


def order_warnings(stages: Sequence[Dated]) -> tuple[str, ...]:
    """Return a sentence for each stage that begins or ends before the one in front of it, in the model's order."""
    said = []
    for before, after in pairwise(one for one in stages if not one.has_own_time):
        if after.starts_on < before.starts_on:
            said.append(f"Этап {after.number} начинается раньше этапа {before.number}, который стоит перед ним.")
        elif after.ends_on < before.ends_on:
            said.append(f"Этап {after.number} заканчивается раньше этапа {before.number}, который стоит перед ним.")
    return tuple(said)


def _span(year: int, opened_on: date) -> Window:
    whole = year_window(year)
    june = Window(whole.first, last_day(year, _JUNE))
    if not whole.first <= opened_on <= whole.last:
        return june
    month = opened_on.replace(day=1)
    return Window(month, june.last if month <= date(year, 5, 1) else whole.last)


def _shares(count: int, span: Window) -> list[Window]:
    """Share the months of the span among the stages in order; days, where there are more stages than months."""
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    if count <= months:
        cuts = [round(months * place / count) for place in range(count + 1)]
        return [
            Window(
                month_window(span.first.year, span.first.month + first).first,
                month_window(span.first.year, span.first.month + after - 1).last,
            )
            for first, after in pairwise(cuts)
        ]
    days = (span.last - span.first).days + 1
    edges = [span.first + timedelta(days=days * place // count) for place in range(count + 1)]
    return [Window(first, after - timedelta(days=1)) for first, after in pairwise(edges)]


def _said(when: str, year: int) -> Window | None:
    """Return the days that the words name in the year, from the first to the last; None when they name none.

    «Май 2020 г.; сентябрь–октябрь 2020 г.» was written for the first year of a plan: its last year becomes this one.
    """
    if not when:
        return None
    whole = year_window(year)
    written = [int(found) for found in _YEAR.findall(when)]
    parts = when.split(";")
    shift = 0
    if written:
        period = PlanPeriod(date(min(written) - 1, _SEPTEMBER, 1), date(max(written) + 1, 8, 31))
        last = max((window.last for part in parts for window in read_deadline(part).windows(period)), default=None)
        shift = year - year_on(last) if last is not None else 0
    period = PlanPeriod.of_year(PlanYear.school(year))
    windows = [window for part in parts for window in read_deadline(shift_years(part, shift)).windows(period)]
    inside = [window for window in windows if whole.first <= window.first and window.last <= whole.last]
    if not inside:
        return None
    return Window(min(window.first for window in inside), max(window.last for window in inside))
