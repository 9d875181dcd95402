"""Problem fields to which a measure answers, with a way back to each."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.scope import Action
from core.planning.detail import MeasureDetail
from core.planning.field_choice import confirmed_fields
from core.planning.field_links import LinkedField, link_field, unlink_field
from core.words import interval, percent, plural
from pages.plan.roadmap_parts.address import SCREEN
from pages.widgets.acting import act
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read, write
from pages.widgets.texts import plain


def show_fields(detail: MeasureDetail) -> None:
    """Show the fields with their numbers of the day of linking; who keeps the roadmap adds and removes them."""
    may_choose = detail.may_edit and current_scope().allows(Action.VIEW)
    if not detail.fields and not may_choose:
        return
    st.markdown("**Проблемные поля**")
    if not detail.fields:
        st.caption("Мероприятие пока не связано с проблемными полями.")
    for one in detail.fields:
        st.markdown(plain(f"{one.label[:1].upper()}{one.label[1:]}{_numbers(one)}"))
        with st.container(horizontal=True):
            if one.may_open:
                link_to("problem-fields", "К полю", {"fields_key": _address(one)})
            if may_choose:
                st.button(
                    "Отвязать", key=f"{SCREEN}_unlink_{one.id}", icon=":material/link_off:", on_click=act,
                    args=(partial(write, unlink_field, one.id), "Поле отвязано, запись осталась в журнале."),
                )
    if may_choose:
        _show_linking(detail)


def _show_linking(detail: MeasureDetail) -> None:
    linked = {one.review_id for one in detail.fields}
    fields = {one.review_id: one.label for one in read(confirmed_fields) if one.review_id not in linked}
    if not fields:
        return
    key = f"{SCREEN}_field_{detail.row.id}"
    chosen = st.selectbox(
        "Связать с подтверждённым полем", list(fields), index=None, format_func=lambda one: fields.get(one, ""),
        key=key, placeholder="Выберите поле",
    )
    if chosen is not None:
        st.button(
            "Связать", key=f"{SCREEN}_link_field_{detail.row.id}", icon=":material/link:", on_click=act,
            args=(partial(write, link_field, detail.row.id, chosen), "Поле связано с мероприятием.", (key,)),
        )


def _numbers(one: LinkedField) -> str:
    if one.facility is None or one.low is None or one.high is None:
        return ""
    count = plural(one.participants or 0, "участник", "участника", "участников")
    return f": было {percent(one.facility, 0)} ({interval(one.low, one.high, 0)}, {count})"


def _address(one: LinkedField) -> str:
    """Return the field as the screen of problem fields names it in its address."""
    return "|".join((str(one.assessment_id), one.unit, one.kind, one.key))
