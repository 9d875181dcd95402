"""The plan of a club: meetings and webinars, each with its feedback; the form of a line."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.practice.clubs import ClubCard
from core.practice.events import close_event, delete_event, deleted_events, list_events, restore_event
from core.practice.library import find_practices
from core.practice.tables import ClubEvent, EventState
from core.words import day, plural
from pages.practice.clubs.event_form import show_event_form
from pages.practice.clubs.feedback import show_feedback
from pages.practice.library.address import PRACTICE, SCREEN, show_one
from pages.widgets.acting import act, drawer, typed
from pages.widgets.attached_files import link_address
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.downloads import download_workbook
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table
from pages.widgets.texts import plain

_SIGNS = {EventState.PLANNED: "○", EventState.HELD: "●", EventState.CANCELLED: "✕"}
_FILE_COLUMNS = (
    Column("held_on", "Дата", "date"), Column("time", "Время"), Column("kind", "Вид"), Column("title", "Тема"),
    Column("leader", "Ведущий"), Column("elements", "Элементы содержания"), Column("deficits", "Затруднения"),
    Column("state", "Состояние"), Column("attended", "Участвовало", "integer"), Column("summary", "Итог"),
)


def show_plan(card: ClubCard) -> None:
    """Show the lines of the plan, the next ones first, and to who keeps it the form."""
    events = read(list_events, card.id)
    if card.may_lead:
        with st.expander("Добавить встречу или вебинар", icon=":material/add:", expanded=not events):
            show_event_form(card, None)
    if not events:
        st.caption("Встреч в плане пока нет." + ("" if card.may_lead else " Их вносит руководитель объединения."))
        return
    coming = [event for event in events if event.state is EventState.PLANNED]
    past = [event for event in reversed(events) if event.state is not EventState.PLANNED]
    for event in (*coming, *past):
        with st.container(border=True, gap="xsmall"):
            _show_event(card, event)
    rows = [
        {
            "held_on": one.held_on, "time": one.time, "kind": one.kind.value, "title": one.title, "leader": one.leader,
            "elements": "; ".join(one.elements), "deficits": one.deficits, "state": one.state.value,
            "attended": one.attended, "summary": one.summary,
        }
        for one in events
    ]
    title = f"План. {card.name}"
    download_workbook(f"{SCREEN}_plan_xlsx", title, [Table(title, _FILE_COLUMNS, rows).sheet()], label="План в XLSX")
    if card.may_lead:
        _show_deleted(card)


def _show_event(card: ClubCard, event: ClubEvent) -> None:
    st.markdown(f"**{_SIGNS[event.state]} {day(event.held_on)}{f', {plain(event.time)}' if event.time else ''} – "
                f"{plain(event.title)}**")
    parts = [event.kind.value, event.state.value]
    if event.leader:
        parts.append(f"ведёт {event.leader}")
    if event.attended is not None:
        parts.append(plural(event.attended, "участник", "участника", "участников"))
    if event.elements:
        parts.append(f"{event.subject}: {', '.join(event.elements)}")
    st.caption(plain(" · ".join(parts)))
    if event.deficits:
        st.markdown(plain(f"Затруднения педагогов: {event.deficits}"))
    if event.summary:
        st.markdown(plain(event.summary).replace("\n", "  \n"))
    with st.container(horizontal=True):
        if event.url:
            st.markdown(f":material/link: [Ссылка]({link_address(event.url)})", width="content")
        if event.practice_id is not None and any(one.id == event.practice_id for one in read(find_practices)):
            st.button(
                "Практика", key=f"{SCREEN}_event_practice_{event.id}", icon=":material/lightbulb:", on_click=show_one,
                args=(PRACTICE, event.practice_id),
            )
        if card.may_lead:
            _show_leading(card, event)
    if event.state is EventState.HELD:
        show_feedback(event)


def _show_leading(card: ClubCard, event: ClubEvent) -> None:
    """Show what the head of the club does with a line of the plan."""
    key = f"{SCREEN}_event_{event.id}"
    if event.state is EventState.PLANNED:
        with drawer(f"{key}_held_open", "Проведено", ":material/task_alt:"):
            st.number_input("Сколько человек участвовало", 0, 10_000, value=None, key=f"{key}_attended")
            st.text_area("Итог в нескольких словах", key=f"{key}_summary", height=80)
            st.button("Отметить", key=f"{key}_held", type="primary", on_click=_close, args=(event, key))
        st.button(
            "Отменить встречу", key=f"{key}_cancel", on_click=act,
            args=(partial(write, close_event, event.id or 0, EventState.CANCELLED, event.version), "Встреча отменена."),
        )
    else:
        st.button(
            "Вернуть в план", key=f"{key}_again", icon=":material/undo:", on_click=act,
            args=(
                partial(write, close_event, event.id or 0, EventState.PLANNED, event.version, summary=event.summary),
                "Встреча снова в плане.",
            ),
        )
    with drawer(f"{key}_edit_open", "Изменить", ":material/edit:"):
        show_event_form(card, event)
    st.button(
        "Удалить", key=f"{key}_delete", icon=":material/delete:", on_click=act,
        args=(partial(write, delete_event, event.id or 0), "Встреча удалена, её можно вернуть внизу."),
    )


def _close(event: ClubEvent, key: str) -> None:
    attended = st.session_state.get(f"{key}_attended")
    work = partial(
        write, close_event, event.id or 0, EventState.HELD, event.version, attended=attended,
        summary=typed(f"{key}_summary"),
    )
    act(work, "Отмечено. Участники могут оставить отзыв.", forget=(f"{key}_held_open",))


def _show_deleted(card: ClubCard) -> None:
    names = {event.id or 0: f"{day(event.held_on)} – {event.title}" for event in read(deleted_events, card.id)}
    show_deleted(
        f"{SCREEN}_event", "Удалённые встречи", names, lambda row: write(restore_event, row),
        "Встреча возвращена в план.",
    )
