"""Five numbers, and the three fields that need somebody most."""

from __future__ import annotations

import streamlit as st

from core.analysis.problem_fields import FoundField
from core.analysis.status import Status
from core.words import academic_year, number, percent, plural
from pages.analyse.fields.wording import field_address, finding_sign, key_words, reach_words, short_share, unit_words
from pages.glance.overview_parts.year import Year
from pages.widgets.figures import Figure, show_figures
from pages.widgets.links import link_to
from pages.widgets.texts import plain

_SHOWN = 3


def show_numbers(year: Year) -> None:
    """Show the five numbers of the year."""
    participants = sum(work.participants for work in year.works)
    show_figures([
        Figure("Работ за год", number(len(year.works)), note=f"{academic_year(year.year)} учебный год"),
        Figure(
            "Результатов", number(participants),
            note="без работ, где они скрыты" if any(work.hidden for work in year.works)
            else "участник считается в каждой работе",
            help="Сумма участников всех работ года: один ученик пишет несколько работ.",
        ),
        Figure(
            "Школ", number(year.size.schools), note=plural(year.size.classes, "класс", "класса", "классов"),
        ),
        Figure(
            "Достоверных полей", number(year.surely), note=f"всего найдено: {number(len(year.fields))}",
            help="Элементы содержания, выполнение которых ниже порога с вероятностью от 0,975.",
        ),
        Figure(
            "Системных", number(year.systemic), note=f"повторяются с прошлых лет: {number(year.repeated)}",
            help="Поле есть у половины классов подразделения и больше, не меньше чем у двух.",
        ),
    ])


def show_worst(year: Year) -> None:
    """Show three fields with one action each: first those without a decision, then the surest, the most serious."""
    st.subheader("Что требует внимания", anchor=False)
    first = _each_once(sorted(year.fields, key=_urgency))[:_SHOWN]
    if not first:
        st.success("Полей ниже порога в этом году не найдено.", icon=":material/check_circle:")
    for one in first:
        _show_field(one)


def _urgency(one: FoundField) -> tuple[bool, bool, float]:
    return one.review is not None, one.field.status is not Status.SURELY_BELOW, -one.field.severity.total


def _each_once(fields: list[FoundField]) -> list[FoundField]:
    """Return the first field of each element of each work, so that three different things are shown."""
    first: dict[tuple[int, str], FoundField] = {}
    for one in fields:
        first.setdefault((one.work.assessment_id, one.field.key), one)
    return list(first.values())


def _show_field(one: FoundField) -> None:
    field = one.field
    name = key_words(one)
    with st.container(border=True, gap="xxsmall"):
        left, right = st.columns([5, 2], vertical_alignment="center")
        with left:
            st.markdown(f":red[**{finding_sign(one)}**] **{plain(name[:1].upper() + name[1:])}**")
            repeats = f", повторяется с {min(field.repeats)} года" if field.repeats else ""
            numbers = f"{short_share(one)}, порог {percent(field.threshold, 0)}; {reach_words(one)}{repeats}"
            st.caption(f"{plain(f'{one.work.name} · {unit_words(one)}')}  \n{plain(numbers)}")
        with right:
            link_to(
                "problem-fields", "Разобрать" if one.review is None else "Открыть", {"fields_key": field_address(one)}
            )
