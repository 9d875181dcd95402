"""How the screen says what a measure and a meeting are."""

from __future__ import annotations

from core.charts.measure_styles import MEASURE_STYLES, OVERDUE_SIGN
from core.planning.measures import MeasureRow
from core.planning.meetings import MeetingView
from core.planning.tables import AgendaKind, Meeting, MeetingState
from core.words import day

SIGNS = {status: style.sign for status, style in MEASURE_STYLES.items()}
KIND_SIGNS = {AgendaKind.OVERDUE: OVERDUE_SIGN, AgendaKind.DUE: "◷", AgendaKind.PROBLEM_FIELD: "◆"}
STATE_SIGNS = {MeetingState.PLANNED: "○", MeetingState.RUNNING: "▶", MeetingState.CLOSED: "●"}


def status_words(row: MeasureRow) -> str:
    """Return the status with its sign and the progress: «◐ в работе, 40 %»."""
    progress = f", {row.progress}\u00a0%" if 0 < row.progress < 100 else ""
    return f"{SIGNS[row.status]} {row.status.value}{progress}"


def term_words(row: MeasureRow) -> str:
    """Return the term as typed, and since when it has passed."""
    term = " ".join(row.deadline_text.split()) or "не указан"
    return f"Срок: {term}"


def late_words(row: MeasureRow) -> str:
    """Return since when the measure is overdue, or by when it is due; "" for neither."""
    if row.overdue_since is not None:
        return f"{OVERDUE_SIGN} просрочено с {day(row.overdue_since)}"
    return f"◷ проверить до {day(row.next_check)}" if row.next_check is not None else ""


def owner_words(row: MeasureRow) -> str:
    """Return who answers for the measure."""
    names = [part for part in (" ".join(row.owner_post.split()), row.owner_name) if part]
    return ", ".join(dict.fromkeys(names)) or "исполнитель не указан"


def meeting_words(meeting: Meeting, organisation: str = "") -> str:
    """Return a meeting in one line: «28.11.2026 · ШМО учителей математики · Школа № 1 · протокол № 3»."""
    number = f"протокол № {meeting.number}" if meeting.number else ""
    parts = (day(meeting.held_on), meeting.body or "Заседание", organisation, number)
    return " · ".join(part for part in parts if part)


def heard_words(view: MeetingView) -> str:
    """Return how many items were heard."""
    heard = sum(item.heard_at is not None for item in view.items)
    return f"рассмотрено {heard} из {len(view.items)}"
