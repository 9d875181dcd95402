"""The list of roadmaps, what is overdue in all of them, and one's own measures."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from core.people.scope import Action, Scope
from core.people.short_names import short_name
from core.planning.due import due_measures, my_measures, overdue_measures
from core.planning.measures import MeasureRow
from core.planning.overview import RoadmapSummary, roadmap_summaries
from core.planning.roadmaps import restore_roadmap
from core.planning.tables import Roadmap
from core.words import plural
from pages.plan.roadmap_parts.adding import show_adding
from pages.plan.roadmap_parts.address import SCREEN, open_measure, open_roadmap, turn
from pages.plan.roadmap_parts.wording import condition_words, owner_words, period_words, state_words, today
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.empty_state import empty_state
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table

_ROADMAPS, _DUE, _MINE = "Карты", "Просрочено и на месяц", "Мои мероприятия"
# What a phone shows without scrolling stands first: which one it is, and whether it is late.
_COLUMNS = (
    Column("title", "Дорожная карта", width=250),
    Column("late", "Просрочено", width=88),
    Column("state", "Состояние", width=168),
    Column("done", "Сделано", width=72, help="Выполнено мероприятий из всех, кроме отменённых."),
    Column("progress", "Ход, %", "integer", width=62, help="Среднее по мероприятиям с учётом веса."),
    Column("next", "Проверка", "date", width=92, help="Ближайшая дата, к которой что-то должно быть сделано."),
    Column("whose", "Чья", width=144),
    Column("period", "Период", width=100),
)
_MEASURES = (
    Column("title", "Мероприятие", width=226),
    Column("condition", "Как идёт", width=182),
    Column("deadline", "Срок", width=160),
    Column("next", "Проверка", "date", width=92),
    Column("owner", "Исполнители", width=142),
    Column("roadmap", "Дорожная карта", width=218),
)
_MONTH = timedelta(days=31)


def show_listing(scope: Scope) -> None:
    """Show the tabs of the list; people who answer for measures only begin with their own."""
    summaries = read(roadmap_summaries, today())
    mine = read(my_measures, today())
    own = f"{_MINE} ({len(mine)})" if mine else _MINE
    may_make = scope.allows(Action.EDIT_ROADMAPS)
    first = own if mine and not may_make else _ROADMAPS
    roadmaps, due, own_tab = st.tabs([_ROADMAPS, _DUE, own], key=f"{SCREEN}_list_tab", on_change="rerun", default=first)
    if roadmaps.open:
        with roadmaps:
            _show_roadmaps(summaries, may_make)
    if due.open:
        with due:
            _show_due()
    if own_tab.open:
        with own_tab:
            _show_mine(mine)


def _show_roadmaps(summaries: list[RoadmapSummary], may_make: bool) -> None:
    if summaries:
        late = sum(one.overdue for one in summaries)
        words = plural(len(summaries), "дорожная карта", "дорожные карты", "дорожных карт")
        order = " – эти карты стоят первыми" if len(summaries) > 1 else ""
        tail = (
            f"просрочено {plural(late, 'мероприятие', 'мероприятия', 'мероприятий')}{order}."
            if late else "просроченных мероприятий нет."
        )
        st.markdown(f"**{words}:** {tail} Щёлкните в начале строки, чтобы открыть карту.")
        table = Table("Дорожные карты", _COLUMNS, [_row(one) for one in summaries])
        chosen = show_table(f"{SCREEN}_list_{turn()}", table, choose=True, height=345, lines=2)
        if chosen is not None:
            open_roadmap(int(str(chosen["id"])))
            st.rerun()
    elif may_make:
        empty_state(
            "Дорожных карт пока нет",
            "Составьте первую: из подтверждённых проблемных полей, по образцу, из своего файла или с чистого листа.",
        )
    else:
        empty_state("Дорожных карт пока нет", "Их составляют методист, руководитель объединения или администрация.")
    if may_make:
        show_adding(is_open=not summaries)
        gone = {one.id: one.roadmap.title for one in read(roadmap_summaries, today(), deleted=True) if one.may_edit}
        show_deleted(SCREEN, "Удалённые карты", gone, lambda roadmap_id: write(restore_roadmap, roadmap_id))


def _show_due() -> None:
    pairs = [*read(overdue_measures, today()), *read(due_measures, today(), within=_MONTH)]
    if not pairs:
        empty_state("Сроков нет", "Просроченных мероприятий и проверок в ближайшие 31 день нет.")
        return
    _show_measures("due", pairs)


def _show_mine(mine: list[tuple[Roadmap, MeasureRow]]) -> None:
    if not mine:
        empty_state(
            "За вами мероприятий нет",
            "Здесь появятся мероприятия, в которых вы указаны исполнителем или соисполнителем.",
        )
        return
    _show_measures("mine", mine)


def _show_measures(name: str, pairs: list[tuple[Roadmap, MeasureRow]]) -> None:
    may_mark = name == "mine" or current_scope().allows(Action.EDIT_ROADMAPS)
    what = "отметить ход или приложить подтверждение" if may_mark else "открыть мероприятие"
    st.caption(f"Просроченные стоят первыми. Щёлкните в начале строки, чтобы {what}.")
    rows: list[dict[str, object]] = [
        {
            "id": row.id, "condition": condition_words(row), "deadline": row.deadline_text, "next": row.next_check,
            "title": f"{row.number} {row.title}", "owner": owner_words(row), "roadmap": roadmap.title,
        }
        for roadmap, row in pairs
    ]
    title = "Мои мероприятия" if name == "mine" else "Просрочено и на месяц"
    table = Table(title, _MEASURES, rows)
    chosen = show_table(f"{SCREEN}_{name}_{turn()}", table, choose=True, height=440, lines=3)
    if chosen is not None:
        open_measure(int(str(chosen["id"])))
        st.rerun()


def _row(one: RoadmapSummary) -> dict[str, object]:
    progress = one.progress
    return {
        "id": one.id,
        "title": one.roadmap.title,
        "whose": one.association or short_name(one.organisation),
        "period": period_words(one.roadmap),
        "state": state_words(one.roadmap),
        "progress": None if progress.progress is None else round(progress.progress),
        "done": f"{progress.done} из {progress.measures}",
        "late": f"⚠ {one.overdue}" if one.overdue else "",
        "next": one.next_check,
    }
