"""Charts drawn once: the same rows give the same chart, and its Vega-Lite text is made once.

Building a chart and turning it into Vega-Lite costs Altair some 0.1 s, which every rerun of a screen would pay again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import ParamSpec, TypeVar, cast

from core.charts.style import Figure

_Given = ParamSpec("_Given")
_Chart = TypeVar("_Chart", bound=Figure)
_MOST = 128
_specs: OrderedDict[int, tuple[Figure, dict[str, object]]] = OrderedDict()
_lock = Lock()


def kept(draw: Callable[_Given, _Chart]) -> Callable[_Given, _Chart]:
    """Make a function that draws a chart give back the one it drew before for equal arguments.

    Arguments are rows (sequences of frozen dataclasses) and plain values. Whoever gets the chart only looks at it.
    """
    remembered = lru_cache(maxsize=_MOST)(cast("Callable[..., _Chart]", draw))

    @wraps(draw)
    def drawn(*given: _Given.args, **options: _Given.kwargs) -> _Chart:
        return remembered(
            *(_hashable(one) for one in given), **{name: _hashable(one) for name, one in options.items()}
        )

    return drawn


def spec_of(chart: Figure) -> dict[str, object]:
    """Return the chart as Vega-Lite, made once for each chart; the tests check it against the schema."""
    with _lock:
        found = _specs.get(id(chart))
        if found is not None:
            _specs.move_to_end(id(chart))
            return found[1]
    spec = cast("dict[str, object]", chart.to_dict(validate=False))
    with _lock:
        # The chart is kept beside its text, so that its id is not given to another one.
        _specs[id(chart)] = (chart, spec)
        while len(_specs) > _MOST:
            _specs.popitem(last=False)
    return spec


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
