"""Blueprints (планы работ), mark scales and threshold presets. Shipped ones come from data/, people add their own."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.base import SoftDeleted, Versioned


class Level(StrEnum):
    """Level of difficulty of an item."""

    BASIC = "Б"
    ADVANCED = "П"
    HIGH = "В"


class AnswerFormat(StrEnum):
    """How the answer is given."""

    SHORT = "краткий ответ"
    EXTENDED = "развёрнутый ответ"
    CHOICE = "выбор ответа"
    MATCHING = "соответствие"
    SEQUENCE = "последовательность"
    ORAL = "устный ответ"
    PRACTICAL = "практическое задание"


class Origin(StrEnum):
    """Where a row of reference data came from."""

    SHIPPED = "из поставки"
    UPLOADED = "загружено"
    ENTERED = "введено вручную"


class Shipped(SQLModel):
    """Rows that may come with the program; both fields are None for a row of people's own."""

    shipped_key: str | None = Field(default=None, unique=True, max_length=160)
    """The row's name among the files of data/."""
    shipped_digest: str | None = Field(default=None, max_length=32)
    """Fingerprint of what was shipped: a row that says something else was changed by a person."""


class Owned(SQLModel):
    """Rows of an organisation, read below it too (see `core.people.ownership`)."""

    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """None: shared by everybody, such as what came with the program."""


class Blueprint(Versioned, SoftDeleted, Shipped, Owned, table=True):
    """The plan of one work: procedure, subject, grade, and the years (of the spring) for which it holds."""

    id: int | None = Field(default=None, primary_key=True)
    procedure: str = Field(max_length=80, index=True)
    subject: str = Field(max_length=120, index=True)
    grade: int = Field(index=True)
    year_from: int
    year_to: int
    title: str = Field(default="", max_length=300)
    source: str = Field(default="", max_length=600)
    origin: Origin = Field(default=Origin.ENTERED, max_length=20)


class BlueprintItem(Versioned, table=True):
    """One item (задание or criterion) of a blueprint, in the order of the work."""

    __tablename__ = "blueprint_item"
    __table_args__ = (UniqueConstraint("blueprint_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    blueprint_id: int = Field(foreign_key="blueprint.id", index=True)
    position: int
    code: str = Field(max_length=20)
    max_score: int
    level: Level | None = Field(default=None, max_length=2)
    task_type: str | None = Field(default=None, max_length=120)
    answer_format: AnswerFormat | None = Field(default=None, max_length=40)
    element: str = Field(default="", max_length=300)
    """Content elements, several separated by «; ». An element's name is the axis on which fields are found."""
    element_codes: str = Field(default="", max_length=300)
    """Codes of the codifier (КЭС) in the same order, as the source writes them."""
    requirement_codes: str = Field(default="", max_length=300)
    """Codes of the required skills (КТ)."""
    skill: str = Field(default="", max_length=1000)
    is_cross_cutting: bool = Field(default=False)
    """True for an item that ranges over the whole codifier: it is left out of the ranking of elements."""
    criteria: list[dict[str, str | int]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Criteria inside the item in the order of ГИА protocols: [{"code": "К1", "max": 1}, …]; sum = max_score."""


class MarkScale(Versioned, SoftDeleted, Shipped, Owned, table=True):
    """Primary score -> mark 2..5 for one work, with what must hold besides the sum."""

    __tablename__ = "mark_scale"

    id: int | None = Field(default=None, primary_key=True)
    procedure: str = Field(max_length=80, index=True)
    subject: str = Field(max_length=120, index=True)
    grade: int = Field(index=True)
    year_from: int
    year_to: int
    max_score: int | None = Field(default=None)
    """The greatest primary score; None where the source of the scale does not say it."""
    from_3: int | None = Field(default=None)
    from_4: int | None = Field(default=None)
    from_5: int | None = Field(default=None)
    minimum_test_score: int | None = Field(default=None)
    """ЕГЭ: the least test score (0..100) that counts as passed."""
    conditions: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """[{"mark": 4, "at_least": 6, "items": ["ГК1", …], "words": "не менее 6 баллов за грамотность"}]: what marks from
    this one up ask for besides the sum; a mark whose conditions fail gives way to the next lower one."""
    source: str = Field(default="", max_length=600)
    origin: Origin = Field(default=Origin.ENTERED, max_length=20)


class ThresholdPreset(Versioned, SoftDeleted, Shipped, Owned, table=True):
    """Where «достигнуто» begins and «недостаточно» ends, by level, as shares 0..1."""

    __tablename__ = "threshold_preset"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    basic_sufficient: float
    basic_insufficient: float
    advanced_sufficient: float
    advanced_insufficient: float
    procedures: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Procedures for which this preset is offered first; empty: none."""
    valid_from: date | None = Field(default=None)
    valid_to: date | None = Field(default=None)
    source: str = Field(default="", max_length=600)
    origin: Origin = Field(default=Origin.ENTERED, max_length=20)
