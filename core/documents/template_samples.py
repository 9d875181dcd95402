"""The templates there are, and a filled example of each: what a template is tried with before it is accepted."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Final

from pydantic import Field

from core.blueprints.yaml_files import Record, load_yaml
from core.documents.blocks import Grid, Picture
from core.documents.rendering import Value
from core.store.settings import reference_directory

_PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_PICTURE: Final = Picture(_PIXEL, "Пример рисунка")
_GRID: Final = Grid(("Показатель", "Значение"), (2, 1), (False, True), (("Выполнение", "62,5 %"),))
_DRAWN: Final[dict[str, Value]] = {"рисунок": _PICTURE, "таблица": _GRID}
"""Names that hold something drawn, in whatever list they stand."""


class _Sample(Record):
    """One template: what people call its document, and a value for each name."""

    title: Annotated[str, Field(min_length=3)]
    values: dict[str, object]


class _Samples(Record):
    """data/templates/samples.yaml."""

    templates: dict[str, _Sample]


@lru_cache(maxsize=1)
def _samples() -> Mapping[str, _Sample]:
    return load_yaml(reference_directory() / "templates" / "samples.yaml", _Samples).templates


def template_titles() -> dict[str, str]:
    """Return the templates that people may put in place of the shipped ones: name of the file → the document."""
    return {name: sample.title for name, sample in _samples().items()}


def sample_of(name: str) -> dict[str, Value]:
    """Return a value for every name of a template, none of them empty."""
    return {key: _value(key, value) for key, value in _samples()[name].values.items()}


def names_of(name: str) -> list[tuple[str, str]]:
    """Return what can stand in a template: each name with its example; parts of lists as «строки → номер»."""
    return [pair for key, value in sample_of(name).items() for pair in _named(key, value)]


def _value(key: str, value: object) -> Value:
    if key in _DRAWN:
        return _DRAWN[key]
    if isinstance(value, Mapping):
        return {str(part): _value(str(part), one) for part, one in value.items()}
    if isinstance(value, list):
        return [_value("", one) for one in value]
    return value if isinstance(value, bool | int) else str(value)


def _named(key: str, value: Value) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [(f"{key} → {part}", example) for name, one in value.items() for part, example in _named(name, one)]
    if isinstance(value, list):
        return _named(key, value[0]) if value else []
    if isinstance(value, bool):
        return [(key, "да" if value else "нет")]
    return [(key, str(value))] if isinstance(value, str | int) else [(key, "рисунок или таблица")]
