"""Five numbers, each with its interval where it is a share, and its change where that is more than chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import streamlit as st

from core.glance.numbers import (
    indicators_met,
    may_count_help,
    measures_kept,
    recommendations_answered,
    teachers_with_help,
)
from core.glance.portion import Number, Portion
from core.monitoring.passport_tables import Direction
from core.monitoring.trend import Move
from core.people.academic_year import year_name, year_on
from core.people.scope import Action
from core.people.tables import Organisation
from core.words import academic_year, interval, number, percent
from pages.glance.overview_parts.year import Year
from pages.widgets.session import current_scope, read
from pages.widgets.texts import plain

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A number with its words. `of` says what is counted: «элементы»."""

    label: str
    number: Number
    of: str
    help: str
    direction: Direction = Direction.MORE
    empty: str = ""
    """What is said where there is nothing to count."""


def show_numbers(year: Year, unit: Organisation | None) -> None:
    """Show the first five numbers that the person may see."""
    cards = [card for _place, card in zip(range(_SHOWN), _cards(year, unit), strict=False)]
    for place, (column, card) in enumerate(zip(st.columns(len(cards), gap="small"), cards, strict=True)):
        with column, st.container(border=True, height="stretch", key=f"overview_card_{place}"):
            _show(card)


def _cards(year: Year, unit: Organisation | None) -> Iterator[Card]:
    """Give the numbers in the order of their worth to a director."""
    scope, today = current_scope(), date.today()
    yield Card(
        "Результаты пришли", year.came, "наборы",
        f"Набор — работа в школе, {academic_year(year.year)} учебный год. Школа должна прислать работу, если "
        "прислала другую в той же параллели.",
    )
    yield Card(
        "Западающие элементы", year.low, "элементы",
        "Элементы содержания, выполнение которых хотя бы в одном классе, школе или по муниципалитету достоверно ниже "
        "порога (вероятность от 0,975). С прошлым годом сравниваются только элементы, которые есть в работах обоих "
        "лет по тому же предмету и классу.",
        Direction.LESS,
    )
    if scope.allows(Action.VIEW_ROADMAPS):
        yield Card(
            "Выполнено в срок", read(measures_kept, today), "мероприятия",
            f"Мероприятия дорожных карт, срок которых наступил в {year_name(year_on(today))} учебном году.",
            empty="сроки ещё не наступили",
        )
    if may_count_help(scope):
        yield Card(
            "Педагоги с помощью", read(teachers_with_help, today), "педагоги",
            "С 1 сентября: наставник, курсы, маршрут, посещение урока, мероприятие или ответ на вопрос; прошлый год — "
            "по тот же день.",
            empty="педагогов в списке нет",
        )
    if scope.allows(Action.VIEW_INDICATORS) and unit is not None and scope.sees_organisation(unit.id or 0):
        yield Card(
            "Показатели с планом", read(indicators_met, unit.id or 0, year.year), "значения",
            f"Сколько показателей {academic_year(year.year)} отчётного года достигли плана или не отличимы от него.",
            empty="планы показателей не заданы",
        )
    if scope.allows(Action.VIEW_RECOMMENDATIONS):
        yield Card(
            "Рекомендации с ответом", read(recommendations_answered, today), "отправленные",
            f"Рекомендации, отправленные в {year_name(year_on(today))} учебном году.",
            empty="рекомендаций не отправляли",
        )
    decided = sum(one.review is not None for one in year.fields)
    yield Card(
        "Поля с решением", Number(Portion(decided, len(year.fields))), "найденные поля",
        "По скольким проблемным полям принято решение: подтверждено или отклонено.",
    )


def _show(card: Card) -> None:
    now = card.number.now
    fact = now.fact
    st.metric(plain(card.label), f"{number(now.part)} из {number(now.whole)}" if now.whole else "—", help=card.help)
    if fact is None:
        st.caption(plain(f"{card.of}: {card.empty or 'нечего считать'}"))
        return
    limits = interval(fact.low / 100, fact.high / 100, 0)
    st.caption(f"{plain(card.of)}, {percent(now.part / now.whole, 0)} ({limits})  \n{_change(card)}")


def _change(card: Card) -> str:
    """Return the change in words, coloured where it is worse or better; the words say the same."""
    change, compared = card.number.change, card.number.compared
    if compared is None or change.move is Move.UNKNOWN:
        return "год назад не с чем сравнить"
    before = f"{number(compared[0].part)} из {number(compared[0].whole)}"
    if change.move is Move.SAME:
        return f"≈ как год назад: {before}"
    sign = change.sign(card.direction)
    return f":{'red' if 'хуже' in sign else 'green'}[{sign}], было {before}"
