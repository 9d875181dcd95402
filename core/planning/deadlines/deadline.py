"""A deadline as it was typed and as it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.planning.deadlines.explaining import explain
from core.planning.deadlines.kinds import DeadlineKind
from core.planning.deadlines.periods import PlanPeriod, PlanYear, Window, YearKind
from core.planning.deadlines.rules import Rule
from core.planning.statuses import DONE_STATUSES, OPEN_STATUSES, MeasureStatus

_NEVER_OVERDUE = frozenset(
    {
        DeadlineKind.CYCLES,
        DeadlineKind.CONTINUOUS,
        DeadlineKind.AS_NEEDED,
        DeadlineKind.EVENT,
        DeadlineKind.UNKNOWN,
        DeadlineKind.EMPTY,
    }
)
"""Without a day that the text itself names nobody is told that they are late."""

_RECURRING = frozenset(
    {
        DeadlineKind.YEARLY,
        DeadlineKind.TIMES,
        DeadlineKind.SEVERAL,
        DeadlineKind.ALL_YEAR,
        DeadlineKind.SCHEDULE,
        DeadlineKind.CONTINUOUS,
    }
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: the text as typed, its kind, the rules that give its windows, and what remained open.

    `hint` says in Russian what could not be understood or was assumed, and how to write it; empty: nothing.
    `yearly` says that the text itself speaks of each year.
    """

    text: str
    kind: DeadlineKind
    rules: tuple[Rule, ...] = ()
    yearly: bool = False
    hint: str = ""
    impossible: str = ""
    """Dates that do not exist, in sentences; they stand in the hint too."""

    @property
    def is_understood(self) -> bool:
        """Say whether the text was understood, dated or not («по мере необходимости» is; «как получится» is not)."""
        return self.kind is not DeadlineKind.UNKNOWN

    @property
    def is_datable(self) -> bool:
        """Say whether it gives days on which it is checked."""
        return bool(self.rules)

    @property
    def is_recurring(self) -> bool:
        """Say whether the measure is to be done again after it was done."""
        return self.yearly or self.kind in _RECURRING

    @property
    def explanation(self) -> str:
        """Return in Russian how the text was understood, with the hint."""
        return explain(self.kind, self.rules, self.yearly, self.hint)

    def windows(self, period: PlanPeriod) -> tuple[Window, ...]:
        """Return the stretches in which the measure is to be done in the plan, by their last days, without repeats."""
        found = {window for rule in self.rules for window in rule.windows(period, self.yearly)}
        return tuple(sorted(found, key=lambda window: (window.last, window.first)))

    def check_dates(self, year: PlanYear | PlanPeriod) -> tuple[date, ...]:
        """Return the days of a year, or of a plan period, on which somebody looks whether the measure is done."""
        if isinstance(year, PlanPeriod):
            return tuple(sorted({window.last for window in self.windows(year)}))
        windows = self.windows(PlanPeriod.of_year(year))
        return tuple(sorted({window.last for window in windows if year.first <= window.last <= year.last}))

    def is_due(
        self,
        on: date,
        status: MeasureStatus = MeasureStatus.PLANNED,
        done_on: date | None = None,
        period: PlanPeriod | None = None,
    ) -> bool:
        """Say whether the measure is to be done now: a window is open and it was not yet done in it."""
        return any(window.first <= on <= window.last for window in self._open(period or _around(on), status, done_on))

    def is_overdue(
        self, on: date, status: MeasureStatus, done_on: date | None, period: PlanPeriod | None = None
    ) -> bool:
        """Say whether a window has passed and the measure was not done.

        Texts without a day of their own are never overdue, nor is what was cancelled or said not to be done.
        «До следующей оценочной процедуры» is overdue only when the plan knows the day of that procedure.
        """
        return self.overdue_since(on, status, done_on, period) is not None

    def overdue_since(
        self, on: date, status: MeasureStatus, done_on: date | None, period: PlanPeriod | None = None
    ) -> date | None:
        """Return the last day of the earliest window that has passed without the measure being done; None: nothing."""
        known = period or _around(on)
        if self.kind in _NEVER_OVERDUE:
            return None
        if self.kind is DeadlineKind.UNTIL_ASSESSMENT and known.next_assessment is None:
            return None
        return next((window.last for window in self._open(known, status, done_on) if window.last < on), None)

    def next_check(
        self,
        on: date,
        status: MeasureStatus = MeasureStatus.PLANNED,
        done_on: date | None = None,
        period: PlanPeriod | None = None,
    ) -> date | None:
        """Return the nearest check date from the day on for which something is still to be done."""
        windows = self._open(period or _around(on), status, done_on)
        return next((window.last for window in windows if window.last >= on), None)

    def _open(self, period: PlanPeriod, status: MeasureStatus, done_on: date | None) -> list[Window]:
        """Return the windows for which the measure is still to be done.

        A recurring measure that was done is done for the window that lies nearest, and for those before it; what was
        cancelled or said not to be done is not to be done any more.
        """
        if status not in OPEN_STATUSES | DONE_STATUSES:
            return []
        if done_on is None or not self.is_recurring:
            return list(self.windows(period)) if status in OPEN_STATUSES else []
        windows = self.windows(period)
        return [window for place, window in enumerate(windows) if done_on < _counts_from(windows, place, period)]


def _counts_from(windows: tuple[Window, ...], place: int, period: PlanPeriod) -> date:
    """Return the day from which on something done counts for a window: half-way from the one before it."""
    first = windows[place].first
    if place == 0:
        return min(period.first, first)
    before = windows[place - 1].last
    return min(first, before + (first - before) / 2 + timedelta(days=1))


def _around(on: date) -> PlanPeriod:
    """Return the school year around a day, where no plan is known."""
    return PlanPeriod.of_year(PlanYear.of(YearKind.SCHOOL, on))
