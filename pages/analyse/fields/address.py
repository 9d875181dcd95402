"""What a link to the screen asks for: a work or a field; without any choice the last year."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from core.analysis.elements import Kind
from core.intake.history import WorkSummary

SCREEN = "fields"
KEY = f"{SCREEN}_key"
"""In the address: the opened field, «work|unit|kind|name»."""
OPENED = f"{SCREEN}_opened"
"""In the session: the field that was opened on this screen, so that a link to another one is noticed."""
FACETS = ("subject_group", "subject", "grade", "year", "procedure", "work_name", "organisation")
KINDS = {
    "Элементы": Kind.ELEMENT,
    "Типы заданий": Kind.TASK_TYPE,
    "Уровни": Kind.LEVEL,
}


def accept_link(works: Sequence[WorkSummary], labels: dict[int, str]) -> None:
    """Take what a link names: a work (?fields_work=12) or a field; without any choice begin with the last year."""
    asked, field = st.query_params.get(f"{SCREEN}_work", ""), st.query_params.get(KEY)
    first = f"{SCREEN}_begun" not in st.session_state
    st.session_state[f"{SCREEN}_begun"] = True
    if asked.isdigit() and int(asked) in labels:
        _clear_filters()
        st.query_params.pop(f"{SCREEN}_work")
        _set_filter("work_name", labels[int(asked)])
    elif field is not None and field != st.session_state.get(OPENED):
        st.session_state[OPENED] = field
        kind = next((title for title, one in KINDS.items() if f"|{one.value}|" in field), None)
        years = {str(work.id): work.year for work in works}
        if not first or not _is_filtered():
            _clear_filters()
            if (year := years.get(field.partition("|")[0])) is not None:
                _set_filter("year", year)
        if kind is not None:
            st.session_state[f"{SCREEN}_kind"] = kind
    elif first and not _is_filtered():
        _set_filter("year", max(work.year for work in works))


def _is_filtered() -> bool:
    """Say whether the address names a filter."""
    return any(key.startswith(f"{SCREEN}_") and key != KEY for key in st.query_params)


def _set_filter(facet: str, value: object) -> None:
    """Choose one value of a filter, in the address too: Streamlit writes it there only for a filter already shown."""
    st.session_state[f"{SCREEN}_{facet}"] = [value]
    with suppress(StreamlitAPIException):
        st.query_params[f"{SCREEN}_{facet}"] = str(value)


def _clear_filters() -> None:
    for facet in FACETS:
        st.session_state[f"{SCREEN}_{facet}"] = []
