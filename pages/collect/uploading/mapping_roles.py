"""Roles of columns on the mapping screen, and the mapping that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.blueprints.items import parse_item_header
from core.intake.contract import Mapping

UNUSED: Final = "не использовать"
ITEM: Final = "задание"
NAME: Final = "фамилия, имя (не сохраняются)"
_SINGLE: Final[dict[str, str]] = {
    "код участника": "code",
    "школа": "school",
    "класс": "class_name",
    "вариант": "variant",
    "сумма баллов": "total",
    "отметка": "mark",
    "отметка по журналу": "journal_mark",
}
ROLES: Final = (UNUSED, ITEM, "код участника", NAME, *list(_SINGLE)[1:])
_ASKED: Final = 100


def guessed_roles(suggested: Mapping | None, titles: Sequence[str], width: int) -> list[tuple[str, str, int | None]]:
    """Return (role, item code, maximum) of each column: as suggested, else from its header."""
    guesses: list[tuple[str, str, int | None]] = []
    for column in range(width):
        role, code, maximum = UNUSED, "", None
        if suggested is not None:
            if column in suggested.items:
                code, maximum = suggested.items[column]
                role = ITEM
            elif column in suggested.name:
                role = NAME
            else:
                role = next((word for word, name in _SINGLE.items() if getattr(suggested, name) == column), UNUSED)
        elif column < len(titles) and (parsed := parse_item_header(titles[column])) is not None:
            role, (code, maximum) = ITEM, parsed
        guesses.append((role, code, maximum))
    return guesses


def mapping_from(
    sheet: str, header_row: int, first_row: int, roles: Sequence[tuple[str, str, float | None]]
) -> tuple[Mapping, list[str]]:
    """Return the mapping, and Russian sentences about what is missing or named twice."""
    items: dict[int, tuple[str, int]] = {}
    single: dict[str, int] = {}
    problems: list[str] = []
    for column, (role, code, maximum) in enumerate(roles):
        if role == ITEM:
            if not code or maximum is None or not 1 <= maximum <= _ASKED:
                problems.append(f"У задания в столбце {column + 1} укажите номер и максимальный балл от 1 до {_ASKED}.")
            items[column] = (code, int(maximum or 1))
        elif role in _SINGLE:
            if _SINGLE[role] in single:
                problems.append(f"Роль «{role}» назначена двум столбцам, а может быть только у одного.")
            single[_SINGLE[role]] = column
    if not items:
        problems.append("Назначьте хотя бы один столбец с баллами за задание.")
    codes = [code for code, _maximum in items.values()]
    repeated = sorted({code for code in codes if code and codes.count(code) > 1})
    if repeated:
        problems.append(f"Номера заданий повторяются: {', '.join(repeated)}.")
    if first_row <= header_row:
        problems.append("Первая строка с данными должна стоять ниже строки заголовков.")
    names = tuple(column for column, (role, _code, _maximum) in enumerate(roles) if role == NAME)
    mapping = Mapping(
        sheet,
        header_row,
        first_row,
        items,
        code=single.get("code"),
        name=names,
        school=single.get("school"),
        class_name=single.get("class_name"),
        variant=single.get("variant"),
        total=single.get("total"),
        mark=single.get("mark"),
        journal_mark=single.get("journal_mark"),
    )
    return mapping, problems
