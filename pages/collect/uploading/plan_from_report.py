"""A plan drafted from an uploaded «Достижение планируемых результатов»: only the file itself holds the skills."""

from __future__ import annotations

import streamlit as st

from core.blueprints.drafts import from_outcomes
from core.blueprints.editing import create_blueprint
from core.blueprints.tables import Origin
from core.errors import QualityError
from core.intake.contract import ReferenceReport
from core.people.scope import Action
from pages.collect.uploading.file_state import FileState
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import current_scope, write


def offer_plan(key: str, state: FileState, reports: tuple[ReferenceReport, ...]) -> None:
    """Offer to make a plan of the work from the report; codes, maxima and skills are taken from the file."""
    if not current_scope().allows(Action.EDIT_BLUEPRINTS):
        return
    for number, report in enumerate(reports):
        if report.kind != "outcomes" or not report.skills:
            continue
        made = state.plans.get(number)
        if made is not None:
            st.success("План работы создан: проверьте элементы содержания.", icon=":material/check_circle:")
            link_to("blueprints", "Открыть план", {"plan": str(made)})
        elif st.button(
            "Создать план работы из отчёта",
            key=f"upload_plan_{key}_{number}",
            icon=":material/list_alt:",
            help="Номера, баллы и умения берутся из отчёта. Свой план важнее плана из поставки.",
        ):
            _create(number, state, report)


def _create(number: int, state: FileState, report: ReferenceReport) -> None:
    work = report.assessment
    try:
        draft = from_outcomes(
            work.procedure or "ВПР", work.subject, work.grade, work.year,
            [item.code for item in report.items], [item.max_score for item in report.items], report.skills,
            [item.level for item in report.items],
        )
        state.plans[number] = write(create_blueprint, draft, Origin.UPLOADED).id or 0
    except QualityError as refusal:
        show_refusal(refusal)
        return
    st.rerun()
