"""Items among themselves: profile by mark groups, facility against discrimination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.charts.kept import kept
from core.charts.palette import FAINT_INK, INK, MARK_COLOURS, MARK_SHAPES, OWN, SERIES_COLOURS, SERIES_SHAPES
from core.charts.style import PERCENT, PERCENT_AXIS, finish, in_order, nth, source

_HEIGHT = 300


@dataclass(frozen=True, slots=True)
class GroupPoint:
    """Facility 0..1 of one item in one group of participants, such as mark «3»; `n` participants of the group."""

    item: str
    group: str
    facility: float
    n: int


@kept
def profile_chart(points: Sequence[GroupPoint], group_title: str = "Отметка за работу") -> alt.Chart:
    """Return a line a group over the items in their order; groups differ in colour and in the shape of the points."""
    groups = in_order([point.group for point in points])
    names = [group.strip("«»") for group in groups]
    colours = [MARK_COLOURS.get(name, nth(SERIES_COLOURS, number)) for number, name in enumerate(names)]
    shapes = [MARK_SHAPES.get(name, nth(SERIES_SHAPES, number)) for number, name in enumerate(names)]
    values = [
        {"item": point.item, "group": point.group, "facility": point.facility, "n": point.n} for point in points
    ]
    chart: alt.Chart = (
        alt.Chart(source(values))
        .mark_line(point=alt.OverlayMarkDef(size=70, filled=True), strokeWidth=1.5)
        .encode(
            x=alt.X(
                "item:N", sort=in_order([point.item for point in points]), title="Задание", axis=alt.Axis(labelAngle=0)
            ),
            y=alt.Y(
                "facility:Q", title="Выполнение", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=PERCENT_AXIS)
            ),
            color=alt.Color(
                "group:N", sort=groups, scale=alt.Scale(domain=groups, range=colours), title=group_title
            ),
            shape=alt.Shape("group:N", sort=groups, scale=alt.Scale(domain=groups, range=shapes), title=group_title),
            tooltip=[
                alt.Tooltip("item:N", title="Задание"),
                alt.Tooltip("group:N", title=group_title),
                alt.Tooltip("facility:Q", title="Выполнение", format=PERCENT),
                alt.Tooltip("n:Q", title="Участников в группе"),
            ],
        )
    )
    return finish(chart, _HEIGHT)


@dataclass(frozen=True, slots=True)
class ItemPoint:
    """One item: facility 0..1, item–rest correlation −1..1, and what it asks."""

    code: str
    facility: float
    discrimination: float
    n: int
    detail: str = ""


WEAK_DISCRIMINATION = 0.2
"""Below it an item hardly separates strong from weak (Ebel & Frisbie, «Essentials of Educational Measurement»)."""


@kept
def discrimination_chart(points: Sequence[ItemPoint]) -> alt.LayerChart:
    """Return the items by facility and discrimination; those under the dashed line are worth a look."""
    values = [
        {
            "code": point.code,
            "facility": point.facility,
            "discrimination": point.discrimination,
            "n": point.n,
            "detail": point.detail,
        }
        for point in points
    ]
    lowest = min([0.0, *(point.discrimination for point in points)])
    highest = max([0.6, *(point.discrimination for point in points)])
    base = alt.Chart(source(values)).encode(
        x=alt.X(
            "facility:Q", title="Выполнение", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=PERCENT_AXIS)
        ),
        y=alt.Y(
            "discrimination:Q",
            title="Различающая способность",
            scale=alt.Scale(domain=[lowest - 0.05, min(1.0, highest + 0.05)], nice=False),
            axis=alt.Axis(format=".1f"),
        ),
        tooltip=[
            alt.Tooltip("code:N", title="Задание"),
            alt.Tooltip("detail:N", title="Что проверяется"),
            alt.Tooltip("facility:Q", title="Выполнение", format=PERCENT),
            alt.Tooltip("discrimination:Q", title="Различающая способность", format=".2f"),
            alt.Tooltip("n:Q", title="Участников"),
        ],
    )
    border = [{"y": WEAK_DISCRIMINATION, "text": "ниже 0,2 — задание плохо различает"}]
    line = alt.Chart(source(border)).encode(y="y:Q")
    return finish(
        alt.LayerChart(
            layer=[
                line.mark_rule(color=INK, strokeDash=[4, 3]),
                line.mark_text(align="right", dy=9, color=FAINT_INK).encode(x=alt.value("width"), text="text:N"),
                base.mark_point(filled=True, size=80, opacity=0.9, color=OWN),
                base.mark_text(dy=-11).encode(text="code:N"),
            ]
        ),
        _HEIGHT,
    )
