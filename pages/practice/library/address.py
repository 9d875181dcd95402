"""What the address of the screen names: a practice, a club, a form; and what a link asks the library for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.widgets.filter_bar import Chosen

SCREEN = "practices"
PRACTICE, CLUB, FORM = "practice", "club", "offer"
"""In the address: the opened practice, the opened club, the form of a new practice or of a change."""
FACETS = ("subject", "element", "task_type", "grade", "work_kind", "state")
VIEWS = ("Библиотека", "Клубы и объединения")
_ACCEPTED = f"{SCREEN}_accepted"


def asked(name: str) -> int | None:
    """Return the id that the address names; None where it names none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def show_one(name: str, row_id: int) -> None:
    """Put a practice or a club into the address; the next run shows it."""
    leave()
    st.session_state.pop(f"{SCREEN}_club_tab", None)
    st.query_params[name] = str(row_id)


def show_form(practice_id: int | None = None) -> None:
    """Put the form into the address: of a new practice, or of the one that is changed."""
    st.query_params[FORM] = str(practice_id or "new")


def leave() -> None:
    """Go back to the list."""
    for name in (PRACTICE, CLUB, FORM):
        st.query_params.pop(name, None)
    st.session_state[f"{SCREEN}_turn"] = turn() + 1


def leave_form() -> None:
    """Close the form and show what was behind it."""
    st.query_params.pop(FORM, None)


def turn() -> int:
    """Return the number that makes tables anew, so that none remembers a row that was clicked before."""
    return int(st.session_state.get(f"{SCREEN}_turn", 0))


def accept_link() -> None:
    """Take the filters that a link names («отвечает проблемному полю»), also those that no practice has yet.

    What the filters themselves put into the address is known (`note_choice`) and not taken again: the choice of a quick
    user may be newer than the address.
    """
    asked_for = {facet: st.query_params.get_all(f"{SCREEN}_{facet}") for facet in FACETS}
    if not any(asked_for.values()) or _told(asked_for) == st.session_state.get(_ACCEPTED):
        return
    for facet, texts in asked_for.items():
        values: list[object] = list(texts)
        if facet == "grade":
            values = [int(text) for text in texts if text.isdigit()]
        st.session_state[f"{SCREEN}_{facet}"] = values


def note_choice(chosen: Chosen) -> None:
    """Remember what the filters show and will put into the address."""
    st.session_state[_ACCEPTED] = _told({facet: [str(value) for value in chosen.of(facet)] for facet in FACETS})


def _told(values: Mapping[str, Sequence[str]]) -> str:
    return "|".join(f"{facet}={';'.join(values[facet])}" for facet in FACETS)
