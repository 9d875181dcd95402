"""Typical causes of a problem field, as data/causes.yaml lists them; people may write their own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.store.settings import reference_directory


class Cause(Record):
    """A typical cause and what would confirm or refute it."""

    name: str = Field(min_length=3, max_length=200)
    check: str = Field(min_length=3)


class Causes(Sourced):
    """The file data/causes.yaml."""

    causes: tuple[Cause, ...] = Field(min_length=1)


def load_causes(path: Path | None = None) -> tuple[Cause, ...]:
    """Return the causes of a file; raise InvalidInput naming file and key when it is broken."""
    return load_yaml(path or reference_directory() / "causes.yaml", Causes).causes


@lru_cache(maxsize=1)
def causes() -> tuple[Cause, ...]:
    """Return the causes offered on the screen, read once."""
    return load_causes()


def check_of(name: str) -> str:
    """Return how to check a cause; "" for one of people's own."""
    return next((cause.check for cause in causes() if cause.name == name), "")
