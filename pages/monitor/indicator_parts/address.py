"""What the address of the screen names: an opened indicator by its code; going from one organisation to another."""

from __future__ import annotations

import re

import streamlit as st

SCREEN = "indicators"
INDICATOR = "indicator"
UNIT = f"{SCREEN}_unit"
_NEXT = f"{SCREEN}_next_unit"
_KEPT = f"{SCREEN}_kept_unit"
_CODE = re.compile(r"[А-ЯЁA-Z]\d{2}(\.\d{1,2})?")


def asked_code() -> str | None:
    """Return the code that the address names; None where it names none."""
    text = str(st.query_params.get(INDICATOR, ""))
    return text if _CODE.fullmatch(text) else None


def open_indicator(code: str) -> None:
    """Put an indicator into the address; the next run shows it."""
    leave()
    st.query_params[INDICATOR] = code


def leave() -> None:
    """Go back to the scorecard."""
    st.query_params.pop(INDICATOR, None)
    st.session_state[f"{SCREEN}_turn"] = turn() + 1


def go_to_unit(organisation_id: int) -> None:
    """Choose another organisation of the tree; the next run shows it, with the same indicator opened."""
    st.session_state[_NEXT] = organisation_id
    st.session_state[f"{SCREEN}_turn"] = turn() + 1


def arrive() -> None:
    """Put the organisation that was gone to into the field of organisations, before that is shown.

    What this screen itself wrote into the address (`keep_unit`) is no wish of a link, and is taken out first.
    """
    if st.query_params.get(UNIT) == st.session_state.get(_KEPT):
        st.query_params.pop(UNIT, None)
    unit = st.session_state.pop(_NEXT, None)
    if unit is not None:
        st.session_state[UNIT] = unit


def keep_unit(organisation_id: int) -> None:
    """Write the chosen organisation into the address, so that the address leads to the same screen again."""
    st.session_state[_KEPT] = st.query_params[UNIT] = str(organisation_id)


def turn() -> int:
    """Return the number that makes tables anew, so that none remembers a row that was clicked before."""
    return int(st.session_state.get(f"{SCREEN}_turn", 0))
