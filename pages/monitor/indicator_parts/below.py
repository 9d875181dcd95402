"""What the figure of a unit is made of: the organisations directly below, what was accepted of them and by whom."""

from __future__ import annotations

import math

import streamlit as st

from core.monitoring.acceptances import Acceptance, acceptances
from core.monitoring.cells import Scorecard
from core.monitoring.contributions import pulls
from core.monitoring.passport_tables import Direction
from core.monitoring.side_by_side import figure_words, is_judged
from core.monitoring.wording import plan_words, source_words
from core.people.academic_year import year_name
from core.words import number
from pages.monitor.indicator_parts.address import SCREEN, turn
from pages.monitor.indicator_parts.tree import follow
from pages.widgets.passport import VPR_LINE
from pages.widgets.session import read, time_zone
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_CHANGED = "; после этого изменено и ещё не принято"


def show_below(card: Scorecard, code: str, year: int) -> None:
    """Show the organisations directly below in a year: their figures, and how much each draws the sum.

    By results of ВПР organisations are not told apart: their names are the order, and nobody draws anything.
    """
    (organisation_id, _name), *children = card.units
    if not children:
        return
    passport = card.passport(code)
    judged = is_judged(passport)
    cells = {key: cell for key, _name in children if (cell := card.cells.get((key, code, year))) is not None}
    weights = pulls({key: cell.fact for key, cell in cells.items()}) if judged else {}
    worse = -1 if passport.direction is Direction.MORE else 1
    accepted: dict[int, Acceptance] = read(acceptances, organisation_id, code, year)
    rows = [
        {"id": key, "name": name, "fact": figure_words(passport, cells.get(key)),
         "pull": _pull(weights.get(key), worse), "plan": plan_words(passport, cells[key]) if key in cells else "",
         "source": source_words(cells[key]) if key in cells else "", "accepted": _accepted(accepted.get(key))}
        for key, name in sorted(children, key=lambda one: -worse * weights.get(one[0], 0.0))
    ]
    st.markdown(f"**Из чего складывается, {plain(year_name(year))}**")
    if not judged:
        st.caption(plain(f"Организации – по названию, без рейтинга. {VPR_LINE}"))
    verdicts = (
        Column("pull", "Вклад в отличие от среднего", width=190), Column("plan", "План", width=170),
    )
    chosen = show_table(f"{SCREEN}_below_{turn()}", Table(f"{code} по организациям", (
        Column("name", "Организация", width=260, pinned=True), Column("fact", "Значение", width=250),
        *(verdicts if judged else ()), Column("source", "Откуда", width=170),
        Column("accepted", "Кто и когда принял", width=250),
    ), rows), choose=True, lines=2, sortable=judged)
    if chosen is not None:
        follow(chosen["id"], organisation_id)


def _pull(weight: float | None, worse: int) -> str:
    """Return how much an organisation draws the figure, in per cent points, with a word for the direction."""
    if weight is None or math.isclose(weight, 0.0, abs_tol=0.05):
        return ""
    return f"{number(weight, 1)} п. п., {'ухудшает' if weight * worse > 0 else 'улучшает'}"


def _accepted(one: Acceptance | None) -> str:
    if one is None:
        return "—"
    return f"{one.at.astimezone(time_zone()):%d.%m.%Y}, {one.by}" + (_CHANGED if one.is_changed_since else "")
