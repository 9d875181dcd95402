"""What to do next, and what came last."""

from __future__ import annotations

import streamlit as st

from core.intake.history import list_uploads
from core.intake.tables import UploadState
from core.people.scope import Action
from core.words import moment, plural
from pages.glance.overview_parts.year import Year
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read, time_zone
from pages.widgets.texts import plain

_LATEST = 3


def show_steps(year: Year) -> None:
    """Show the next steps, each with the screen where it is done; and the latest uploads."""
    st.subheader("Что сделать дальше", anchor=False)
    with st.container(border=True, gap="xsmall"):
        steps = [_without_plan(year), _undecided(year), _missing(year)]
        if not any(steps):
            st.write("Всё сделано: планы есть, решения приняты, результаты пришли.")
            link_to("upload", "Загрузить новые результаты")


def _without_plan(year: Year) -> bool:
    works = year.without_plan
    if works:
        count = plural(len(works), "работе", "работам", "работам")
        link_to("results", f"Прикрепить план к {count}", {"results_work": str(works[0].id)})
        st.caption(plain(f"Без плана: {works[0].name}" + (f" и ещё {len(works) - 1}" if len(works) > 1 else "")))
    return bool(works)


def _undecided(year: Year) -> bool:
    count = len(year.undecided) if current_scope().allows(Action.CONFIRM_FIELDS) else 0
    if count:
        fields = plural(count, "проблемному полю", "проблемным полям", "проблемным полям")
        link_to("problem-fields", f"Принять решения по {fields}")
    return bool(count)


def _missing(year: Year) -> bool:
    if year.missing:
        sets = plural(len(year.missing), "набор", "набора", "наборов")
        first = year.missing[0]
        link_to("upload", f"Дождаться или запросить {sets} результатов")
        more = f" и ещё {len(year.missing) - 1}" if len(year.missing) > 1 else ""
        st.caption(plain(f"Не пришло: {first.school} — {first.work.name}{more}"))
    return bool(year.missing)


def show_latest() -> None:
    """Show the latest uploads in one line each."""
    st.subheader("Последние загрузки", anchor=False)
    standing = [one for one in read(list_uploads) if one.state is UploadState.STORED]
    for one in sorted(standing, key=lambda one: one.uploaded_at, reverse=True)[:_LATEST]:
        brought = plural(one.participants, "участник", "участника", "участников") if one.participants else "отчёт"
        if one.hidden:
            brought = f"число участников: {one.hidden.words}"
        st.caption(f"{moment(one.uploaded_at, time_zone())} · {plain(one.works)} · {brought}")
    if not standing:
        st.caption("Загрузок ещё не было.")
