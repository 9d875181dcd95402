"""The same deadlines in other years, for plans that are copied."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT = re.compile(r"(?<!\d)((?:19|20)\d\d\s*[-–—/]\s*)(\d\d)(?!\d)")


def shift_years(text: str, years: int) -> str:
    """Return the text with every calendar year in it moved by so many years; texts without years stay as they are.

    >>> shift_years("октябрь-ноябрь 2020 г., октябрь-ноябрь, 2021 г.", 6)
    'октябрь-ноябрь 2026 г., октябрь-ноябрь, 2027 г.'
    >>> shift_years("2025/26 учебный год", 1)
    '2026/27 учебный год'
    """
    shorter = _SHORT.sub(lambda found: f"{found[1]}{(int(found[2]) + years) % 100:02d}", text)
    return _YEAR.sub(lambda found: str(int(found[0]) + years), shorter)
