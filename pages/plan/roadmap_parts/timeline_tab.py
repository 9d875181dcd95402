"""«График»: the plan over time, with its numbers as a table."""

from __future__ import annotations

from core.charts.timeline import TimelineRow, timeline_chart
from core.planning.measures import MeasureRow, RoadmapView
from core.planning.tables import MeasureKind
from core.words import day, plural
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.wording import condition_words, owner_words, today
from pages.widgets.chart_frame import chart_frame
from pages.widgets.empty_state import empty_state
from pages.widgets.passport import Passport
from pages.widgets.tables import Column, Table

_COLUMNS = (
    Column("number", "№", width=60), Column("title", "Мероприятие", width=320),
    Column("deadline", "Срок", width=150), Column("first", "С", "date"), Column("last", "По", "date"),
    Column("checks", "Проверки", width=200), Column("condition", "Как идёт", width=200),
    Column("owner", "Исполнители", width=200), Column("progress", "Ход, %", "integer"),
)
_PASSPORT = Passport(
    audience="тому, кто ведёт карту, и руководителю",
    source="сроки мероприятий, как они поняты, и их статусы на сегодня",
    method="полоса – от первого до последнего дня срока, ромб – день проверки, пунктир – сегодня",
    limits=(
        "Мероприятия без дня в сроке («по мере необходимости») на графике не показаны.",
        "Срок без года относится к каждому учебному году карты.",
    ),
)


def show_timeline(view: RoadmapView) -> None:
    """Show the chart of the measures whose deadlines give days, and name the others."""
    rows = [row for row in view.rows if row.kind is MeasureKind.MEASURE]
    dated = [row for row in rows if row.first_day is not None and row.last_day is not None]
    if not dated:
        empty_state("На графике пока нечего показать", "Впишите мероприятия и их сроки на вкладке «Таблица».")
        return
    roadmap = view.roadmap
    chart = timeline_chart([_bar(row) for row in dated], today(), roadmap.starts_on, roadmap.ends_on)
    without = [row.number.rstrip(".") for row in rows if row.first_day is None]
    note = "Ромб – день проверки, пунктир – сегодня."
    if without:
        note += f" Без дня в сроке: {plural(len(without), 'пункт', 'пункта', 'пунктов')} ({', '.join(without)})."
    table = Table(f"График. {roadmap.title}", _COLUMNS, [_row(row) for row in dated])
    chart_frame(f"{SCREEN}_timeline", f"График. {roadmap.title}", chart, table, _PASSPORT, note=note, heading=False)


def _bar(row: MeasureRow) -> TimelineRow:
    return TimelineRow(
        row.number, row.title, row.first_day or today(), row.last_day or today(), row.check_dates, row.status,
        row.overdue_since, owner_words(row), round(row.rolled_up or 0),
    )


def _row(row: MeasureRow) -> dict[str, object]:
    return {
        "number": row.number, "title": row.title, "deadline": row.deadline_text, "first": row.first_day,
        "last": row.last_day, "checks": ", ".join(day(one) for one in row.check_dates),
        "condition": condition_words(row), "owner": owner_words(row),
        "progress": None if row.rolled_up is None else round(row.rolled_up),
    }
