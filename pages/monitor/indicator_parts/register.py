"""«Проблемные поля»: what became of the confirmed ones, and the change after measures."""

from __future__ import annotations

import streamlit as st

from core.monitoring.effect_words import change_words, comparison_words, outcome_words
from core.monitoring.effects import CAUTION, FieldEffect, Outcome, field_register
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.links import link_to
from pages.widgets.passport import Passport, show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_PASSPORT = Passport(
    audience="директору, методисту, муниципальному специалисту",
    source="подтверждённые проблемные поля, более поздние работы той же процедуры и предмета, выполненные мероприятия",
    method="организация сравнивается в той же параллели, класс – сам с собой на класс старше; интервал изменения по "
    "Ньюкомбу, разность изменений – по MOVER (Цзоу и Доннер, 2008); снято – в последней сопоставимой работе поля нет",
    limits=(CAUTION, "Школы, результаты которых скрыты, в сравнение не входят."),
    procedure="ВПР",
)


def show_register(organisation_id: int) -> None:
    """Show the register of a unit with everything below it."""
    rows: tuple[FieldEffect, ...] = read(field_register, organisation_id)
    if not rows:
        st.info("Подтверждённых проблемных полей пока нет.", icon=":material/info:")
        link_to("problem-fields", "Проблемные поля")
        return
    counts = {outcome: sum(row.outcome is outcome for row in rows) for outcome in Outcome}
    st.caption(plain(" · ".join(f"{one.sign} {one.value}: {count}" for one, count in counts.items() if count)))
    table = Table("Реестр проблемных полей", (
        Column("label", "Поле", width=140, pinned=True), Column("unit", "Где", width=160),
        Column("work", "Работа", width=140), Column("outcome", "Что стало", width=120),
        Column("change", "Изменение в этой организации", width=200),
        Column("measures", "После мероприятий и без них", width=420), Column("reservation", "Оговорка", width=240),
    ), [
        {"label": row.label, "unit": row.unit_name, "work": row.before_work, "outcome": outcome_words(row),
         "change": change_words(row.unit), "measures": comparison_words(row), "reservation": row.reservation}
        for row in rows
    ])
    show_table(f"{SCREEN}_fields", table, lines=4)
    show_passport(_PASSPORT)
    st.caption(plain(CAUTION))
    keys = {row.key: row for row in sorted(rows, key=lambda row: row.measures == 0)}
    chosen = st.selectbox(
        "Поле подробно", list(keys), key=f"{SCREEN}_chain",
        format_func=lambda key: f"{keys[key].label}, {keys[key].unit_name}, {keys[key].before_work}",
    )
    if chosen is not None:
        row = keys[chosen]
        st.markdown(plain(f"Стало: {outcome_words(row)}. Здесь: {change_words(row.unit)}."))
        st.markdown(plain(f"Мероприятия: {comparison_words(row)}."))
        link_to("recommendations", "Вся цепочка этого поля", {"chain": chosen})
