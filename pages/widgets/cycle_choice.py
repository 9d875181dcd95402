"""Choosing the academic year of a cycle and a management model; both stand in the address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core.cycle.models import Model
from core.people.academic_year import year_name, year_on

_YEARS_BACK = 4


def choose_year(key: str) -> int:
    """Show a field with the next academic year, the running one and those before; return the chosen one by its spring.

    The running year stands there at first. The years stand bare: what is shown stands in the address, and an address
    that said «идёт» would be of no use a year later.
    """
    running = year_on(date.today())
    names = [year_name(year) for year in range(running + 1, running - _YEARS_BACK, -1)]
    chosen = st.selectbox(
        "Учебный год", names, index=1, key=key, bind="query-params", persist_state="session",
        help=f"Идёт {year_name(running)}, следующий – {year_name(running + 1)}.",
    )
    return running + 1 - names.index(chosen)


def choose_model(key: str, label: str, known: Sequence[Model], first: int = 0, about: str | None = None) -> Model:
    """Show a field with the models by the names of their organisations; return the chosen one.

    `first` is the place of the one that stands there at first, `about` explains the field.
    """
    by_code = {one.code: one for one in known}
    if st.session_state.get(key) not in by_code:
        # An own model of another organisation was chosen before.
        st.session_state.pop(key, None)
    code = st.selectbox(
        label, list(by_code), index=first, key=key, bind="query-params", persist_state="session",
        format_func=lambda code: by_code[code].file.short, help=about,
    )
    return by_code[code]
