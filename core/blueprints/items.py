"""Codes of items (номера заданий): one spelling for all of them, and the headers in which files write them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TypeAlias

HeaderCell: TypeAlias = str | float | int | date | None
"""A header cell as a reader gives it: text, a number, or the date that Excel made out of «5.1»."""

_CYRILLIC_TWINS = str.maketrans("ABCEHKMOPTXЁ", "АВСЕНКМОРТХЕ")

_CODE = r"""
    (?: [ГФИСЧ]?К\d{1,2} | [АВС]\d{1,2}             # a criterion or an old-style number on its own: К1, ГК1, В5
      | \d{1,3} (?: [.,] \d{1,2} )*                 # 9, 9.1, 9,1
        (?: \s* \( \d{1,2} \) )?                    # 4(1), 16 (1)
        (?: \s* \.? \s* [ГФИСЧ]?К \s* \d{1,2}       # 4К1, 27К10
          | [А-Е] (?= \s* \( ) )?                    # 5а (1б)
    )
"""
_PREFIX = r"(?: (?: БАЛЛ\w* \s+ ЗА | ЗАДАНИ[ЕЯ] | ЗАД | ВОПРОС | КРИТЕРИЙ | ТАSК | IТЕМ ) \.? \s* №? | № )"
_MAXIMUM = r"""
    (?: \s* [,;:–—-] \s* \(? | \s* \( | \s+ ) \s*
    (?: МАКС\w*\.? \s* (?:БАЛЛ\w*)? \s* [=:–—-]? \s* (?P<named>\d{1,3}) (?: \s* (?: БАЛЛ(?:А|ОВ)? | Б ) )?
      | (?P<counted>\d{1,3}) \s* (?: БАЛЛ(?:А|ОВ)? | Б ) )
    \.? \s* \)?
"""
_HEADER = re.compile(rf"^ (?:{_PREFIX})? \s* (?P<code>{_CODE}) (?:{_MAXIMUM})? \.? $", re.VERBOSE)
_RAW_EXPORT = re.compile(r"^a-(\d{1,3})-grade$", re.IGNORECASE)
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_TASK = re.compile(r"^(\d+)")


def _canonical(code: str) -> str:
    """Return a matched code without spaces, with dots for commas, without leading zeros."""
    joined = "".join(code.split()).replace(",", ".").replace(".К", "К")
    return _LEADING_ZEROS.sub("", joined)


@lru_cache(maxsize=8192)
def _parse_text(text: str) -> tuple[str, int | None] | None:
    squeezed = " ".join(text.split())
    if not squeezed or len(squeezed) > 60:
        return None
    raw = _RAW_EXPORT.match(squeezed)
    if raw:
        return _canonical(raw.group(1)), None
    found = _HEADER.match(squeezed.upper().translate(_CYRILLIC_TWINS))
    if not found:
        return None
    maximum = found.group("named") or found.group("counted")
    return _canonical(found.group("code")), int(maximum) if maximum else None


def parse_item_header(cell: HeaderCell) -> tuple[str, int | None] | None:
    """Return (code, maximum or None) when a header cell names an item, else None.

    Understands «1 (5б)», «4К1 (3б)» with either alphabet, «9,1 (1б)», «4(1) (3б)», «16 (1) (1б)», «5(1б)», a bare
    «1», «балл за 7», «a-7-grade», «Задание 3 (макс. 2)», numbers, and the date into which Excel turns «5.1».
    """
    if isinstance(cell, str):
        return _parse_text(cell)
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}", None
    if cell is None or isinstance(cell, bool) or not 0 < cell < 1000:
        return None
    return f"{cell:g}", None


def normalise_item_code(code: HeaderCell) -> str:
    """Return the one spelling of an item's code: «4K1» → «4К1», «9,1» → «9.1», «16 (1)» → «16(1)».

    What is not written as an item's number comes back trimmed, with inner spaces squeezed.
    """
    parsed = parse_item_header(code)
    if parsed:
        return parsed[0]
    text = " ".join(str(code if code is not None else "").split())
    lettered = _parse_text(f"{text} (1б)")  # «5а» is an item's code, but as a bare header it would rather be a class
    return lettered[0] if lettered else text


def task_of(code: str) -> str:
    """Return the task to which an item belongs: «9.1» → «9», «4К1» → «4», «10(2)» → «10», «ГК1» → «ГК1»."""
    found = _TASK.match(code)
    return found.group(1) if found else code
