"""The decision on a field: confirm with a cause or reject with a remark; its history; conflicts shown kindly."""

from __future__ import annotations

import streamlit as st

from core.analysis.causes import causes, check_of
from core.analysis.field_detail import field_history
from core.analysis.problem_fields import FoundField
from core.analysis.reviewing import review_field, withdraw_review
from core.analysis.tables import FieldReview, ReviewState
from core.errors import QualityError
from core.people.scope import Action
from core.people.suppression import Hidden
from core.words import interval, kept_value, moment, percent, plural
from pages.analyse.fields.address import SCREEN
from pages.widgets.refusals import show_refusal
from pages.widgets.session import current_scope, read, time_zone, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_STATES = {"Подтвердить": ReviewState.CONFIRMED, "Отклонить": ReviewState.REJECTED}
_SHOWN = f"{SCREEN}_shown"
_HISTORY = (
    Column("at", "Когда", width=140),
    Column("actor", "Кто", width=200),
    Column("what", "Что", width=150),
    Column("old", "Было", width=260),
    Column("new", "Стало", width=260),
)
_FIELDS = {
    "state": "решение", "cause": "причина", "remark": "примечание", "facility": "выполнение", "low": "интервал от",
    "high": "интервал до", "participants": "участников", "decided_by": "кто решил", "deleted_at": "снято",
}


def show_decision(one: FoundField, name: str) -> None:
    """Show the standing decision or the form; `name` tells the field from others in keys of widgets."""
    st.subheader("Решение", anchor=False)
    standing = one.review
    if standing is not None:
        _show_standing(standing, one.are_numbers_shown)
    if st.session_state.get(_SHOWN) != name:
        st.session_state[_SHOWN] = name
        _close_form(name)
    if not current_scope().allows(Action.CONFIRM_FIELDS):
        st.caption("Решать о проблемных полях может методист, руководитель объединения или заместитель директора.")
    elif standing is None or _seen(name) in st.session_state:
        _show_form(one, name)
    else:
        with st.container(horizontal=True):
            st.button("Изменить решение", key=f"{SCREEN}_open_{name}", on_click=_look, args=(standing, name))
            if st.button("Снять решение", key=f"{SCREEN}_withdraw_{name}", icon=":material/undo:"):
                _withdraw(standing)
    if standing is not None and standing.id is not None and one.are_numbers_shown:
        _show_history(standing.id)


def leave_decision() -> None:
    """Forget which form was open: the next field that is opened begins afresh."""
    st.session_state.pop(_SHOWN, None)


def _seen(name: str) -> str:
    """Return the key of what the user saw when the form opened: the version of the decision, None for no decision.

    A colleague's decision that comes meanwhile must not pass for one that the user has seen.
    """
    return f"{SCREEN}_seen_{name}"


def _look(review: FieldReview | None, name: str) -> None:
    st.session_state[_seen(name)] = review.version if review else None


def _close_form(name: str) -> None:
    st.session_state.pop(_seen(name), None)


def _show_standing(review: FieldReview, are_numbers_shown: bool) -> None:
    when = moment(review.decided_at, time_zone())
    words = f"**{review.state.value.capitalize()}** — {plain(review.decided_by)}, {when}."
    if review.cause:
        words += f" Причина: {plain(review.cause)}."
    if review.remark:
        words += f" {plain(review.remark)}"
    st.markdown(words)
    if not are_numbers_shown:
        st.caption(f"Числа на момент решения и его история: {Hidden.PROTECTING.words}.")
    elif review.facility is not None and review.low is not None and review.high is not None:
        count = plural(review.participants or 0, "участник", "участника", "участников")
        st.caption(
            f"На момент решения: {percent(review.facility)} ({interval(review.low, review.high, 0)}, {count}). "
            "Эти числа сохранены вместе с решением и не меняются."
        )


def _show_form(one: FoundField, name: str) -> None:
    standing = one.review
    seen = st.session_state.setdefault(_seen(name), standing.version if standing else None)
    if seen != (standing.version if standing else None):
        st.warning(
            "Пока форма была открыта, решение принял другой пользователь — оно показано выше. Ваш текст остался в "
            "форме; чтобы решить заново, подтвердите, что посмотрели.", icon=":material/group:",
        )
        st.button("Я посмотрел, решаю заново", key=f"{SCREEN}_again_{name}", on_click=_look, args=(standing, name))
    names = [cause.name for cause in causes()]
    with st.form(f"{SCREEN}_form_{name}", border=True):
        first, second = st.columns([1, 2])
        with first:
            state = st.radio("Решение", list(_STATES), horizontal=True, key=f"{SCREEN}_state_{name}")
        with second:
            cause = st.selectbox(
                "Предполагаемая причина (можно вписать свою)", names, index=None, accept_new_options=True,
                placeholder="Выберите или впишите", key=f"{SCREEN}_cause_{name}",
            )
        remark = st.text_area(
            "Примечание (при отклонении — обязательно)", key=f"{SCREEN}_remark_{name}", height=80, max_chars=2000,
            placeholder="На чём основано решение, что обсудили, что проверить",
        )
        sent = st.form_submit_button("Сохранить решение", type="primary", icon=":material/check:")
    if cause and check_of(cause):
        st.caption(f"Чем проверить причину: {plain(check_of(cause))}.")
    if sent:
        _save(one, name, _STATES[state], cause or "", remark)


def _save(one: FoundField, name: str, state: ReviewState, cause: str, remark: str) -> None:
    try:
        write(
            review_field, assessment_id=one.work.assessment_id, unit=one.field.unit.key, kind=one.field.kind,
            key=one.field.key, state=state, cause=cause if state is ReviewState.CONFIRMED else "", remark=remark,
            seen_version=st.session_state[_seen(name)],
        )
    except QualityError as refusal:
        show_refusal(refusal)
        return
    _close_form(name)
    st.toast("Решение сохранено.", icon=":material/check:")
    st.rerun()


def _withdraw(review: FieldReview) -> None:
    try:
        write(withdraw_review, review.id or 0, review.version)
    except QualityError as refusal:
        show_refusal(refusal)
        return
    st.toast("Решение снято, поле снова ждёт решения.", icon=":material/undo:")
    st.rerun()


def _show_history(review_id: int) -> None:
    folded = st.expander("История решения", icon=":material/history:", key=f"{SCREEN}_folded", on_change="rerun")
    if not folded.open:
        return
    with folded:
        rows = [
            {
                "at": moment(line.at, time_zone()), "actor": line.actor,
                "what": f"{line.action}: {_FIELDS[line.field]}" if line.field else line.action,
                "old": kept_value(line.old, time_zone()), "new": kept_value(line.new, time_zone()),
            }
            for line in read(field_history, review_id)
            if line.field is None or line.field in _FIELDS
        ]
        show_table(f"{SCREEN}_history", Table("История решения", _HISTORY, rows), download=False)
