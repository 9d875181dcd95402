"""Finding a sentence of a document among what its model says: by its words in any form and order. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.cycle.models import Mention

_WORD: Final = re.compile(r"[0-9a-zа-я]+")
_STEM: Final = 3
"""Fewest letters that forms of one word begin with alike: «темы», «темами»."""
_ENDING: Final = 2
"""So many letters of the shorter form may differ: «рекомендаций», «рекомендациями»."""
_EMPTY: Final = frozenset({
    "а", "без", "в", "во", "для", "до", "же", "за", "и", "из", "или", "их", "к", "как", "на", "не", "но", "о", "об",
    "от", "по", "при", "с", "со", "так", "то", "у", "что", "это",
})
"""Words that say nothing of a sentence."""
_FEW: Final = 3
"""So many words have to be found all; of a longer sentence its best matches are shown."""
_ENOUGH: Final = 0.3
_HALF: Final = 0.5
_WITHIN: Final = 0.75
"""What has so much of its own words in a longer sentence is a part of it, such as one exam of a list."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that answers, and the share of the asked words that it has, 0..1."""

    mention: Mention
    share: float


def find_said(mentions: Sequence[Mention], asked: str) -> tuple[Found, ...]:
    """Return what holds the asked words, best first; everything in its order where nothing is asked.

    Up to three words have to be there all. Of a longer text, such as a sentence of the document as it stands, things
    answer that have 30 % of its words (and half as many as the best), or lie in it with three quarters of their own:
    a sentence may live in several.

    >>> one = Mention("Задача", "Разработка рекомендаций для ШМО", ("recommendations",))
    >>> [round(found.share, 2) for found in find_said([one], "рекомендации ШМО")]
    [1.0]
    >>> find_said([one], "наставничество")
    ()
    """
    words = _words(asked)
    if not words:
        return tuple(Found(one, 1.0) for one in mentions)
    found = [Found(one, _share(words, one)) for one in mentions]
    best = max((one.share for one in found), default=0.0)
    answers = [one for one in found if _is_answer(words, one, best)]
    if not answers:
        # Better half of the words than nothing: headings of the document have words of their own.
        answers = [one for one in found if one.share == best and best >= _HALF]
    return tuple(sorted(answers, key=lambda one: -one.share))


def _share(asked: frozenset[str], mention: Mention) -> float:
    return _part_of(asked, _words(f"{mention.part} {mention.sort} {mention.text}"))


def _is_answer(asked: frozenset[str], found: Found, best: float) -> bool:
    if len(asked) <= _FEW:
        return found.share == 1.0
    return found.share >= max(_ENOUGH, _HALF * best) or _part_of(_words(found.mention.text), asked) >= _WITHIN


def _part_of(words: frozenset[str], whole: frozenset[str]) -> float:
    """Return the share of the words that stand in the whole in some form."""
    return sum(any(_same(one, other) for other in whole) for one in words) / len(words)


def _same(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter <= _STEM or one[0].isdecimal():
        return one == other
    alike = max(_STEM, shorter - _ENDING)
    return one[:alike] == other[:alike]


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    found: list[str] = _WORD.findall(text.casefold().replace("ё", "е"))
    return frozenset(word for word in found if word not in _EMPTY)
