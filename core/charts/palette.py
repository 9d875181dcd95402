"""Colours, signs and shapes. No colour speaks alone: every status has a sign and a word, every series a shape.

Blue against orange stays apart for all common kinds of colour blindness (Okabe & Ito, «Color Universal Design»).
Text on its ground has a contrast of at least 4.5 (WCAG 2.1, 1.4.3); the tests compute it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.analysis.status import Status

BadgeColour: TypeAlias = Literal["red", "orange", "gray", "blue"]

INK = "#1B2430"
FAINT_INK = "#5A6675"
GRID = "#DDE3EA"
GROUND = "#FFFFFF"
OWN = "#0B5CAD"
"""The unit that the screen speaks of."""
PALE = "#B9C3CF"
"""Bars of others, beside those of the own unit."""


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """How a status is shown: sign, the same as a shape, colour of a point, pale ground of a cell, colour of a badge."""

    sign: str
    shape: str
    """Name of a shape of Vega, or its outline as an SVG path in a square from -1 to 1."""
    colour: str
    ground: str
    badge: BadgeColour


STATUS_STYLES: dict[Status, StatusStyle] = {
    Status.SURELY_BELOW: StatusStyle("▼▼", "M-1,-1L1,-1L0,0ZM-1,0L1,0L0,1Z", "#A8320A", "#F7B89C", "red"),
    Status.PROBABLY_BELOW: StatusStyle("▼", "triangle-down", "#D97A00", "#FCE0B8", "orange"),
    Status.UNCERTAIN: StatusStyle("◊", "diamond", "#7A8797", "#EDF0F4", "gray"),
    Status.REACHED: StatusStyle("●", "circle", "#0B5CAD", "#CFE3F7", "blue"),
    Status.UNKNOWN: StatusStyle("–", "stroke", "#9AA5B1", "#FFFFFF", "gray"),
}
WEAK_SPOT_SIGN = "◄"

MARK_COLOURS: dict[str, str] = {"2": "#A8320A", "3": "#D97A00", "4": "#3F8FD2", "5": "#0B4A8A"}
MARK_SHAPES: dict[str, str] = {"2": "triangle-down", "3": "square", "4": "circle", "5": "triangle-up"}
SERIES_COLOURS = ("#0B5CAD", "#D97A00", "#4B7F52", "#8A4F9E", "#5A6675", "#A8320A")
SERIES_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
SERIES_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2], [1, 3])


def status_words(status: Status) -> str:
    """Return sign and word of a status, as in legends and tables: «▼ вероятно ниже»."""
    return f"{STATUS_STYLES[status].sign} {status.words}"
