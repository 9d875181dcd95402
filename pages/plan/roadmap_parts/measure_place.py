"""Where a measure stands: another number, or one step with the buttons."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.detail import MeasureDetail
from core.planning.moving import Step, move_step, move_to_number
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.measure_update import forget_form
from pages.widgets.acting import act, typed
from pages.widgets.session import write

_BUTTONS = {
    Step.UP: ("Выше", ":material/arrow_upward:"),
    Step.DOWN: ("Ниже", ":material/arrow_downward:"),
    Step.IN: ("Вложить", ":material/format_indent_increase:"),
    Step.OUT: ("Вынести", ":material/format_indent_decrease:"),
}


def show_place(detail: MeasureDetail) -> None:
    """Show the number to type and the buttons; everything below the measure moves with it."""
    row = detail.row
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**Место в карте: {row.number.rstrip('.')}**")
        with st.container(horizontal=True, gap="xsmall"):
            for step, (label, icon) in _BUTTONS.items():
                st.button(
                    label, key=f"{SCREEN}_step_{step.name}_{row.id}", icon=icon, on_click=_move,
                    args=(detail, partial(write, move_step, row.roadmap_id, row.id, step, row.version)),
                    help=f"Переместить: {step.value}.",
                )
        number, button = st.columns([2, 1], vertical_alignment="bottom")
        with number:
            field = f"{SCREEN}_number_{row.id}"
            st.text_input("Новый номер", key=field, placeholder="Например: 5.1.2")
        with button:
            st.button(
                "Переместить", key=f"{SCREEN}_move_{row.id}", width="stretch", on_click=_move_to, args=(detail, field),
            )


def _move_to(detail: MeasureDetail, field: str) -> None:
    row = detail.row
    _move(detail, partial(write, move_to_number, row.roadmap_id, row.id, typed(field), row.version), (field,))


def _move(detail: MeasureDetail, work: partial[dict[int, str]], forget: tuple[str, ...] = ()) -> None:
    measure_id = detail.row.id
    before = detail.row.number

    def told(numbers: dict[int, str]) -> str:
        now = numbers[measure_id].rstrip(".")
        return f"Теперь это пункт {now}." if numbers[measure_id] != before else "Дальше перемещать некуда."

    if act(work, told, forget) is not None:
        forget_form(measure_id)
