"""A chart as every screen shows it: title, chart, its table, downloads, passport.

    chart_frame("results_items", "Выполнение заданий", facility_chart(rows), table, passport)
"""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from core.charts.kept import spec_of
from core.charts.png import chart_png
from core.charts.style import Figure
from pages.widgets.downloads import download, download_workbook
from pages.widgets.passport import Passport, show_passport
from pages.widgets.tables import Table, show_table
from pages.widgets.texts import plain


def chart_frame(
    key: str,
    title: str,
    chart: Figure,
    table: Table,
    passport: Passport | None = None,
    *,
    note: str = "",
    choose: str | None = None,
    heading: bool = True,
    wide: bool = False,
) -> list[dict[str, object]]:
    """Show a chart of `core.charts` with everything that belongs to it.

    `table` holds the numbers that the chart draws; `note` is a line under the title. `choose` names the selection
    parameter of a chart in which the user may click; returned are the chosen points, else an empty list. Without
    `heading` the screen says by itself what the chart is; the title names the files unless the table names them. A
    `wide` chart needs the width of a laptop: on a phone it is moved sideways.
    """
    if heading:
        st.subheader(plain(title), anchor=False)
    if note:
        st.caption(plain(note))
    if not table.rows:
        st.info("Для этого графика нет данных.", icon=":material/bar_chart_off:")
        return []
    about = f"{title}. Те же числа — в таблице под графиком."
    if wide:
        st.container(key=f"{key}_phone").caption("Карта шире экрана: подвиньте её вбок.")
    with st.container(key=f"{key}_sideways") if wide else nullcontext():
        chosen = _drawn(key, chart, about, choose)
    with st.container(horizontal=True, vertical_alignment="center"):
        called = table.file_title or title
        download(f"{key}_png", "PNG", called, "png", lambda: chart_png(chart, title))
        sheet = table.sheet(passport.notes() if passport else ())
        download_workbook(f"{key}_xlsx", called, [sheet], label="XLSX")
        if passport is not None:
            show_passport(passport)
    # What is folded is not sent: a table of a chart is looked at seldom.
    folded = st.expander("Таблица", icon=":material/table:", key=f"{key}_folded", on_change="rerun")
    if folded.open:
        with folded:
            show_table(f"{key}_table", table, download=False)
    return chosen


def _drawn(key: str, chart: Figure, about: str, choose: str | None) -> list[dict[str, object]]:
    """Draw the chart; return the chosen points."""
    if choose is None:
        st.vega_lite_chart(spec_of(chart), theme=None, width="stretch", key=f"{key}_chart", alt=about)
        return []
    event = st.vega_lite_chart(
        spec_of(chart), theme=None, width="stretch", key=f"{key}_chart", on_select="rerun", selection_mode=choose,
        alt=about,
    )
    return list(event.selection.get(choose, []))
