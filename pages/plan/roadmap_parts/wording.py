"""Words of the screen: period, progress, how a measure stands."""

from __future__ import annotations

from datetime import date, datetime

from core.charts.measure_styles import OVERDUE_SIGN, Badge, measure_words
from core.planning.measures import MeasureRow
from core.planning.rollup import Rollup
from core.planning.tables import MeasureKind, Roadmap, RoadmapState
from core.words import day, number, plural
from pages.widgets.session import time_zone

STATE_COLOURS: dict[RoadmapState, Badge] = {
    RoadmapState.DRAFT: "gray", RoadmapState.RETURNED: "orange", RoadmapState.AGREED_BY_ASSOCIATION: "blue",
    RoadmapState.AGREED_BY_COUNCIL: "blue", RoadmapState.APPROVED: "green",
}
STATE_SIGNS = {
    RoadmapState.DRAFT: "✎", RoadmapState.RETURNED: "↩", RoadmapState.AGREED_BY_ASSOCIATION: "①",
    RoadmapState.AGREED_BY_COUNCIL: "②", RoadmapState.APPROVED: "✓",
}
_SHORT = 90


def state_words(roadmap: Roadmap) -> str:
    """Return sign and word of the state: «✓ утверждена, редакция 2»."""
    edition = f", редакция {roadmap.edition}" if roadmap.edition > 1 else ""
    return f"{STATE_SIGNS[roadmap.state]} {roadmap.state.value}{edition}"


def period_words(roadmap: Roadmap) -> str:
    """Return the period: «01.09.2026 – 31.05.2027»."""
    return f"{day(roadmap.starts_on)} – {day(roadmap.ends_on)}"


def progress_words(progress: Rollup) -> str:
    """Return how far a roadmap is: «выполнено 3 из 12 мероприятий (ещё 1 отменено), ход 41 %»."""
    if not progress.measures:
        return "мероприятий пока нет"
    measures = plural(progress.measures, "мероприятия", "мероприятий", "мероприятий")
    share = f", ход {number(progress.progress)} %" if progress.progress is not None else ""
    dropped = f" (ещё {number(progress.cancelled)} отменено)" if progress.cancelled else ""
    return f"выполнено {number(progress.done)} из {measures}{dropped}{share}"


def condition_words(row: MeasureRow) -> str:
    """Return how a measure stands, its lateness first: «⚠ просрочено с 31.10.2026», «◐ в работе»."""
    if row.kind is MeasureKind.GROUP:
        return ""
    if row.overdue_since is not None:
        return f"{OVERDUE_SIGN} просрочено с {day(row.overdue_since)}"
    return measure_words(row.status)


def owner_words(row: MeasureRow) -> str:
    """Return who carries a measure out: post, person in brackets; a person who has left is marked."""
    person = f"{row.owner_name}{' – выбыл(а)' if row.is_owner_gone else ''}" if row.owner_name else ""
    if person and row.owner_post:
        return f"{row.owner_post} ({person})"
    return row.owner_post or person


def short(text: str, longest: int = _SHORT) -> str:
    """Return a text in one line, cut after so many signs."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def today() -> date:
    """Return the day on which deadlines are looked at, where the organisation is."""
    return datetime.now(time_zone()).date()
