"""How well items, elements or units were done: points with intervals against thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.analysis.status import Status
from core.charts.kept import kept
from core.charts.palette import INK, OWN, PALE, STATUS_STYLES
from core.charts.style import PERCENT, ROW_HEIGHT, finish, in_order, share_axis, source
from core.words import interval, percent


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """One line of the chart. Shares are 0..1; `n` counts participants; `detail` is said in the tooltip."""

    label: str
    facility: float
    low: float
    high: float
    n: int
    status: Status = Status.UNKNOWN
    threshold: float | None = None
    """From here on «достигнуто»; None where no threshold applies."""
    detail: str = ""


@kept
def facility_chart(rows: Sequence[FacilityRow], axis_title: str = "") -> alt.LayerChart:
    """Return one line a row in the given order: the point in colour and shape of its status, 95 % interval, threshold.

    The number stands at the right end, so that the chart can be read without a table.
    """
    values = [
        {
            "label": row.label,
            "facility": row.facility,
            "low": row.low,
            "high": row.high,
            "n": row.n,
            "status": row.status.words,
            "threshold": row.threshold,
            "detail": row.detail,
            "number": percent(row.facility),
            "said": interval(row.low, row.high),
        }
        for row in rows
    ]
    used = [status for status in reversed(Status) if any(row.status is status for row in rows)]
    words = [status.words for status in used]
    line = alt.Y("label:N", sort=in_order([row.label for row in rows]), title=None, axis=alt.Axis(grid=True))
    tooltip = [
        alt.Tooltip("label:N", title=axis_title or "Строка"),
        alt.Tooltip("detail:N", title="Что проверяется"),
        alt.Tooltip("facility:Q", title="Выполнение", format=PERCENT),
        alt.Tooltip("said:N", title="95 % интервал"),
        alt.Tooltip("threshold:Q", title="Порог", format=PERCENT),
        alt.Tooltip("status:N", title="Статус"),
        alt.Tooltip("n:Q", title="Участников"),
    ]
    base = alt.Chart(source(values)).encode(y=line)
    title = "Выполнение и 95 % интервал"
    if any(row.threshold is not None for row in rows):
        title += "; чёрная черта — порог"
    colour = alt.Color(
        "status:N",
        title=None,
        scale=alt.Scale(domain=words, range=[STATUS_STYLES[one].colour for one in used]),
    )
    outlines = [STATUS_STYLES[one].shape for one in used]
    shape = alt.Shape("status:N", title=None, scale=alt.Scale(domain=words, range=outlines))
    layers = [
        base.mark_rule(strokeWidth=3, opacity=0.45).encode(
            x=share_axis("low", title), x2="high:Q", color=colour, tooltip=tooltip
        ),
        base.mark_point(filled=True, size=110, opacity=1).encode(
            x=share_axis("facility", title), color=colour, shape=shape, tooltip=tooltip
        ),
        base.mark_text(align="left", dx=6).encode(x=alt.value("width"), text="number:N"),
    ]
    if any(row.threshold is not None for row in rows):
        layers.append(
            base.mark_tick(color=INK, thickness=2, size=ROW_HEIGHT - 2).encode(
                x=alt.X("threshold:Q"), tooltip=[alt.Tooltip("threshold:Q", title="Порог", format=PERCENT)]
            )
        )
    return finish(alt.LayerChart(layer=layers), alt.Step(ROW_HEIGHT))


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One unit among those compared: the own one, its parents, reference rows of reports (without an interval)."""

    unit: str
    facility: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    is_own: bool = False
    remark: str = ""
    """Such as «сопоставимо с оговоркой»."""


@kept
def comparison_chart(rows: Sequence[ComparisonRow]) -> alt.LayerChart:
    """Return a bar a unit in the given order with its 95 % interval; the own unit's bar is filled and bold in tone."""
    values = [
        {
            "unit": row.unit,
            "facility": row.facility,
            "low": row.low,
            "high": row.high,
            "n": row.n,
            "whose": "это подразделение" if row.is_own else "для сравнения",
            "remark": row.remark,
            "number": percent(row.facility),
        }
        for row in rows
    ]
    base = alt.Chart(source(values)).encode(
        y=alt.Y("unit:N", sort=in_order([row.unit for row in rows]), title=None)
    )
    tooltip = [
        alt.Tooltip("unit:N", title="Где"),
        alt.Tooltip("facility:Q", title="Выполнение", format=PERCENT),
        alt.Tooltip("low:Q", title="Интервал от", format=PERCENT),
        alt.Tooltip("high:Q", title="до", format=PERCENT),
        alt.Tooltip("n:Q", title="Участников"),
        alt.Tooltip("remark:N", title="Сопоставимость"),
    ]
    bars = base.mark_bar(height=14).encode(
        x=share_axis("facility", "Выполнение и 95 % интервал"),
        color=alt.Color(
            "whose:N",
            title=None,
            scale=alt.Scale(domain=["это подразделение", "для сравнения"], range=[OWN, PALE]),
        ),
        tooltip=tooltip,
    )
    intervals = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    numbers = base.mark_text(align="left", dx=6).encode(x=alt.value("width"), text="number:N")
    return finish(alt.LayerChart(layer=[bars, intervals, numbers]), alt.Step(30))
