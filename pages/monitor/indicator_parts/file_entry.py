"""Values from a workbook or from pasted cells: template, preview by cell, storing."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import QualityError
from core.monitoring.value_files import ValuesPreview, preview_values, store_values, values_template
from core.people.list_files import rows_of_file
from core.people.list_reading import rows_of_text
from core.words import number, plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.acting import act
from pages.widgets.downloads import download
from pages.widgets.refusals import show_refusal
from pages.widgets.session import look, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_PASTED = f"{SCREEN}_pasted"


def show_file_entry(organisation_id: int, year: int) -> None:
    """Show the template, the places for a file and for pasted cells, and what they would change."""
    folded = st.expander(
        "Из таблицы: загрузить файл или вставить", icon=":material/table_view:", key=f"{SCREEN}_file_entry",
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        download(
            f"{SCREEN}_template", "Скачать шаблон", "Показатели", "xlsx",
            lambda: look(values_template, organisation_id, year),
        )
        left, right = st.columns(2)
        with left:
            uploaded = st.file_uploader("Заполненный файл", type=["xlsx", "xls", "ods", "csv"], key=f"{SCREEN}_file")
        with right:
            pasted = st.text_area(
                "Или вставьте ячейки вместе с заголовком", key=_PASTED, height=120,
                placeholder="Код → Числитель → Знаменатель",
            )
        if uploaded is None and not pasted.strip():
            return
        try:
            rows = rows_of_file(uploaded.getvalue(), uploaded.name) if uploaded is not None else rows_of_text(pasted)
            preview: ValuesPreview = look(preview_values, organisation_id, year, rows)
        except QualityError as refusal:
            show_refusal(refusal)
            return
        _show_preview(preview)


def _show_preview(preview: ValuesPreview) -> None:
    for finding in preview.findings[:20]:
        (st.error if finding.is_error else st.warning)(plain(str(finding)))
    if len(preview.findings) > 20:
        st.caption(f"И ещё замечаний: {len(preview.findings) - 20}.")
    if not preview.changes:
        st.info("Новых значений в таблице нет.", icon=":material/info:")
        return
    show_table(f"{SCREEN}_preview", Table("Что изменится", (
        Column("unit", "Организация", width=260), Column("code", "Код", width=70),
        Column("field", "Столбец", width=120), Column("old", "Было", width=160), Column("new", "Станет", width=160),
    ), [
        {"unit": one.organisation, "code": one.code, "field": one.title, "old": _words(one.old), "new": _words(one.new)}
        for one in preview.changes
    ]), download=False, height=260)
    count = plural(len(preview.changes), "значение", "значения", "значений")
    st.button(
        f"Сохранить {count}", key=f"{SCREEN}_store_file", type="primary", disabled=not preview.can_be_stored,
        on_click=act, args=(partial(write, store_values, preview), _stored, (_PASTED,)),
    )


def _stored(count: int) -> str:
    return f"Сохранено: {plural(count, 'значение', 'значения', 'значений')}."


def _words(value: float | str | None) -> str:
    return value if isinstance(value, str) else "—" if value is None else number(value, 1 if value % 1 else 0)
