"""The fields of a draft: addressee, title, text, practices, courses, term."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.recommendations.addressees import Addressee, list_addressees
from core.planning.recommendations.contents import EDITABLE
from core.planning.recommendations.listing import RecommendationRow
from core.planning.recommendations.writing import change_draft
from pages.plan.recommendation_parts.address import SCREEN
from pages.widgets.acting import act, typed
from pages.widgets.session import look, write
from pages.widgets.texts import plain

_TITLES = {"title": "Заголовок", "practices": "Практики, которые стоит изучить", "courses": "Курсы и другая помощь",
           "deadline_text": "Срок"}


def show_draft_form(one: RecommendationRow) -> None:
    """Show the fields with a button that keeps the changes; a colleague's change is told, nothing typed is lost."""
    row, to = one.row, one.addressee
    others = look(list_addressees, one.about_place_id, row.subject, row.grade, row.class_letter)
    known = {each.key: each for each in (to, *others)}
    # The version is part of the names: after a save, the fields begin with what was stored.
    name = f"{one.id}_{row.version}"
    st.selectbox("Кому", list(known), key=f"{SCREEN}_to_{name}", format_func=lambda key: known[key].name)
    st.text_input(_TITLES["title"], row.title, key=f"{SCREEN}_title_{name}", max_chars=300)
    st.text_area("Текст", row.text, key=f"{SCREEN}_text_{name}", height=120, max_chars=8000)
    for column, field in zip(st.columns([1, 2, 2]), ("deadline_text", "practices", "courses"), strict=True):
        with column:
            st.text_input(_TITLES[field], getattr(row, field), key=f"{SCREEN}_{field}_{name}")
    if one.reservation:
        st.caption(plain(f"Под текстом будет стоять: {one.reservation}"))
    st.button(
        "Сохранить изменения", key=f"{SCREEN}_keep_{name}", icon=":material/save:", on_click=_save,
        args=(one, known, name),
    )


def _save(one: RecommendationRow, known: dict[str, Addressee], name: str) -> None:
    values = {field: typed(f"{SCREEN}_{field}_{name}") for field in EDITABLE}
    to = known.get(typed(f"{SCREEN}_to_{name}"))
    act(partial(write, change_draft, one.id, one.row.version, values, to), "Черновик сохранён.")
