"""How long is left: ten calendar days to send, ten to answer, then the term that the recommendation itself names.

No norm for the ten days was found in the sources of the field: they are the product's own rule. The first ten count
from the day on which the basis was stored (the results, the questionnaire, or the decision that confirmed the field),
the second ten from the day of sending.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.planning.deadlines import PlanPeriod, PlanYear, YearKind, read_deadline
from core.planning.recommendation_tables import Recommendation, RecommendationState
from core.words import plural

DAYS = 10
"""Calendar days for sending and for answering."""
_WAITING = {RecommendationState.SENT, RecommendationState.RECEIVED}


@dataclass(frozen=True, slots=True)
class Clock:
    """What is awaited until when. `days` are left on the day of asking, negative when it is late."""

    awaited: str
    """«отправить», «ответить», «исполнить»."""
    until: date
    days: int

    @property
    def is_late(self) -> bool:
        """Say whether the day has passed."""
        return self.days < 0

    @property
    def words(self) -> str:
        """Return «осталось 3 дня», «сегодня последний день», «просрочено на 2 дня»."""
        if self.days == 0:
            return "сегодня последний день"
        count = plural(abs(self.days), "день", "дня", "дней")
        if self.is_late:
            return f"просрочено на {count}"
        left = "остался" if abs(self.days) % 10 == 1 and abs(self.days) % 100 != 11 else "осталось"
        return f"{left} {count}"


def clock_of(row: Recommendation, on: date) -> Clock | None:
    """Return what the recommendation awaits on the day; None when it is closed or its term names no day."""
    if row.state is RecommendationState.DRAFT:
        return _clock("отправить", row.basis_stored_on + timedelta(days=DAYS), on)
    if row.state in _WAITING and row.sent_on is not None:
        return _clock("ответить", row.sent_on + timedelta(days=DAYS), on)
    if row.state is RecommendationState.ACCEPTED:
        due = due_on(row.deadline_text, row.deadline_written_on)
        return _clock("исполнить", due, on) if due is not None else None
    return None


def due_on(text: str, written_on: date) -> date | None:
    """Return the last day that a term names in the school year of its writing; None when it names none."""
    deadline = read_deadline(text, written_on)
    year = PlanYear.of(YearKind.SCHOOL, written_on)
    # «До 10 октября 2027 г.» written in spring lies in the school year after this one.
    dates = deadline.check_dates(PlanPeriod.of_year(year)) or deadline.check_dates(
        PlanPeriod(written_on, PlanYear(YearKind.SCHOOL, year.number + 1).last)
    )
    return dates[-1] if dates else None


def _clock(awaited: str, until: date, on: date) -> Clock:
    return Clock(awaited, until, (until - on).days)
