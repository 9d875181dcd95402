"""What a file of competences or of an instrument may say (see data/instruments/README.md)."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from core.blueprints.yaml_files import Record, Sourced
from core.diagnostics.instrument_tables import CompetenceBlock, InstrumentKind
from core.intake.matrix import MAX_SCORE

_Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
_Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
_Score = Annotated[int, Field(ge=0, le=MAX_SCORE)]


class CompetenceRecord(Record):
    """One competence; with an element it must name the subject too."""

    key: _Key
    block: CompetenceBlock
    name: _Name
    subject: str = Field(default="", max_length=120)
    element: str = Field(default="", max_length=300)

    @model_validator(mode="after")
    def _element_of_a_subject(self) -> Self:
        if self.element and not self.subject:
            raise ValueError(f"у компетенции «{self.key}» есть элемент содержания, но нет предмета")
        return self

    def values(self) -> dict[str, object]:
        """Return the columns of the competence's row."""
        return {"block": self.block, "name": self.name, "subject": self.subject, "element": self.element}


class CompetenceFile(Sourced):
    """data/competences.yaml."""

    competences: tuple[CompetenceRecord, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        keys = [one.key for one in self.competences]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise ValueError(f"ключ компетенции «{twice}» записан дважды")
        return self


class AnswerRecord(Record):
    """One answer of a scale."""

    text: _Name
    score: _Score
    deficit: bool = False
    resource: bool = False

    def values(self) -> dict[str, object]:
        """Return the columns of the answer's row."""
        return {"text": self.text, "score": self.score, "is_deficit": self.deficit, "is_resource": self.resource}


class LevelRecord(Record):
    """One level: from which share of the possible points."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    from_share: Annotated[float, Field(ge=0, lt=1, alias="from")]
    deficit: bool = False

    def values(self) -> dict[str, object]:
        """Return the columns of the level's row."""
        return {"name": self.name, "from_share": self.from_share, "is_deficit": self.deficit}


class ItemRecord(Record):
    """One statement or task."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=8000)]
    competence: _Key | None = None
    code: str = Field(default="", max_length=20)
    max: Annotated[int, Field(ge=1, le=MAX_SCORE)] | None = None


class SectionRecord(Record):
    """A part of the instrument."""

    name: str = Field(default="", max_length=300)
    items: tuple[ItemRecord, ...] = Field(min_length=1)


class InstrumentRecord(Sourced):
    """One file of data/instruments."""

    kind: InstrumentKind
    name: _Name
    subject: str = Field(default="", max_length=120)
    answers: tuple[AnswerRecord, ...] = ()
    levels: tuple[LevelRecord, ...] = ()
    sections: tuple[SectionRecord, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _scale(self) -> Self:
        scores = [answer.score for answer in self.answers]
        if len(set(scores)) != len(scores):
            raise ValueError("два ответа шкалы дают один и тот же балл")
        if self.kind is InstrumentKind.QUESTIONNAIRE and len(scores) < 2:
            raise ValueError("у анкеты должно быть не меньше двух ответов шкалы (поле «answers»)")
        for item in self.items:
            if not self.answers and item.max is None:
                raise ValueError(f"у задания «{item.text[:40]}» не указан наибольший балл (поле «max»)")
        return self

    @model_validator(mode="after")
    def _levels_ascend(self) -> Self:
        borders = [level.from_share for level in self.levels]
        if borders and (borders[0] != 0 or any(low >= high for low, high in pairwise(borders))):
            raise ValueError("уровни записывают по возрастанию, первый — с нуля (поле «levels»)")
        return self

    @property
    def items(self) -> tuple[ItemRecord, ...]:
        """All items in the order of the sections."""
        return tuple(item for section in self.sections for item in section.items)

    def values(self) -> dict[str, object]:
        """Return the columns of the instrument's row."""
        return {"kind": self.kind, "name": self.name, "subject": self.subject, "source": self.source}

    def item_values(self, competences: dict[str, int]) -> list[dict[str, object]]:
        """Return the columns of the items' rows; `competences` are ids by key."""
        highest = max((answer.score for answer in self.answers), default=0)
        found: list[dict[str, object]] = []
        for section in self.sections:
            for item in section.items:
                place = len(found) + 1
                found.append(
                    {
                        "position": place, "code": item.code or str(place), "text": item.text, "section": section.name,
                        "competence_id": competences[item.competence] if item.competence else None,
                        "maximum": item.max if item.max is not None else highest,
                    }
                )
        return found
