"""Live sessions as a table, and a browser's name from what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from core.people.sessions import SessionRow
from pages.widgets.tables import Column, Table

_COLUMNS = (
    Column("browser", "Браузер"),
    Column("address", "Адрес"),
    Column("begun", "Начат", "moment"),
    Column("seen", "Последнее действие", "moment"),
    Column("current", "Этот сеанс"),
)
_BROWSERS = (
    ("YaBrowser/", "Яндекс Браузер"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Return what a person recognises their device by.

    >>> browser_name("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36")
    'Chrome, Linux'
    """
    names = [next((name for sign, name in known if sign in user_agent), None) for known in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in names if name) or "неизвестная программа"


def sessions_table(rows: Sequence[SessionRow]) -> Table:
    """Return the sessions as a table; the id of each row goes along unseen."""
    lines = [
        {
            "id": row.id,
            "browser": browser_name(row.user_agent),
            "address": row.address,
            "begun": row.created_at,
            "seen": row.last_seen_at,
            "current": "● да" if row.is_current else "",
        }
        for row in rows
    ]
    return Table("Сеансы", _COLUMNS, lines)
