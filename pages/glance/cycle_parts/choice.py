"""Which organisation, year and model the screen shows; model and year stand in the address.

Where a cycle was opened, its model is the one; otherwise people look at any model.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.cycle.models import Model, models
from core.cycle.opened import OpenedCycle, opened_cycle
from core.cycle.own_models import models_for
from core.cycle.records import Level
from core.people.organisations import Tree, load_tree, natural_key
from core.people.tables import Organisation, OrganisationKind
from pages.widgets.cycle_choice import choose_model, choose_year
from pages.widgets.empty_state import empty_state
from pages.widgets.organisations import choose_organisation
from pages.widgets.session import read

SCREEN = "cycle"
_FROM_ABOVE = (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL, OrganisationKind.REGION)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen; the year by its spring."""

    organisation: Organisation
    model: Model
    year: int
    opened: OpenedCycle | None = None
    """The cycle of the year, where one was opened."""

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
    left, middle, right = st.columns([3, 2, 3])
    with left:
        unit = choose_organisation(f"{SCREEN}_unit", "Организация", units, begin_with=units[0].id)
    if unit is None:
        return None
    with middle:
        year = choose_year(f"{SCREEN}_year")
    opened: OpenedCycle | None = read(opened_cycle, unit.id or 0, year)
    with right:
        if opened is None:
            known: tuple[Model, ...] = read(models_for, unit.id or 0)
            return Choice(unit, choose_model(f"{SCREEN}_model", "Модель", known, _first_model(unit, known)), year)
        st.selectbox(
            "Модель", [opened.model.file.short], key=f"{SCREEN}_model_of_{opened.id}",
            help="По этой модели открыт цикл. Другие модели – на вкладке «Сравнение».",
        )
    return Choice(unit, opened.model, year, opened)


def _units() -> list[Organisation]:
    """Return the open organisations that the person knows, the municipality first."""
    tree: Tree = read(load_tree)
    found = [one for one in tree.organisations.values() if one.closed_on is None or one.closed_on > tree.day]
    return sorted(found, key=lambda one: (_FROM_ABOVE.index(one.kind), natural_key(one.name)))


def _first_model(unit: Organisation, known: tuple[Model, ...]) -> int:
    """Return the place of the first model that was made for such an organisation; its own come first."""
    wanted = Level.SCHOOL if unit.kind is OrganisationKind.SCHOOL else Level.MUNICIPALITY
    own = len(known) - len(models())
    return 0 if own else next((place for place, one in enumerate(known) if one.file.level is wanted), 0)
