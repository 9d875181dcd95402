"""The management cycle as a ring: one segment a stage, clockwise from the top, each with number, sign and word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from core.analysis.status import Status
from core.charts.kept import kept
from core.charts.palette import FAINT_INK, INK, STATUS_STYLES, BadgeColour
from core.charts.style import finish, source
from core.cycle.overview import StageState

_HEIGHT = 330
_OUTER, _INNER, _MIDDLE = 148, 78, 113
"""Radii in pixels: of the ring's edges, and of the texts between them."""

STAGE_TONES: dict[StageState, Status] = {
    StageState.DONE: Status.REACHED,
    StageState.RUNNING: Status.PROBABLY_BELOW,
    StageState.NOT_STARTED: Status.UNCERTAIN,
    StageState.UNKNOWN: Status.UNKNOWN,
}
"""In whose colours a state is shown; its own sign and word always stand beside them."""


def stage_badge(state: StageState) -> BadgeColour:
    """Return the colour of the badge of a stage."""
    return STATUS_STYLES[STAGE_TONES[state]].badge


@dataclass(frozen=True, slots=True)
class RingStage:
    """One segment; `share` says in words how many outputs are there, `missing` what is not."""

    number: str
    name: str
    state: StageState
    share: str
    missing: str


@kept
def cycle_ring(stages: Sequence[RingStage], middle: str) -> alt.LayerChart:
    """Return the ring; `middle` stands inside it, lines parted by line breaks."""
    turn = 2 * math.pi / max(len(stages), 1)
    values = [
        {
            "from": turn * place, "to": turn * (place + 1), "centre": turn * (place + 0.5), "number": stage.number,
            "name": stage.name, "words": stage.state.words, "share": stage.share, "missing": stage.missing or "ничего",
            "text": f"{stage.number}\n{stage.state.sign}\n{stage.state.value}",
        }
        for place, stage in enumerate(stages)
    ]
    grounds = {state.words: STATUS_STYLES[tone].ground for state, tone in STAGE_TONES.items()}
    angle = alt.Theta("from:Q", scale=alt.Scale(domain=[0, 2 * math.pi]), stack=None)
    base = alt.Chart(source(values))
    segments = base.mark_arc(innerRadius=_INNER, outerRadius=_OUTER, padAngle=0.015, stroke=FAINT_INK, strokeWidth=1)
    drawn = segments.encode(
        theta=angle, theta2=alt.Theta2("to"),
        color=alt.Color(
            "words:N", scale=alt.Scale(domain=list(grounds), range=list(grounds.values())), legend=None
        ),
        tooltip=[
            alt.Tooltip("number:N", title="Этап"),
            alt.Tooltip("name:N", title="Название"),
            alt.Tooltip("words:N", title="Состояние"),
            alt.Tooltip("share:N", title="Готово"),
            alt.Tooltip("missing:N", title="Чего нет"),
        ],
    )
    texts = base.mark_text(
        radius=_MIDDLE, fontSize=12.5, lineBreak="\n", color=INK, align="center", baseline="middle", dy=-14,
        tooltip=None,
    ).encode(
        theta=alt.Theta("centre:Q", scale=alt.Scale(domain=[0, 2 * math.pi]), stack=None), text="text:N"
    )
    inside = (
        alt.Chart(source([{"text": middle}]))
        .mark_text(fontSize=13, lineBreak="\n", color=INK, align="center", baseline="middle", radius=0, dy=-8)
        .encode(text="text:N")
    )
    return finish(alt.LayerChart(layer=[drawn, texts, inside]), _HEIGHT)
