"""Small pieces of Russian sentences that findings share."""

from __future__ import annotations


def counted(number: int, one: str, few: str, many: str) -> str:
    """Return a number with its noun: «1 строка», «3 строки», «12 строк»."""
    tens, ones = number % 100, number % 10
    if ones == 1 and tens != 11:
        noun = one
    elif 2 <= ones <= 4 and not 12 <= tens <= 14:
        noun = few
    else:
        noun = many
    return f"{number} {noun}"


def places(rows: list[int], limit: int = 5) -> str:
    """Return «строки 3, 7, 12 и ещё 4» for numbers of rows; «строка 3» for one."""
    if len(rows) == 1:
        return f"строка {rows[0]}"
    shown = ", ".join(map(str, rows[:limit]))
    rest = len(rows) - limit
    return f"строки {shown}" + (f" и ещё {rest}" if rest > 0 else "")
