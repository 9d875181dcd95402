"""Texts of questions: whole, comparable, and split into section and question."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from core.intake.cells import cell_text
from core.workbooks.grid import Cell

LONGEST_QUESTION = 8000
"""Forms write questions of thousands of characters; longer ones are cut."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(
    r"^\s*(?:(?:вопрос|задание|задача)\s*)?(?:№\s*)?(\d{1,3}(?:\.\d{1,3})?)\s*[.)]?\s+(?=\S)", re.IGNORECASE
)
_GRID = re.compile(r"^(?P<section>.{3,}?)\s*\[(?P<text>[^\[\]]+)\]\s*$", re.DOTALL)
_COLON = re.compile(r"^(?P<section>[^:?]{3,150}):\s+(?P<text>\S.*)$", re.DOTALL)


def question_text(cell: Cell) -> str:
    """Return the whole text of a header cell, at most 8 000 characters: other rooms cut theirs at 1 000."""
    if not isinstance(cell, str) or len(cell) < 1000:
        return cell_text(cell)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", cell[: 2 * LONGEST_QUESTION]))
    return _SPACES.sub(" ", text).strip()[:LONGEST_QUESTION]


def question_key(text: str) -> str:
    """Return a question for comparing: letters and digits only, ё as е, without its number.

    >>> question_key("1. Умею ставить цель урока;") == question_key("Умею  ставить цель урока")
    True
    """
    return "".join(letter for letter in _NUMBER.sub("", text).casefold().replace("ё", "е") if letter.isalnum())


def number_of(text: str) -> str:
    """Return the number that a question begins with («12. …» gives «12»), "" where it has none."""
    found = _NUMBER.match(text)
    return found.group(1) if found else ""


def sections_of(texts: Sequence[str]) -> list[str]:
    """Return the section of each question: what several of them share before a colon or before «[…]», else "".

    >>> sections_of(["1. Планирование: ставлю цель?", "2. Планирование: веду урок?", "Возраст: сколько лет?"])
    ['Планирование', 'Планирование', '']
    """
    named = [_section(text) for text in texts]
    counted = Counter(named)
    return [name if name and counted[name] > 1 else "" for name in named]


def _section(text: str) -> str:
    bare = _NUMBER.sub("", text)
    found = _GRID.match(bare) or _COLON.match(bare)
    return found.group("section").strip(" .")[:300] if found else ""
