"""Справка: как работать, методика расчёта, словарь, персональные данные, кто что видит. Тексты — в data/help."""

from __future__ import annotations

import streamlit as st
import yaml

from core.store.settings import reference_directory
from pages.manage.helping.access import show_access
from pages.manage.helping.model_places import show_model_places
from pages.widgets.session import require
from pages.widgets.texts import plain

_TEXTS = reference_directory() / "help"
_MODELS = "Модели и документы"
_TABS = {
    "Как работать": "how-to.md",
    "Методика расчёта": "method.md",
    "Словарь": None,
    "Персональные данные": "personal-data.md",
    "Кто что видит": "access.md",
    _MODELS: None,
    "Установка на сервере": "deployment.md",
}

@st.cache_data
def _text(name: str) -> str:
    return (_TEXTS / name).read_text(encoding="utf-8")


@st.cache_data
def _glossary() -> list[dict[str, str]]:
    terms: list[dict[str, str]] = yaml.safe_load(_text("glossary.yaml"))
    return terms


def _show_glossary() -> None:
    asked = st.text_input("Найти термин", key="help_term", placeholder="Например: интервал").strip().lower()
    found = [term for term in _glossary() if asked in f"{term['term']} {term['meaning']} {term['english']}".lower()]
    if not found:
        st.info("Такого термина в словаре нет.", icon=":material/search_off:")
    for term in found:
        st.markdown(f"**{plain(term['term'])}** :gray[({plain(term['english'])})] — {plain(term['meaning'])}")


require()
st.title("Справка")
tabs = st.tabs(list(_TABS), key="help_tab", bind="query-params")
for tab, (title, name) in zip(tabs, _TABS.items(), strict=True):
    with tab:
        if name is None:
            show_model_places() if title == _MODELS else _show_glossary()
            continue
        st.markdown(_text(name))
        if name == "access.md":
            show_access()
