"""What people type or upload about an item, turned into values; a wrong value is refused with a Russian sentence."""

from __future__ import annotations

import re
from typing import Final

from core.blueprints.items import normalise_item_code, parse_item_header
from core.blueprints.records import ELEMENT_SEPARATOR, MAX_ITEM_SCORE
from core.blueprints.tables import AnswerFormat, Level
from core.errors import InvalidInput

MAX_TEXTS: Final = {
    "element": 300, "element_codes": 300, "requirement_codes": 300, "skill": 1000, "task_type": 120, "title": 300,
    "source": 600,
}
"""Longest texts of the columns."""
_LEVELS: Final = {"б": Level.BASIC, "п": Level.ADVANCED, "в": Level.HIGH, "b": Level.BASIC}
_LEVEL_WORDS: Final = {"базов": Level.BASIC, "повыш": Level.ADVANCED, "высок": Level.HIGH}
_FORMAT_SHORT: Final = {"ко": AnswerFormat.SHORT, "ро": AnswerFormat.EXTENDED, "во": AnswerFormat.CHOICE}
_FORMAT_WORDS: Final = {
    "кратк": AnswerFormat.SHORT, "разверн": AnswerFormat.EXTENDED, "соответств": AnswerFormat.MATCHING,
    "последовательн": AnswerFormat.SEQUENCE, "выбор": AnswerFormat.CHOICE, "устн": AnswerFormat.ORAL,
    "практич": AnswerFormat.PRACTICAL, "эксперимент": AnswerFormat.PRACTICAL,
}
_YES: Final = frozenset({"да", "true", "истина", "1", "+", "сквозное", "yes"})
_NO: Final = frozenset({"", "нет", "false", "ложь", "0", "-", "—", "no"})
_UNKNOWN: Final = frozenset({"", "-", "—", "н/д", "нет"})
_CRITERION_BREAK: Final = re.compile(r"[;\n]+")


def text_of(value: object) -> str:
    """Return a value as trimmed text with single spaces; a whole number without «.0»; None and NaN as ""."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def parse_code(value: object) -> str:
    """Return an item's code in its one spelling; refuse an empty or over-long one."""
    code = normalise_item_code(value) if isinstance(value, str | int | float) else text_of(value)
    if not code or len(code) > 20:
        raise InvalidInput(f"Номер задания «{text_of(value)}» не годится.", "Укажите номер длиной от 1 до 20 знаков.")
    return code


def parse_max(value: object) -> int:
    """Return the greatest score of an item, 1..100."""
    text = text_of(value).replace(",", ".")
    marked = parse_item_header(f"1 ({text})") if re.fullmatch(r"\d{1,3}\s*б\w*\.?", text, re.IGNORECASE) else None
    number = marked[1] if marked else int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else None
    if number is None or not 1 <= number <= MAX_ITEM_SCORE:
        raise InvalidInput(
            f"Наибольший балл «{text_of(value)}» не годится.", f"Нужно целое число от 1 до {MAX_ITEM_SCORE}."
        )
    return number


def parse_level(value: object) -> Level | None:
    """Return the level written as «Б», «Базовый» or left empty."""
    text = text_of(value).casefold()
    if text in _UNKNOWN:
        return None
    if isinstance(value, Level):
        return value
    found = _LEVELS.get(text.rstrip(".")) or next((lvl for word, lvl in _LEVEL_WORDS.items() if word in text), None)
    if found is None:
        raise InvalidInput(f"Уровень «{text_of(value)}» неизвестен.", "Укажите Б, П или В либо оставьте пустым.")
    return found


def parse_format(value: object) -> AnswerFormat | None:
    """Return the format of the answer written in words («краткий ответ»), as КО, РО, or left empty."""
    text = text_of(value).casefold().replace("ё", "е")
    if text in _UNKNOWN:
        return None
    found = _FORMAT_SHORT.get(text) or next((one for word, one in _FORMAT_WORDS.items() if word in text), None)
    if found is None:
        known = ", ".join(one.value for one in AnswerFormat)
        raise InvalidInput(f"Вид ответа «{text_of(value)}» неизвестен.", f"Укажите одно из: {known}.")
    return found


def parse_flag(value: object) -> bool:
    """Return yes or no."""
    if isinstance(value, bool):
        return value
    text = text_of(value).casefold()
    if text not in _YES | _NO:
        raise InvalidInput(f"Значение «{text_of(value)}» непонятно.", "Укажите «да» или «нет».")
    return text in _YES


def parse_elements(value: object) -> tuple[str, ...]:
    """Return the content elements, separated by «;», each trimmed and named once; a line break is only a space."""
    elements = tuple(dict.fromkeys(part for part in map(text_of, text_of(value).split(";")) if part))
    if len(ELEMENT_SEPARATOR.join(elements)) > MAX_TEXTS["element"]:
        raise InvalidInput(
            f"Элементы содержания длиннее {MAX_TEXTS['element']} знаков.",
            "Назовите их короче: «геометрия», «орфография».",
        )
    return elements


def parse_text(field: str, value: object) -> str:
    """Return the trimmed text of a column; refuse one that is longer than the column."""
    text = text_of(value)
    if len(text) > MAX_TEXTS[field]:
        raise InvalidInput(f"Текст длиннее {MAX_TEXTS[field]} знаков: «{text[:60]}…».", "Сократите его.")
    return text


def parse_criteria(value: object) -> list[dict[str, str | int]]:
    """Return the criteria written as «К1 (1б); К2 (3б)», empty when there are none."""
    criteria: list[dict[str, str | int]] = []
    for part in filter(None, map(str.strip, _CRITERION_BREAK.split(str(value or "")))):
        parsed = parse_item_header(part)
        if parsed is None or parsed[1] is None:
            raise InvalidInput(f"Критерий «{part}» непонятен.", "Запишите критерии так: К1 (1б); К2 (3б).")
        criteria.append({"code": parsed[0], "max": parsed[1]})
    return criteria


def criteria_text(criteria: list[dict[str, str | int]]) -> str:
    """Return criteria as `parse_criteria` reads them."""
    return ELEMENT_SEPARATOR.join(f"{criterion['code']} ({criterion['max']}б)" for criterion in criteria)
