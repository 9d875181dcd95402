"""What else the model says: purpose, goals, tasks, participants, associations, forms of work, regulations, tables."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.cycle.records import ModelFile, ModelTable, Place
from pages.glance.cycle_parts.choice import SCREEN
from pages.widgets.screens import is_built, screen_at
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_WIDE = 60
"""Letters from which the texts of a column wrap."""


def show_model(model: ModelFile, code: str) -> None:
    """Show the model as a whole."""
    st.markdown(f"**{plain(model.title)}** — {plain(model.organisation)}. {plain(model.purpose)}")
    if model.theme:
        st.markdown(f"Методическая тема: «{plain(model.theme)}».")
    left, right = st.columns(2, gap="medium")
    with left:
        _places("Цель", model.goals)
        _places("Задачи", model.tasks)
        _places("Основные направления", model.directions)
        _places("Формы методической работы", model.forms)
    with right:
        _places("Участники", model.participants)
        _places("Объединения", model.associations)
        _places("Нормативные акты", model.regulations)
        _places("Особенности", model.features)
        st.markdown(f"**Как замыкается цикл**  \n{plain(model.closing)}")
    for number, table in enumerate(model.tables, start=1):
        _show_table(f"{SCREEN}_{code}_table_{number}", table)
    st.caption(plain(f"Источник: {model.source}."))


def place_words(screens: Sequence[str]) -> str:
    """Return the titles of the screens where a thing lives."""
    return ", ".join(screen_at(path).title for path in screens if is_built(path))


def _places(title: str, places: Sequence[Place]) -> None:
    if places:
        lines = (f"- {plain(one.name)} :gray[→ {plain(place_words(one.screens))}]" for one in places)
        st.markdown("\n".join([f"**{title}**", "", *lines]))


def _show_table(key: str, table: ModelTable) -> None:
    st.markdown(f"**{plain(table.title)}** :gray[→ {plain(place_words(table.screens))}]")
    longest = [max(len(row[place]) for row in table.rows) for place in range(len(table.columns))]
    columns = tuple(
        Column(str(place), title, width="large" if length > _WIDE else "small" if length < 8 else "medium")
        for place, (title, length) in enumerate(zip(table.columns, longest, strict=True))
    )
    rows = [{str(place): cell for place, cell in enumerate(row)} for row in table.rows]
    show_table(key, Table(table.title, columns, rows), lines=4 if max(longest) > _WIDE else 1)
