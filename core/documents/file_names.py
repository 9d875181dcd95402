"""Names of files that people can read and every system accepts, and that name no person.

Names of files end in subjects of mail, in lists of downloads and in histories of browsers, where nobody guards them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from core.words import day

_FORBIDDEN = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+'
)
"""Signs that a file system refuses, and invisible ones that turn the order of letters: «docx» must not look «exe»."""
_SLASH = re.compile(r"(?<=\d)/(?=\d)")
"""Parts the years of an academic year, which would otherwise grow into one number."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices that Windows gives to no file (learn.microsoft.com, Naming Files, Paths, and Namespaces)."""
_LONGEST = 100
"""Characters of a name without ending: 255 bytes of UTF-8 are the limit of Linux, two a Cyrillic letter."""
_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?"
_PERSON = re.compile(
    rf"(?:{_WORD} )?{_WORD} [А-ЯЁ][а-яё]+(?:(?:[ое]в|[ьмл])ич(?:а|у|ем|е)?|(?:[ое]в|ич)н(?:а|ы|е|у|ой|ою))(?![а-яё])"
    rf"|{_WORD} [А-ЯЁ]\. ?[А-ЯЁ]\.|[А-ЯЁ]\. ?[А-ЯЁ]\. ?{_WORD}"
)
"""A full name with its patronymic in any case, or a surname with initials."""
_NAMED_AFTER = re.compile(r"(\b(?:имени|им\.)[^»\",–]*)", re.IGNORECASE)
"""What a school is named after is no personal datum: «МБОУ СОШ имени А. С. Пушкина»."""
_LEFT_ALONE = re.compile(r"\s*[–,:→-]?\s*\0(?:\s*[,;→]?\s*\0)*")


def plain_name(title: str) -> str:
    """Return a title as the name of a file without ending.

    >>> plain_name("Поля: 4 класс?"), plain_name("con"), plain_name("..."), plain_name("а\\u202eб, 2026/2027")
    ('Поля 4 класс', 'con_', 'Документ', 'аб, 2026-2027')
    """
    whole = _SLASH.sub("-", without_names(title.replace("\xa0", " ")))
    name = " ".join(_FORBIDDEN.sub("", whole).split())
    name = shortened(name.strip(" .,;:–"), _LONGEST)
    if _RESERVED.fullmatch(name):
        name += "_"
    return name or "Документ"


def without_names(title: str) -> str:
    """Return a title without full names of persons; a surname alone cannot be told from any other word.

    >>> without_names("Рекомендация – Ветровой Анне Олеговне, дроби"), without_names("СОШ имени И. И. Лесного, ход")
    ('Рекомендация, дроби', 'СОШ имени И. И. Лесного, ход')
    """
    parts = _NAMED_AFTER.split(title)
    masked = "".join(part if place % 2 else _PERSON.sub("\0", part) for place, part in enumerate(parts))
    return _LEFT_ALONE.sub("", masked)


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
