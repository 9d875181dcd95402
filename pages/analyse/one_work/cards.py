"""The numbers at the head of a work."""

from __future__ import annotations

import math

import streamlit as st

from core.analysis.marks import Share
from core.analysis.reasons import sample_caution
from core.analysis.results import WorkOverview
from core.words import interval, number, percent, plural
from pages.widgets.figures import Figure, show_figures
from pages.widgets.texts import plain


def show_cards(overview: WorkOverview) -> None:
    """Show participants, mean score, успеваемость, качество or what ЕГЭ has instead; and where the marks come from."""
    work, marks = overview.work, overview.marks
    mean = overview.distribution.mean
    cards = [
        Figure(
            "Участники", number(overview.participants),
            note=f"отсутствовали: {number(overview.absent)}" if overview.absent else "об отсутствующих сведений нет",
        ),
        Figure(
            "Средний первичный балл", number(mean.value, 1), interval=_points(mean.low, mean.high),
            note=f"из {number(int(work.maxima.sum()))} · медиана {number(overview.distribution.median, 1)}",
        ),
    ]
    if overview.test_scores is not None:
        tests = overview.test_scores
        cards.append(Figure("Средний тестовый балл", number(tests.value, 1), tests.n, _points(tests.low, tests.high)))
    if overview.passed_minimum is not None:
        cards.append(
            _share("Преодолели минимум", overview.passed_minimum, f"Минимум — {work.minimum_test_score} баллов.")
        )
    if marks.n:
        cards.append(_share("Успеваемость", marks.passed, "Доля отметок «3», «4» и «5»."))
        cards.append(_share("Качество знаний", marks.quality, "Доля отметок «4» и «5»."))
        cards.append(
            Figure(
                "Средняя отметка", number(marks.mean.value, 2), interval=_points(marks.mean.low, marks.mean.high, 2),
                note=f"СОУ {percent(marks.learning.value)}",
                help="СОУ — степень обученности учащихся по В. П. Симонову.",
            )
        )
    show_figures(cards)
    notes = [text for text in (_marks_note(overview), sample_caution(overview.participants)) if text]
    if notes:
        st.caption(plain(" ".join(f"{text[0].upper()}{text[1:]}." for text in notes)))


def _marks_note(overview: WorkOverview) -> str:
    """Say where the marks come from when the file had none, or why there are none."""
    work = overview.work
    if overview.marks_hidden:
        return f"отметки: {overview.marks_hidden.words}"
    if overview.tests_hidden:
        return f"тестовые баллы: {overview.tests_hidden.words}"
    classes = work.classes if overview.unit is None else tuple(work.classes[place] for place in overview.unit.classes)
    by_scale = [part for part in classes if part.marks_by_scale]
    if by_scale:
        where = "" if len(by_scale) == len(classes) else f" ({plural(len(by_scale), 'класс', 'класса', 'классов')})"
        return f"в файле отметок не было{where}, они поставлены по шкале: {work.scale_words}"
    if not overview.marks.n and overview.test_scores is None:
        return "отметок в файле не было, и шкалы для этой работы нет: показаны только баллы"
    return ""


def _share(label: str, share: Share, about: str) -> Figure:
    return Figure(label, percent(share.value), share.n, interval(share.low, share.high), help=about)


def _points(low: float, high: float, digits: int = 1) -> str | None:
    return None if math.isnan(low) else f"{number(low, digits)}–{number(high, digits)}"
