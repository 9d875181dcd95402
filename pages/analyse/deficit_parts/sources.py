"""The records behind one element of the matrix: works of pupils, answers of teachers, remarks of experts."""

from __future__ import annotations

import streamlit as st

from core.analysis.elements import Kind
from core.charts.palette import status_words
from core.charts.tone_map import standing_words
from core.diagnostics.triangulation import ElementRow, PupilSide
from core.words import interval, percent, plural
from pages.analyse.deficit_parts.wording import share_words
from pages.widgets.links import link_to
from pages.widgets.texts import plain

_MOST_WORKS = 4


def show_sources(row: ElementRow) -> None:
    """Show the three sides of the element one beside the other, each with where its numbers come from."""
    with st.container(border=True):
        st.subheader(plain(f"{row.element} — {row.subject}"), anchor=False)
        st.markdown(f"**Гипотеза.** {plain(row.hypothesis)}")
        pupils, teachers, experts = st.columns(3)
        with pupils:
            _show_pupils(row)
        with teachers:
            _show_teachers(row)
        with experts:
            _show_remarks(row)


def _show_pupils(row: ElementRow) -> None:
    st.markdown("**Ученики**")
    if not row.pupils:
        st.caption("Нет данных: загрузите работу, в плане которой есть этот элемент.")
        link_to("upload", "Загрузить результаты")
    for side in row.pupils[:_MOST_WORKS]:
        count = plural(side.n, "участник", "участника", "участников")
        said = f"{percent(side.facility)} ({interval(side.low, side.high, 0)}), {count}"
        judged = f"{status_words(side.status)}, порог {percent(side.threshold, 0)}"
        st.markdown(plain(f"{side.work}: {said}; {judged}"))
        link_to("problem-fields" if side.status.is_below else "results", "Открыть источник", _address(row, side))
    if len(row.pupils) > _MOST_WORKS:
        rest = plural(len(row.pupils) - _MOST_WORKS, "работа", "работы", "работ")
        st.caption(f"И ещё {rest} с этим элементом, там результат не хуже.")


def _address(row: ElementRow, side: PupilSide) -> dict[str, str]:
    """Return the address of the problem field, or of the work where the element is no field."""
    if not side.status.is_below:
        return {"results_work": str(side.assessment_id)}
    return {"fields_key": f"{side.assessment_id}|{side.unit}|{Kind.ELEMENT.value}|{row.element}"}


def _show_teachers(row: ElementRow) -> None:
    st.markdown("**Педагоги**")
    if not row.teachers:
        st.caption(f"Нет данных: {row.advice}" if row.advice else "Нет данных.")
    for side in row.teachers:
        said = share_words(side.share, side.low, side.high, side.lacking, side.asked)
        st.markdown(plain(f"{side.competence} — {side.group}: {said}; {standing_words(side.standing)}"))
        if side.source:
            st.caption(plain(f"Источник: {side.source}"))
        if side.confirmed:
            st.caption(plain(f"Подтверждено: {side.confirmed}"))


def _show_remarks(row: ElementRow) -> None:
    st.markdown("**Эксперты**")
    if not row.remarks:
        st.caption("Замечаний нет. Их записывают на вкладке «Замечания экспертов».")
    for remark in row.remarks:
        st.markdown(plain(remark.text))
        st.caption(plain(remark.origin))
