"""Повышение квалификации: one's own page, courses, routes, self-education, visits, events, questions, coverage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.errors import QualityError
from core.people.scope import Action
from core.people.teachers import list_teachers
from pages.support.development_parts.address import (
    ENROLMENT,
    REQUEST,
    REQUESTS,
    ROUTE,
    SCREEN,
    TAB,
    TEACHER,
    TOPIC,
    VISIT,
    asked,
    go_to,
    show_back,
)
from pages.support.development_parts.courses import show_courses
from pages.support.development_parts.coverage_tab import show_coverage
from pages.support.development_parts.enrolment import show_enrolment
from pages.support.development_parts.events import show_events
from pages.support.development_parts.requests import show_requests
from pages.support.development_parts.route_opened import show_route
from pages.support.development_parts.routes import show_routes
from pages.support.development_parts.teacher import show_teacher
from pages.support.development_parts.topics import show_topic, show_topics
from pages.support.development_parts.viewer import Viewer, who_looks
from pages.support.development_parts.visit_opened import show_visit
from pages.support.development_parts.visits import show_visits
from pages.widgets.acting import show_outcome
from pages.widgets.organisations import no_organisations
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, require

_OWN, _COVERAGE, _PEOPLE = "Моё развитие", "Покрытие", "Педагоги"
_OPENED: dict[str, Callable[[int], None]] = {
    ENROLMENT: show_enrolment, ROUTE: show_route, TOPIC: show_topic, VISIT: show_visit,
}
_TABS: dict[str, Callable[[Viewer], None]] = {
    "Курсы": show_courses, "Маршруты": show_routes, "Самообразование": show_topics, "Посещения уроков": show_visits,
    "План мероприятий": show_events, REQUESTS: show_requests,
}


def _show_tabs(viewer: Viewer) -> None:
    """Show the tabs; a teacher begins with the own page, everybody else with the courses."""
    tabs = dict(_TABS)
    own = viewer.actor.teacher_id
    if viewer.unit is None and own is None and viewer.scope.allows(Action.MANAGE_HELP):
        no_organisations()
        return
    if own is not None:
        tabs = {_OWN: partial(_show_own, own), **tabs}
    if viewer.unit is not None and viewer.scope.allows(Action.VIEW_DEFICITS):
        tabs[_COVERAGE] = show_coverage
    if viewer.school is not None:
        tabs[_PEOPLE] = _show_people
    names = list(tabs)
    first = REQUESTS if asked(REQUEST) is not None else None
    shown = st.tabs(names, key=TAB, on_change="rerun", default=first, bind="query-params")
    for name, tab in zip(names, shown, strict=True):
        if tab.open:
            with tab:
                tabs[name](viewer)


def _show_own(teacher_id: int, _viewer: Viewer) -> None:
    show_teacher(teacher_id, with_back=False)


def _show_people(viewer: Viewer) -> None:
    people = {card.id: card.name for card in read(list_teachers, viewer.school)}
    chosen = st.selectbox("Чья страница", list(people), format_func=lambda key: people[key], key=f"{SCREEN}_person")
    if chosen is not None:
        st.button("Открыть", type="primary", key=f"{SCREEN}_open", on_click=go_to, args=(TEACHER, chosen))


_scope = require(Action.VIEW_HELP)
st.title("Повышение квалификации", anchor=False)
show_outcome()
_opened = next(((show, key) for name, show in _OPENED.items() if (key := asked(name)) is not None), None)
try:
    if _opened is not None:
        _opened[0](_opened[1])
    elif (_teacher := asked(TEACHER)) is not None:
        show_teacher(_teacher, with_back=True)
    else:
        _show_tabs(who_looks(_scope))
except QualityError as _refusal:
    show_refusal(_refusal)
    if _opened is not None or asked(TEACHER) is not None:
        show_back()
