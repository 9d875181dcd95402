"""«Ожидаемые результаты»: documents by years, closed by evidence, printed as a table."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.documents.expected_document import cell_words
from core.monitoring.evidence import Proven
from core.monitoring.expected import ExpectedTable, expected_table, start_expected
from core.people.academic_year import year_name, year_on
from core.words import plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.monitor.indicator_parts.proofs import show_proofs
from pages.widgets.acting import act
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain


def show_expected(organisation_id: int, *, may_enter: bool) -> None:
    """Show the table of an organisation and what is missing in it."""
    table: ExpectedTable = read(expected_table, organisation_id)
    if not table.rows:
        _show_start(organisation_id, may_enter)
        return
    show_table(f"{SCREEN}_expected", Table("Ожидаемые результаты по годам", (
        Column("title", "Документы", width=180, pinned=True),
        *(Column(str(year), year_name(year), width=280) for year in table.years),
    ), [
        {"title": row.title,
         **{str(year): cell_words(cell) for year, cell in zip(table.years, row.cells, strict=True)}}
        for row in table.rows
    ]), lines=5)
    download(
        f"{SCREEN}_expected_docx", "Таблица (DOCX)", "Ожидаемые результаты по годам", "docx",
        lambda: hand_out("expected-results", str(organisation_id), "docx"),
    )
    if table.missing:
        count = plural(len(table.missing), "документа", "документов", "документов")
        with st.expander(f"Не хватает {count} из {len(table.cells)}", icon=":material/warning:"):
            for cell in table.missing:
                st.markdown(plain(f"{year_name(cell.year)}: {cell.title}"))
    else:
        st.success("Все документы подтверждены.", icon=":material/check:")
    by_id = {cell.id: cell for cell in table.cells}
    chosen = st.selectbox(
        "Документ", list(by_id), key=f"{SCREEN}_expected_cell",
        format_func=lambda key: f"{'✓' if by_id[key].is_closed else '○'} {year_name(by_id[key].year)}: "
        f"{by_id[key].title}",
    )
    if chosen is not None:
        show_proofs(Proven(expected_id=chosen), may_change=may_enter)


def _show_start(organisation_id: int, may_enter: bool) -> None:
    st.info("Таблицы ожидаемых результатов ещё нет.", icon=":material/info:")
    if not may_enter:
        return
    running = year_on(date.today())
    first = st.selectbox(
        "Первый год", range(running - 2, running + 2), index=2, format_func=year_name, key=f"{SCREEN}_expected_first"
    )
    st.button(
        "Создать таблицу на три года", key=f"{SCREEN}_expected_start", type="primary", on_click=act,
        args=(partial(write, start_expected, organisation_id, first), "Таблица создана."),
    )
