"""Cells as text and as numbers: one cleaning for headers, codes and scores."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from core.workbooks.grid import Cell

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]"
)
_SPACES = re.compile(r"\s+")
_COMBINING_RUN = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")
_NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d{1,9})?", re.ASCII)
_LOOK_ALIKE = str.maketrans("AaBCcEeHKMOoPpTXxYy", "АаВСсЕеНКМОоРрТХхУу")

MAX_TEXT = 1000
"""Longer cell texts are cut (security.md §5.1)."""


def clean(text: str) -> str:
    """Return a text in NFC without invisible characters, with single ordinary spaces, at most 1 000 characters.

    Non-breaking and thin spaces become spaces; zero-width characters, soft hyphens, marks of direction and control
    characters vanish; more than two combining marks in a row are cut.
    """
    if text.isprintable() and "  " not in text and (text.isascii() or _is_plain(text)):
        return text.strip()[:MAX_TEXT]
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text[: 4 * MAX_TEXT]))
    return _SPACES.sub(" ", _COMBINING_RUN.sub(r"\1", text)).strip()[:MAX_TEXT]


def without_invisible(text: str) -> str:
    """Return a text of any length without control and invisible characters and marks of direction; its lines stay."""
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def _is_plain(text: str) -> bool:
    """Say whether a printable text needs no cleaning: composed, and without heaps of combining marks."""
    return unicodedata.is_normalized("NFC", text) and _COMBINING_RUN.search(text) is None


def cell_text(cell: Cell) -> str:
    """Return a cell as a person reads it: «12» and not «12.0», dates as 05.12.2026; an empty cell is ""."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ИСТИНА" if cell else "ЛОЖЬ"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def folded(text: str) -> str:
    """Return a text for comparing: lower case, «ё» as «е», without end marks («Код ОО:» equals «код оо»)."""
    return text.casefold().replace("ё", "е").strip(" .:;*")


def as_cyrillic(text: str) -> str:
    """Return a text with the Latin letters that look like Cyrillic ones replaced by these («8A» with a Latin A)."""
    return text.translate(_LOOK_ALIKE)


def as_number(cell: Cell) -> float | None:
    """Return a cell's number; None for everything that is not plainly one.

    Texts must be ASCII digits with an optional sign and decimal comma or point: «inf», «1e2», «1_000», «٣» are no
    numbers (security.md D04-D05), nor are TRUE and dates.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float | int):
        number = float(cell)
        return number if abs(number) < 1e15 else None
    if isinstance(cell, str):
        text = clean(cell)
        return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
    return None


def as_whole(cell: Cell) -> int | None:
    """Return a cell's whole number (a deviation below 1e-6 is rounding noise), or None."""
    number = as_number(cell)
    if number is None:
        return None
    nearest = round(number)
    return nearest if abs(number - nearest) < 1e-6 else None


def is_blank(cell: Cell) -> bool:
    """Say whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not clean(cell))
