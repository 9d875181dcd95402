"""A figure over the years, with intervals; years that cannot be compared are not joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.charts.kept import kept
from core.charts.palette import INK, SERIES_COLOURS, SERIES_DASHES, SERIES_SHAPES
from core.charts.style import PERCENT, PERCENT_AXIS, finish, in_order, nth, source
from core.words import percent

_HEIGHT = 260


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One year of one series. Shares are 0..1; `part` numbers the stretches of comparable years of a series."""

    year: int
    series: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    part: int = 0
    remark: str = ""

    @property
    def starts_anew(self) -> bool:
        """Say whether the year begins another stretch, for the reason that the remark names."""
        return self.part > 0 and bool(self.remark)


@kept
def trend_chart(points: Sequence[TrendPoint], title: str = "Выполнение") -> alt.LayerChart:
    """Return a line a series with 95 % intervals; series differ in colour, dashes and shape of the points."""
    series = in_order([point.series for point in points])
    values = [
        {
            "year": str(point.year),
            "series": point.series,
            "stretch": f"{point.series} {point.part}",
            "value": point.value,
            "low": point.low,
            "high": point.high,
            "n": point.n,
            "remark": point.remark,
            "number": percent(point.value, 0),
            "mark": f"┆ {point.remark}" if point.starts_anew else "",
        }
        for point in points
    ]
    count = len(series)
    domain = [series[i] for i in range(count)]
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=domain, range=[nth(SERIES_COLOURS, i) for i in range(count)]), title=None
    )
    shape = alt.Shape(
        "series:N", scale=alt.Scale(domain=domain, range=[nth(SERIES_SHAPES, i) for i in range(count)]), title=None
    )
    dash = alt.StrokeDash(
        "series:N",
        scale=alt.Scale(domain=domain, range=[nth(SERIES_DASHES, i) for i in range(count)]),
        title=None,
    )
    base = alt.Chart(source(values)).encode(
        x=alt.X("year:O", title="Год", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=PERCENT_AXIS)),
        color=colour,
    )
    tooltip = [
        alt.Tooltip("year:O", title="Год"),
        alt.Tooltip("series:N", title="Где"),
        alt.Tooltip("value:Q", title=title, format=PERCENT),
        alt.Tooltip("low:Q", title="Интервал от", format=PERCENT),
        alt.Tooltip("high:Q", title="до", format=PERCENT),
        alt.Tooltip("n:Q", title="Участников"),
        alt.Tooltip("remark:N", title="Сопоставимость"),
    ]
    layers = [
        base.mark_line(strokeWidth=1.5).encode(detail="stretch:N", strokeDash=dash),
        base.mark_rule(strokeWidth=2, opacity=0.4).encode(y="low:Q", y2="high:Q"),
        base.mark_point(filled=True, size=90, opacity=1).encode(shape=shape, tooltip=tooltip),
    ]
    if count == 1:
        # With several series the numbers would lie upon each other; they stand in the tooltip and in the table.
        layers.append(base.mark_text(align="left", dx=9, dy=-8).encode(text="number:N", color=alt.value(INK)))
        if any(point.starts_anew for point in points):
            layers.append(base.mark_text(dy=18, fontStyle="italic").encode(text="mark:N", color=alt.value(INK)))
    return finish(alt.LayerChart(layer=layers), _HEIGHT)
