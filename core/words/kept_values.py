"""Values of the audit trail as people read them: the trail keeps days and times by ISO 8601 and lists as JSON."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, tzinfo

from core.words.dates import day, moment

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_WRITTEN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def kept_value(text: str | None, zone: tzinfo | str) -> str:
    """Return a kept value in Russian: days, times in the zone, lists by commas; the rest as it is.

    A number is left alone: «2.1» may as well be the number of a measure.

    >>> kept_value("2026-10-30", "Europe/Moscow"), kept_value("2026-11-22T13:20:40.615+00:00", "Europe/Moscow")
    ('30.10.2026', '22.11.2026 16:20')
    >>> kept_value('["Математика", "Физика"]', "Europe/Moscow"), kept_value("2.1", "Europe/Moscow")
    ('Математика, Физика', '2.1')
    """
    if not text:
        return ""
    try:
        if _DAY.fullmatch(text):
            return day(date.fromisoformat(text))
        if _MOMENT.fullmatch(text):
            return moment(datetime.fromisoformat(text), zone)
        if text.startswith("[") and text.endswith("]"):
            return _listed(text)
    except ValueError:
        return text
    return text


def kept_day(text: str) -> str | None:
    """Return how the trail keeps a day that somebody wrote, to look for it there; None for anything else.

    >>> kept_day("5.10.2026"), kept_day("удалено")
    ('2026-10-05', None)
    """
    written = _WRITTEN_DAY.fullmatch(text.strip())
    if written is None:
        return None
    try:
        return date(int(written[3]), int(written[2]), int(written[1])).isoformat()
    except ValueError:
        return None


def _listed(text: str) -> str:
    """Return a JSON list of plain values by commas; what is no such list, as it is. Raises ValueError (not JSON)."""
    values = json.loads(text)
    if not all(isinstance(one, str | int) for one in values):
        return text
    return ", ".join(map(str, values))
