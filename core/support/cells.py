"""Cells of the grids of this room as values to store; each raises InvalidInput in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.errors import InvalidInput
from core.people.cell_values import date_of_cell
from core.people.text_length import require_length
from core.planning.deadlines import read_deadline


def long_text(field: str, value: object, longest: Mapping[str, int], required: Mapping[str, str]) -> str:
    """Return a text with its line breaks. `longest` and `required` tell the limit and what is said of an empty one."""
    text = "" if value is None or value != value else str(value).replace("\r\n", "\n").strip()
    if not text and field in required:
        raise InvalidInput(required[field], "Заполните ячейку или удалите строку.")
    limit = longest.get(field, 4000)
    return require_length(text, limit)


def deadline_cell(value: object) -> str:
    """Return a deadline as it was typed; only a day that does not exist is refused."""
    text = "" if value is None or value != value else str(value).strip()
    if text and (impossible := read_deadline(text).impossible):
        raise InvalidInput(f"Срок «{text}» не может быть таким. {impossible}", "Исправьте дату.")
    return text[:500]


def position_cell(value: object) -> float:
    """Return the place of a row among the others."""
    try:
        return float(str(value).replace(",", "."))
    except ValueError as error:
        raise InvalidInput(f"«{value}» не номер строки.", "Впишите число.") from error


def past_day_cell(value: object, not_before: date | None, before_words: str) -> date | None:
    """Return a day that has come, None for an empty cell; `before_words` is said of one before `not_before`."""
    day = date_of_cell(value)
    if day is not None and day > date.today():
        raise InvalidInput(f"Дата {day:%d.%m.%Y} ещё не наступила.", "Исправьте дату.")
    if day is not None and not_before is not None and day < not_before:
        raise InvalidInput(before_words, "Исправьте дату.")
    return day
