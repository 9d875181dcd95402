"""A chart as a PNG picture, drawn on this computer without a browser and without the network."""

from __future__ import annotations

import re

import vl_convert

from core.charts.style import Figure
from core.workbooks.safe_text import clean_text

WIDTH = 960
"""Width in points; a sheet of A4 in landscape takes it at 220 dpi."""
SCALE = 2
_PICTURE_SIGNS = re.compile("[\U00010000-\U0010ffff]")


def chart_png(chart: Figure, title: str = "", width: int = WIDTH) -> bytes:
    """Return the chart as PNG, `width` points wide and twice as many pixels, with its title above it.

    The fonts are inside vl-convert (Liberation Sans), so that Cyrillic works on a computer without any font.
    """
    spec = {key: _drawable(part) for key, part in chart.to_dict().items()}
    spec["width"] = width
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["padding"] = 12
    if title:
        spec["title"] = {"text": _drawable(title), "anchor": "start", "fontSize": 16, "offset": 12}
    picture: bytes = vl_convert.vegalite_to_png(spec, scale=SCALE)
    return picture


def _drawable(part: object) -> object:
    """Return a part of a chart without signs that the renderer does not survive; people type and paste them in names.

    At a control character it ends the whole process; a picture sign (emoji) it tears in two where it cuts a long label,
    and its font has none of them.
    """
    if isinstance(part, str):
        return _PICTURE_SIGNS.sub("", clean_text(part))
    if isinstance(part, dict):
        return {_drawable(key): _drawable(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_drawable(one) for one in part]
    return part
