"""Maps of cells that say their number and their sign: difficulties × groups, elements × sides of the triangulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.analysis.status import Status
from core.charts.kept import kept
from core.charts.palette import INK, STATUS_STYLES, BadgeColour
from core.charts.style import finish, in_order, source
from core.diagnostics.standing import Standing

SELECTION = "cell"
"""Name of the selection: a clicked cell gives {"row": …, "column": …}."""
_CELL_HEIGHT = 30
_LINE_HEIGHT = 14
_LABELS_WIDTH = 700
"""Pixels that the names of the columns have together."""
_LEGEND_COLUMNS = 4
"""More in one line are cut off at the right edge of a laptop."""
_MOST_UPRIGHT = 9
"""More columns than these have their names written upwards."""

_TONES = {
    Standing.NO_DATA: Status.UNKNOWN,
    Standing.NONE: Status.REACHED,
    Standing.FEW: Status.UNCERTAIN,
    Standing.PERSONAL: Status.UNCERTAIN,
    Standing.POSSIBLE: Status.PROBABLY_BELOW,
    Standing.CORPORATE: Status.SURELY_BELOW,
}


def tone_of(standing: Standing) -> Status:
    """Return the status whose colours a standing has; its own sign and words stand beside them."""
    return _TONES[standing]


def standing_badge(standing: Standing) -> BadgeColour:
    """Return the colour of the standing's badge."""
    return STATUS_STYLES[_TONES[standing]].badge


def standing_words(standing: Standing) -> str:
    """Return sign and words: «▼▼ корпоративный»."""
    return f"{standing.sign} {standing.words}"


@dataclass(frozen=True, slots=True)
class ToneCell:
    """One cell: what stands in it, in whose colours, what the legend calls it, and what the tooltip says."""

    row: str
    column: str
    text: str
    tone: Status
    words: str
    """Sign and words of the tone, as in the legend."""
    said: str = ""


@kept
def tone_map(cells: Sequence[ToneCell], row_title: str, column_title: str = "") -> alt.LayerChart:
    """Return the map with rows and columns in the order of the cells; a click on a cell selects it (`SELECTION`)."""
    columns = in_order([cell.column for cell in cells])
    upright = len(columns) <= _MOST_UPRIGHT
    lines = max((column.count("\n") + 1 for column in columns), default=1) if upright else 1
    legend = {cell.words: STATUS_STYLES[cell.tone].ground for cell in sorted(cells, key=lambda cell: -cell.tone)}
    values = [
        {
            "row": cell.row, "column": cell.column, "text": cell.text, "words": cell.words, "said": cell.said,
        }
        for cell in cells
    ]
    chosen = alt.selection_point(name=SELECTION, fields=["row", "column"], empty=False)
    base = alt.Chart(source(values)).encode(
        x=alt.X(
            "column:N",
            sort=columns,
            axis=alt.Axis(
                orient="top", labelAngle=0 if upright else -90,
                labelLimit=max(130, _LABELS_WIDTH // len(columns)) if upright and columns else 170,
                labelOverlap=False, domain=False, ticks=False, title=column_title or None,
                labelExpr="split(datum.label, '\\n')" if upright else "replace(datum.label, regexp('\\n', 'g'), ' ')",
                labelPadding=4 + _LINE_HEIGHT * (lines - 1),
            ),
        ),
        y=alt.Y(
            "row:N",
            sort=in_order([cell.row for cell in cells]),
            title=None,
            axis=alt.Axis(domain=False, ticks=False, labelLimit=380),
        ),
    )
    drawn = (
        base.mark_rect(stroke="#FFFFFF", strokeWidth=2, cursor="pointer")
        .encode(
            color=alt.Color(
                "words:N",
                title=None,
                scale=alt.Scale(domain=list(legend), range=list(legend.values())),
                legend=alt.Legend(
                    orient="bottom", symbolType="square", symbolSize=180, symbolStrokeWidth=0, columns=_LEGEND_COLUMNS
                ),
            ),
            stroke=alt.condition(chosen, alt.value(INK), alt.value("#FFFFFF")),
            tooltip=[
                alt.Tooltip("row:N", title=row_title),
                alt.Tooltip("column:N", title=column_title or "Где"),
                alt.Tooltip("words:N", title="Что это"),
                alt.Tooltip("said:N", title="Числа"),
            ],
        )
        .add_params(chosen)
    )
    texts = base.mark_text(fontSize=12, color=INK, tooltip=None).encode(text="text:N")
    return finish(alt.LayerChart(layer=[drawn, texts]), alt.Step(_CELL_HEIGHT))
