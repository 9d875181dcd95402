"""What else the model says: purpose, goals, tasks, participants, associations, forms of work, regulations, tables."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.cycle.records import ModelFile, ModelTable, Place
from pages.glance.cycle_parts.choice import SCREEN
from pages.widgets.downloads import download_workbook
from pages.widgets.screens import is_built, screen_at
from pages.widgets.tables import Column, Table
from pages.widgets.texts import plain


def show_model(model: ModelFile, code: str) -> None:
    """Show the model as a whole."""
    st.markdown(f"**{plain(model.title)}** — {plain(model.organisation)}. {plain(model.purpose)}")
    if model.theme:
        st.markdown(f"Методическая тема: «{plain(model.theme)}».")
    sections = [
        (title, places)
        for title, places in (
            ("Цель", model.goals), ("Задачи", model.tasks), ("Основные направления", model.directions),
            ("Участники", model.participants), ("Объединения", model.associations),
            ("Формы методической работы", model.forms), ("Нормативные акты", model.regulations),
            ("Особенности", model.features),
        )
        if places
    ]
    half = _half([len(places) for _title, places in sections])
    for column, part in zip(st.columns(2, gap="medium"), (sections[:half], sections[half:]), strict=True):
        with column:
            for title, places in part:
                _places(title, places)
    st.markdown(f"**Как замыкается цикл.** {plain(model.closing)}")
    for number, table in enumerate(model.tables, start=1):
        _show_table(f"{SCREEN}_{code}_table_{number}", table)
    st.caption(plain(f"Источник: {model.source}."))


def place_words(screens: Sequence[str]) -> str:
    """Return the titles of the screens where a thing lives."""
    return ", ".join(screen_at(path).title for path in screens if is_built(path))


def _half(sizes: Sequence[int]) -> int:
    """Return how many sections stand in the left column, so that both are about as long."""
    return min(range(1, len(sizes) + 1), key=lambda place: abs(sum(sizes[:place]) - sum(sizes[place:])))


def _places(title: str, places: Sequence[Place]) -> None:
    lines = (f"- {plain(one.name)} :gray[→ {plain(place_words(one.screens))}]" for one in places)
    st.markdown("\n".join([f"**{title}**", "", *lines]))


def _show_table(key: str, table: ModelTable) -> None:
    """Show a table of the document in full: long cells wrap, nothing is cut off."""
    st.markdown(f"**{plain(table.title)}** :gray[→ {plain(place_words(table.screens))}]")
    lines = [table.columns, ("---",) * len(table.columns)]
    text = [" | ".join(cells) for cells in (*lines, *(tuple(plain(cell) for cell in row) for row in table.rows))]
    st.markdown("\n".join(f"| {line} |" for line in text))
    columns = tuple(Column(str(place), title) for place, title in enumerate(table.columns))
    rows = [{str(place): cell for place, cell in enumerate(row)} for row in table.rows]
    download_workbook(f"{key}_xlsx", table.title, [Table(table.title, columns, rows).sheet()])
