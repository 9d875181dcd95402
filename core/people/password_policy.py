"""What a password must be: long enough, and not one that is guessed first. No rule of composition, no rotation.

Sources: NIST SP 800-63B-4 and OWASP ASVS 5.0 (6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11); the lengths by role stand in
`core.people.roles`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from functools import cache

from core.errors import InvalidInput
from core.people.keyboard import SHORTEST_RUN, layouts, repeated_unit, run_length
from core.people.passwords import LONGEST, normal_password
from core.store.settings import reference_directory
from core.words import plural

FEWEST_UNPREDICTABLE = 8
"""So many characters must remain when every common word and every run counts as two."""
_WORTH = 2
_SHORTEST_WORD = 4
_YEAR = re.compile(r"(19|20)\d\d")


def require_good_password(password: str, *, fewest: int, context: Iterable[str] = ()) -> None:
    """Raise InvalidInput unless the password can be taken; `fewest` is the least number of characters.

    `context` are words that a stranger tries first: the login, the name, the school.
    """
    text = normal_password(password)
    if len(text) < fewest:
        raise InvalidInput(
            f"Пароль слишком короткий: {plural(len(text), 'символ', 'символа', 'символов')}, нужно не меньше {fewest}.",
            "Возьмите несколько слов, не связанных между собой: их легко запомнить и трудно подобрать.",
        )
    if len(text) > LONGEST:
        raise InvalidInput(f"Пароль длиннее {LONGEST} символов.", "Сократите его.")
    if "\x00" in text:
        raise InvalidInput("В пароле есть недопустимый символ.", "Введите пароль с клавиатуры.")
    words = _context_words(context)
    if any(_is_common(typed) for typed in layouts(text)):
        raise InvalidInput("Такой пароль входит в список самых частых.", "Придумайте другой.")
    if min(_unpredictable(typed, words) for typed in layouts(text)) < FEWEST_UNPREDICTABLE:
        raise InvalidInput(
            "Такой пароль легко подобрать: он состоит из частых слов, повторов, соседних клавиш или вашего имени.",
            "Возьмите несколько слов, не связанных между собой, с работой и с вами.",
        )


@cache
def _common_passwords() -> frozenset[str]:
    """Return passwords that are tried first, in lower case."""
    path = reference_directory() / "passwords" / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip().lower() for line in lines if line.strip()) | _common_words()


@cache
def _common_words() -> frozenset[str]:
    """Return words from which guessable passwords are put together."""
    text = (reference_directory() / "passwords" / "russian.txt").read_text(encoding="utf-8")
    return frozenset(_folded(line) for line in text.split() if line)


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е")


def _is_common(text: str) -> bool:
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    return text in _common_passwords() or (core in _common_passwords() and len(text) - len(core) < FEWEST_UNPREDICTABLE)


def _context_words(context: Iterable[str]) -> frozenset[str]:
    """Return the words of names and logins, long enough to matter."""
    parts = (part for text in context for part in re.split(r"[\W_]+", _folded(text)))
    return frozenset(part for part in parts if len(part) >= _SHORTEST_WORD)


def _unpredictable(text: str, context: frozenset[str]) -> int:
    """Return how many characters a guesser would have to try one by one."""
    text = _folded(text)[: repeated_unit(_folded(text))]
    words = sorted(context | _common_words(), key=len, reverse=True)
    count = place = 0
    while place < len(text):
        length, worth = 1, 1
        word = next((word for word in words if text.startswith(word, place)), "")
        run = run_length(text, place)
        if len(word) >= _SHORTEST_WORD or (word and len(word) > run):
            length, worth = len(word), _WORTH
        if run >= SHORTEST_RUN and run > length:
            length, worth = run, _WORTH
        if length == 1 and _YEAR.match(text, place):
            length = 4
        count += worth
        place += length
    return count
