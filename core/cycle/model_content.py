"""A model as people edit it: JSON of its file in which every row carries a number that stays with it. Pure.

Numbers let two people edit one model at once: an edit is of row 17, wherever that row stands by now. Lists of texts
become rows too: {"#": 5, "text": "…"}; rows of tables {"#": 6, "cells": ["…", "…"]}.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias, cast

from pydantic import JsonValue

from core.cycle.records import ModelFile
from core.errors import InvalidInput

Row: TypeAlias = dict[str, JsonValue]
Content: TypeAlias = dict[str, JsonValue]

NUMBER: Final = "#"
_NEXT: Final = "#next"
PLACES: Final = ("goals", "tasks", "directions", "participants", "associations", "forms", "regulations", "features")
"""Lists of the model as a whole."""
_OF_STAGE: Final = ("inputs", "outputs")
_TEXTS_OF_STAGE: Final = ("tasks", "forms")


def content_of(file: ModelFile) -> Content:
    """Return the model with its rows numbered."""
    whole = cast("Content", file.model_dump(mode="json"))
    content: Content = {name: value for name, value in whole.items() if name not in ("stages", "tables", *PLACES)}
    content[_NEXT] = 1
    for name in PLACES:
        content[name] = _numbered(content, _rows(whole[name]))
    content["stages"] = _numbered(content, _rows(whole["stages"]))
    for stage in rows_of(content, "stages"):
        for name in _OF_STAGE:
            stage[name] = _numbered(content, _rows(stage[name]))
        for name in _TEXTS_OF_STAGE:
            stage[name] = _numbered(content, [{"text": text} for text in _texts(stage[name])])
    content["tables"] = _numbered(content, _rows(whole["tables"]))
    for table in rows_of(content, "tables"):
        cells = cast("list[JsonValue]", table["rows"])
        table["rows"] = _numbered(content, [{"cells": line} for line in cells])
    return content


def plain_content(content: Content) -> dict[str, JsonValue]:
    """Return what a file of the model says: without numbers."""
    plain: dict[str, JsonValue] = {name: value for name, value in content.items() if name != _NEXT}
    for name in PLACES:
        plain[name] = [_unnumbered(row) for row in rows_of(content, name)]
    stages: list[JsonValue] = []
    for row in rows_of(content, "stages"):
        stage = _unnumbered(row)
        for name in _OF_STAGE:
            stage[name] = [_unnumbered(one) for one in _rows(row[name])]
        for name in _TEXTS_OF_STAGE:
            stage[name] = [one["text"] for one in _rows(row[name])]
        stages.append(stage)
    plain["stages"] = stages
    plain["tables"] = [
        {**_unnumbered(row), "rows": [one["cells"] for one in _rows(row["rows"])]} for row in rows_of(content, "tables")
    ]
    return plain


def rows_of(content: Content, path: str) -> list[Row]:
    """Return the rows of a part: «stages», «goals», «stages/12/outputs»; the very lists of the content.

    Raises InvalidInput for a part that is not there: its stage or table was removed meanwhile.
    """
    names = path.split("/")
    found: JsonValue = content.get(names[0])
    for number, name in zip(names[1::2], names[2::2], strict=True):
        row = next((one for one in _rows(found) if str(one[NUMBER]) == number), None)
        if row is None:
            raise InvalidInput("Этой части модели больше нет: её убрали.", "Обновите страницу.")
        found = row.get(name)
    if not isinstance(found, list):
        raise InvalidInput("Такой части у модели нет.", "Обновите страницу.")
    return _rows(found)


def replace_rows(content: Content, path: str, rows: Sequence[Row]) -> None:
    """Put these rows in the place of those of the part; new ones get their numbers."""
    part = cast("list[JsonValue]", rows_of(content, path))
    part[:] = _numbered(content, rows)


def written(content: Mapping[str, JsonValue]) -> bytes:
    """Return the content as it is stored."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_content(stored: bytes) -> Content:
    """Return stored content; inverse of `written`."""
    return cast("Content", json.loads(stored))


def _numbered(content: Content, rows: Iterable[Row]) -> list[JsonValue]:
    numbered: list[JsonValue] = []
    for row in rows:
        if NUMBER not in row:
            free = cast("int", content[_NEXT])
            row[NUMBER] = free
            content[_NEXT] = free + 1
        numbered.append(row)
    return numbered


def _unnumbered(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != NUMBER}


def _rows(value: JsonValue) -> list[Row]:
    return cast("list[Row]", value)


def _texts(value: JsonValue) -> list[str]:
    return cast("list[str]", value)
