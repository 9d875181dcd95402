"""Remarks of attestation experts and what associations spoke about: grids, and a form for a new remark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st
from sqlmodel import Session

from core.blueprints.dictionaries import subjects
from core.diagnostics.remarks import add_remark, list_notes, list_remarks, save_notes, save_remarks
from core.people.associations import association_name, list_associations
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.people.teachers import list_teachers
from pages.analyse.deficit_parts.choice import SCREEN
from pages.analyse.deficit_parts.wording import units_in_order
from pages.widgets.acting import act, drawer, typed
from pages.widgets.empty_state import empty_state
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import current_scope, read, write

_SUBJECTS = tuple(one.name for one in subjects().subjects)
_NEW = f"{SCREEN}_remark"
_WHERE, _WHO, _SUBJECT = f"{_NEW}_where", f"{_NEW}_who", f"{_NEW}_subject"
_ELEMENT, _TEXT, _GROUP = f"{_NEW}_element", f"{_NEW}_text", f"{_NEW}_group"
_DAY, _DOCUMENT = f"{_NEW}_day", f"{_NEW}_document"
_NOBODY = "о педагогах предмета в целом"
_SHARED = (
    GridColumn("subject", "Предмет", "choice", _SUBJECTS, width=140),
    GridColumn("element", "Элемент содержания", width=190, help="Как он назван в плане работы."),
    GridColumn("text", "Замечание", required=True, width=360),
    GridColumn("document", "Документ", width=150),
)
_REMARKS = Grid(
    "attestation_remark",
    (
        GridColumn("remarked_on", "День", "date", required=True, width=100),
        GridColumn("teacher", "О ком", editable=False, width=210),
        *_SHARED,
        GridColumn("expert_group", "Экспертная группа", width=180),
    ),
    may_delete=True,
    label="text",
)


def show_remarks() -> None:
    """Show the tab."""
    _show_adding()
    if read(list_remarks):
        grid_editor(
            _REMARKS, load=lambda: read(_remark_rows), save=lambda changes: write(save_remarks, changes), height=300
        )
    else:
        empty_state(
            "Замечаний экспертов пока нет",
            "Запишите, что увидели эксперты аттестации: предмет, элемент содержания, суть. Они встанут в матрицу.",
        )
    if current_scope().allows(Action.VIEW_PEOPLE):
        _show_notes()


def _show_notes() -> None:
    names = {row.id or 0: association_name(row) for row in read(list_associations)}
    if not names:
        return
    st.subheader("Обсуждения в объединениях и клубах", anchor=False)
    number = st.selectbox(
        "Объединение", list(names), format_func=lambda key: names[key], key=f"{SCREEN}_notes_of", width=420
    )
    if number is None:
        return
    grid = Grid(
        f"association_note:{number}",
        (GridColumn("noted_on", "День", "date", required=True, width=100), *_SHARED),
        may_add=True, may_delete=True, defaults={"noted_on": date.today()}, label="text",
        empty="Обсуждений этого объединения пока нет: впишите, о каком затруднении говорили, и сохраните.",
    )
    grid_editor(
        grid, load=lambda: read(_note_rows, number), save=lambda changes: write(save_notes, number, changes)
    )


def _show_adding() -> None:
    units = dict(units_in_order(read(load_tree)))
    people: dict[int, str] = {0: _NOBODY}
    if current_scope().allows(Action.VIEW_PEOPLE):
        people |= {card.id: card.name for card in read(list_teachers) if card.is_name_shown}
    with drawer(_NEW, "Добавить замечание", ":material/add_comment:"):
        st.selectbox("Организация", list(units), format_func=lambda key: units[key], key=_WHERE)
        st.selectbox("О ком", list(people), format_func=lambda key: people[key], key=_WHO)
        st.selectbox("Предмет", _SUBJECTS, index=None, placeholder="По педагогу", key=_SUBJECT)
        st.text_input("Элемент содержания", key=_ELEMENT, help="Как он назван в плане работы.", max_chars=300)
        st.text_area("Замечание", key=_TEXT, max_chars=2000, height=90)
        columns = st.columns(2)
        columns[0].date_input("День", value="today", format="DD.MM.YYYY", key=_DAY)
        columns[1].text_input("Документ", key=_DOCUMENT, max_chars=300)
        st.text_input("Экспертная группа", key=_GROUP, max_chars=200)
        st.button("Сохранить", key=f"{_NEW}_save", type="primary", on_click=_add)


def _add() -> None:
    values: Mapping[str, object] = {
        "element": typed(_ELEMENT), "text": typed(_TEXT), "expert_group": typed(_GROUP), "document": typed(_DOCUMENT),
        "remarked_on": st.session_state.get(_DAY), **({"subject": typed(_SUBJECT)} if typed(_SUBJECT) else {}),
    }
    act(
        partial(write, add_remark, int(st.session_state.get(_WHERE) or 0), values, st.session_state.get(_WHO) or None),
        "Замечание сохранено.", (_ELEMENT, _TEXT, _DOCUMENT, _NEW),
    )


def _remark_rows(session: Session, scope: Scope) -> list[GridRow]:
    return [
        GridRow(
            one.id, one.version,
            {
                "remarked_on": one.remarked_on, "teacher": one.teacher or _NOBODY, "subject": one.subject or None,
                "element": one.element, "text": one.text, "document": one.document, "expert_group": one.expert_group,
            },
        )
        for one in list_remarks(session, scope)
    ]


def _note_rows(session: Session, scope: Scope, association_id: int) -> list[GridRow]:
    return [
        GridRow(
            row.id or 0, row.version,
            {
                "noted_on": row.noted_on, "subject": row.subject or None, "element": row.element, "text": row.text,
                "document": row.document,
            },
        )
        for row in list_notes(session, scope, association_id)
    ]
