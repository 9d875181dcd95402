"""Works that were stored without a plan, and the plans that would fit them."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from core.intake.attaching import UnplannedWork, attach_blueprint, list_unplanned
from core.words import plural
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, write
from pages.widgets.texts import plain


def show_unplanned(may_edit: bool) -> None:
    """List the works without a plan; a fitting plan is attached with one button and recomputes the work."""
    works = read(list_unplanned)
    if not works:
        return
    count = plural(len(works), "работа загружена", "работы загружены", "работ загружено")
    fitting = any(one.fitting for one in works)
    with st.expander(f"Без плана: {count}", icon=":material/link_off:", expanded=fitting and may_edit):
        st.caption(
            "Такие работы анализируются только по заданиям. Когда план прикреплён, анализ пересчитывается по элементам "
            "содержания, типам и уровням."
        )
        for one in works:
            _show_work(one, may_edit)


def _show_work(one: UnplannedWork, may_edit: bool) -> None:
    key = one.work.id
    with st.container(horizontal=True, vertical_alignment="center"):
        items = plural(one.work.items, "задание", "задания", "заданий")
        st.markdown(f"**{plain(one.work.name)}**, {items}", width=420)
        if not one.fitting:
            st.caption("Подходящего плана нет: задания или баллы не совпадают.")
            return
        plans = {plan.id or 0: plan.title for plan in one.fitting}
        chosen = st.selectbox(
            "План", list(plans), format_func=plans.__getitem__, key=f"blueprint_fits_{key}",
            label_visibility="collapsed", width=420,
        )
        if not may_edit or not st.button("Прикрепить", key=f"blueprint_attach_{key}", icon=":material/link:"):
            return
    try:
        write(attach_blueprint, key, chosen)
    except QualityError as refusal:
        show_refusal(refusal)
        return
    st.rerun()
