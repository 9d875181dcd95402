"""Marks by hand on one stage: what is there, a comment, files and links that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from core.cycle.access import may_mark
from core.cycle.cycle_tables import HandState
from core.cycle.evidence import Proven
from core.cycle.hand_marks import mark_by_hand, take_mark_back
from core.cycle.opened import HandMark, OpenedCycle
from core.cycle.overview import Checked, StageView
from core.cycle.records import Derived
from pages.glance.cycle_parts.choice import SCREEN
from pages.glance.cycle_parts.proofs import show_proofs
from pages.widgets.acting import act, typed
from pages.widgets.session import current_scope, write

_SIGNS = {HandState.DONE: "● есть", HandState.PART: "◐ частично", HandState.MISSING: "○ нет"}


def show_hand_marking(opened: OpenedCycle, view: StageView) -> None:
    """Show the form of marks of a stage to those who mark there."""
    association = view.plan.association_id if view.plan is not None else None
    if view.plan is None or not opened.is_open or not may_mark(current_scope(), opened.organisation_id, association):
        return
    things = {f"{one.side.value}: {one.item.name}": one for one in _ordered(view)}
    with st.expander("Отметить сделанное", icon=":material/edit:", expanded=_waits(view)):
        key = f"{SCREEN}_mark_{opened.id}_{view.stage.number}"
        chosen = st.selectbox("Что отмечаем", list(things), key=f"{key}_item", format_func=partial(_label, things))
        one = things[chosen]
        if one.item.derived is not Derived.MANUAL:
            st.caption("Состояние следует из записей. Ваша отметка встанет рядом и его не изменит.")
        _show_form(opened, view, one, f"{key}_{list(things).index(chosen)}")


def _show_form(opened: OpenedCycle, view: StageView, one: Checked, key: str) -> None:
    hand = one.hand
    with st.form(key, border=False):
        st.segmented_control(
            "Состояние", list(HandState), default=hand.state if hand is not None else HandState.DONE, required=True,
            format_func=_SIGNS.__getitem__, key=f"{key}_state",
        )
        st.text_area(
            "Комментарий", value=hand.comment if hand is not None else "", key=f"{key}_comment", max_chars=1000,
            height=68, placeholder="Номер и дата документа, где лежит. Имена учеников не пишите.",
        )
        st.form_submit_button(
            "Отметить" if hand is None else "Изменить отметку", type="primary", on_click=act,
            args=(partial(_mark, opened, view, one, key), "Отмечено."),
        )
    if hand is not None:
        _show_proofs(hand)


def _mark(opened: OpenedCycle, view: StageView, one: Checked, key: str) -> object:
    # In a callback the session state already holds what was typed; the value of the run before does not.
    state = HandState(st.session_state.get(f"{key}_state") or HandState.DONE)
    seen = one.hand.version if one.hand is not None else None
    return write(
        mark_by_hand, opened.id, view.stage.number, one.side, one.item.name, state, typed(f"{key}_comment"), seen
    )


def _show_proofs(hand: HandMark) -> None:
    st.markdown("**Подтверждения**")
    show_proofs(Proven(mark_id=hand.id), may_change=True)
    st.button(
        "Снять отметку", key=f"{SCREEN}_unmark_{hand.id}", icon=":material/undo:", on_click=act,
        args=(partial(write, take_mark_back, hand.id, hand.version), "Отметка снята."),
    )


def _ordered(view: StageView) -> list[Checked]:
    """Return what can be marked: what waits for people first, then the rest."""
    things = [*view.outputs, *view.inputs]
    return sorted(things, key=lambda one: (one.item.derived is not Derived.MANUAL, one.hand is not None))


def _waits(view: StageView) -> bool:
    return any(one.item.derived is Derived.MANUAL and one.hand is None for one in view.outputs)


def _label(things: Mapping[str, Checked], name: str) -> str:
    one = things[name]
    sign = _SIGNS[one.hand.state].split()[0] if one.hand is not None else one.mark.state.sign
    return f"{sign} {name}"
