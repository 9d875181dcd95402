"""Parts of a model as tables: which fields a row has, how a cell is read from it and written to it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from pydantic import JsonValue

from core.cycle.model_content import PLACES, Content, Row, rows_of
from core.cycle.model_words import DERIVED_WORDS, FIELD_WORDS, ROOM_WORDS, SCREEN_WORDS
from core.cycle.records import OutputKind
from core.errors import InvalidInput
from core.people.cell_values import text_of_cell

POSITION: Final = "position"
_LONGEST = 2000
_SEPARATOR = "; "


class FieldKind(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    LIST = "list"
    """Texts divided by semicolons."""
    CHOICE = "choice"
    SCREENS = "screens"


@dataclass(frozen=True, slots=True)
class PartField:
    """A field of the rows of a part: its name, Russian header, kind; of a choice its values by Russian words."""

    name: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    choices: Mapping[str, str] | None = None


def fields_of(content: Content, path: str) -> tuple[PartField, ...]:
    """Return the fields of a part, without the position, which all have."""
    last = path.split("/")[-1]
    if path.startswith("tables/"):
        table = _row_at(content, path)
        return tuple(PartField(str(place), title) for place, title in enumerate(cast("list[str]", table["columns"])))
    if path.startswith("stages/") and last in ("tasks", "forms"):
        return (_field("text"),)
    if last == "stages":
        return _STAGE
    if last == "tables":
        return (_field("title"), _field("columns", FieldKind.LIST), _SCREENS, _WHERE)
    return _PARTS.get(last, _PLACE)


def cells(row: Row, fields: Sequence[PartField]) -> dict[str, object]:
    """Return the row as a person reads it, by field."""
    return {one.name: _shown(one, _value(row, one)) for one in fields}


def new_row(path: str, fields: Sequence[PartField]) -> Row:
    """Return an empty row of a part."""
    last = path.split("/")[-1]
    if path.startswith("tables/"):
        return {"cells": [""] * len(fields)}
    row: Row = {one.name: cast("JsonValue", _empty(one)) for one in fields}
    if last == "stages":
        row |= {"tasks": [], "inputs": [], "outputs": [], "forms": []}
    if last == "tables":
        row |= {"rows": []}
    return row


def put(row: Row, field: PartField, value: object) -> None:
    """Write what was typed into the row; raise InvalidInput for what the field cannot hold."""
    found = _parsed(field, value)
    if "cells" in row:
        cast("list[JsonValue]", row["cells"])[int(field.name)] = found
    else:
        row[field.name] = found


def fit_tables(content: Content) -> None:
    """Give the rows of every table as many cells as it has columns: columns may have been added or taken away."""
    for table in rows_of(content, "tables"):
        wide = len(cast("list[str]", table["columns"]))
        for row in cast("list[Row]", table["rows"]):
            line = cast("list[JsonValue]", row["cells"])
            row["cells"] = [*line[:wide], *[""] * (wide - len(line))]


def part_names(content: Content) -> dict[str, str]:
    """Return the lists of the model as a whole: path and Russian name, each once."""
    return {name: FIELD_WORDS[name] if name != "tasks" else "Задачи модели" for name in PLACES if name in content}


def _field(name: str, kind: FieldKind = FieldKind.TEXT, choices: Mapping[str, str] | None = None) -> PartField:
    return PartField(name, FIELD_WORDS[name], kind, choices)


_SCREENS = _field("screens", FieldKind.SCREENS)
_WHERE = _field("where")
_PLACE = (_field("name"), _SCREENS, _WHERE)
_DERIVED = _field("derived", FieldKind.CHOICE, {words: key.value for key, words in DERIVED_WORDS.items()})
_STAGE = (
    _field("number"), _field("name"), _field("room", FieldKind.CHOICE, {w: k.value for k, w in ROOM_WORDS.items()}),
    _field("when"), _field("responsible", FieldKind.LIST), _field("also", FieldKind.LIST), _SCREENS, _field("heading"),
)
_PARTS: Final[Mapping[str, tuple[PartField, ...]]] = {
    "regulations": (_field("name"), _field("year"), _SCREENS, _WHERE),
    "inputs": (_field("name"), _DERIVED, _field("sources", FieldKind.LIST), _SCREENS, _WHERE),
    "outputs": (
        _field("name"), _field("kind", FieldKind.CHOICE, {one.value: one.value for one in OutputKind}), _DERIVED,
        _SCREENS, _WHERE,
    ),
}


def _row_at(content: Content, path: str) -> Row:
    first, number, _rest = path.split("/", 2)
    row = next((one for one in rows_of(content, first) if str(one["#"]) == number), None)
    if row is None:
        raise InvalidInput("Этой таблицы в модели больше нет: её убрали.", "Обновите страницу.")
    return row


def _value(row: Row, field: PartField) -> JsonValue:
    if "cells" in row:
        line = cast("list[JsonValue]", row["cells"])
        return line[int(field.name)] if int(field.name) < len(line) else ""
    return row.get(field.name)


def _shown(field: PartField, value: JsonValue) -> object:
    if field.kind is FieldKind.LIST:
        return _SEPARATOR.join(cast("list[str]", value or []))
    if field.kind is FieldKind.SCREENS:
        return [SCREEN_WORDS.get(one, one) for one in cast("list[str]", value or [])]
    if field.kind is FieldKind.CHOICE:
        return next((words for words, one in (field.choices or {}).items() if one == value), None)
    return value or ""


def _empty(field: PartField) -> str | list[str] | None:
    if field.kind is FieldKind.CHOICE:
        return "manual" if field.name == "derived" else None
    return [] if field.kind in (FieldKind.LIST, FieldKind.SCREENS) else ""


def _parsed(field: PartField, value: object) -> JsonValue:
    if value is None or value == "":
        return cast("JsonValue", _empty(field))
    if field.kind is FieldKind.SCREENS:
        return cast("JsonValue", _screens(value))
    text = text_of_cell(value)
    if len(text) > _LONGEST:
        raise InvalidInput(f"Помещается не больше {_LONGEST} знаков, а введено {len(text)}.", "Сократите текст.")
    if field.kind is FieldKind.LIST:
        return [part.strip() for part in text.split(";") if part.strip()]
    if field.kind is FieldKind.CHOICE:
        if text not in (field.choices or {}):
            raise InvalidInput(f"«{text[:80]}» в списке нет.", f"Можно: {', '.join(field.choices or {})}.")
        return (field.choices or {})[text]
    return text


def _screens(value: object) -> list[str]:
    known = {words: path for path, words in SCREEN_WORDS.items()}
    named = value if isinstance(value, list) else str(value).split(";")
    titles = [str(one).strip() for one in named if str(one).strip()]
    unknown = next((one for one in titles if one not in known), None)
    if unknown is not None:
        raise InvalidInput(f"Экрана «{unknown[:80]}» в программе нет.", f"Есть: {', '.join(known)}.")
    return list(dict.fromkeys(known[one] for one in titles))
