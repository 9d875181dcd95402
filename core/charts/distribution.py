"""Distributions of a work: marks beside those of the parent units, primary scores with the borders of marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.charts.kept import kept
from core.charts.palette import FAINT_INK, INK, OWN, PALE, SERIES_COLOURS
from core.charts.style import PERCENT, PERCENT_AXIS, finish, in_order, source
from core.words import number, percent

_HEIGHT = 260


@dataclass(frozen=True, slots=True)
class MarkShare:
    """The share 0..1 of one mark in one group; `count` participants (None where only a report's share is known)."""

    group: str
    mark: str
    share: float
    count: int | None = None


@kept
def mark_chart(shares: Sequence[MarkShare]) -> alt.LayerChart:
    """Return the shares of each mark side by side for the groups, in their order: the own unit first, then parents."""
    groups = in_order([row.group for row in shares])
    colours = [OWN, PALE, *SERIES_COLOURS[1:]][: len(groups)]
    values = [
        {"group": row.group, "mark": row.mark, "share": row.share, "count": row.count, "number": percent(row.share, 0)}
        for row in shares
    ]
    base = alt.Chart(source(values)).encode(
        x=alt.X(
            "mark:N",
            sort=in_order([row.mark for row in shares]),
            title="Отметка",
            axis=alt.Axis(labelAngle=0, labelFontSize=14),
        ),
        xOffset=alt.XOffset("group:N", sort=groups),
    )
    bars = base.mark_bar().encode(
        y=alt.Y("share:Q", title="Доля участников", axis=alt.Axis(format=PERCENT_AXIS, tickCount=5)),
        color=alt.Color("group:N", sort=groups, scale=alt.Scale(domain=groups, range=colours), title=None),
        tooltip=[
            alt.Tooltip("group:N", title="Где"),
            alt.Tooltip("mark:N", title="Отметка"),
            alt.Tooltip("share:Q", title="Доля", format=PERCENT),
            alt.Tooltip("count:Q", title="Участников"),
        ],
    )
    numbers = base.mark_text(dy=-8, fontSize=11).encode(y="share:Q", text="number:N")
    return finish(alt.LayerChart(layer=[bars, numbers]), _HEIGHT)


@dataclass(frozen=True, slots=True)
class ScoreCount:
    """How many participants have a primary score; `reference` is the share 0..1 in the parent unit, where known."""

    score: int
    count: int
    reference: float | None = None


@dataclass(frozen=True, slots=True)
class CutScore:
    """The least primary score of a mark."""

    score: int
    mark: str


@kept
def score_chart(counts: Sequence[ScoreCount], cuts: Sequence[CutScore] = ()) -> alt.LayerChart:
    """Return the histogram of primary scores, one bar a score, with a line before the least score of each mark.

    The dashed line is the parent unit's distribution, scaled to as many participants.
    """
    total = sum(row.count for row in counts)
    values = [
        {
            "score": row.score,
            "left": row.score - 0.42,
            "right": row.score + 0.42,
            "count": row.count,
            "share": row.count / total if total else None,
            "expected": row.reference * total if row.reference is not None else None,
            "reference": row.reference,
        }
        for row in counts
    ]
    scale = alt.Scale(domain=[-0.6, max((row.score for row in counts), default=0) + 0.6], nice=False)
    axis = alt.Axis(format="d", tickMinStep=1, grid=False)
    base = alt.Chart(source(values))
    tooltip = [
        alt.Tooltip("score:Q", title="Первичный балл", format="d"),
        alt.Tooltip("count:Q", title="Участников"),
        alt.Tooltip("share:Q", title="Доля", format=PERCENT),
        alt.Tooltip("reference:Q", title="Доля для сравнения", format=PERCENT),
    ]
    layers = [
        base.mark_rect(color=OWN).encode(
            x=alt.X("left:Q", title="Первичный балл", scale=scale, axis=axis),
            x2="right:Q",
            y=alt.Y("count:Q", title="Участников", axis=alt.Axis(tickMinStep=1, format="d")),
            y2=alt.datum(0),
            tooltip=tooltip,
        )
    ]
    if any(row.reference is not None for row in counts):
        line = base.mark_line(color=SERIES_COLOURS[1], strokeDash=[6, 3], strokeWidth=2)
        layers.append(line.encode(x="score:Q", y="expected:Q"))
    if cuts:
        borders = [
            {"border": cut.score - 0.5, "text": f"«{cut.mark}» от {number(cut.score)}"} for cut in cuts
        ]
        lines = alt.Chart(source(borders))
        layers.append(lines.mark_rule(color=INK, strokeDash=[2, 2]).encode(x="border:Q"))
        layers.append(
            lines.mark_text(align="left", dx=4, dy=8, fontSize=12, color=FAINT_INK).encode(
                x="border:Q", y=alt.value(0), text="text:N"
            )
        )
    return finish(alt.LayerChart(layer=layers), _HEIGHT)
