"""How a measure goes: status with its note, progress, day, value of the indicator, a new deadline."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.charts.measure_styles import measure_words
from core.planning.detail import MeasureDetail, is_done_late
from core.planning.measures import MeasureRow
from core.planning.statuses import DONE_STATUSES, NOTE_REQUIRED, MeasureStatus
from core.planning.tables import IndicatorKind
from core.planning.updating import Update, update_measure
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.wording import today
from pages.widgets.acting import act
from pages.widgets.session import read, write
from pages.widgets.texts import plain

_SHOWN = f"{SCREEN}_shown_measure"


def show_update(detail: MeasureDetail) -> None:
    """Show the form. Whatever is refused, and whatever a colleague does meanwhile, what was typed stays in it."""
    row = detail.row
    if st.session_state.get(_SHOWN) != row.id:
        st.session_state[_SHOWN] = row.id
        forget_form(row.id)
    seen = int(st.session_state.setdefault(_seen(row.id), row.version))
    if seen != row.version:
        st.warning(
            f"Пока форма была открыта, мероприятие изменил кто-то другой: сейчас «{row.status.value}», "
            f"ход {row.progress} %. Введённое вами осталось в форме.", icon=":material/group:",
        )
        st.button(
            "Я посмотрел, записать моё", key=f"{SCREEN}_again_{row.id}", on_click=_look, args=(row.id, row.version)
        )
    # A change of the stored row gives the fields new keys only when the form was saved: else they keep what was typed.
    name = f"{row.id}_{seen}"
    status = st.pills(
        "Отметить ход", list(MeasureStatus), format_func=measure_words, default=row.status, required=True,
        key=f"{SCREEN}_status_{name}", wrap=True,
    ) or row.status
    must = status in NOTE_REQUIRED
    st.text_area(
        "Примечание (обязательно: почему)" if must else "Примечание", value=row.status_note, max_chars=2000, height=72,
        key=f"{SCREEN}_note_{name}",
    )
    first, second, third = st.columns(3, vertical_alignment="bottom")
    done_on = None
    with first:
        if status in DONE_STATUSES:
            chosen = st.date_input(
                "Дата выполнения", row.done_on or today(), format="DD.MM.YYYY", key=f"{SCREEN}_done_{name}"
            )
            done_on = chosen if isinstance(chosen, date) else None
        else:
            st.number_input("Ход, %", 0, 100, row.progress, 5, key=f"{SCREEN}_progress_{name}")
    with second:
        if row.indicator_kind is IndicatorKind.NUMBER and row.indicator:
            unit = f", {row.unit}" if row.unit else ""
            st.number_input(f"Достигнуто{unit}", value=row.value, key=f"{SCREEN}_value_{name}")
    with third:
        if status is MeasureStatus.POSTPONED:
            st.text_input("Новый срок", key=f"{SCREEN}_deadline_{name}", placeholder="Например: до 15 декабря")
    if status in DONE_STATUSES:
        for caution in detail.cautions:
            st.caption(plain(f"⚠ {caution}"))
        if status is MeasureStatus.DONE and read(is_done_late, row.id, done_on or today()):
            st.caption("⚠ В этот день срок уже прошёл: скорее «выполнено с опозданием», с примечанием почему.")
    st.button(
        "Сохранить ход", key=f"{SCREEN}_save_{row.id}", type="primary", icon=":material/save:", on_click=_save,
        args=(row, name, seen),
    )


def leave_form() -> None:
    """Forget which form was open: the next measure that is opened begins afresh."""
    st.session_state.pop(_SHOWN, None)


def forget_form(measure_id: int) -> None:
    """Let the form begin anew with the stored values: after one's own change of the measure elsewhere."""
    st.session_state.pop(_seen(measure_id), None)


def _seen(measure_id: int) -> str:
    """Return the key of the version that the user saw when the form opened."""
    return f"{SCREEN}_seen_{measure_id}"


def _look(measure_id: int, version: int) -> None:
    """Go on with what was typed, over the version that the user has looked at now."""
    former = st.session_state[_seen(measure_id)]
    for field in ("status", "note", "done", "progress", "value", "deadline"):
        key = f"{SCREEN}_{field}_{measure_id}_{former}"
        if key in st.session_state:
            st.session_state[f"{SCREEN}_{field}_{measure_id}_{version}"] = st.session_state[key]
    st.session_state[_seen(measure_id)] = version


def _save(row: MeasureRow, name: str, seen: int) -> None:
    work = partial(write, update_measure, row.id, _typed_update(row, name), seen, today())
    if act(work, "Ход мероприятия отмечен.") is not None:
        forget_form(row.id)


def _typed_update(row: MeasureRow, name: str) -> Update:
    """Return what stands in the fields at the click, also what was typed just before it; unseen fields stay stored."""
    kept = {
        field: st.session_state[key]
        for field in ("status", "note", "done", "progress", "value", "deadline")
        if (key := f"{SCREEN}_{field}_{name}") in st.session_state
    }
    status = MeasureStatus(kept.get("status") or row.status)
    is_done = status in DONE_STATUSES
    chosen = kept.get("done", row.done_on or today())
    return Update(
        status, str(kept.get("note", row.status_note) or ""),
        None if is_done else int(kept.get("progress", row.progress)),
        chosen if is_done and isinstance(chosen, date) else None, kept.get("value", row.value),
        str(kept.get("deadline") or "") if status is MeasureStatus.POSTPONED else "",
    )
