"""Until when values are entered, above the entry: the collection that holds for the unit."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.monitoring.collection import Collection, CollectionState, held_collection
from core.monitoring.owing import due_days
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
            _show_days(organisation_id, year, one)


def _show_days(organisation_id: int, year: int, one: Collection) -> None:
    """Say the days of the plan for this unit; those that have passed with a sign."""
    days: tuple[date, ...] = read(due_days, organisation_id, year) or (one.closes_on,)
    words = " и ".join(day(each) for each in days) if len(days) < 3 else f"{day(days[0])} – {day(days[-1])}"
    said = f"Сдать до {words}" + (" (сроки по плану сбора разные)" if len(days) > 1 else "")
    why = f" Сбор открыт снова: {one.reopened_reason}" if one.reopened_reason else ""
    if days[0] < date.today():
        st.warning(plain(f"{said}: срок прошёл, но сбор ещё не закрыт.{why}"), icon=":material/schedule:")
    else:
        st.info(plain(f"{said}.{why}"), icon=":material/event:")
