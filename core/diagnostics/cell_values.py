"""What may stand in the cells of the grids of instruments, items, answers, levels and competences."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TypeVar

from core.blueprints.dictionaries import subjects
from core.diagnostics.subjects import PRIMARY, teacher_subject
from core.errors import InvalidInput
from core.intake.matrix import MAX_SCORE
from core.people.text_length import require_length

EnumT = TypeVar("EnumT", bound=StrEnum)


def text_value(name: str, value: object, longest: int, *, required: bool = False) -> str:
    """Return a text without blanks at its ends; `name` is how a refusal calls the column."""
    text = "" if value is None or value != value else str(value).replace("\r\n", "\n").strip()
    require_length(text, longest, name)
    if required and not text:
        raise InvalidInput(f"{name}: не заполнено.", "Впишите значение; лишнюю строку таблицы можно удалить.")
    return text


def score_value(name: str, value: object, least: int = 0, most: int = MAX_SCORE) -> int:
    """Return a whole number from `least` to `most`, by default the greatest number of points that is kept."""
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        number = math.nan
    if not least <= number <= most or number != int(number):
        raise InvalidInput(f"{name}: «{value}» не годится.", f"Введите целое число от {least} до {most}.")
    return int(number)


def share_value(name: str, value: object) -> float:
    """Return a share 0..1 from «60», «60 %», «0,6»; 1 means 100 % and not one per cent."""
    text = str(value if value is not None else "").replace("\u00a0", "").strip()
    try:
        number = float(text.rstrip("% ").replace(",", "."))
    except ValueError:
        number = math.nan
    share = number / 100 if number > 1 or "%" in text else number
    if not 0 <= share < 1:
        raise InvalidInput(f"{name}: «{value}» не годится.", "Введите процент от 0 до 99, например 60.")
    return round(share, 6)


def enum_value(kind: type[EnumT], name: str, value: object) -> EnumT:
    """Return the member that the text names."""
    found = next((one for one in kind if value == one or str(value).strip().casefold() == one.value), None)
    if found is None:
        listed = ", ".join(one.value for one in kind)
        raise InvalidInput(f"{name}: «{value}» здесь не бывает.", f"Выберите одно из: {listed}.")
    return found


def subject_value(value: object) -> str:
    """Return a subject by its name in the dictionary, "" for teachers of any subject."""
    written = text_value("Предмет", value, 120)
    if not written:
        return ""
    found = teacher_subject(written)
    if found != PRIMARY and found not in {one.name for one in subjects().subjects}:
        raise InvalidInput(f"Предмет «{written}» неизвестен.", "Выберите предмет из списка.")
    return found
