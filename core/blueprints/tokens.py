"""Words of a title or a file name, folded so that «Русский», «russkij» and «РУССКИЙ» compare as equal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[а-яё]+|[a-z]+|\d+", re.IGNORECASE)
_LATIN_GROUPS = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"),
    ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("yo", "е"), ("jo", "е"), ("ye", "е"), ("je", "е"),
)
_LATIN_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwyz", "абцдефгхийклмнопкрстувwиз".replace("w", "в"))
_FOLD = str.maketrans({"ё": "е", "э": "е", "й": "и", "ы": "и", "ъ": "", "ь": ""})


def fold(word: str) -> str:
    """Return a word in one spelling: lower case, Latin letters as Cyrillic, ё=э=е, й=ы=и, no signs.

    >>> fold("Fizika"), fold("ФИЗИКА"), fold("russkij")[:5]
    ('физика', 'физика', 'русск')
    """
    text = word.lower()
    if text.isascii() and not text.isdigit():
        for group, letter in _LATIN_GROUPS:
            text = text.replace(group, letter)
        text = text.translate(_LATIN_LETTERS).replace("x", "кс")
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number of a text: as written in lower case, folded, and where it stands."""

    raw: str
    folded: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        """The number, if the token is one without leading zeros."""
        return int(self.raw) if self.raw.isdigit() and (self.raw == "0" or self.raw[0] != "0") else None


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of a text; letters and digits are split («ma4» → «ma», «4»)."""
    return tuple(
        Token(found.group().lower(), fold(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)
    )


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a name: words in order; a word with «*» is the beginning of a word."""

    words: tuple[tuple[str, bool], ...]

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, text: str) -> Form:
        """Return the form written as in the dictionaries, for example «математик* проф*»."""
        return cls(tuple((fold(word.rstrip("*")), word.endswith("*")) for word in text.split()))

    def weight(self, tokens: tuple[Token, ...], gap: int = 4) -> int:
        """Return how many letters of the form stand in the text, 0 when it does not occur.

        The words must come in order with at most `gap` other tokens between two of them.
        """
        for start in range(len(tokens)):
            if self._matches(tokens, start, gap):
                return sum(len(word) for word, _ in self.words)
        return 0

    def _matches(self, tokens: tuple[Token, ...], start: int, gap: int) -> bool:
        position, first = start, True
        for word, is_beginning in self.words:
            reach = position + 1 if first else min(position + gap + 1, len(tokens))
            for index in range(position, reach):
                folded = tokens[index].folded
                if folded == word or (is_beginning and folded.startswith(word)):
                    position, first = index + 1, False
                    break
            else:
                return False
        return True
