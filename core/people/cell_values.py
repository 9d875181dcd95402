"""What people type into cells of grids and lists, as the value that is stored. Each raises InvalidInput in words."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from core.errors import InvalidInput
from core.words.visible import visible

_Choice = TypeVar("_Choice", bound=StrEnum)
_EARLIEST, _LATEST = date(1930, 1, 1), date(2100, 1, 1)
_RUSSIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


def text_of_cell(value: object) -> str:
    """Return a cell as text: whole numbers without a fraction, nothing for an empty cell.

    >>> text_of_cell(8.0), text_of_cell(None), text_of_cell(" а ")
    ('8', '', 'а')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(visible(str(value)).split())


def date_of_cell(value: object) -> date | None:
    """Return a day from a date, «01.09.2020» or «2020-09-01»; None for an empty cell."""
    if isinstance(value, datetime):
        return _possible(value.date())
    if isinstance(value, date):
        return _possible(value)
    text = text_of_cell(value)
    if not text:
        return None
    russian, iso = _RUSSIAN_DATE.fullmatch(text), _ISO_DATE.fullmatch(text)
    try:
        if russian:
            return _possible(date(int(russian[3]), int(russian[2]), int(russian[1])))
        if iso:
            return _possible(date(int(iso[1]), int(iso[2]), int(iso[3])))
    except ValueError:
        pass
    raise InvalidInput(f"«{text}» не похоже на дату.", "Напишите дату так: 01.09.2020.")


def number_of_cell(value: object, what: str) -> int | None:
    """Return a whole number, None for an empty cell; `what` names it in the refusal, as in «стаж»."""
    text = text_of_cell(value)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,4}", text):
        raise InvalidInput(f"{what.capitalize()} «{text}» – не целое число.", "Впишите целое число.")
    return int(text)


def choice_of_cell(value: object, choices: type[_Choice], what: str) -> _Choice:
    """Return the choice with this name, whatever its case; `what` names it in the refusal."""
    text = text_of_cell(value).casefold()
    for choice in choices:
        if choice.value.casefold() == text:
            return choice
    names = ", ".join(choice.value for choice in choices)
    raise InvalidInput(f"Неизвестное значение «{text_of_cell(value)}» ({what}).", f"Возможные значения: {names}.")


def list_of_cell(value: object) -> list[str]:
    """Return the parts of a list, or of a text with commas, semicolons or line breaks between them."""
    if isinstance(value, list | tuple):
        return [text for part in value if (text := text_of_cell(part))]
    raw = "" if value is None or value != value else str(value)
    return [text for part in re.split(r"[;,\n]", raw) if (text := text_of_cell(part))]


def _possible(day: date) -> date:
    if not _EARLIEST <= day <= _LATEST:
        raise InvalidInput(f"Дата {day:%d.%m.%Y} невозможна.", "Проверьте год.")
    return day
