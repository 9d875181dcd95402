"""One measure, opened: how it stands, what is to be done, proofs, problem fields, its place in the roadmap."""

from __future__ import annotations

import streamlit as st

from core.charts.measure_styles import MEASURE_STYLES, OVERDUE_BADGE, Badge
from core.errors import NotAllowed, NotFound
from core.planning.detail import MeasureDetail, measure_detail
from core.planning.tables import MeasureKind
from core.words import day, number, plural
from pages.plan.roadmap_parts.address import SCREEN, close_measure, open_roadmap
from pages.plan.roadmap_parts.measure_evidence import show_evidence
from pages.plan.roadmap_parts.measure_fields import show_fields
from pages.plan.roadmap_parts.measure_people import show_co_owners
from pages.plan.roadmap_parts.measure_place import show_place
from pages.plan.roadmap_parts.measure_update import show_update
from pages.plan.roadmap_parts.wording import condition_words, owner_words, today
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.session import read
from pages.widgets.texts import plain

_MANY_CHECKS = 6


def show_measure(measure_id: int) -> None:
    """Show the measure; for one that does not exist or is out of scope, say so."""
    try:
        detail = read(measure_detail, measure_id, today())
    except (NotFound, NotAllowed):
        empty_state("Такого мероприятия нет", "Оно удалено или вам не видно.")
        st.button("Назад", key=f"{SCREEN}_measure_back", icon=":material/arrow_back:", on_click=close_measure)
        return
    row = detail.row
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Назад", key=f"{SCREEN}_measure_back", icon=":material/arrow_back:", on_click=close_measure)
        if row.kind is MeasureKind.MEASURE:
            colour: Badge = OVERDUE_BADGE if row.is_overdue else MEASURE_STYLES[row.status].badge
            st.badge(condition_words(row), color=colour)
        if detail.sees_roadmap:
            st.button(
                "Вся карта", key=f"{SCREEN}_measure_roadmap", icon=":material/checklist:", on_click=open_roadmap,
                args=(row.roadmap_id,),
            )
        link_to("recommendations", "Цепочка", {"chain_measure": str(measure_id)})
        st.caption(plain(f"{detail.roadmap.title} · {detail.organisation}"))
    st.subheader(plain(f"{row.number} {row.title}"), anchor=False)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if row.kind is MeasureKind.GROUP:
            st.info("Это раздел: ход складывается из его мероприятий.", icon=":material/account_tree:")
        elif detail.may_update:
            show_update(detail)
        else:
            st.caption("Ход отмечают исполнители и те, кто ведёт карту.")
        show_evidence(detail)
    with right:
        _show_facts(detail)
        show_fields(detail)
        if detail.may_edit:
            show_co_owners(detail)
            show_place(detail)


def _show_facts(detail: MeasureDetail) -> None:
    row = detail.row
    with st.container(border=True, gap="xsmall"):
        _line("Срок", row.deadline_text or "не указан")
        if row.explanation:
            st.caption(plain(f"Понято так: {row.explanation}"))
        if row.hint and row.hint not in row.explanation:
            st.caption(plain(row.hint))
        if row.check_dates:
            st.caption(plain(f"Проверки: {_checks(detail)}"))
        if row.former_deadline:
            st.caption(plain(f"Прежний срок: {row.former_deadline}"))
        _line("Исполнители", owner_words(row) or "не указаны")
        if row.is_owner_gone:
            st.warning(
                "Исполнитель больше не работает в организации: выберите другого в таблице.",
                icon=":material/person_off:",
            )
        others = [part for part in (row.co_owners, ", ".join(row.co_owner_names)) if part]
        if others:
            _line("Соисполнители", "; ".join(others))
        _line("Показатель", _indicator(detail))
        if row.expected_result:
            _line("Ожидаемый результат", row.expected_result)
        if row.status_note:
            _line("Примечание", row.status_note)
        if row.done_on is not None:
            _line("Выполнено", day(row.done_on))


def _checks(detail: MeasureDetail) -> str:
    dates = detail.row.check_dates
    shown = ", ".join(day(one) for one in dates[:_MANY_CHECKS])
    rest = len(dates) - _MANY_CHECKS
    return f"{shown} и ещё {plural(rest, 'день', 'дня', 'дней')}" if rest > 0 else shown


def _indicator(detail: MeasureDetail) -> str:
    row = detail.row
    if not row.indicator:
        return "не указан"
    if row.target is None:
        return row.indicator
    share = " %" if row.unit == "%" else ""
    unit = f"{row.unit}: " if row.unit and not share else ""
    value = f"{_amount(row.value)}{share}" if row.value is not None else "пока не вписано"
    return f"{row.indicator} ({unit}цель {_amount(row.target)}{share}, достигнуто {value})"


def _amount(value: float) -> str:
    """Return a number with one decimal, none where it is whole."""
    return number(value, 0 if value == round(value) else 1)


def _line(heading: str, text: str) -> None:
    st.markdown(f"**{heading}.** {plain(text)}")
