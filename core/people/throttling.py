"""When the next attempt to sign in may be made: pure rules over the times of failures (security.md §2.3).

Nothing here locks for ever: every wait ends by itself, and attempts that were refused do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)
FREE_FAILURES = 5
"""Failures of one account in the window before the next attempt is delayed."""
LONGEST_DELAY = timedelta(seconds=60)
ACCOUNT_LIMIT = 10
ACCOUNT_BLOCK = timedelta(minutes=15)
ADDRESS_LIMIT = 30
"""A whole school often shares one address."""
ADDRESS_BLOCK = timedelta(minutes=15)
ADDRESS_DAY_LIMIT = 100
ADDRESS_DAY_BLOCK = timedelta(hours=1)
ALARM_LIMIT = 300
"""Failures of everybody in the window from which administrators are warned."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Failures that count together, in order of time, and until when the last block holds."""

    counted: tuple[datetime, ...]
    blocked_until: datetime | None


def streak_of(failures: Sequence[datetime], now: datetime, limit: int, block: timedelta) -> Streak:
    """Return the failures that count now; `failures` in order of time.

    A failure counts for as long as the window. When `limit` of them stand in one window, a block begins with the last,
    and after it the count starts afresh: a stranger who goes on trying does not keep the owner out for ever.
    """
    counted: list[datetime] = []
    until: datetime | None = None
    for at in failures:
        counted = [earlier for earlier in counted if at - earlier < WINDOW]
        counted.append(at)
        if len(counted) >= limit:
            until = at + block
            counted = []
    return Streak(tuple(at for at in counted if now - at < WINDOW), until)


def account_free_at(failures: Sequence[datetime], now: datetime) -> datetime:
    """Return when the next password for this account is looked at; not later than `now` when at once.

    Five failures are free; then 1, 2, 4 … 60 seconds after the last one; after ten 15 minutes.
    """
    streak = streak_of(failures, now, ACCOUNT_LIMIT, ACCOUNT_BLOCK)
    if streak.blocked_until is not None and streak.blocked_until > now:
        return streak.blocked_until
    recent = len(streak.counted)
    if recent < FREE_FAILURES:
        return now
    return streak.counted[-1] + min(LONGEST_DELAY, timedelta(seconds=2 ** (recent - FREE_FAILURES)))


def address_free_at(failures: Sequence[datetime], now: datetime) -> datetime:
    """Return when the next attempt from this address is looked at; not later than `now` when at once."""
    streak = streak_of(failures, now, ADDRESS_LIMIT, ADDRESS_BLOCK)
    free = streak.blocked_until if streak.blocked_until is not None else now
    day = [at for at in failures if now - at < DAY]
    if len(day) >= ADDRESS_DAY_LIMIT:
        free = max(free, day[-1] + ADDRESS_DAY_BLOCK)
    return max(free, now)
