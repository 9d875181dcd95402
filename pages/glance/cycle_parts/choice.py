"""Which organisation, model and year the screen shows; model and year stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from core.cycle.models import Model, models
from core.cycle.records import Level
from core.people.academic_year import year_name, year_on
from core.people.organisations import Tree, load_tree, natural_key
from core.people.tables import Organisation, OrganisationKind
from pages.widgets.empty_state import empty_state
from pages.widgets.organisations import choose_organisation
from pages.widgets.session import read

SCREEN = "cycle"
_YEARS = 4
_FROM_ABOVE = (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL, OrganisationKind.REGION)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen; the year by its spring."""

    organisation: Organisation
    model: Model
    year: int

    @property
    def organisation_id(self) -> int:
        """Return the id of the organisation."""
        return self.organisation.id or 0


def choose() -> Choice | None:
    """Show the three fields in one row; None while there is no organisation."""
    units = _units()
    if not units:
        empty_state(
            "Организаций пока нет", "Загрузите файлы с результатами – школы из них появятся здесь со своим циклом.",
            path="upload", label="Загрузить результаты",
        )
        return None
    left, middle, right = st.columns([3, 3, 2])
    with left:
        unit = choose_organisation(f"{SCREEN}_unit", "Организация", units, begin_with=units[0].id)
    if unit is None:
        return None
    with middle:
        model = choose_model("model", "Модель", _first_model(unit))
    running = year_on(date.today())
    with right:
        names = [year_name(year) for year in range(running, running - _YEARS, -1)]
        chosen = st.selectbox(
            "Учебный год", names, key=f"{SCREEN}_year", bind="query-params", persist_state="session",
            format_func=lambda name: f"{name} (идёт)" if name == names[0] else name,
        )
    return Choice(unit, model, running - names.index(chosen))


def choose_model(name: str, label: str, first: int = 0) -> Model:
    """Show a field with the models by the names of their organisations; return the chosen one."""
    known = {one.code: one for one in models()}
    code = st.selectbox(
        label, list(known), index=first, key=f"{SCREEN}_{name}", bind="query-params", persist_state="session",
        format_func=lambda code: known[code].file.short,
    )
    return known[code]


def _units() -> list[Organisation]:
    """Return the open organisations that the person knows, the municipality first."""
    tree: Tree = read(load_tree)
    found = [one for one in tree.organisations.values() if one.closed_on is None or one.closed_on > tree.day]
    return sorted(found, key=lambda one: (_FROM_ABOVE.index(one.kind), natural_key(one.name)))


def _first_model(unit: Organisation) -> int:
    """Return the place of the first model that was made for such an organisation."""
    wanted = Level.SCHOOL if unit.kind is OrganisationKind.SCHOOL else Level.MUNICIPALITY
    return next((place for place, one in enumerate(models()) if one.file.level is wanted), 0)
