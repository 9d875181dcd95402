"""Heat map element × class or school: every cell says its number and its status by a sign, not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.analysis.status import Status
from core.charts.kept import kept
from core.charts.palette import INK, STATUS_STYLES, WEAK_SPOT_SIGN, status_words
from core.charts.style import PERCENT, finish, in_order, source
from core.words import interval, number

SELECTION = "cell"
"""Name of the selection: a clicked cell gives {"row": …, "column": …}."""
_CELL_HEIGHT = 30
_LINE_HEIGHT = 14
_MOST_UPRIGHT = 16
"""More columns than these have their names written upwards."""
_MOST_SIGNED = 24
"""More columns than these leave room for the number only; sign and words stand in the tooltip."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell. Shares are 0..1; where `facility` is None, `hidden` says in a word or two why there is no number."""

    row: str
    column: str
    facility: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    status: Status = Status.UNKNOWN
    is_weak_spot: bool = False
    hidden: str = "нет данных"
    why: str = ""
    """The whole reason, shown when the cell is pointed at; the words of `hidden` where it is empty."""


@kept
def heat_map(cells: Sequence[HeatCell], row_title: str = "Элемент", column_title: str = "Класс") -> alt.LayerChart:
    """Return the map with rows and columns in the order of the cells; a click on a cell selects it (`SELECTION`).

    Names of columns may have several lines; many columns are named upwards, and very many show the number only.

    The text of a cell is its percentage, the sign of its status, and ◄ where the class is weaker here than pupils
    with the same rest of the work elsewhere.
    """
    columns = in_order([cell.column for cell in cells])
    values = [
        {
            "row": cell.row,
            "column": cell.column,
            "facility": cell.facility,
            "said": interval(cell.low, cell.high) if cell.low is not None and cell.high is not None else "нет",
            "n": cell.n,
            "status": status_words(_status(cell)),
            "weak": "да" if cell.is_weak_spot else "нет",
            "text": _text(cell, with_sign=len(columns) <= _MOST_SIGNED),
            "hidden": (cell.why or cell.hidden) if cell.facility is None else "",
        }
        for cell in cells
    ]
    upright = len(columns) <= _MOST_UPRIGHT
    lines = max((column.count("\n") + 1 for column in columns), default=1) if upright else 1
    used = [status for status in reversed(Status) if any(_status(cell) is status for cell in cells)]
    chosen = alt.selection_point(name=SELECTION, fields=["row", "column"], empty=False)
    base = alt.Chart(source(values)).encode(
        x=alt.X(
            "column:N",
            sort=columns,
            axis=alt.Axis(
                orient="top", labelAngle=0 if upright else -90, labelLimit=110 if upright else 170,
                labelOverlap=False, domain=False, ticks=False,
                labelExpr="split(datum.label, '\\n')" if upright else "replace(datum.label, regexp('\\n', 'g'), ' ')",
                labelPadding=4 + _LINE_HEIGHT * (lines - 1),
                title=column_title or None,
            ),
        ),
        y=alt.Y(
            "row:N",
            sort=in_order([cell.row for cell in cells]),
            title=None,
            axis=alt.Axis(domain=False, ticks=False, labelLimit=340),
        ),
    )
    cells_drawn = (
        base.mark_rect(stroke="#FFFFFF", strokeWidth=2, cursor="pointer")
        .encode(
            color=alt.Color(
                "status:N",
                title=f"{WEAK_SPOT_SIGN} — слабое место класса" if any(cell.is_weak_spot for cell in cells) else None,
                scale=alt.Scale(
                    domain=[status_words(status) for status in used],
                    range=[STATUS_STYLES[status].ground for status in used],
                ),
                legend=alt.Legend(orient="bottom", symbolType="square", symbolSize=180, symbolStrokeWidth=0),
            ),
            stroke=alt.condition(chosen, alt.value(INK), alt.value("#FFFFFF")),
            tooltip=[
                alt.Tooltip("row:N", title=row_title),
                alt.Tooltip("column:N", title=column_title),
                alt.Tooltip("facility:Q", title="Выполнение", format=PERCENT),
                alt.Tooltip("said:N", title="95 % интервал"),
                alt.Tooltip("n:Q", title="Участников"),
                alt.Tooltip("status:N", title="Статус"),
                alt.Tooltip("weak:N", title="Слабое место класса"),
                alt.Tooltip("hidden:N", title="Почему нет числа"),
            ],
        )
        .add_params(chosen)
    )
    texts = base.mark_text(fontSize=12, color=INK, tooltip=None).encode(text="text:N")
    return finish(alt.LayerChart(layer=[cells_drawn, texts]), alt.Step(_CELL_HEIGHT))


def _status(cell: HeatCell) -> Status:
    return Status.UNKNOWN if cell.facility is None else cell.status


def _text(cell: HeatCell, *, with_sign: bool) -> str:
    if cell.facility is None:
        return cell.hidden if with_sign else "×" if cell.why else "–"
    if not with_sign:
        return number(100 * cell.facility)
    weak = f" {WEAK_SPOT_SIGN}" if cell.is_weak_spot else ""
    return f"{number(100 * cell.facility)} {STATUS_STYLES[cell.status].sign}{weak}"
