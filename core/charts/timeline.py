"""A plan over time: a bar a measure, marks on its check dates, the day of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from core.charts.kept import kept
from core.charts.measure_styles import MEASURE_STYLES, OVERDUE_COLOUR, OVERDUE_SIGN, measure_words
from core.charts.palette import FAINT_INK, INK
from core.charts.style import ROW_HEIGHT, finish, in_order, source
from core.planning.statuses import MeasureStatus
from core.words import day

_LONGEST_LABEL = 46
_MONTHS = (
    "['янв','фев','мар','апр','май','июн','июл','авг','сен','окт','ноя','дек'][month(datum.value)]"
    " + (month(datum.value) == 0 ? ' ' + year(datum.value) : '')"
)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One measure: official number, title, stretch from its first to its last day, check dates, how it stands."""

    number: str
    title: str
    first: date
    last: date
    checks: tuple[date, ...]
    status: MeasureStatus
    overdue_since: date | None
    owner: str = ""
    progress: int = 0


@kept
def timeline_chart(rows: Sequence[TimelineRow], today: date, first: date, last: date) -> alt.LayerChart:
    """Return the measures in the order given; `first` and `last` bound the plan.

    A bar's colour is its status, and its sign and words stand at its end; overdue ones have a thick orange frame.
    """
    labels = in_order([_label(row) for row in rows])
    bars = [_bar(row) for row in rows]
    words = in_order([measure_words(row.status) for row in rows])
    colours = {measure_words(status): style.colour for status, style in MEASURE_STYLES.items()}
    y = alt.Y("label:N", sort=labels, title=None, axis=alt.Axis(labelLimit=340, grid=False, ticks=False))
    scale = alt.Scale(domain=[_point(first), _point(max(last, *(row.last for row in rows)))])
    axis = alt.Axis(labelExpr=_MONTHS, tickCount="month", title=None, orient="top")
    x = alt.X("first:T", scale=scale, axis=axis)
    base = alt.Chart(source(bars))
    tooltip = [
        alt.Tooltip("label:N", title="Мероприятие"), alt.Tooltip("words:N", title="Как идёт"),
        alt.Tooltip("stretch:N", title="Срок"), alt.Tooltip("checks:N", title="Проверки"),
        alt.Tooltip("owner:N", title="Исполнители"), alt.Tooltip("progress:Q", title="Ход, %"),
    ]
    layers = [
        base.mark_bar(height=12, cornerRadius=2).encode(
            y=y, x=x, x2="last:T", tooltip=tooltip,
            color=alt.Color(
                "status:N", title=None, legend=alt.Legend(columns=4),
                scale=alt.Scale(domain=words, range=[colours[word] for word in words]),
            ),
            stroke=alt.condition("datum.late", alt.value(OVERDUE_COLOUR), alt.value("#FFFFFF")),
            strokeWidth=alt.condition("datum.late", alt.value(3), alt.value(0)),
        ),
        alt.Chart(source(_checks(rows))).mark_point(
            filled=True, size=46, shape="diamond", color=INK, opacity=1
        ).encode(
            y=y, x=alt.X("check:T", scale=scale, axis=axis), tooltip=[alt.Tooltip("words:N", title="Проверка")]
        ),
        base.mark_text(align="left", dx=9, fontSize=11).encode(
            y=y, x=alt.X("last:T", scale=scale, axis=axis), text="end:N"
        ),
        alt.Chart(source([{"today": _point(today), "words": f"сегодня, {day(today)}"}]))
        .mark_rule(color=FAINT_INK, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x=alt.X("today:T", scale=scale, axis=axis), tooltip=[alt.Tooltip("words:N", title="День")]),
    ]
    return finish(alt.LayerChart(layer=layers), alt.Step(ROW_HEIGHT))


def _bar(row: TimelineRow) -> dict[str, object]:
    is_late = row.overdue_since is not None
    words = measure_words(row.status)
    return {
        "label": _label(row), "first": _point(row.first), "last": _point(row.last), "status": words, "late": is_late,
        "words": f"{OVERDUE_SIGN} просрочено с {day(row.overdue_since)}" if row.overdue_since else words,
        "end": f"{OVERDUE_SIGN} просрочено" if is_late else MEASURE_STYLES[row.status].sign,
        "stretch": f"{day(row.first)} – {day(row.last)}", "checks": ", ".join(day(one) for one in row.checks),
        "owner": row.owner, "progress": row.progress,
    }


def _checks(rows: Sequence[TimelineRow]) -> list[dict[str, object]]:
    return [
        {"label": _label(row), "check": _point(one), "words": day(one)} for row in rows for one in row.checks
    ]


def _label(row: TimelineRow) -> str:
    line = " ".join(f"{row.number} {row.title}".split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[: _LONGEST_LABEL - 1]}…"


def _point(when: date) -> str:
    """Return a day as Vega reads it in the local zone: without a time it would be taken for UTC and slip a day."""
    return f"{when.isoformat()}T00:00:00"
