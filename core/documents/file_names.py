"""Names of files that people can read and every system accepts."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from core.words import day

_FORBIDDEN = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+'
)
"""Signs that a file system refuses, and invisible ones that turn the order of letters: «docx» must not look «exe»."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices that Windows gives to no file (learn.microsoft.com, Naming Files, Paths, and Namespaces)."""
_LONGEST = 100
"""Characters of a name without ending: 255 bytes of UTF-8 are the limit of Linux, two a Cyrillic letter."""


def plain_name(title: str) -> str:
    """Return a title as the name of a file without ending.

    >>> plain_name("Поля: 4 класс?"), plain_name("con"), plain_name("..."), plain_name("а\\u202eб")
    ('Поля 4 класс', 'con_', 'Документ', 'аб')
    """
    name = shortened(" ".join(_FORBIDDEN.sub("", title.replace("\xa0", " ")).split()).strip(" ."), _LONGEST)
    if _RESERVED.fullmatch(name):
        name += "_"
    return name or "Документ"


def shortened(text: str, longest: int) -> str:
    """Return a text that is not longer, cut at the end of a word where there is one.

    >>> shortened("Карта по геометрии на 2026 год", 21)
    'Карта по геометрии на'
    """
    if len(text) <= longest:
        return text
    head, space, _rest = text[: longest + 1].rpartition(" ")
    return (head if space and len(head) > longest // 2 else text[:longest]).rstrip(" .,;:–-")


def dated_name(title: str, ending: str, on: date | None = None) -> str:
    """Return the name of a file with its day: «Поля 4 класс, 02.11.2026.xlsx»."""
    return f"{plain_name(title)}, {day(on or date.today())}.{ending}"


def free_name(title: str, ending: str, taken: Collection[str]) -> str:
    """Return a name that is not taken in a folder in which case does not count; `taken` holds lower-case names.

    >>> free_name("Карта", "docx", {"карта.docx"})
    'Карта (2).docx'
    """
    plain = plain_name(title)
    name, number = f"{plain}.{ending}", 2
    while name.lower() in taken:
        name, number = f"{plain} ({number}).{ending}", number + 1
    return name
