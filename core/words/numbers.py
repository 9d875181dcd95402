"""Numbers, shares and intervals as they are written in Russian (Babel's CLDR data, with a true minus)."""

from __future__ import annotations

import math
from functools import lru_cache

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

NO_BREAK = "\u00a0"
NOTHING = "—"
"""What stands for a number that does not exist (NaN)."""
_MINUS = "−"
_RUSSIAN = Locale("ru")


@lru_cache(maxsize=16)
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * digits if digits else ""))


def number(value: float, digits: int = 0) -> str:
    """Return a number with decimal comma, groups of three and a true minus; «—» for NaN.

    >>> number(12345.678, 1), number(-0.5, 2), number(-0.001, 1)
    ('12\\xa0345,7', '−0,50', '0,0')
    """
    if not math.isfinite(value):
        return NOTHING if math.isnan(value) else f"{_MINUS if value < 0 else ''}∞"
    text = _written(abs(value), digits)
    return f"{_MINUS}{text}" if value < 0 and text.strip("0,") else text


@lru_cache(maxsize=16384)
def _written(value: float, digits: int) -> str:
    """Return a number without its sign: tables write the same ones again whenever they are drawn."""
    return str(_pattern(digits).apply(value, _RUSSIAN))


def signed(value: float | None, digits: int = 1) -> str:
    """Return a change with its sign; «—» for none.

    >>> signed(4.0), signed(-0.5), signed(0.0), signed(None)
    ('+4,0', '−0,5', '0,0', '—')
    """
    if value is None:
        return NOTHING
    return f"+{number(value, digits)}" if value > 0 else number(value, digits)


def percent(share: float, digits: int = 1) -> str:
    """Return a share 0..1 in per cent; «—» for NaN.

    >>> percent(0.625), percent(0.5, 0)
    ('62,5\\xa0%', '50\\xa0%')
    """
    return NOTHING if math.isnan(share) else f"{number(100 * share, digits)}{NO_BREAK}%"


def interval(low: float, high: float, digits: int = 1) -> str:
    """Return an interval of shares in per cent; «—» when it is unknown.

    >>> interval(0.412, 0.7)
    '41,2–70,0\\xa0%'
    """
    if math.isnan(low) or math.isnan(high):
        return NOTHING
    return f"{number(100 * low, digits)}–{percent(high, digits)}"


def share(value: float, low: float, high: float, n: int) -> str:
    """Return a share 0..1 as it is shown everywhere: with its interval and the number of participants.

    >>> share(0.625, 0.41, 0.78, 20)
    '62,5\\xa0% (41–78\\xa0%, n\\xa0=\\xa020)'
    """
    if math.isnan(value):
        return NOTHING
    return f"{percent(value)} ({interval(low, high, 0)}, n{NO_BREAK}={NO_BREAK}{number(n)})"
