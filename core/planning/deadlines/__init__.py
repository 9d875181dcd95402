"""Deadlines as people write them, understood: «Ежегодно, октябрь-ноябрь», «не реже 2 раз в год», «до 15 ноября».

    deadline = read_deadline("Ежегодно, октябрь-ноябрь")
    deadline.check_dates(PlanYear.school(2027))     # (date(2026, 11, 30),)
    deadline.is_overdue(date(2026, 12, 1), MeasureStatus.PLANNED, None)
"""

from core.planning.deadlines.deadline import Deadline
from core.planning.deadlines.kinds import DeadlineKind
from core.planning.deadlines.periods import PlanPeriod, PlanYear, Window, YearKind
from core.planning.deadlines.reading import read_deadline
from core.planning.deadlines.shifting import shift_years

__all__ = [
    "Deadline",
    "DeadlineKind",
    "PlanPeriod",
    "PlanYear",
    "Window",
    "YearKind",
    "read_deadline",
    "shift_years",
]
