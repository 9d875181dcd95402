"""Until when values are entered, above the entry: the collection that holds for the unit."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.monitoring.collection import Collection, CollectionState, held_collection
from core.words import day
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_term(organisation_id: int, year: int) -> None:
    """Say until when values are handed in, or that the collection is closed; nothing where none is planned."""
    one: Collection | None = read(held_collection, organisation_id, year)
    if one is None:
        return
    match one.state(date.today()):
        case CollectionState.CLOSED:
            st.warning(
                "Сбор закрыт: вносить и сдавать можно только то, что вернули после закрытия.", icon=":material/lock:"
            )
        case CollectionState.PLANNED:
            words = f"Сбор откроется {day(one.opens_on)}: пока можно готовить черновики, сдать – после этого дня."
            st.info(plain(words), icon=":material/event:")
        case _:
            st.caption(plain(f"Сдать до {day(one.closes_on)}. {one.reopened_reason}".strip()))
