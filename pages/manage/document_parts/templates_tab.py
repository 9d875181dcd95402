"""Templates of documents: taken away to be changed in Word, put in place after a check, returned to the shipped one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.documents.own_templates import TemplateRow, list_templates, open_template, put_template, return_to_shipped
from core.documents.template_samples import names_of
from core.people.scope import Action, Scope
from core.words import moment
from pages.manage.document_parts.rows import SCREEN
from pages.widgets.acting import act
from pages.widgets.downloads import download
from pages.widgets.organisations import choose_organisation, organisations_for
from pages.widgets.session import current_scope, engine, look, time_zone, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_FILE = f"{SCREEN}_template_file"


def show_templates(scope: Scope) -> None:
    """Show whose templates are looked at, one template with its actions, and the names that can stand in it."""
    left, right = st.columns(2)
    with left:
        unit = choose_organisation(
            f"{SCREEN}_unit", "Чьи шаблоны", organisations_for(scope, Action.MANAGE_TEMPLATES)
        )
    if unit is None or unit.id is None:
        return
    rows = {row.name: row for row in look(list_templates, unit.id)}
    with right:
        name = st.selectbox(
            "Документ", list(rows), format_func=lambda one: rows[one].title, key=f"{SCREEN}_template",
            persist_state="session",
        )
    st.caption(
        "Шаблон действует для организации и подчинённых ей, у которых нет своего. Новый файл сначала заполняется "
        "примером: если в нём ошибка, программа назовёт место и оставит прежний."
    )
    if name is not None:
        _show_one(unit.id, rows[name])


def _show_one(unit: int, row: TemplateRow) -> None:
    st.markdown(f"**{plain(row.title)}.** {plain(_whose(row))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        download(
            f"{SCREEN}_template_get", "Скачать шаблон", f"Шаблон – {row.title}", "docx",
            lambda: look(open_template, unit, row.name),
        )
        if row.is_own:
            st.button(
                "Вернуть прежний", key=f"{SCREEN}_template_back", icon=":material/undo:", on_click=act,
                args=(partial(write, return_to_shipped, unit, row.name), "Свой шаблон убран, действует прежний."),
            )
    file = st.file_uploader(
        "Свой шаблон (.docx)", type=["docx"], key=f"{_FILE}_{unit}_{row.name}", max_upload_size=3,
    )
    if file is not None:
        st.button(
            "Проверить и применить", key=f"{SCREEN}_template_put", type="primary", icon=":material/task_alt:",
            on_click=act, args=(
                partial(put_template, engine(), current_scope(), unit, row.name, file.name, file.getvalue()),
                "Шаблон проверен и уже действует.",
            ),
        )
    with st.expander("Имена, которые можно ставить в шаблон"):
        names = [{"name": one, "example": example} for one, example in names_of(row.name)]
        st.caption(
            "Имя ставится в двойных фигурных скобках; «→» означает часть строки списка. Как повторять строки – в файле "
            "data/templates/README.md."
        )
        columns = (Column("name", "Имя", width=260), Column("example", "Пример", width="large"))
        show_table(f"{SCREEN}_names", Table(f"Имена – {row.title}", columns, names), height=300)


def _whose(row: TemplateRow) -> str:
    """Return in words which template holds."""
    when = f", {moment(row.added_at, time_zone().key)}, {row.added_by}" if row.added_at is not None else ""
    if row.is_own:
        return f"Действует свой шаблон «{row.file_name}»{when}."
    if row.from_above:
        return f"Действует шаблон вышестоящей организации ({row.from_above}): «{row.file_name}»{when}."
    return "Действует шаблон из поставки."
