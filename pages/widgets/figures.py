"""Cards with one number each: the value, how many it stands on, how sure it is, and its status in words.

    show_figures([
        Figure("Качество знаний", percent(0.6), n=25, interval=interval(0.41, 0.77)),
        Figure("Орфография", percent(0.41), n=25, interval=interval(0.24, 0.6), status=Status.SURELY_BELOW),
    ])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.analysis.reasons import SMALL_GROUP
from core.analysis.status import Status
from core.charts.palette import STATUS_STYLES, status_words
from core.words import plural
from pages.widgets.texts import plain


@dataclass(frozen=True, slots=True)
class Figure:
    """One number for a card. `value` is already said in Russian; `n` counts participants (None: not of people)."""

    label: str
    value: str
    n: int | None = None
    interval: str | None = None
    """The 95 % interval in words, such as «41,2–70,0 %»."""
    status: Status | None = None
    """Shown as a badge with sign, word and colour."""
    note: str = ""
    help: str = ""


def show_figures(figures: Sequence[Figure]) -> None:
    """Show the cards side by side in one row of equal columns."""
    for column, figure in zip(st.columns(len(figures)), figures, strict=True):
        with column, st.container(border=True, height="stretch", gap="xxsmall"):
            st.metric(plain(figure.label), figure.value, help=figure.help or None)
            if figure.status is not None:
                show_status(figure.status)
            basis = _basis(figure)
            if basis:
                st.caption(basis)


def show_status(status: Status) -> None:
    """Show a status as a badge: sign, word and colour, so that no colour speaks alone."""
    st.badge(status_words(status), color=STATUS_STYLES[status].badge)


def _basis(figure: Figure) -> str:
    parts = []
    if figure.interval:
        parts.append(f"95 % интервал: {figure.interval}")
    if figure.n is not None:
        small = ", малая выборка" if figure.n < SMALL_GROUP else ""
        parts.append(f"{plural(figure.n, 'участник', 'участника', 'участников')}{small}")
    if figure.note:
        parts.append(plain(figure.note))
    return " · ".join(parts)
