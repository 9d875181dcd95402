"""What all charts share: Russian numbers, fonts, colours of axes, sizes. One look on the screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

import altair as alt

from core.charts.palette import FAINT_INK, GRID, GROUND, INK

Figure: TypeAlias = alt.Chart | alt.LayerChart
"""What every function of this room returns."""
Values: TypeAlias = Sequence[Mapping[str, object]]

_Chart = TypeVar("_Chart", alt.Chart, alt.LayerChart)
_Choice = TypeVar("_Choice")

FONT = "Source Sans, Liberation Sans, Arial, sans-serif"
"""The first is shipped with Streamlit, the second inside vl-convert; both have Cyrillic, neither is fetched."""
ROW_HEIGHT = 24
"""Pixels of one line of a horizontal chart."""
PERCENT_AXIS = ".0%"
PERCENT = ".1%"

_LOCALE = {
    "number": {
        "decimal": ",",
        "thousands": "\u00a0",
        "grouping": [3],
        "currency": ["", "\u00a0₽"],
        "percent": "\u00a0%",
        "minus": "−",
    }
}


def source(rows: Values) -> alt.InlineData:
    """Return rows as data of a chart, inside the chart itself."""
    return alt.InlineData(values=[dict(row) for row in rows])


def finish(chart: _Chart, height: int | alt.Step) -> _Chart:
    """Return the chart in the house's look; it is as wide as the place where it is put."""
    dressed: _Chart = chart.properties(width="container", height=height, background=GROUND).configure(
        # Vega describes axes and marks to screen readers in English; the place of the chart has its description in
        # Russian, and its numbers stand in the table.
        aria=False,
        font=FONT,
        locale=_LOCALE,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=INK, titleColor=FAINT_INK, gridColor=GRID, domainColor=GRID, tickColor=GRID,
            labelFontSize=12, titleFontSize=12, titleFontWeight="normal", labelLimit=320,
        ),
        legend=alt.LegendConfig(
            labelColor=INK, titleColor=FAINT_INK, labelFontSize=12, titleFontSize=12, titleFontWeight="normal",
            orient="top", symbolSize=90, symbolOpacity=1, labelLimit=320, columnPadding=16,
        ),
        text=alt.MarkConfig(color=INK, fontSize=12),
    )
    return dressed


def share_axis(field: str, title: str | None) -> alt.X:
    """Return the horizontal axis of a share 0..1 in per cent, whole from 0 to 100."""
    return alt.X(
        f"{field}:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=PERCENT_AXIS, tickCount=10)
    )


def in_order(labels: Sequence[str]) -> list[str]:
    """Return labels without repetition in their first order, for axes that must not be sorted as text."""
    return list(dict.fromkeys(labels))


def nth(choice: Sequence[_Choice], index: int) -> _Choice:
    """Return the colour, shape or dash of a series by its number; after the last one they begin again."""
    return choice[index % len(choice)]
