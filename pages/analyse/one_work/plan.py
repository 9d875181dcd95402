"""What to do with a work that has no plan: attach a fitting one, or make it."""

from __future__ import annotations

import streamlit as st

from core.blueprints.tables import Blueprint
from core.errors import QualityError
from core.intake.attaching import attach_blueprint, blueprints_for
from core.people.scope import Action
from pages.analyse.one_work.choice import SCREEN
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import current_scope, read, write


def show_missing_plan(assessment_id: int) -> None:
    """Say that the work has no plan and offer the plans whose items are the same."""
    fitting = read(blueprints_for, assessment_id) if current_scope().allows(Action.EDIT_BLUEPRINTS) else []
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        st.markdown(
            ":material/warning: **У этой работы нет плана**: элементы содержания неизвестны, поля найдены по заданиям.",
            width=440,
        )
        if fitting:
            names = {plan.id or 0: _name(plan) for plan in fitting}
            plan = st.selectbox(
                "Подходит план с теми же заданиями", list(names), format_func=lambda one: names[one],
                key=f"{SCREEN}_plan", width=370,
            )
            if st.button("Прикрепить", type="primary", icon=":material/link:", key=f"{SCREEN}_attach"):
                _attach(assessment_id, plan)
        else:
            st.caption("Готового плана с такими же заданиями и баллами нет: загрузите или составьте его.", width=330)
            link_to("blueprints", "Планы работ")


def _name(plan: Blueprint) -> str:
    years = str(plan.year_from) if plan.year_from == plan.year_to else f"{plan.year_from}–{plan.year_to}"
    title = f", {plan.title}" if plan.title else ""
    return f"{plan.procedure}, {plan.subject}, {plan.grade} класс, {years}{title}"


def _attach(assessment_id: int, plan_id: int) -> None:
    try:
        write(attach_blueprint, assessment_id, plan_id)
    except QualityError as refusal:
        show_refusal(refusal)
        return
    st.toast("План прикреплён, всё пересчитано.", icon=":material/check:")
    st.rerun()
