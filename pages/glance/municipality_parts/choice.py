"""Which municipality, year and model the screen shows; year and model stand in the address."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.cycle.models import Model
from core.cycle.municipality import list_municipalities
from core.cycle.own_models import models_for
from core.cycle.records import Level
from core.people.academic_year import year_name
from core.people.organisations import Tree, load_tree
from core.people.tables import Organisation
from pages.widgets.cycle_choice import choose_model, choose_year
from pages.widgets.empty_state import empty_state
from pages.widgets.organisations import choose_organisation
from pages.widgets.session import read

SCREEN = "municipality"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen; the year by its spring."""

    organisation: Organisation
    model: Model
    year: int

    @property
    def organisation_id(self) -> int:
        """Return the id of the municipality."""
        return self.organisation.id or 0

    @property
    def words(self) -> str:
        """Return the choice as one line for passports."""
        return f"{self.organisation.name}, {year_name(self.year)} учебный год"


def choose() -> Choice | None:
    """Show the three fields in one row; None where there is nothing above schools, or only one school below."""
    units: list[Organisation] = read(list_municipalities)
    if not units:
        _say_no_municipality()
        return None
    left, middle, right = st.columns([3, 2, 3])
    with left:
        unit = choose_organisation(f"{SCREEN}_unit", "Муниципалитет", units, begin_with=units[0].id)
    if unit is None:
        return None
    with middle:
        year = choose_year(f"{SCREEN}_year")
    with right:
        model = _choose_model(unit)
    return Choice(unit, model, year)


def _choose_model(unit: Organisation) -> Model:
    known: tuple[Model, ...] = read(models_for, unit.id or 0)
    first = next((place for place, one in enumerate(known) if one.file.level is Level.MUNICIPALITY), 0)
    return choose_model(
        f"{SCREEN}_model", "Модель для тех, кто цикл не открыл", known, first,
        "Школа, которая открыла цикл, показана по своей модели: этапы всех моделей сведены к шести.",
    )


def _say_no_municipality() -> None:
    tree: Tree = read(load_tree)
    schools = tree.schools()
    if schools:
        empty_state(
            "Здесь одна школа" if len(schools) == 1 else "Муниципалитета пока нет",
            "Этот экран показывает школы муниципалитета рядом. Ход одной школы – на экране управленческого цикла; "
            "муниципалитет заводит администратор.",
            path="cycle", label="Управленческий цикл",
        )
        return
    empty_state(
        "Организаций пока нет", "Загрузите файлы с результатами – школы из них появятся здесь.",
        path="upload", label="Загрузить результаты",
    )
