"""Text that is put into an exported cell: no formula, no control characters, no longer than Excel can hold."""

from __future__ import annotations

import re
from typing import Final

from core.workbooks.limits import MAX_FIELD_CHARACTERS

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HARMLESS: Final = re.compile(r"[+-]|[+-]?\d+(?:[.,]\d+)?\s?%?", re.ASCII)
"""A lone sign and a number are shown as they are; nothing can be run by them."""
_FORBIDDEN_IN_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_MAX_NAME: Final = 31
_RESERVED_NAMES: Final = frozenset({"history", "журнал"})


def clean_text(text: str) -> str:
    """Return the text without control characters, lone surrogates and what lies beyond Excel's 32 767 characters."""
    return _FORBIDDEN.sub("", text)[:MAX_FIELD_CHARACTERS]


def safe_text(text: str) -> str:
    """Return `clean_text`, with an apostrophe before anything that a spreadsheet could take for a formula.

    Source: OWASP, CSV Injection; the rule covers XLSX too, because people save it as CSV.
    """
    cleaned = clean_text(text)
    if cleaned.startswith(_FORMULA_SIGNS) and not _HARMLESS.fullmatch(cleaned):
        return "'" + cleaned[: MAX_FIELD_CHARACTERS - 1]
    return cleaned


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel accepts (≤ 31 characters, no []:*?/\\, not empty) and that `taken` does not hold.

    `taken` holds lower-case names and gets the new one.
    """
    base = " ".join(_FORBIDDEN_IN_NAME.sub(" ", clean_text(wanted)).split()).strip("'") or "Лист"
    if base.lower() in _RESERVED_NAMES:
        base += " 1"
    name = base[:_MAX_NAME].rstrip(" '")
    number = 2
    while name.lower() in taken:
        ending = f" ({number})"
        name = base[: _MAX_NAME - len(ending)].rstrip() + ending
        number += 1
    taken.add(name.lower())
    return name
