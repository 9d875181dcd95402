"""From the text of a deadline to tokens: months, years, days, terms and the words that join them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.planning.deadlines.vocabulary import FILLER, MONTHS, NUMBERS, ROMAN, WORDS

_LONGEST: Final = 1000
_DASHES: Final = re.compile(r"\s*[-‐‑‒–—―−]+\s*")
_MONTH = "|".join(f"(?P<m{number}>(?:{stem})(?![а-я])\\.?)" for number, stem in enumerate(MONTHS, start=1))
_NUMBER = "|".join(f"(?P<n{value}>(?:{words})(?![а-я]))" for value, words in NUMBERS.items())
_WORD = "|".join(f"(?P<{name}>(?:{words})(?![а-я0-9]))" for name, words in WORDS.items())
_TOKEN: Final = re.compile(
    r"(?P<DATE>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)(?: ?г\.)?)|(?P<ISO>\d{4}-\d{1,2}-\d{1,2}(?!\d))"
    r"|(?P<MONTHYEAR>(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d(?!\d))"
    r"|(?P<DAYMONTH>\d{1,2}\.(?:0?[1-9]|1[0-2])(?!\d|\.\d))"
    r"|(?P<YEARS>(?:19|20)\d\d ?[-/] ?(?:(?:19|20)\d\d|\d\d(?!\d)))|(?P<YEAR>(?:19|20)\d\d(?!\d))"
    r"|(?P<ROMAN>(?:iv|i{1,3}|v)(?![a-zа-я]))|(?P<NUMBER>\d{1,3}(?!\d)(?:-?(?:ый|ой|ий|ая|я|го|е|й|м|х|ом|му)(?![а-я]))?)"
    f"|{_WORD}|{_MONTH}|{_NUMBER}|(?P<FILLER>(?:{FILLER})(?![а-я0-9])|[.:()«»\"'])"
    r"|(?P<SIGN>[,;/+&-])|(?P<SPACE> +)|(?P<OTHER>[а-яa-z0-9]+|.)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, the number it stands for (0 where it has none), and its text."""

    kind: str
    value: int
    text: str


def plain(text: str) -> str:
    """Return the text in one spelling: lower case, one kind of dash without blanks around it, single blanks.

    >>> plain("Сентябрь – октябрь\\n2020\\u00a0г.")
    'сентябрь-октябрь 2020 г.'
    """
    lowered = text[:_LONGEST].lower().replace("ё", "е").replace("і", "i").replace("\u00a0", " ")
    return _DASHES.sub("-", " ".join(lowered.split()))


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text without its blanks; what is no word of deadlines is «OTHER»."""
    found: list[Token] = []
    for match in _TOKEN.finditer(plain(text)):
        kind = match.lastgroup or "OTHER"
        if kind == "SPACE":
            continue
        if kind == "MONTHYEAR":
            month, year = re.split(r"[./]", match[0])
            found += [Token("MONTH", int(month), month), Token("YEAR", int(year), year)]
            continue
        if kind == "SIGN":
            kind = "DASH" if match[0] == "-" else "COMMA"
        value = 0
        if kind in ("NUMBER", "YEAR"):
            value = int(re.sub(r"\D.*", "", match[0]))
        elif kind == "ROMAN":
            kind, value = "NUMBER", ROMAN[match[0]]
        elif re.fullmatch(r"[mn]\d+", kind):
            kind, value = ("MONTH" if kind[0] == "m" else "NUMBER"), int(kind[1:])
        found.append(Token(kind, value, match[0]))
    return found
