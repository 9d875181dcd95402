"""One field, opened: what it is, what speaks for it, what people decided."""

from __future__ import annotations

import math

import streamlit as st

from core.analysis.comparing import compare_field
from core.analysis.field_detail import field_detail
from core.analysis.fields import ProblemField, WeakSpot
from core.analysis.problem_fields import FoundField
from core.charts.palette import WEAK_SPOT_SIGN
from core.words import interval, percent
from pages.analyse.fields.decision import show_decision
from pages.analyse.fields.evidence import show_comparison, show_groups, show_items, show_weak_spot
from pages.analyse.fields.handing_over import show_field_plans
from pages.analyse.fields.wording import key_words, reach_words, unit_words
from pages.widgets.figures import Figure, show_figures
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_field(one: FoundField, name: str) -> None:
    """Show everything about a field; `name` tells it from others in keys of widgets."""
    field = one.field
    where = (one.work.assessment_id, field.unit.key, field.kind, field.key)
    detail, compared = read(field_detail, *where), read(compare_field, *where)
    st.subheader(plain(f"{key_words(one)[:1].upper()}{key_words(one)[1:]} — {unit_words(one)}"), anchor=False)
    st.caption(plain(f"{field.kind.words.capitalize()} · {one.work.name} · задания {', '.join(field.items)}"))
    _show_cards(one)
    show_weak_spot(one)
    if field.cautions:
        st.caption(plain(f"Оговорки: {'; '.join(field.cautions)}."))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_items(one, detail)
    with right:
        show_groups(one, detail)
    show_decision(one, name)
    show_field_plans(one)
    show_comparison(one, compared)


def _show_cards(one: FoundField) -> None:
    field = one.field
    severity = field.severity
    cards = [
        Figure(
            "Выполнение", percent(field.facility), field.participants, interval(field.low, field.high),
            field.status, help="Доля набранных баллов от возможных.",
        ),
        Figure(
            "Порог", percent(field.threshold, 0), note=one.work.preset,
            help="С этого значения — «достигнуто». Набор порогов меняется на экране «Планы работ».",
        ),
        Figure(
            "Острота", f"{severity.total:.0f} из 100", note=severity.word.value,
            help=(
                f"Расстояние до порога {severity.distance:.0f}, достоверность {severity.certainty:.0f}, "
                f"потерянные баллы {severity.points:.0f}, доля классов {severity.classes:.0f}, "
                f"повторение {severity.repetition:.0f}."
            ),
        ),
        Figure("Охват", reach_words(one).split(":")[0], note=_reach_note(one)),
    ]
    if field.weak_spot is not WeakSpot.NONE and not math.isnan(field.expected):
        cards.append(
            Figure(
                f"{WEAK_SPOT_SIGN} Ожидалось", percent(field.expected), note=field.weak_spot.value,
                help="Столько выполнили бы ученики других подразделений с такой же суммой за остальные задания.",
            )
        )
    show_figures(cards)


def _few_classes(field: ProblemField) -> str:
    return "один класс" if len(field.unit.classes) == 1 else "результаты классов скрыты"


def _reach_note(one: FoundField) -> str:
    field = one.field
    parts = [f"{field.failing_classes} из {field.classes} кл."] if field.classes > 1 else [_few_classes(field)]
    if field.repeats:
        parts.append(f"повторяется: {', '.join(str(year) for year in field.repeats)}")
    return ", ".join(parts)
