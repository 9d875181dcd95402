"""A chart as a PNG picture, drawn on this computer without a browser and without the network."""

from __future__ import annotations

import vl_convert

from core.charts.style import Figure

WIDTH = 960
"""Width in points; a sheet of A4 in landscape takes it at 220 dpi."""
SCALE = 2


def chart_png(chart: Figure, title: str = "", width: int = WIDTH) -> bytes:
    """Return the chart as PNG, `width` points wide and twice as many pixels, with its title above it.

    The fonts are inside vl-convert (Liberation Sans), so that Cyrillic works on a computer without any font.
    """
    spec = chart.to_dict()
    spec["width"] = width
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["padding"] = 12
    if title:
        spec["title"] = {"text": title, "anchor": "start", "fontSize": 16, "offset": 12}
    picture: bytes = vl_convert.vegalite_to_png(spec, scale=SCALE)
    return picture
