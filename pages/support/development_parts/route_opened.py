"""One individual route: steps in the shared grid, approval, closing, the document."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.people.scope import Action
from core.planning.access import actor_of
from core.support.route_tables import RouteState
from core.support.routes import OWN_FIELDS, STEP_FIELDS, RouteCard, approve_route, close_route, get_route, save_steps
from core.words import day
from pages.support.development_parts.address import SCREEN, show_back
from pages.support.development_parts.viewer import allowed
from pages.support.development_parts.wording import period, state_words
from pages.widgets.acting import act, drawer, typed
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.grid_diff import CellKind, Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_WIDTHS = {
    "position": ("№", 56), "deficit": ("Дефицит", 190), "task": ("Задача", 210), "activity": ("Мероприятие", 220),
    "form": ("Форма", 130), "deadline_text": ("Срок", 120), "result_form": ("Форма результата", 170),
    "outcome": ("Отметка о выполнении", 190), "done_on": ("Выполнено", 110),
}
_KINDS: dict[str, CellKind] = {"position": "decimal", "done_on": "date"}
_CLOSED = (RouteState.FINISHED, RouteState.STOPPED)


def show_route(route_id: int) -> None:
    """Show a route; raises NotFound for one that the person does not see."""
    card: RouteCard = read(get_route, route_id)
    row = card.row
    is_own = read(actor_of).teacher_id == row.teacher_id
    manages = allowed(Action.MANAGE_HELP, row.organisation_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_back()
        download(
            f"{SCREEN}_route_docx_{row.id}", "Маршрут (DOCX)", "Индивидуальный маршрут", "docx",
            lambda: hand_out("route", str(route_id), "docx"),
        )
    st.subheader(f"Индивидуальный маршрут: {plain(card.teacher)}", anchor=False)
    diagnosed = f" · диагностика {day(row.diagnosed_on)}" if row.diagnosed_on is not None else ""
    before, later = card.levels
    level = f", уровень «{plain(before)}»" if before else ""
    st.markdown(f"**{state_words(row.state)}** · {period(row.starts_on, row.ends_on)}{diagnosed}{level}")
    st.markdown(f"**Выполнено {card.done} из {len(card.steps)}**")
    if row.state not in _CLOSED and (manages or is_own):
        _show_grid(card, STEP_FIELDS if manages or row.state is RouteState.DRAFT else OWN_FIELDS)
    else:
        _show_steps(card)
    if row.approved_on is not None:
        st.caption(plain(f"Утверждён приказом № {row.approval_order} от {day(row.approved_on)}."))
    if row.conclusion:
        after = f" Уровень по новой диагностике: {later}." if later else ""
        st.markdown(f"**Заключение.** {plain(row.conclusion + after)}")
    if allowed(Action.APPROVE_HELP, row.organisation_id):
        _show_buttons(card)


def _show_grid(card: RouteCard, writable: tuple[str, ...]) -> None:
    route_id = card.row.id or 0
    whole = writable == STEP_FIELDS
    grid = Grid(
        f"route_step:{route_id}",
        tuple(
            GridColumn(
                field, title, _KINDS.get(field, "text"), width=width, editable=field in writable,
                required=field == "activity",
            )
            for field, (title, width) in _WIDTHS.items()
        ),
        may_add=whole, may_delete=whole, label="activity", defaults={"position": float(len(card.steps) + 1)},
    )
    grid_editor(grid, partial(_rows, route_id), lambda changes: write(save_steps, route_id, changes), lines=3)


def _rows(route_id: int) -> list[GridRow]:
    card: RouteCard = read(get_route, route_id)
    return [
        GridRow(step.id or 0, step.version, {field: getattr(step, field) for field in STEP_FIELDS})
        for step in card.steps
    ]


def _show_steps(card: RouteCard) -> None:
    columns = tuple(
        Column(field, title, "date" if field == "done_on" else "text", width=width)
        for field, (title, width) in _WIDTHS.items()
        if field != "position"
    )
    rows = [{field: getattr(step, field) for field in _WIDTHS} for step in card.steps]
    show_table(f"{SCREEN}_route_steps", Table("Шаги маршрута", columns, rows), lines=3, download=False)


def _show_buttons(card: RouteCard) -> None:
    key, version = card.row.id or 0, card.row.version
    if card.row.state is RouteState.DRAFT:
        name = f"{SCREEN}_route_approve_{key}"
        with drawer(name, "Утвердить", ":material/approval:"):
            st.text_input("Приказ №", key=f"{name}_no", max_chars=60)
            st.date_input("От", date.today(), key=f"{name}_on", format="DD.MM.YYYY")
            st.button(
                "Утвердить маршрут", type="primary", key=f"{name}_now", on_click=_approve, args=(key, version, name)
            )
    elif card.row.state is RouteState.APPROVED:
        name = f"{SCREEN}_route_close_{key}"
        with drawer(name, "Закрыть маршрут", ":material/task_alt:"):
            st.text_area("Заключение: что изменилось", key=f"{name}_words", max_chars=4000)
            st.text_input("Уровень по новой диагностике", key=f"{name}_level", max_chars=40)
            st.button("Выполнен", type="primary", key=f"{name}_done", on_click=_close, args=(key, version, name, True))
            st.button("Прекращён", key=f"{name}_stop", on_click=_close, args=(key, version, name, False))


def _approve(route_id: int, version: int, name: str) -> None:
    on = st.session_state.get(f"{name}_on") or date.today()
    act(partial(write, approve_route, route_id, typed(f"{name}_no"), on, version), "Маршрут утверждён.", (name,))


def _close(route_id: int, version: int, name: str, finished: bool) -> None:
    act(
        partial(
            write, close_route, route_id, finished=finished, conclusion=typed(f"{name}_words"),
            level_after=typed(f"{name}_level"), version_seen=version,
        ),
        "Маршрут закрыт.", (name,),
    )
