"""«Документы и где они в программе»: what stands in each model's document, and on which screen it lives."""

from __future__ import annotations

import streamlit as st

from core.cycle.models import Model, mentions, models
from core.errors import QualityError
from pages.widgets.refusals import show_refusal
from pages.widgets.screens import is_built, screen_at
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("sort", "Что это", width=200, pinned=True),
    Column("text", "Что сказано в документе", width=540),
    Column("where", "Где в программе", width=300),
)


def places_table(model: Model) -> Table:
    """Return every stage, participant, document, form of work and table row of the model with its screens."""
    rows = [
        {
            "sort": one.sort, "text": one.text,
            "where": ", ".join(screen_at(path).title for path in dict.fromkeys(one.screens) if is_built(path)),
        }
        for one in mentions(model.file)
    ]
    return Table(f"{model.file.short}: документ и программа", _COLUMNS, rows)


def show_model_places() -> None:
    """Show the table of a chosen model."""
    st.markdown(
        "Что названо в документе каждой модели и на какой странице это живёт. Таблица собрана из тех же файлов, "
        "по которым работает «Управленческий цикл»."
    )
    try:
        known = {one.file.short: one for one in models()}
    except QualityError as refusal:
        show_refusal(refusal)
        return
    chosen = st.selectbox("Модель", list(known), key="help_model", bind="query-params")
    model = known[chosen]
    st.caption(f"Источник: {model.file.source}.")
    show_table("help_model_places", places_table(model), lines=2, height=520)
