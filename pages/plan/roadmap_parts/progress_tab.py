"""«Ход»: every measure with how it stands, overdue ones first; a click opens it."""

from __future__ import annotations

import streamlit as st

from core.planning.due import my_measures
from core.planning.measures import MeasureRow, RoadmapView
from core.planning.statuses import OPEN_STATUSES
from core.planning.tables import MeasureKind
from pages.plan.roadmap_parts.address import SCREEN, open_measure, turn
from pages.plan.roadmap_parts.wording import condition_words, owner_words, today
from pages.widgets.empty_state import empty_state
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table

_ALL, _OPEN, _LATE, _MINE = "Все", "Не закрытые", "Просроченные", "Мои"
_COLUMNS = (
    Column("number", "№", width=56),
    Column("title", "Мероприятие", width=226),
    Column("condition", "Как идёт", width=182),
    Column("deadline", "Срок", width=160),
    Column("next", "Проверка", "date", width=92, help="К какому дню что-то должно быть сделано."),
    Column("owner", "Исполнители", width=142),
    Column("progress", "Ход, %", "integer", width=62),
    Column("proofs", "Приложено", "integer", width=84, help="Сколько приложено файлов и ссылок."),
)


def show_progress(view: RoadmapView, is_editor: bool) -> None:
    """Show the measures of the roadmap, the longest overdue first, then by the next check."""
    rows = [row for row in view.rows if row.kind is MeasureKind.MEASURE]
    if not rows:
        advice = "Впишите их на вкладке «Таблица»." if is_editor else "Их впишет тот, кто ведёт карту."
        empty_state("Мероприятий пока нет", advice)
        return
    mine = {row.id for _roadmap, row in read(my_measures, today(), with_closed=True)}
    kept = {
        _ALL: rows,
        _OPEN: [row for row in rows if row.status in OPEN_STATUSES or row.next_check is not None],
        _LATE: [row for row in rows if row.is_overdue],
        _MINE: [row for row in rows if row.id in mine],
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.segmented_control(
            "Какие мероприятия", list(kept), format_func=lambda name: f"{name} ({len(kept[name])})", default=_ALL,
            key=f"{SCREEN}_which", required=True, label_visibility="collapsed", persist_state="session",
        )
        purpose = "отметить ход, приложить подтверждение или изменить место" if is_editor else "открыть мероприятие"
        st.caption(f"Щёлкните в начале строки, чтобы {purpose}.")
    shown = sorted(kept[chosen or _ALL], key=_order)
    if not shown:
        empty_state("Таких мероприятий нет", "Выберите «Все».")
        return
    table = Table(f"Ход. {view.roadmap.title}", _COLUMNS, [_row(row) for row in shown])
    clicked = show_table(
        f"{SCREEN}_progress_{view.roadmap.id}_{turn()}_{chosen}", table, choose=True,
        height=min(390, 40 + 61 * len(shown)), lines=2,
    )
    if clicked is not None:
        open_measure(int(str(clicked["id"])))
        st.rerun()


def _order(row: MeasureRow) -> tuple[bool, object, bool, object]:
    """Overdue first, then what is checked next, then the rest in the order of the document."""
    late, following = row.overdue_since, row.next_check
    return late is None, late or today(), following is None, following or today()


def _row(row: MeasureRow) -> dict[str, object]:
    return {
        "id": row.id, "condition": condition_words(row), "number": row.number, "title": row.title,
        "deadline": row.deadline_text, "next": row.next_check, "owner": owner_words(row),
        "progress": round(row.rolled_up) if row.rolled_up is not None else None, "proofs": row.evidence or None,
    }
