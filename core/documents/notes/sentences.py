"""Pieces of sentences that every note uses: people of people, cautions, differences. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable

from core.analysis.elements import Kind
from core.analysis.intervals import newcombe
from core.analysis.marks import Mean, Share
from core.analysis.reasons import sample_caution
from core.words import Case, decline, interval, noun, number, percent

NO_BREAK = "\u00a0"
POINTS = f"п.{NO_BREAK}п."
"""Percentage points."""


def upper_first(text: str) -> str:
    """Return the text as the beginning of a sentence.

    >>> upper_first("малая выборка")
    'Малая выборка'
    """
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a whole sentence: a capital at the beginning, one full stop at the end; "" stays.

    >>> sentence("малая выборка"), sentence("Итого."), sentence("")
    ('Малая выборка.', 'Итого.', '')
    """
    plain = text.strip()
    return f"{upper_first(plain).rstrip('.')}." if plain else ""


def paragraph(*sentences: str) -> str:
    """Return the sentences that are there as one paragraph."""
    return " ".join(part for part in sentences if part)


def paragraphs(*parts: str) -> tuple[str, ...]:
    """Return the paragraphs that are there."""
    return tuple(part for part in parts if part)


def by_subject(subject: str) -> str:
    """Return the subject after «по».

    >>> by_subject("Русский язык"), by_subject("Математика"), by_subject("Математика профильная")
    ('русскому языку', 'математике', 'предмету «Математика профильная»')
    """
    said = decline(subject, Case.DATIVE)
    words = subject.split()
    if len(words) > 1 and said.split()[-1] == words[-1]:
        return f"предмету «{subject}»"
    return said[:1].lower() + said[1:]


def of_pupils(count: int) -> str:
    """Return the participants after «из».

    >>> of_pupils(21), of_pupils(5)
    ('21\\xa0участника', '5\\xa0участников')
    """
    return f"{number(count)}{NO_BREAK}{noun(count, 'участника', 'участников', 'участников')}"


def part_of_pupils(share: Share) -> str:
    """Return a share with the people behind it: «12 из 71 участника (16,9 %, интервал 10–27 %)»."""
    if not share.n:
        return "нет данных"
    limits = interval(share.low, share.high, 0)
    return f"{number(share.count)} из {of_pupils(share.n)} ({percent(share.value)}, интервал {limits})"


def mean_words(mean: Mean, digits: int = 1) -> str:
    """Return a mean with its interval: «9,8 (9,3–10,3)»; without one for a single participant."""
    if math.isnan(mean.low):
        return number(mean.value, digits)
    return f"{number(mean.value, digits)} ({number(mean.low, digits)}–{number(mean.high, digits)})"


def pupils_caution(participants: int) -> str:
    """Return what a reader must be told of so small a sample; "" for a sufficient one (borders: ФИОКО, 2026)."""
    said = sample_caution(participants)
    if not said:
        return ""
    if said.startswith("малая"):
        return sentence(f"{said}; числа говорят только об этой группе, выводы делают вместе с другими данными")
    return sentence(f"{said}, поэтому каждый вывод – предположение, которое проверяют")


def difference_words(ours: float, n: int, other: float, other_n: int | None, name: str) -> str:
    """Return how our share 0..1 differs from another one: «выше, чем …, на 6,2 п. п. (от 1,0 до 11,3)».

    "" where the 95 % interval (Newcombe) holds zero: neither is called higher. `other_n` None: a known number.
    """
    low, high = (100 * float(edge) for edge in newcombe(ours, n, other, math.inf if other_n is None else other_n))
    size = 100 * (ours - other)
    limits = f"интервал разницы от {number(low, 1)} до {number(high, 1)}"
    if low <= 0 <= high:
        return ""
    word = "выше" if size > 0 else "ниже"
    return f"{word}, чем в группе «{name}» ({percent(other)}), на {number(abs(size), 1)} {POINTS} ({limits} {POINTS})"


def key_name(kind: Kind, key: str) -> str:
    """Return what a problem field is called; an item of a work without a plan is more than its number.

    >>> key_name(Kind.ITEM, "4"), key_name(Kind.ELEMENT, "дроби")
    ('задание 4', 'дроби')
    """
    return f"задание {key}" if kind is Kind.ITEM else key


def quoted(names: Iterable[str]) -> list[str]:
    """Return the names in quotes, each once; one that has quotes of its own stays."""
    return [name if "«" in name else f"«{name}»" for name in dict.fromkeys(names)]


def some(names: Iterable[str], most: int = 6) -> str:
    """Return names as an enumeration, of a long list the first ones and how many more there are.

    Names that hold commas of their own are parted by semicolons.

    >>> some(["а", "б", "в"], 2), some(["а"]), some(["ВПР, 4 класс", "ОГЭ"])
    ('а, б и ещё 1', 'а', 'ВПР, 4 класс; ОГЭ')
    """
    words = list(names)
    rest = f" и ещё {number(len(words) - most)}" if len(words) > most else ""
    shown = words[:most]
    if any(", " in word for word in shown):
        return f"{'; '.join(shown)}{rest}"
    if rest or len(shown) < 2:
        return f"{', '.join(shown)}{rest}"
    return f"{', '.join(shown[:-1])} и {shown[-1]}"


def graded(subject: str, grade: int | None) -> str:
    """Return a subject with its class, as a table names it.

    >>> graded("Математика", 4), graded("Математика", None)
    ('Математика, 4\\xa0класс', 'Математика')
    """
    return subject if grade is None else f"{subject}, {grade}{NO_BREAK}класс"

