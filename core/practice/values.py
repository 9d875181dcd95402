"""What may stand in the fields of a practice. Pure, but for the keys of the codifier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from core.errors import InvalidInput

LONGEST_TEXT: Final = 10_000
FIRST_GRADE, LAST_GRADE = 1, 12
_YEARS = range(2000, 2101)
TEXTS: Final = {
    "problem": "Какую проблему решает",
    "actions": "Что сделано",
    "repeat": "Как повторить",
    "conditions": "Что для этого нужно",
    "result": "Результат",
}
"""The parts of a description in their order, as people read them."""
REQUIRED: Final = ("problem", "actions", "repeat")
"""Without these nobody could repeat the practice, so it cannot be offered."""


def good_title(text: object) -> str:
    """Return a title; raise InvalidInput when it is missing or too long."""
    title = " ".join(str(text or "").split())
    if not title:
        raise InvalidInput("У практики должно быть название.", "Впишите, например: «Дроби на клетчатой бумаге».")
    if len(title) > 300:
        raise InvalidInput(f"Название: {len(title)} знаков, а помещается 300.", "Сократите название.")
    return title


def good_text(field: str, text: object) -> str:
    """Return a part of the description; raise InvalidInput when it is too long."""
    words = str(text or "").replace("\r\n", "\n").strip()
    if len(words) > LONGEST_TEXT:
        raise InvalidInput(
            f"«{TEXTS[field]}»: {len(words)} знаков, а помещается {LONGEST_TEXT}.",
            "Сократите текст или приложите его файлом.",
        )
    return words


def good_grades(grades: Iterable[object]) -> list[int]:
    """Return the grades in order, each once; raise InvalidInput for one that no school has."""
    found: set[int] = set()
    for grade in grades:
        if not isinstance(grade, int) or not FIRST_GRADE <= grade <= LAST_GRADE:
            raise InvalidInput(f"Класса «{grade}» не бывает.", f"Выберите от {FIRST_GRADE} до {LAST_GRADE}.")
        found.add(grade)
    return sorted(found)


def good_class(grade: int | None, letter: str, year: int | None) -> tuple[int | None, str, int | None]:
    """Return grade, letter and academic year of a class; all of them empty where no grade is given."""
    if grade is None:
        return None, "", None
    good_grades([grade])
    if year is None or year not in _YEARS:
        raise InvalidInput("Не указан учебный год класса.", "Выберите год: по нему находятся результаты до и после.")
    return grade, "".join(letter.split()).upper()[:40], year


def require_whole(values: dict[str, str]) -> None:
    """Raise InvalidInput unless the description is enough for a colleague to repeat the practice."""
    missing = [TEXTS[field] for field in REQUIRED if not values[field].strip()]
    if missing:
        names = ", ".join(f"«{name}»" for name in missing)
        raise InvalidInput(
            f"Чтобы предложить практику, не хватает описания: {names}.",
            "Допишите или сохраните пока как черновик.",
        )
