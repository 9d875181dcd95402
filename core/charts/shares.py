"""Shares with their intervals, one line each: how many teachers find something hard; levels of one teacher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.charts.kept import kept
from core.charts.palette import INK, SERIES_COLOURS, SERIES_SHAPES
from core.charts.style import PERCENT, ROW_HEIGHT, finish, in_order, nth, share_axis, source
from core.words import interval, percent

_LINE_HEIGHT, _LINE_GAP, _SERIES_HEIGHT = 15, 8, 14


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One point; a `label` may have several lines.

    Shares are 0..1; without an interval `low` and `high` are None; `n` counts teachers.
    """

    label: str
    series: str
    share: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    detail: str = ""


@kept
def share_chart(rows: Sequence[ShareRow], axis_title: str, borders: Sequence[tuple[float, str]] = ()) -> alt.LayerChart:
    """Return a line a label and a point a series, told apart by colour and shape, with 95 % intervals.

    `borders` are vertical lines with their words, such as the share from which a difficulty is corporate.
    """
    series = in_order([row.series for row in rows])
    values = [
        {
            "label": row.label, "series": row.series, "share": row.share, "low": row.low, "high": row.high, "n": row.n,
            "detail": row.detail, "number": percent(row.share, 0),
            "said": interval(row.low, row.high) if row.low is not None and row.high is not None else "нет",
        }
        for row in rows
    ]
    colours = [nth(SERIES_COLOURS, place) for place in range(len(series))]
    colour = alt.Color(
        "series:N", title=None, scale=alt.Scale(domain=series, range=colours),
        legend=alt.Legend() if len(series) > 1 else None,
    )
    shape = alt.Shape(
        "series:N", title=None,
        scale=alt.Scale(domain=series, range=[nth(SERIES_SHAPES, place) for place in range(len(series))]),
        legend=alt.Legend() if len(series) > 1 else None,
    )
    tooltip = [
        alt.Tooltip("label:N", title="Строка"),
        alt.Tooltip("series:N", title="Когда"),
        alt.Tooltip("share:Q", title=axis_title, format=PERCENT),
        alt.Tooltip("said:N", title="95 % интервал"),
        alt.Tooltip("n:Q", title="Педагогов"),
        alt.Tooltip("detail:N", title="Что это"),
    ]
    base = alt.Chart(source(values)).encode(
        y=alt.Y(
            "label:N", sort=in_order([row.label for row in rows]), title=None,
            axis=alt.Axis(grid=True, labelLimit=420, labelExpr="split(datum.label, '\\n')"),
        ),
    )
    if len(series) > 1:
        # One series needs no offset: a value would move the points off the line of their label.
        base = base.encode(yOffset=alt.YOffset("series:N", sort=series))
    layers: list[alt.Chart] = [
        base.mark_rule(strokeWidth=3, opacity=0.45).encode(
            x=share_axis("low", axis_title), x2="high:Q", color=colour, tooltip=tooltip
        ),
        base.mark_point(filled=True, size=100, opacity=1).encode(
            x=share_axis("share", axis_title), color=colour, shape=shape, tooltip=tooltip
        ),
    ]
    if len(series) == 1:
        layers.append(base.mark_text(align="left", dx=6).encode(x=alt.value("width"), text="number:N"))
    if borders:
        marks = alt.Chart(source([{"border": value, "words": words} for value, words in borders]))
        layers.append(
            marks.mark_rule(color=INK, strokeDash=[3, 3]).encode(
                x=alt.X("border:Q"), tooltip=[alt.Tooltip("words:N", title="Граница")]
            )
        )
    lines = max((row.label.count("\n") + 1 for row in rows), default=1)
    height = max(ROW_HEIGHT, _LINE_HEIGHT * lines + _LINE_GAP) if len(series) == 1 else _SERIES_HEIGHT
    return finish(alt.LayerChart(layer=layers), alt.Step(height))
