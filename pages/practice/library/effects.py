"""Results before and after in the classes that applied a practice: numbers, interval, caution."""

from __future__ import annotations

import streamlit as st

from core.practice.effect import PracticeEffect, effects_of
from core.practice.effect_words import CAUTION, beyond_words, points
from core.practice.library import PracticeCard
from core.practice.practices import practice_steps
from core.words import percent
from pages.practice.library.address import SCREEN
from pages.practice.library.passports import effect_passport
from pages.widgets.downloads import download_workbook
from pages.widgets.passport import show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("key", "Что измерено", width=140),
    Column("works", "Работы до и после", width=170),
    Column("before", "Было", width=85),
    Column("after", "Стало", width=80),
    Column("change", "Изменение, п. п.", width=130),
    Column("others", "У других, п. п.", width=110),
    Column("beyond", "Сравнение с другими", width=165),
    Column("reserve", "Оговорки", width=175),
)
_FILE_COLUMNS = (
    Column("key", "Что измерено"), Column("before_work", "Работа до"), Column("after_work", "Работа после"),
    Column("pupils", "Кто"), Column("classes", "Классов", "integer"), Column("p0", "Было", "percent"),
    Column("n0", "Участников до", "integer"), Column("p1", "Стало", "percent"),
    Column("n1", "Участников после", "integer"), Column("d", "Изменение", "percent"), Column("low", "от", "percent"),
    Column("high", "до", "percent"), Column("o", "У остальных", "percent"),
    Column("dd", "Разность изменений", "percent"), Column("dd_low", "её от", "percent"),
    Column("dd_high", "до ", "percent"), Column("reserve", "Оговорки"),
)


def show_effects(card: PracticeCard) -> None:
    """Show the change where works before and after are stored; what a decision kept, to those who do not see them."""
    st.subheader("Результаты до и после", anchor=False)
    effects = read(effects_of, card.id)
    kept = [step for step in read(practice_steps, card.id) if step.effects]
    if not effects and not kept:
        st.caption(
            "Результатов до и после пока нет. Нужны две работы с этим элементом содержания: до того, как класс начал "
            "применять практику, и после; укажите класс автора или отметьте «Я применил у себя»."
        )
        return
    st.warning(plain(CAUTION), icon=":material/balance:")
    if not effects:
        st.caption("Результаты этих классов вам не открыты. Изменение, каким оно было на день решения:")
        for effect in kept[-1].effects:
            st.markdown(plain(f"{effect.get('words', '')}."))
        return
    passport = effect_passport(f"практика «{card.title}»: работы классов, в которых её применили")
    show_table(
        f"{SCREEN}_effects", Table("Результаты до и после", _COLUMNS, [_row(one) for one in effects]), lines=3,
        download=False,
    )
    with st.container(horizontal=True):
        table = Table("Результаты до и после", _FILE_COLUMNS, [_file_row(one) for one in effects])
        download_workbook(f"{SCREEN}_effects_xlsx", "Результаты до и после", [table.sheet(passport.notes())])
        show_passport(passport)


def _row(one: PracticeEffect) -> Row:
    applied = one.applied
    return {
        "key": one.key, "works": f"{one.before_work} → {one.after_work}",
        "before": f"{percent(applied.before.facility)}, n\u00a0{applied.before.participants}",
        "after": f"{percent(applied.after.facility)}, n\u00a0{applied.after.participants}",
        "change": f"{points(applied.difference)} (от {points(applied.low)} до {points(applied.high)})",
        "others": points(one.others.difference) if one.others else "сравнить не с кем",
        "beyond": f"{beyond_words(one.beyond)} (от {points(one.beyond.low)} до {points(one.beyond.high)})"
        if one.beyond else "",
        "reserve": "; ".join(reservations(one)),
    }


def reservations(one: PracticeEffect) -> list[str]:
    """Return what makes the comparison less certain, in words."""
    found = [] if one.same_pupils else ["другие ученики: та же параллель школы в прежней работе"]
    if one.reservation:
        found.append(one.reservation)
    if min(one.applied.before.participants, one.applied.after.participants) < 10:
        found.append("малая выборка")
    return found


def _file_row(one: PracticeEffect) -> Row:
    applied, beyond = one.applied, one.beyond
    return {
        "key": one.key, "before_work": one.before_work, "after_work": one.after_work,
        "pupils": "те же ученики" if one.same_pupils else "та же параллель", "classes": one.classes,
        "p0": applied.before.facility, "n0": applied.before.participants, "p1": applied.after.facility,
        "n1": applied.after.participants, "d": applied.difference, "low": applied.low, "high": applied.high,
        "o": one.others.difference if one.others else None, "dd": beyond.difference if beyond else None,
        "dd_low": beyond.low if beyond else None, "dd_high": beyond.high if beyond else None,
        "reserve": "; ".join(reservations(one)),
    }
