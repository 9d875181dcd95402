"""The invitation to open the cycle of a year, and what stands above an opened one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.cycle.access import may_lead
from core.cycle.cycles import open_cycle, withdraw_cycle
from core.cycle.opened import OpenedCycle
from core.cycle.overview import CycleView
from core.people.academic_year import year_name
from core.words import day, listing
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.widgets.acting import act
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, data_version, write
from pages.widgets.texts import plain


def show_invitation(choice: Choice) -> None:
    """Say that no cycle is opened for the year, and offer to open it to those who may."""
    leads = may_lead(current_scope(), choice.organisation_id)
    whose = "" if leads else " Цикл открывает администрация организации."
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"{SCREEN}_invitation"):
        with st.container():
            st.markdown(
                f"**Цикл {year_name(choice.year)} ещё не открыт: {plain(choice.organisation.name)}.** "
                f"По модели «{plain(choice.model.file.short)}» у этапов появятся сроки и ответственные, отметки о "
                f"сделанном и подтверждения. Пока внизу – то, что видно по записям.{whose}"
            )
        if leads:
            # With the state of the data: what was taken back may be opened again.
            intention = f"cycle|{choice.organisation_id}|{choice.year}|{choice.model.code}|{data_version()}"
            st.button(
                "Открыть цикл", key=f"{SCREEN}_open", type="primary", icon=":material/play_arrow:", on_click=act,
                args=(
                    partial(_open, choice, intention), f"Цикл {year_name(choice.year)} открыт. Проверьте сроки этапов.",
                ),
            )


def show_standing(opened: OpenedCycle, view: CycleView) -> None:
    """Say in one line how an opened cycle stands: closed, overdue stages, the next step."""
    begun = f"Открыт {day(opened.opened_on)}"
    if not opened.is_open:
        closed = f", закрыт {day(opened.closed_on)}" if opened.closed_on is not None else ", закрыт"
        st.info(plain(f"{begun}{closed}: записи этого цикла больше не меняют."), icon=":material/lock:")
        return
    following = view.next_stage
    if view.overdue:
        late = listing([one.stage.number for one in view.overdue])
        word = "этап" if len(view.overdue) == 1 else "этапы"
        said = f"Срок прошёл, а сделано не всё: {word} {late}."
    elif following is not None:
        plan = following.plan
        days = f", {day(plan.starts_on)} – {day(plan.ends_on)}" if plan is not None else ""
        st.caption(plain(f"{begun}. Дальше: этап {following.stage.number}{days}, отвечает: {following.who}."))
        return
    else:
        st.success("Все этапы пройдены. Цикл можно закрыть и открыть следующий.", icon=":material/check:")
        return
    st.warning(plain(f"{said} {following.missing[0] if following and following.missing else ''}".strip()),
               icon=":material/schedule:")


def show_withdrawing(opened: OpenedCycle) -> None:
    """Offer to take back a cycle that was opened by mistake, as long as nobody has marked anything in it."""
    if opened.is_open and not opened.marks and may_lead(current_scope(), opened.organisation_id):
        with st.popover("Открыт по ошибке", icon=":material/undo:"):
            st.write("Цикл исчезнет, его сроки тоже. Записи о работах, картах и встречах останутся.")
            st.button(
                "Отменить открытие", key=f"{SCREEN}_withdraw_{opened.id}", on_click=act,
                args=(partial(write, withdraw_cycle, opened.id), "Открытие отменено. Можно открыть по другой модели."),
            )


def _open(choice: Choice, intention: str) -> int:
    return write_once(intention, open_cycle, choice.organisation_id, choice.model.code, choice.year)
