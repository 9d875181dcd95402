"""What a file of passports may say (see data/indicators/README.md)."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from core.blueprints.yaml_files import Record, Sourced
from core.monitoring.passport_tables import Direction, IndicatorKind, Level

_Text = Annotated[str, StringConstraints(min_length=3, max_length=600)]
_Code = Annotated[str, StringConstraints(pattern=r"^[А-ЯЁA-Z]\d{2}(\.\d{1,2})?$")]
_Year = Annotated[int, Field(ge=2000, le=2100)]


class PassportRecord(Record):
    """One version of a passport."""

    code: _Code
    name: Annotated[str, StringConstraints(min_length=3, max_length=300)]
    kind: IndicatorKind
    unit: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    numerator: str = Field(default="", max_length=600)
    denominator: str = Field(default="", max_length=600)
    formula: _Text
    source: _Text
    method: _Text
    period: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    deadline: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    level: Level
    responsible: Annotated[str, StringConstraints(min_length=3, max_length=300)]
    direction: Direction
    regulation: _Text
    basis: _Text
    automatic: Annotated[str, StringConstraints(pattern=r"^[a-z_]{0,60}$")] = ""
    valid_from: _Year
    valid_to: _Year | None = None

    @model_validator(mode="after")
    def _parts(self) -> Self:
        if self.kind in (IndicatorKind.SHARE, IndicatorKind.MEAN) and not (self.numerator and self.denominator):
            raise ValueError(f"у показателя «{self.code}» должны быть числитель и знаменатель")
        return self

    @model_validator(mode="after")
    def _years(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"у показателя «{self.code}» годы действия записаны в обратном порядке")
        return self

    def values(self, goal: str) -> dict[str, object]:
        """Return the columns of the passport's row."""
        return {"goal": goal, **{name: getattr(self, name) for name in type(self).model_fields}}


class PassportFile(Sourced):
    """One file of data/indicators: the passports of one goal."""

    goal: Annotated[str, StringConstraints(min_length=3, max_length=200)]
    indicators: tuple[PassportRecord, ...] = Field(min_length=1)


def overlapping(records: tuple[PassportRecord, ...]) -> str | None:
    """Return the code of an indicator two versions of which hold for the same year; None where there is none."""
    by_code: dict[str, list[PassportRecord]] = defaultdict(list)
    for one in records:
        by_code[one.code].append(one)
    for code, versions in by_code.items():
        ordered = sorted(versions, key=lambda one: one.valid_from)
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                return code
    return None
