"""How a name stands in texts: whole and with initials, in every case, in any spelling of spaces, ё and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.words.people import name_cases

_INITIALS = re.compile(r"(\S+)\s+(\w)\.\s*(\w)\.")
_BLANKS = r"[\s\u00a0\u202f]"


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A pattern of a name, and the beginnings of words without one of which it cannot stand in a text.

    `bare` are names so short that they could be a word: they count only where a cell holds nothing else.
    """

    pattern: re.Pattern[str] | None
    stems: tuple[str, ...]
    bare: frozenset[str] = frozenset()

    def replaced(self, text: str, alias: str) -> str:
        """Return the text with the alias in place of the name."""
        return self.pattern.sub(alias, text) if self.pattern is not None else text


def teacher_name(full_name: str, others: Iterable[str]) -> WrittenName:
    """Return how the name «Фамилия Имя Отчество» is written; forms that may mean one of `others` are left out.

    Of «Смирнова Ольга Игоревна»: itself, «Ольга Игоревна Смирнова», «Смирнова Ольга», «Смирнова О. И.», «О.И. Смирнова»
    in all cases; in cells of a name alone «Смирнова» too.
    """
    words = full_name.split()
    if len(words) < 2:
        return plain_name(full_name)
    stem = _plain(_stems(words[0])[0])
    # «Смирнова О. И.» may be a case of «Смирнов»: surnames that begin alike are taken for one.
    namesakes = [parts for other in others if len(parts := other.split()) > 1 and _plain(parts[0]).startswith(stem)]
    surname, *given = (_any_of(forms) for forms in name_cases(full_name))
    whole = (_BLANKS + "+").join(given)
    patterns = [f"{surname}{_BLANKS}+{whole}", f"{whole}{_BLANKS}+{surname}"]
    if not any(_same(parts[1], words[1]) for parts in namesakes):
        patterns.append(f"{surname}{_BLANKS}+{given[0]}")
    if not any([part[0] for part in parts[1:]] == [word[0] for word in words[1:]] for parts in namesakes):
        patterns += _with_initials(surname, [word[0] for word in words[1:]])
    bare = frozenset() if namesakes else frozenset(_plain(form) for form in name_cases(full_name)[0])
    return WrittenName(_compiled(patterns), _stems(words[0]), bare)


def plain_name(text: str) -> WrittenName:
    """Return how the name of an account is written: «Смирнова О. И.», an address, any words as they are.

    A name of a single word («Завуч») counts only where a cell holds nothing else.
    """
    text = " ".join(text.split())
    initials = _INITIALS.fullmatch(text)
    if initials is not None:
        surname = _any_of(name_cases(initials[1])[0])
        return WrittenName(_compiled(_with_initials(surname, [initials[2], initials[3]])), _stems(initials[1]))
    words = text.split()
    if len(words) == 1 and "@" not in text:
        return WrittenName(None, (), frozenset({_plain(text)}))
    longest = max(words, key=len, default="")
    return WrittenName(_compiled([(_BLANKS + "+").join(_any_of((word,)) for word in words)]), (longest,))


def _with_initials(surname: str, initials: list[str]) -> list[str]:
    marks = (_BLANKS + "*").join(re.escape(letter) + r"\." for letter in initials)
    return [f"{surname}{_BLANKS}+{marks}", f"{marks}{_BLANKS}*{surname}"]


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    ordered = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){one}(?!\w)" for one in ordered), re.IGNORECASE)


def _any_of(forms: Iterable[str]) -> str:
    """Return a pattern of any of the words; е and ё are one letter."""
    ordered = sorted(forms, key=len, reverse=True)
    return "(?:" + "|".join(re.sub("[её]", "[её]", re.escape(form.casefold())) for form in ordered) + ")"


def _stems(surname: str) -> tuple[str, ...]:
    """Return what all cases of the surname begin with."""
    return (surname[: max(3, len(surname) - 3)],)


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)
