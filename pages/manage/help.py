"""Справка."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from pages.widgets.session import require

require(Action.VIEW)
st.title("Справка")
st.multiselect("Предмет", ["Русский язык", "Математика"], key="x_subject", bind="query-params")
st.file_uploader("Файл", type=["xlsx", "csv"])
st.dataframe({"a": [1.5, 2.25], "b": [None, "x"]})
st.text_input("Имя")
