"""Which of the copies that were made by themselves stay: many of today, fewer of before, some of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

HOURLY: Final = 24
DAILY: Final = 14
MONTHLY: Final = 12

_PERIODS: Final[tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...]] = (
    (HOURLY, lambda moment: (moment.year, moment.month, moment.day, moment.hour)),
    (DAILY, lambda moment: (moment.year, moment.month, moment.day)),
    (MONTHLY, lambda moment: (moment.year, moment.month)),
)


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return the moments of the copies to keep; hours, days and months are those of the moments' own zone.

    Kept is the newest copy of each of the 24 latest hours, of the 14 latest days and of the 12 latest months that have
    one. Periods without a copy count for nothing: after a summer standing still nothing is thrown away.
    """
    newest_first = sorted(set(moments), reverse=True)
    found: set[datetime] = set()
    for count, period in _PERIODS:
        seen: dict[tuple[int, ...], datetime] = {}
        for moment in newest_first:
            seen.setdefault(period(moment), moment)
        found.update(list(seen.values())[:count])
    return frozenset(found)
