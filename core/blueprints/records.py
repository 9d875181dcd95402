"""What a file of reference data may say: blueprints, mark scales, threshold presets (see data/*/README.md)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from core.blueprints.items import normalise_item_code
from core.blueprints.tables import AnswerFormat, Level
from core.blueprints.yaml_files import Record, Sourced

ELEMENT_SEPARATOR = "; "
MAX_ITEM_SCORE = 100
_Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
_Year = Annotated[int, Field(ge=1990, le=2100)]
_Grade = Annotated[int, Field(ge=1, le=12)]
_Share = Annotated[float, Field(ge=0, le=1)]


class CriterionRecord(Record):
    """A criterion inside an item."""

    code: str = Field(min_length=1, max_length=20)
    max: int = Field(ge=1, le=MAX_ITEM_SCORE)


class ItemRecord(Record):
    """One item of a blueprint."""

    code: str = Field(min_length=1, max_length=20)
    max: int = Field(ge=1, le=MAX_ITEM_SCORE)
    level: Level | None = None
    elements: tuple[_Name, ...] = ()
    codes: str = Field(default="", max_length=300)
    requirements: str = Field(default="", max_length=300)
    task_type: str | None = Field(default=None, min_length=1, max_length=120)
    format: AnswerFormat | None = None
    skill: str = Field(default="", max_length=1000)
    cross_cutting: bool = False
    criteria: tuple[CriterionRecord, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if normalise_item_code(self.code) != self.code:
            raise ValueError(f"код «{self.code}» пишется «{normalise_item_code(self.code)}»")
        if any(";" in element for element in self.elements):
            raise ValueError("в названии элемента не должно быть точки с запятой: перечислите элементы списком")
        if len(set(self.elements)) < len(self.elements):
            raise ValueError("элемент содержания назван дважды")
        total = sum(criterion.max for criterion in self.criteria)
        if self.criteria and total != self.max:
            raise ValueError(f"критерии дают {total}, а наибольший балл задания — {self.max}")
        return self

    def values(self, position: int) -> dict[str, object]:
        """Return the columns of `BlueprintItem` except its blueprint."""
        return {
            "position": position,
            "code": self.code,
            "max_score": self.max,
            "level": self.level,
            "task_type": self.task_type,
            "answer_format": self.format,
            "element": ELEMENT_SEPARATOR.join(self.elements),
            "element_codes": self.codes,
            "requirement_codes": self.requirements,
            "skill": self.skill,
            "is_cross_cutting": self.cross_cutting,
            "criteria": [{"code": criterion.code, "max": criterion.max} for criterion in self.criteria],
        }


class BlueprintRecord(Sourced):
    """A blueprint: one file of data/blueprints."""

    source: str = Field(min_length=3, max_length=600)
    procedure: str
    subject: str
    grade: _Grade
    year_from: _Year
    year_to: _Year
    title: str = Field(default="", max_length=300)
    total: int = Field(ge=1)
    items: tuple[ItemRecord, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        _require_order(self.year_from, self.year_to)
        codes = [item.code for item in self.items]
        repeated = next((code for code in codes if codes.count(code) > 1), None)
        if repeated:
            raise ValueError(f"задание «{repeated}» записано дважды")
        total = sum(item.max for item in self.items)
        if total != self.total:
            raise ValueError(f"сумма баллов заданий — {total}, а в total указано {self.total}")
        return self

    def values(self) -> dict[str, object]:
        """Return the columns of `Blueprint`."""
        return self.model_dump(include={"source", "procedure", "subject", "grade", "year_from", "year_to", "title"})


class ConditionRecord(Record):
    """What a mark and those above it ask for besides the sum."""

    mark: int = Field(ge=3, le=5)
    at_least: int = Field(ge=1)
    items: tuple[str, ...] = Field(min_length=1)
    words: str = Field(min_length=1)


class ScaleRecord(Record):
    """One scale: ranges of marks, or what is known of them."""

    subject: str
    grade: _Grade
    marks: dict[int, tuple[int, int | None]] | None = None
    max: int | None = Field(default=None, ge=1)
    minimum: int | None = Field(default=None, ge=1)
    minimum_test_score: int | None = Field(default=None, ge=0, le=100)
    conditions: tuple[ConditionRecord, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _tiles(self) -> Self:
        if self.marks is None:
            if self.max is None or (self.minimum is None and self.minimum_test_score is None):
                raise ValueError("нужны границы marks или max вместе с minimum или minimum_test_score")
            return self
        if self.max is not None or self.minimum is not None:
            raise ValueError("max и minimum не нужны, когда заданы границы marks")
        if sorted(self.marks) != [2, 3, 4, 5]:
            raise ValueError("в границах marks нужны отметки 2, 3, 4 и 5")
        ranges = [self.marks[mark] for mark in (2, 3, 4, 5)]
        if ranges[0][0] != 0:
            raise ValueError("границы должны начинаться с 0")
        for (first, last), (following, _) in pairwise(ranges):
            if last is None or last < first or following != last + 1:
                raise ValueError(f"границы должны идти подряд: после {first}–{last} стоит {following}")
        if ranges[3][1] is not None and ranges[3][1] < ranges[3][0]:
            raise ValueError("верхняя граница отметки «5» меньше нижней")
        return self

    def values(self) -> dict[str, object]:
        """Return the columns of `MarkScale` that the scale itself says."""
        marks = self.marks
        return {
            "subject": self.subject,
            "grade": self.grade,
            "max_score": marks[5][1] if marks else self.max,
            "from_3": marks[3][0] if marks else self.minimum,
            "from_4": marks[4][0] if marks else None,
            "from_5": marks[5][0] if marks else None,
            "minimum_test_score": self.minimum_test_score,
            "conditions": [
                {"mark": one.mark, "at_least": one.at_least, "items": list(one.items), "words": one.words}
                for one in self.conditions
            ],
        }


class ScaleFile(Sourced):
    """A file of data/scales: scales of one procedure from one source."""

    procedure: str
    year_from: _Year
    year_to: _Year
    scales: tuple[ScaleRecord, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _scales_are_unique(self) -> Self:
        _require_order(self.year_from, self.year_to)
        works = [(scale.subject, scale.grade) for scale in self.scales]
        repeated = next((work for work in works if works.count(work) > 1), None)
        if repeated:
            raise ValueError(f"шкала «{repeated[0]}, {repeated[1]} класс» записана дважды")
        return self

    def values(self, scale: ScaleRecord) -> dict[str, object]:
        """Return the columns of `MarkScale` for one of the file's scales; its note is added to the source."""
        source = f"{self.source}. {scale.note}" if scale.note else self.source
        years = {"procedure": self.procedure, "year_from": self.year_from, "year_to": self.year_to}
        return {**years, **scale.values(), "source": source[:600]}


class CutRecord(Record):
    """Where «достигнуто» begins and «недостаточно» ends, as shares."""

    sufficient: _Share
    insufficient: _Share

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if self.insufficient > self.sufficient:
            raise ValueError("insufficient не может быть больше sufficient")
        return self


class PresetRecord(Sourced):
    """A threshold preset: one file of data/thresholds."""

    source: str = Field(min_length=3, max_length=600)
    name: str = Field(min_length=1, max_length=120)
    procedures: tuple[str, ...] = ()
    basic: CutRecord
    advanced: CutRecord
    valid_from: date | None = None
    valid_to: date | None = None

    def values(self) -> dict[str, object]:
        """Return the columns of `ThresholdPreset`."""
        return {
            "name": self.name,
            "basic_sufficient": self.basic.sufficient,
            "basic_insufficient": self.basic.insufficient,
            "advanced_sufficient": self.advanced.sufficient,
            "advanced_insufficient": self.advanced.insufficient,
            "procedures": list(self.procedures),
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "source": self.source,
        }


def _require_order(year_from: int, year_to: int) -> None:
    if year_from > year_to:
        raise ValueError(f"год начала {year_from} позже года окончания {year_to}")
