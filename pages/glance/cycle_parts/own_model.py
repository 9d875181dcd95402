"""One own model: what it says as a whole, its stages, lists and tables, to be changed; what it still lacks."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.cycle.model_check import CheckedModel, check_content
from core.cycle.model_content import Content
from core.cycle.model_editing import part_rows
from core.cycle.model_parts import fields_of, part_names
from core.cycle.model_words import FIELD_WORDS
from core.cycle.own_model_making import HEAD_FIELDS, change_head, put_in_force
from core.cycle.own_models import OwnModelCard, own_content, own_model_history
from core.cycle.records import Level
from core.words import plural
from pages.glance.cycle_parts.choice import SCREEN
from pages.glance.cycle_parts.own_model_grid import show_part
from pages.widgets.acting import act, typed
from pages.widgets.history import show_history
from pages.widgets.session import read, write
from pages.widgets.texts import plain

_PARTS = ("Этапы", "Этап подробно", "Название и назначение", "Списки модели", "Таблицы")
_LONG = frozenset({"purpose", "theme", "closing", "source", "title"})
_OF_STAGE = ("tasks", "inputs", "outputs", "forms")


def show_own_model(card: OwnModelCard) -> None:
    """Show a model to be changed by those who may."""
    content: Content = read(own_content, card.id)
    st.subheader(plain(card.title), anchor=False)
    _show_state(card, check_content(content))
    part = st.segmented_control(
        "Что изменить", _PARTS, default=_PARTS[0], key=f"{SCREEN}_own_part", label_visibility="collapsed",
        required=True,
    )
    match part:
        case "Этап подробно":
            _show_stage(card, content)
        case "Название и назначение":
            _show_head(card, content)
        case "Списки модели":
            _show_lists(card, content)
        case "Таблицы":
            _show_tables(card, content)
        case _:
            show_part(card, content, "stages", lines=3)
            st.caption("«Порядок» – каким по счёту стоит этап. Нескольких ответственных разделяют точкой с запятой.")
    _show_journal(card)


def _show_journal(card: OwnModelCard) -> None:
    box = st.expander("Журнал изменений", icon=":material/history:", key=f"{SCREEN}_own_journal", on_change="rerun")
    if box.open:
        with box:
            show_history(f"{SCREEN}_own_history", read(own_model_history, card.id))


def _show_state(card: OwnModelCard, checked: CheckedModel) -> None:
    """Say which edition holds and what the draft lacks, and offer to put it in force."""
    keeps = "Открытый цикл остаётся на той редакции, по которой открыт; следующий откроется по новой."
    if checked.problems:
        count = plural(len(checked.problems), "замечание", "замечания", "замечаний")
        with st.expander(f"Ввести в действие нельзя: {count}", icon=":material/rule:", expanded=True):
            st.markdown("\n".join(f"- {plain(one)}" for one in checked.problems))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if not card.is_changed:
            st.caption(f"Действует редакция {card.edition}, изменений в черновике нет. {keeps}")
            return
        st.caption(f"Ошибок нет, редакция {card.edition + 1} готова. {keeps}")
        if card.may_edit:
            st.button(
                "Ввести в действие", key=f"{SCREEN}_own_force_{card.id}", type="primary", icon=":material/check:",
                on_click=act, args=(
                    partial(write, put_in_force, card.id, card.version),
                    f"Редакция {card.edition + 1} модели «{card.title}» введена в действие.",
                ),
            )


def _show_stage(card: OwnModelCard, content: Content) -> None:
    stages = {one.number: one.cells for one in part_rows(content, "stages")}
    if not stages:
        st.info("Этапов нет. Добавьте их на вкладке «Этапы».", icon=":material/list:")
        return
    number = st.selectbox(
        "Этап", list(stages), key=f"{SCREEN}_own_stage_{card.id}",
        format_func=lambda one: f"{stages[one]['number'] or '—'}. {stages[one]['name'] or 'без названия'}",
    )
    for name in _OF_STAGE:
        st.markdown(f"**{FIELD_WORDS[name]}**")
        show_part(card, content, f"stages/{number}/{name}", lines=2)


def _show_lists(card: OwnModelCard, content: Content) -> None:
    names = part_names(content)
    chosen = st.pills(
        "Список", list(names), format_func=names.__getitem__, default="participants", required=True,
        key=f"{SCREEN}_own_list",
    )
    show_part(card, content, chosen or "participants", lines=2)


def _show_tables(card: OwnModelCard, content: Content) -> None:
    show_part(card, content, "tables", lines=2)
    st.caption("Столбцы таблицы разделяют точкой с запятой.")
    tables = {one.number: str(one.cells["title"]) for one in part_rows(content, "tables")}
    if not tables:
        return
    number = st.selectbox(
        "Строки таблицы", list(tables), format_func=lambda one: tables[one] or "без названия",
        key=f"{SCREEN}_own_table_{card.id}",
    )
    path = f"tables/{number}/rows"
    if fields_of(content, path):
        show_part(card, content, path, lines=3)


def _show_head(card: OwnModelCard, content: Content) -> None:
    # The version in the keys: after a colleague's change the fields show what stands there now.
    keys = {name: f"{SCREEN}_own_head_{card.id}_{card.version}_{name}" for name in HEAD_FIELDS}
    with st.form(f"{SCREEN}_own_head_{card.id}", border=False):
        for name, key in keys.items():
            value = str(content.get(name) or "")
            if name == "level":
                levels = [one.value for one in Level]
                st.selectbox(FIELD_WORDS[name], levels, index=levels.index(value) if value in levels else 0, key=key,
                             disabled=not card.may_edit)
            elif name in _LONG:
                st.text_area(FIELD_WORDS[name], value, key=key, height=80, disabled=not card.may_edit)
            else:
                st.text_input(FIELD_WORDS[name], value, key=key, disabled=not card.may_edit)
        st.form_submit_button(
            "Сохранить", type="primary", icon=":material/save:", disabled=not card.may_edit,
            on_click=_save_head, args=(card.id, card.version, keys),
        )


def _save_head(model_id: int, version: int, keys: dict[str, str]) -> None:
    values = {name: typed(key) for name, key in keys.items()}
    act(partial(write, change_head, model_id, version, values), "Сохранено.")
