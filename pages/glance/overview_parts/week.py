"""The next dates: the meeting, what is due and overdue, each with its place; tasks with a button; text and calendar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from core.charts.measure_styles import OVERDUE_SIGN
from core.cycle.reminders import StageReminder, marks_and_reminders
from core.monitoring.campaigns import calendar
from core.monitoring.campaigns import reminders as collecting
from core.people.academic_year import year_name
from core.people.scope import Action
from core.people.short_names import short_name
from core.people.tables import Organisation
from core.planning.reminders import Reminder, digest_of, digest_text, due_this_week, next_meetings
from core.planning.statuses import MeasureStatus
from core.planning.tables import Meeting
from core.planning.tasks import update_task
from core.words import day
from pages.widgets.acting import act, show_outcome
from pages.widgets.downloads import download
from pages.widgets.links import link_to
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, look, read
from pages.widgets.texts import plain

_LINES = 4
"""Room for so many without scrolling, a meeting counted."""
_SOON = 2
"""So many of what is due soon go before what is overdue."""
_NEAR = timedelta(days=14)


def show_week(unit: Organisation | None) -> None:
    """Show the next meeting and what is due for the person; nothing where there is neither.

    `unit` is the organisation of which the screen speaks: its cycle is shown elsewhere from the same answer.
    """
    if not current_scope().allows(Action.VIEW_ROADMAPS):
        return
    reminders: list[Reminder] = [*read(collecting, date.today()), *read(due_this_week, date.today())]
    meetings = _near_meetings()
    stages: list[StageReminder] = []
    if unit is not None:
        stages = read(marks_and_reminders, unit.id or 0, date.today())[1]
    show_outcome()
    if not reminders and not meetings and not stages:
        return
    st.subheader("Ближайшие даты", anchor=False)
    with st.container(border=True, key="overview_week"):
        for one in meetings[:1]:
            link_to("meeting", f"{day(one.held_on)} заседание: {one.body}", {"meeting": str(one.id)})
        for stage in stages[:1]:
            _show_stage(stage)
        soon = [one for one in reminders if not one.is_overdue][:_SOON]
        shown = [*soon, *(one for one in reminders if one not in soon)][: _LINES - len(meetings[:1]) - len(stages[:1])]
        for reminder in shown:
            _show(reminder, "short")
        with st.container(horizontal=True, gap="small"):
            if len(reminders) > len(shown):
                # What is folded is not drawn: a municipality has dozens of lines.
                folded = st.popover(f"Все {len(reminders)}", type="tertiary", key="overview_all", on_change="rerun")
                if folded.open:
                    with folded:
                        for reminder in reminders:
                            _show(reminder, "all")
            _show_digest(reminders)
            download("overview_calendar", "Календарь", "Мои сроки", "ics", lambda: look(calendar))


def _show_stage(one: StageReminder) -> None:
    """Show a stage of a cycle that ends soon or should have ended."""
    query = {"cycle_unit": str(one.organisation_id), "cycle_year": year_name(one.year)}
    link_to("cycle", one.title, query)
    where = plain(short_name(one.organisation))
    if one.is_overdue:
        st.caption(f":red[{OVERDUE_SIGN} просрочено с {day(one.ends_on)}] · {where}")
    else:
        st.caption(f"◷ до {day(one.ends_on)} · {where}")


def _near_meetings() -> list[Meeting]:
    found: list[Meeting] = read(next_meetings, date.today())
    return [one for one in found if one.held_on <= date.today() + _NEAR]


def _show(one: Reminder, place: str) -> None:
    """Show one thing: where it is, since when or by when, and what can be done with it here.

    Its name stands on one line; what does not fit the screen cuts (assets/screen.css), and paper shows it.
    """
    title = " ".join(one.title.split())
    number = f"{one.number.rstrip('.')}. " if one.number else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(gap=None):
            if one.measure_id is not None:
                link_to("roadmaps", f"{number}{title}", {"measure": str(one.measure_id)})
            elif one.task_id is None:
                link_to("indicators", title)
            else:
                st.markdown(f":small[:material/task_alt: {plain(title)}]")
            st.caption(_when(one))
        if one.task_id is not None:
            st.button(
                "Сделано", key=f"overview_task_{place}_{one.task_id}", icon=":material/check:", type="tertiary",
                on_click=_finish, args=(one.task_id, one.version, title),
            )


def _when(one: Reminder) -> str:
    owner = f" · {plain(' '.join(one.owner.split()))}" if one.owner else ""
    if one.due_on is None:
        return f"без срока{owner}"
    if one.is_overdue:
        return f":red[{OVERDUE_SIGN} просрочено с {day(one.due_on)}]{owner}"
    return f"◷ до {day(one.due_on)}{owner}"


def _finish(task_id: int, version: int, title: str) -> None:
    work = partial(write_once, f"task|{task_id}|{version}", update_task, task_id, MeasureStatus.DONE, "", version)
    act(work, f"Поручение выполнено: {title}")


def _show_digest(mine: list[Reminder]) -> None:
    """Show a text to paste into a messenger: for everybody, when the person holds meetings, else one's own."""
    with st.popover("Текст для чата", icon=":material/chat:", type="tertiary"):
        holds = current_scope().allows(Action.HOLD_MEETINGS)
        known: list[Reminder] = mine
        if holds:
            known = [*read(collecting, date.today()), *read(digest_of, date.today())]
        st.caption("Скопируйте текст кнопкой справа и вставьте в чат.")
        st.code(digest_text(known), language=None, wrap_lines=True)
