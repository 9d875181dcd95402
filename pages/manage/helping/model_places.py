"""«Модели и документы»: what stands in each model's document, and on which screen, and where on it, it lives."""

from __future__ import annotations

from typing import cast

import streamlit as st

from core.cycle.model_search import find_said
from core.cycle.models import Mention, Model, mentions, models
from core.errors import QualityError
from core.words import plural
from pages.manage.helping.doors import Door, doors_of
from pages.widgets.filter_bar import filter_bar
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.screens import is_built, screen_at
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("model_part", "Часть документа", width=120),
    Column("said", "Что это", width=130),
    Column("text", "Что сказано в документе", width=480),
    Column("where", "Где в программе", width=270),
)
_FACETS = ("model_part", "said")
_ADDED = "добавлено программой"


def places_table(model: Model, asked: str = "") -> Table:
    """Return every stage, participant, document, form of work and table row of the model with its place.

    With words asked for, what holds them, best first.
    """
    rows = [_line(found.mention) for found in find_said(mentions(model.file), asked)]
    return Table(f"{model.file.short}: документ и программа", _COLUMNS, rows)


def show_model_places() -> None:
    """Show the table of a chosen model: found by words, filtered; the clicked row with doors to its screens."""
    try:
        known = {one.file.short: one for one in models()}
    except QualityError as refusal:
        show_refusal(refusal)
        return
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox("Модель", list(known), key="help_model", bind="query-params")
    with right:
        asked = st.text_input(
            "Найти предложение документа", key="help_said", bind="query-params",
            placeholder="Слова в любой форме или предложение целиком",
        )
    model = known[chosen]
    table = places_table(model, asked)
    picked = filter_bar(f"help_{model.code}", table.rows, _FACETS)
    shown = [row for row in table.rows if picked.admits(row)]
    if not shown:
        st.info("Такого в документе нет. Попробуйте другие слова или снимите фильтры.", icon=":material/search_off:")
        return
    count = plural(len(shown), "строка", "строки", "строк")
    st.caption(f"{count}. Щёлкните в начале строки – полный текст и двери.")
    spot = st.container()
    key = f"help_places_{model.code}_{asked}_{picked.words()}"
    row = show_table(key, Table(table.title, _COLUMNS, shown), choose=True, lines=3, height=300)
    if row is not None:
        with spot:
            _show_one(row)
    st.caption(plain(f"Источник: {model.file.source}."))


def place_words(one: Mention) -> str:
    """Return where a thing lives: «Заседание: «Новое заседание»; Документы»."""
    said = ((screen_at(path).title, where) for path, where in one.places if is_built(path))
    return "; ".join(f"{title}: {where}" if where else title for title, where in said)


def _line(one: Mention) -> dict[str, object]:
    sort = f"{one.sort}, {_ADDED}" if one.added else one.sort
    return {"model_part": one.part, "said": sort, "text": one.text, "where": place_words(one), "mention": one}


def _show_one(row: Row) -> None:
    """Show the whole text of a row, and a door to each of its screens that the reader may open."""
    one = cast("Mention", row["mention"])
    with st.container(border=True):
        st.markdown(f"**{plain(one.part)}. {plain(str(row['said']))}.** {plain(one.text)}")
        st.caption(plain(f"Где в программе: {place_words(one)}."))
        with st.container(horizontal=True):
            for path, where in one.places:
                for door in doors_of(path, where) if is_built(path) else ():
                    _forget_open(door)
                    link_to(path, door.label, door.query)


def _forget_open(door: Door) -> None:
    """Forget what was open on the screen of a door: a tab that is remembered wins over the first one in an address."""
    for param in door.query:
        st.session_state.pop(param, None)
