"""The tab «Маршруты»: individual routes, and a new one drafted from a teacher's difficulties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from core.support.own_deficits import KnownDeficit, TeacherDeficits, deficits_of
from core.support.routes import RouteCard, RouteDeficit, RouteDraft, draft_route, list_routes
from core.words import count_of
from pages.support.development_parts.address import ROUTE, SCREEN, go_to, row_key, turn
from pages.support.development_parts.deficit_choice import choose_deficits
from pages.support.development_parts.viewer import Viewer
from pages.support.development_parts.wording import period, state_words
from pages.widgets.acting import act, drawer, typed
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.once import write_once
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("state", "Состояние", width=130),
    Column("teacher", "Педагог", width=220),
    Column("dates", "Срок", width=180),
    Column("done", "Выполнено", width=92),
    Column("level", "Уровень", width=160),
    Column("deficits", "Дефициты", width=210),
)


def show_routes(viewer: Viewer) -> None:
    """Show the tab."""
    people = dict(viewer.teachers())
    place = viewer.place_of_help()
    if people and place is not None:
        with drawer(f"{SCREEN}_route", "Составить маршрут", ":material/route:"):
            teacher = st.selectbox("Педагог", list(people), format_func=lambda key: people[key],
                                   key=f"{SCREEN}_route_teacher")
            if teacher is not None:
                show_route_form(f"{SCREEN}_route_of_{teacher}", place, teacher)
    cards: list[RouteCard] = [card for card in read(list_routes) if viewer.counts(card.row.organisation_id)]
    if not cards:
        empty_state("Маршрутов пока нет", "Маршрут составляется из дефицитов педагога: по три шага на каждый.")
        return
    st.markdown(f"**{count_of(len(cards), 'маршрут')}.** Щёлкните в начале строки, чтобы открыть.")
    table = Table("Индивидуальные маршруты", _COLUMNS, [
        {
            "id": card.row.id or 0, "state": state_words(card.row.state), "teacher": card.teacher,
            "dates": period(card.row.starts_on, card.row.ends_on), "done": f"{card.done} из {len(card.steps)}",
            "level": " → ".join(level for level in card.levels if level),
            "deficits": "; ".join(dict.fromkeys(step.deficit for step in card.steps if step.deficit)),
        }
        for card in cards
    ])
    key = f"{SCREEN}_routes_{turn()}"
    chosen = row_key(show_table(key, table, choose=True, lines=2, height=400,
                                download=False))
    if chosen:
        go_to(ROUTE, chosen)
        st.rerun()
    download_workbook(f"{SCREEN}_routes_xlsx", table.title, [table.sheet()], "Маршруты в XLSX")


def show_route_form(key: str, organisation_id: int, teacher_id: int) -> None:
    """Show the fields of a new route; it begins with the difficulties of the diagnostics and those written here."""
    today = date.today()
    chosen = choose_deficits(f"{key}_deficits", teacher_id)
    st.text_area(
        "Свои (каждый с новой строки)", key=f"{key}_own", height=80,
        placeholder="Например: проектная деятельность с учениками",
    )
    first, second = st.columns(2)
    first.date_input("Начало", today, key=f"{key}_starts", format="DD.MM.YYYY")
    second.date_input(
        "Окончание", date(today.year + (today.month >= 6), 5, 31), key=f"{key}_ends", format="DD.MM.YYYY"
    )
    st.text_input("Тьютор (методист, наставник)", key=f"{key}_tutor", max_chars=200)
    st.button(
        "Составить", type="primary", icon=":material/auto_awesome:", key=f"{key}_make", on_click=_draft,
        args=(key, organisation_id, teacher_id, chosen),
    )


def _draft(key: str, organisation_id: int, teacher_id: int, chosen: Sequence[KnownDeficit]) -> None:
    state, today = st.session_state, date.today()
    known: TeacherDeficits = read(deficits_of, teacher_id)
    own = [RouteDeficit(line.strip()) for line in typed(f"{key}_own").split("\n") if line.strip()]
    draft = RouteDraft(
        organisation_id, teacher_id, state.get(f"{key}_starts") or today, state.get(f"{key}_ends") or today,
        (*(RouteDeficit(one.name, one.competence_id) for one in chosen), *own), known.diagnosed_on, known.level,
        typed(f"{key}_tutor"),
    )
    made = act(
        partial(write_once, f"route|{draft}", draft_route, draft), "Маршрут составлен: проверьте шаги и сроки.",
        (f"{SCREEN}_route", f"{key}_own"),
    )
    if made:
        go_to(ROUTE, made)
