"""Small pieces of Russian sentences that findings share."""

from __future__ import annotations


def places(rows: list[int], limit: int = 5) -> str:
    """Return «строки 3, 7, 12 и ещё 4» for numbers of rows; «строка 3» for one."""
    if len(rows) == 1:
        return f"строка {rows[0]}"
    shown = ", ".join(map(str, rows[:limit]))
    rest = len(rows) - limit
    return f"строки {shown}" + (f" и ещё {rest}" if rest > 0 else "")
