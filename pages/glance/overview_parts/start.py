"""The first screen of an empty store: upload results, or look around in a synthetic municipality."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.demo.filling import DemoSummary, fill_demo
from core.errors import QualityError
from core.people.scope import Action
from core.words import plural
from pages.widgets.links import link_to
from pages.widgets.progress import run_steps
from pages.widgets.refusals import show_refusal
from pages.widgets.session import current_scope, write


def show_start(*, is_new: bool) -> None:
    """Show how to begin; the demo is offered in a new store alone, another one refuses it."""
    offers_demo = is_new and current_scope().allows(Action.MANAGE)
    if not current_scope().allows(Action.UPLOAD):
        st.write("Результатов пока нет. Они появятся здесь, когда их загрузит школа или муниципалитет.")
        return
    st.write(f"Результатов пока нет. {'Начать можно двумя способами.' if offers_demo else 'Начните с загрузки.'}")
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        st.subheader("Загрузить результаты", anchor=False)
        st.write(
            "Файлы ВПР, ОГЭ, ЕГЭ, НИКО и мониторингов — такие, как их выдали ФИС ОКО или РЦОИ. Вид файла определяется "
            "сам, имена и документы в хранилище не попадают."
        )
        link_to("upload", "Загрузить результаты")
    if not offers_demo:
        return
    with right, st.container(border=True, height="stretch"):
        st.subheader("Посмотреть на учебных данных", anchor=False)
        st.write(
            "Вымышленный муниципалитет: 8 школ, три года, ВПР, ОГЭ и ЕГЭ. Годится для знакомства и обучения; для "
            "настоящих данных заведите отдельное хранилище."
        )
        if st.button("Заполнить учебными данными", icon=":material/science:", key="overview_demo"):
            _fill()


def _fill() -> None:
    try:
        filled: list[DemoSummary] = run_steps(
            "Создаём учебный муниципалитет", [("школы, работы и отчёты", partial(write, fill_demo))]
        )
    except QualityError as refusal:
        show_refusal(refusal)
        return
    schools = plural(filled[0].schools, "школа", "школы", "школ")
    st.toast(f"Учебные данные готовы: {schools}.", icon=":material/check:")
    st.rerun()
