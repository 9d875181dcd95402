"""«Сбор»: the collection of a year – its dates and plan, who still owes values, closing and opening again."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.monitoring.collection import Collection, CollectionState, held_collection
from core.monitoring.leading_collection import (
    Dates,
    change_collection,
    close_collection,
    collection_history,
    open_collection,
    plan_collection,
    reopen_collection,
)
from core.monitoring.owing import Owing, owing
from core.people.academic_year import year_name
from core.people.scope import Action
from core.words import day, plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.monitor.indicator_parts.collection_plan import show_plan
from pages.widgets.acting import act, drawer, typed
from pages.widgets.history import show_history
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_DATES, _REOPEN = f"{SCREEN}_dates_box", f"{SCREEN}_reopen_box"
_WHY, _UNTIL = f"{SCREEN}_reopen_why", f"{SCREEN}_reopen_until"


def show_collection(organisation_id: int, year: int, *, may_lead: bool) -> None:
    """Show the collection that holds for the unit, and what the unit and those below it still owe."""
    found: Collection | None = read(held_collection, organisation_id, year)
    if found is not None:
        _show_state(found)
    else:
        st.info(plain(f"Сбор показателей за {year_name(year)} ещё не запланирован."), icon=":material/event:")
    if may_lead and (found is None or found.organisation_id != organisation_id):
        _show_planning(organisation_id, year, found)
    elif may_lead and found is not None:
        _show_buttons(found)
    _show_owing(organisation_id, year)
    if found is not None:
        is_own = found.organisation_id == organisation_id
        show_plan(found, year, may_change=may_lead and is_own)
        if is_own:
            with st.expander("Журнал сбора", icon=":material/history:"):
                show_history(f"{SCREEN}_collection_{found.id}", read(collection_history, found.id))


def _show_state(one: Collection) -> None:
    state = one.state(date.today())
    who = f" Ответственный: {one.responsible}." if one.responsible else ""
    dates = f"{day(one.opens_on)} – {day(one.closes_on)}"
    words = f"{state.sign} Сбор за {year_name(one.year)}: {state.value} ({dates}).{who}"
    if state is CollectionState.CLOSED and one.closed_at is not None:
        words += f" Закрыт {day(one.closed_at.date())}, {one.closed_by}: вносить и сдавать нельзя."
    (st.warning if state is CollectionState.LATE else st.info)(plain(words))
    if one.reopened_at is not None:
        st.caption(plain(f"Открыт снова {day(one.reopened_at.date())}, {one.reopened_by}: {one.reopened_reason}"))


def _show_planning(organisation_id: int, year: int, above: Collection | None) -> None:
    label = "Запланировать сбор" if above is None else "Запланировать свой сбор, с более ранними сроками"
    with st.expander(label, icon=":material/event:", expanded=above is None):
        begin = date(year, 6, 1) if above is None else above.opens_on
        _ask_dates(f"{organisation_id}_{year}", Dates(begin, date(year, 6, 30) if above is None else above.closes_on))
        st.button(
            "Запланировать", key=f"{SCREEN}_plan_collection", type="primary", on_click=_plan,
            args=(organisation_id, year),
        )


def _ask_dates(place: str, now: Dates) -> None:
    left, middle, right = st.columns([1, 1, 2])
    with left:
        st.date_input("Сбор с", now.opens_on, format="DD.MM.YYYY", key=f"{SCREEN}_opens_{place}")
    with middle:
        st.date_input("Сдать до", now.closes_on, format="DD.MM.YYYY", key=f"{SCREEN}_closes_{place}")
    with right:
        st.text_input(
            "Ответственный", now.responsible, key=f"{SCREEN}_responsible_{place}",
            placeholder="Например: методическая служба",
        )


def _typed_dates(place: str) -> Dates:
    held = st.session_state
    return Dates(
        held[f"{SCREEN}_opens_{place}"], held[f"{SCREEN}_closes_{place}"], typed(f"{SCREEN}_responsible_{place}")
    )


def _plan(organisation_id: int, year: int) -> None:
    dates = _typed_dates(f"{organisation_id}_{year}")
    intention = f"collection|{organisation_id}|{year}|{dates}"
    act(partial(write_once, intention, plan_collection, organisation_id, year, dates), "Сбор запланирован.")


def _show_buttons(one: Collection) -> None:
    if one.closed_at is not None:
        if current_scope().allows(Action.ACCEPT_INDICATORS):
            _show_reopening(one)
        return
    with st.container(horizontal=True):
        st.button(
            "Открыть: подготовить таблицы всем", key=f"{SCREEN}_open_collection", icon=":material/play_arrow:",
            on_click=act, args=(partial(write, open_collection, one.id, one.version), _opened),
        )
        with drawer(_DATES, "Изменить сроки", ":material/edit_calendar:"):
            _ask_dates(str(one.id), Dates(one.opens_on, one.closes_on, one.responsible))
            st.button("Сохранить сроки", key=f"{SCREEN}_save_dates", on_click=_change, args=(one,))
        with drawer(f"{SCREEN}_close_box", "Закрыть сбор", ":material/lock:"):
            st.write("После закрытия организации не вносят и не сдают значения; принятые значения закрываются.")
            st.button(
                "Да, закрыть", key=f"{SCREEN}_close_collection", type="primary", on_click=act,
                args=(partial(write, close_collection, one.id, one.version), _closed, (f"{SCREEN}_close_box",)),
            )


def _change(one: Collection) -> None:
    act(partial(write, change_collection, one.id, one.version, _typed_dates(str(one.id))), "Сроки изменены.", (_DATES,))


def _show_reopening(one: Collection) -> None:
    with drawer(_REOPEN, "Открыть снова", ":material/lock_open:"):
        st.text_input("Причина", key=_WHY, placeholder="Например: уточняются результаты ОГЭ")
        st.date_input("До какого дня", max(one.closes_on, date.today()), format="DD.MM.YYYY", key=_UNTIL)
        st.button("Открыть сбор", key=f"{SCREEN}_reopen", type="primary", on_click=_reopen, args=(one,))


def _reopen(one: Collection) -> None:
    until: date = st.session_state[_UNTIL]
    work = partial(write, reopen_collection, one.id, one.version, typed(_WHY), until)
    act(work, "Сбор снова открыт.", (_WHY, _REOPEN))


def _opened(count: int) -> str:
    return f"Сбор открыт. Новых строк: {count}." if count else "Сбор открыт, таблицы у всех уже есть."


def _closed(count: int) -> str:
    return f"Сбор закрыт. Закрыто {plural(count, 'принятое значение', 'принятых значения', 'принятых значений')}."


def _show_owing(organisation_id: int, year: int) -> None:
    found: tuple[Owing, ...] = read(owing, organisation_id, year)
    owed = sum(bool(one.values) for one in found)
    if not owed:
        st.success("Все значения сданы.", icon=":material/check:")
        return
    table = Table(f"Кто не сдал показатели, {year_name(year)}", (
        Column("name", "Организация", width=300, pinned=True), Column("words", "Что осталось", width=420),
        Column("done", "Сдано", width=110), Column("due", "Ближайший срок", width=190),
    ), [
        {"name": one.name, "words": ("○ " if one.values else "✓ ") + one.words,
         "done": f"{one.expected - len(one.values)} из {one.expected}", "due": _due(one)}
        for one in found
    ])
    st.markdown(f"**Не всё сдали: {plural(owed, 'организация', 'организации', 'организаций')}**")
    show_table(f"{SCREEN}_owing", table)


def _due(one: Owing) -> str:
    if one.due_on is None:
        return ""
    return f"⚠ просрочено с {day(one.due_on)}" if one.is_late(date.today()) else f"до {day(one.due_on)}"
