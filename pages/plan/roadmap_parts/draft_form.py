"""What every new roadmap needs: whose it is, its title, subject, period and goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core.blueprints.dictionaries import subjects
from core.errors import InvalidInput
from core.people.academic_year import year_on
from core.people.tables import OrganisationKind
from core.planning.places import RoadmapPlace, roadmap_places
from core.planning.roadmaps import RoadmapDraft
from pages.plan.roadmap_parts.wording import today
from pages.widgets.organisations import no_organisations
from pages.widgets.session import read

_ANY = "Все предметы"


def draft_form(
    name: str, title: str = "", subject: str = "", organisation_id: int | None = None
) -> RoadmapDraft | None:
    """Show the fields and return what they hold; None while nothing can be made. `name` begins the keys of widgets."""
    places = read(roadmap_places)
    if not places:
        no_organisations()
        return None
    first, second, third, fourth = st.columns([2.2, 1.4, 1, 1], vertical_alignment="bottom")
    start = _start(places, organisation_id)
    with first:
        place = st.selectbox(
            "Чья карта", places, index=start, format_func=lambda one: one.label, key=f"{name}_place",
            help="Организация или её объединение. Карту объединения согласует сначала оно само, потом совет.",
        )
    with second:
        chosen = st.selectbox("Предмет", *_subjects(place, subject), key=f"{name}_subject")
    year = year_on(today())
    with third:
        starts = st.date_input("Начало", date(year - 1, 9, 1), format="DD.MM.YYYY", key=f"{name}_starts")
    with fourth:
        ends = st.date_input("Окончание", date(year, 6, 30), format="DD.MM.YYYY", key=f"{name}_ends")
    given = st.text_input(
        "Название", value=title, key=f"{name}_title", max_chars=300,
        placeholder="Например: Дорожная карта по математике на 2026/2027 учебный год",
    )
    goal = st.text_input("Цель (необязательно)", key=f"{name}_goal", max_chars=1000)
    return RoadmapDraft(
        place.organisation_id, given, _day(starts), _day(ends), place.association_id,
        "" if chosen == _ANY else chosen, goal,
    )


def _start(places: Sequence[RoadmapPlace], organisation_id: int | None) -> int:
    """Return the place to begin with: the wanted one, else the first below the region, where plans are made."""
    wanted = [number for number, one in enumerate(places) if one.organisation_id == organisation_id]
    below = [number for number, one in enumerate(places) if one.kind is not OrganisationKind.REGION]
    return next(iter((*wanted, *below)), 0)


def checked(draft: RoadmapDraft) -> RoadmapDraft:
    """Return the draft with a title; raise InvalidInput without one, naming the field."""
    if not draft.title.strip():
        raise InvalidInput("Не заполнено поле «Название».", "Впишите, как называется дорожная карта.")
    return draft


def _subjects(place: RoadmapPlace, wanted: str) -> tuple[list[str], int]:
    """Return the options and which of them stands there at the beginning."""
    options = [_ANY, *(one.name for one in subjects().subjects)]
    for one in (*place.subjects, wanted):
        if one and one not in options:
            options.append(one)
    first = wanted or (place.subjects[0] if len(place.subjects) == 1 else _ANY)
    return options, options.index(first)


def _day(value: object) -> date:
    return value if isinstance(value, date) else today()
