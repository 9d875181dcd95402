"""Cells of the grids of blueprints and their items: which may be edited, and what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final

from core.blueprints.items import normalise_item_code
from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import Blueprint
from core.blueprints.values import (
    parse_code,
    parse_criteria,
    parse_elements,
    parse_flag,
    parse_format,
    parse_level,
    parse_max,
    parse_text,
    text_of,
)
from core.errors import InvalidInput

ITEM_FIELDS: Final = frozenset(
    {
        "position", "code", "max_score", "level", "task_type", "answer_format", "element", "element_codes",
        "requirement_codes", "skill", "is_cross_cutting", "criteria",
    }
)
BLUEPRINT_FIELDS: Final = frozenset({"title", "source", "grade", "year_from", "year_to"})

_ITEM_PARSERS: Final[dict[str, Callable[[object], object]]] = {
    "max_score": parse_max,
    "level": parse_level,
    "answer_format": parse_format,
    "element": lambda value: ELEMENT_SEPARATOR.join(parse_elements(value)),
    "is_cross_cutting": parse_flag,
    "task_type": lambda value: parse_text("task_type", value) or None,
}


def item_value(field: str, value: object, other_codes: Collection[str]) -> object:
    """Return the value to store in a cell of an item; raise InvalidInput. `other_codes` belong to the other items."""
    if field == "code":
        code = parse_code(value)
        require_unique_code(code, [code, *map(normalise_item_code, other_codes)])
        return code
    if field == "criteria":
        return value if isinstance(value, list) else parse_criteria(value)
    if field == "position":
        return whole_number(value, "Порядковый номер", 0, 999)
    parse = _ITEM_PARSERS.get(field)
    return parse(value) if parse else parse_text(field, value)


def blueprint_value(_row: Blueprint, field: str, value: object) -> object:
    """Return the value to store in a cell of a blueprint; raise InvalidInput."""
    if field == "grade":
        return whole_number(value, "Класс", 1, 12)
    if field in {"year_from", "year_to"}:
        return whole_number(value, "Год", 2010, 2100)
    return parse_text(field, value)


def require_unique_code(code: str, codes: Iterable[str]) -> None:
    """Refuse a code that stands more than once among `codes`."""
    if sum(one == code for one in codes) > 1:
        raise InvalidInput(f"Задание «{code}» в плане уже есть.", "Укажите другой номер.")


def whole_number(value: object, name: str, least: int, most: int) -> int:
    """Return a whole number within the limits; refuse everything else, naming the field."""
    text = text_of(value)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise InvalidInput(f"{name} «{text}» не годится.", f"Нужно целое число от {least} до {most}.")
    return int(text)
