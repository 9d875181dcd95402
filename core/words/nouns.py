"""Nouns that agree with numbers, lists of words, and phrases in other cases (pymorphy3, loaded when first needed)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from core.words.numbers import NO_BREAK, number

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

_COUNTED = {"год": ("год", "года", "лет"), "человек": ("человек", "человека", "человек")}
"""Nouns whose form after a number is not the one that the dictionary gives."""


class Case(StrEnum):
    """Cases of Russian, as pymorphy3 calls them."""

    NOMINATIVE = "nomn"
    GENITIVE = "gent"
    DATIVE = "datv"
    ACCUSATIVE = "accs"
    INSTRUMENTAL = "ablt"
    PREPOSITIONAL = "loct"


def noun(count: int, one: str, few: str, many: str) -> str:
    """Return only the noun in the form that goes with the number.

    >>> noun(22, "работа", "работы", "работ")
    'работы'
    """
    tens, units = abs(count) % 100, abs(count) % 10
    if 11 <= tens <= 14 or units == 0 or units >= 5:
        return many
    return one if units == 1 else few


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the number with the noun in the form that Russian asks for.

    >>> [plural(n, "класс", "класса", "классов") for n in (1, 3, 5, 11, 21)]
    ['1\\xa0класс', '3\\xa0класса', '5\\xa0классов', '11\\xa0классов', '21\\xa0класс']
    """
    return f"{number(count)}{NO_BREAK}{noun(count, one, few, many)}"


def count_of(count: int, phrase: str) -> str:
    """Return the number with a phrase given in the nominative singular: adjectives, the noun, words that follow it.

    >>> count_of(5, "работа"), count_of(2, "проблемное поле"), count_of(21, "дорожная карта школы")
    ('5\\xa0работ', '2\\xa0проблемных поля', '21\\xa0дорожная карта школы')
    """
    return plural(count, *_count_forms(phrase))


@lru_cache(maxsize=512)
def _count_forms(phrase: str) -> tuple[str, str, str]:
    """Return the forms of a phrase after 1, 2 and 5."""
    if phrase in _COUNTED:
        return _COUNTED[phrase]
    parts = _inflected_parts(phrase)
    rest = phrase.split()[len(parts):]
    forms: list[str] = []
    for count in (1, 2, 5):
        agreed = [_spelled_like(word, parse.make_agree_with_number(count)) for word, parse in parts]
        forms.append(" ".join([*agreed, *rest]))
    return forms[0], forms[1], forms[2]


@lru_cache(maxsize=1024)
def decline(phrase: str, case: Case) -> str:
    """Return a phrase given in the nominative (singular or plural) in another case.

    Adjectives and the first noun change; what follows the noun stays. Abbreviations in capitals do not change.

    >>> decline("Методический совет школы", Case.DATIVE), decline("ШМО", Case.GENITIVE)
    ('Методическому совету школы', 'ШМО')
    """
    parts = _inflected_parts(phrase)
    rest = phrase.split()[len(parts):]
    head = parts[-1][1].tag if parts else None
    changed: list[str] = []
    for word, parse in parts:
        wanted = {case.value}
        if case is Case.ACCUSATIVE and parse.tag.POS != "NOUN" and head is not None and "femn" not in parse.tag:
            wanted.add("anim" if "anim" in head else "inan")
        changed.append(_spelled_like(word, parse.inflect(wanted)))
    return " ".join([*changed, *rest])


def listing(parts: Iterable[str], last: str = "и") -> str:
    """Return words as an enumeration.

    >>> listing(["а", "б", "в"]), listing(["а"])
    ('а, б и в', 'а')
    """
    words = list(parts)
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def without_advice(sentence: str) -> str:
    """Return a sentence without the advice after its colon: on paper stands what is, not what to press.

    >>> without_advice("Нет плана у 2 работ: прикрепите."), without_advice("Не проведено: 1 заседание.")
    ('Нет плана у 2 работ.', 'Не проведено: 1 заседание.')
    """
    fact, colon, advice = sentence.rpartition(": ")
    if not colon or not advice:
        return sentence
    first = advice.split()[0].strip(".,;")
    is_advice = any(one.tag.mood == "impr" for one in analyzer().parse(first))
    return f"{fact}." if is_advice else sentence


@lru_cache(maxsize=1)
def analyzer() -> MorphAnalyzer:
    """Return the one analyser of the process."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _inflected_parts(phrase: str) -> list[tuple[str, Parse]]:
    """Return the words that change, up to the first noun, each read as a nominative; none for an abbreviation."""
    parts: list[tuple[str, Parse]] = []
    for word in phrase.split():
        if word.isupper() and len(word) > 1:
            return []
        readings = [one for one in analyzer().parse(word) if one.tag.case == Case.NOMINATIVE]
        reading = next((one for one in readings if one.tag.POS in {"NOUN", "ADJF", "PRTF"}), None)
        if reading is None:
            return parts
        parts.append((word, reading))
        if reading.tag.POS == "NOUN":
            return parts
    return parts


def _spelled_like(word: str, inflected: Parse | None) -> str:
    """Return the inflected form with the capital letter of the word; the word itself when it has no such form."""
    if inflected is None:
        return word
    form = str(inflected.word)
    return form[0].upper() + form[1:] if word[0].isupper() else form
