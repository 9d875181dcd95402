"""Words and signs of the screen."""

from __future__ import annotations

from datetime import date

from core.support.course_tables import EnrolmentState
from core.support.help_request_tables import RequestState
from core.support.route_tables import RouteState
from core.support.teacher_page import Door
from core.words import day

_SIGNS: dict[EnrolmentState | RouteState | RequestState, str] = {
    EnrolmentState.REQUESTED: "◌", EnrolmentState.APPROVED: "●", EnrolmentState.REFUSED: "✕",
    EnrolmentState.STUDYING: "▶", EnrolmentState.FINISHED: "✓", EnrolmentState.DROPPED: "■",
    RouteState.DRAFT: "◌", RouteState.APPROVED: "▶", RouteState.FINISHED: "✓", RouteState.STOPPED: "■",
    RequestState.OPEN: "◌", RequestState.ANSWERED: "●", RequestState.SETTLED: "✓", RequestState.WITHDRAWN: "✕",
}
DOOR_TITLES = {
    Door.COURSES: "К курсам", Door.ENROLMENT: "Открыть курсы", Door.ROUTE: "Открыть маршрут",
    Door.TOPIC: "Открыть тему", Door.VISIT: "Открыть посещение", Door.REQUEST: "Открыть вопрос",
    Door.PAIR: "Открыть пару",
}


def state_words(state: EnrolmentState | RouteState | RequestState) -> str:
    """Return a state with its sign: «▶ обучается»."""
    return f"{_SIGNS[state]} {state.value}"


def period(starts_on: date | None, ends_on: date | None) -> str:
    """Return «01.12.2026 – 20.12.2026»; what is not known is left out."""
    return " – ".join(day(when) for when in (starts_on, ends_on) if when is not None)


def due_words(due_on: date | None, today: date) -> str:
    """Return when the next course is due, with a sign: «▼ просрочено с 01.09.2023»."""
    if due_on is None:
        return "? о курсах ничего не известно"
    if due_on < today:
        return f"▼ просрочено с {day(due_on)}"
    return f"● до {day(due_on)}"


def hours_words(hours: int, module_hours: int) -> str:
    """Return «72 ч (предметный модуль 48 ч)»."""
    return f"{hours} ч (предметный модуль {module_hours} ч)" if module_hours else f"{hours} ч"
