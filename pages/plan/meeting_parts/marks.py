"""Three buttons and a note: what becomes of a measure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.errors import InvalidInput
from core.planning.hearing import hear_item
from core.planning.measures import MeasureRow
from core.planning.statuses import MeasureStatus
from core.planning.tables import IndicatorKind
from core.planning.updating import Update, update_measure
from core.words import number
from pages.plan.meeting_parts.address import TYPED, follow
from pages.plan.meeting_parts.pace import is_second_click, page_turned
from pages.widgets.acting import act, refuse, typed
from pages.widgets.once import write_once

REASONS = ("болезнь исполнителя", "не хватило времени", "ждём другую организацию", "нет средств")
"""Reasons that meetings hear most often: one touch instead of typing."""
PARTS = (10, 25, 50, 75, 90)
"""Per cent, one touch each."""
MARKED = "meeting_marked"
"""Where the session keeps the measure that was marked last."""
_FIELDS = ("note", "reason", "part", "term", "value")


@dataclass(frozen=True, slots=True)
class Target:
    """What the buttons change: a measure as it was on the screen, and the item of the agenda where it stands."""

    row: MeasureRow
    done_status: MeasureStatus
    item_id: int | None
    turns_page_of: int | None = None
    """The meeting in which a mark puts the next item on the screen of everybody."""

    def key(self, name: str) -> str:
        """Return the key of a field."""
        return f"{TYPED}{name}_{self.row.id}"


def show_marks(target: Target, *, shortcuts: bool = False) -> None:
    """Show the note with its ready reasons, and the three buttons with what is rarer behind a fourth.

    On a phone the buttons stand above the note (assets of this screen): there they are wanted first.
    """
    with st.container(key=f"meeting_three_{target.row.id}", gap="small"):
        with st.container(gap="xsmall"):
            _fields(target)
        _buttons(target, shortcuts=shortcuts)


def _buttons(target: Target, *, shortcuts: bool) -> None:
    done = "Выполнено" if target.done_status is MeasureStatus.DONE else "Выполнено с опозданием"
    places = st.columns([4, 3, 3, 1.5])
    buttons = (
        (done, ":material/check_circle:", target.done_status, "1", "primary"),
        ("В работе", ":material/timelapse:", MeasureStatus.IN_PROGRESS, "2", "secondary"),
        ("Перенести", ":material/event_repeat:", MeasureStatus.POSTPONED, "3", "secondary"),
    )
    for place, (label, icon, status, shortcut, kind) in zip(places, buttons, strict=False):
        place.button(
            label, key=f"meeting_mark_{status.name}_{target.row.id}", icon=icon,
            type="primary" if kind == "primary" else "secondary", width="stretch",
            shortcut=shortcut if shortcuts else None, on_click=_mark, args=(target, status),
        )
    with places[3], st.popover("Ещё", width="stretch"):
        rarer = [MeasureStatus.NOT_DONE, MeasureStatus.CANCELLED]
        if target.done_status is not MeasureStatus.DONE:
            rarer.insert(0, MeasureStatus.DONE)
        for status in rarer:
            label = "Выполнено в срок" if status is MeasureStatus.DONE else status.value.capitalize()
            st.button(
                label, key=f"meeting_mark_{status.name}_{target.row.id}", width="stretch", on_click=_mark,
                args=(target, status),
            )


def _fields(target: Target) -> None:
    has_value = target.row.indicator_kind is IndicatorKind.NUMBER
    places = st.columns([5, 3, 2] if has_value else [5, 3])
    places[0].text_input(
        "Примечание", key=target.key("note"), placeholder="Примечание: что сделано или почему нет", max_chars=2000,
        label_visibility="collapsed", persist_state="session",
    )
    places[1].text_input(
        "Новый срок", key=target.key("term"), placeholder="Новый срок для переноса: до 15 декабря", max_chars=500,
        label_visibility="collapsed", persist_state="session",
    )
    if has_value:
        places[2].number_input(
            "Достигнуто", key=target.key("value"), value=None, label_visibility="collapsed",
            placeholder=_reached(target.row), persist_state="session",
        )
    left, right = st.columns([5, 3])
    left.pills("Причина", REASONS, key=target.key("reason"), label_visibility="collapsed", persist_state="session",
               wrap=True)
    right.pills(
        "Выполнение", PARTS, key=target.key("part"), format_func=lambda part: f"{part}\u00a0%",
        label_visibility="collapsed", persist_state="session", wrap=True,
    )


def _mark(target: Target, status: MeasureStatus) -> None:
    """Carry out one click: once, whatever is clicked twice; nothing typed is lost when it is refused."""
    if is_second_click():
        return
    term = typed(target.key("term"))
    if status is MeasureStatus.POSTPONED and not term:
        refuse(InvalidInput("Не указан новый срок.", "Впишите его рядом с примечанием и нажмите «Перенести» ещё раз."))
        return
    value = st.session_state.get(target.key("value"))
    part = st.session_state.get(target.key("part"))
    update = Update(
        status, _note(target),
        progress=int(part) if isinstance(part, int) and status is MeasureStatus.IN_PROGRESS else None,
        value=float(value) if isinstance(value, int | float) else None,
        new_deadline=term if status is MeasureStatus.POSTPONED else "",
    )
    st.session_state[MARKED] = target.row.id
    said = f"«{_short(target.row.title)}»: {status.value}."
    if act(partial(_store, target, update), said) is None:
        return
    for name in _FIELDS:
        st.session_state.pop(target.key(name), None)
    if target.turns_page_of is not None:
        follow(target.turns_page_of)
        page_turned()


def _store(target: Target, update: Update) -> int:
    row = target.row
    intention = f"mark|{target.item_id}|{row.id}|{row.version}|{update.status.name}"
    if target.item_id is not None:
        return write_once(intention, hear_item, target.item_id, update, row.version)
    return write_once(intention, update_measure, row.id, update, row.version)


def _note(target: Target) -> str:
    """Return the note: the ready reason, and what was typed."""
    reason = typed(target.key("reason"))
    parts = [part for part in (reason[:1].upper() + reason[1:], typed(target.key("note"))) if part]
    return ". ".join(parts)


def _reached(row: MeasureRow) -> str:
    """Return what has been reached so far: it stands in the empty field, so that only a new number is saved."""
    now = "" if row.value is None else f": {number(row.value, 1)}"
    return f"Достигнуто{now}{f' {row.unit}' if row.unit else ''}"


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
