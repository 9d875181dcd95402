"""Passports of indicators: what is counted, how, by whom and until when; a new version for years with other rules."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from core.blueprints.tables import Origin, Owned, Shipped
from core.store.base import SoftDeleted, Versioned


class IndicatorKind(StrEnum):
    """What the figure is."""

    SHARE = "доля"
    NUMBER = "число"
    MEAN = "среднее"
    DOCUMENT = "да/нет по документу"


class Direction(StrEnum):
    """Which way is better."""

    MORE = "больше – лучше"
    LESS = "меньше – лучше"


class Level(StrEnum):
    """Who reports the figure. Shares and numbers of schools also make the municipality's figure."""

    SCHOOL = "школа"
    MUNICIPALITY = "муниципалитет"
    BOTH = "школа и муниципалитет"


class IndicatorPassport(Versioned, SoftDeleted, Shipped, Owned, table=True):
    """One version of a passport: it holds for the reporting years from `valid_from` to `valid_to`.

    Reporting years are academic years, by the calendar year of their spring. An own indicator of an organisation holds
    for it and for everything below it.
    """

    __tablename__ = "indicator_passport"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, index=True)
    goal: str = Field(max_length=200)
    name: str = Field(max_length=300)
    unit: str = Field(default="%", max_length=40)
    kind: IndicatorKind = Field(default=IndicatorKind.SHARE)
    numerator: str = Field(default="", sa_type=Text)
    denominator: str = Field(default="", sa_type=Text)
    formula: str = Field(default="", sa_type=Text)
    source: str = Field(default="", sa_type=Text)
    """Where the data come from."""
    method: str = Field(default="", sa_type=Text)
    """How they are gathered."""
    period: str = Field(default="", max_length=120)
    deadline: str = Field(default="", max_length=200)
    level: Level = Field(default=Level.BOTH)
    responsible: str = Field(default="", max_length=300)
    direction: Direction = Field(default=Direction.MORE)
    regulation: str = Field(default="", sa_type=Text)
    """The document in which the indicator stands."""
    basis: str = Field(default="", sa_type=Text)
    """Where name and formula of this passport come from: found in a document, or composed here."""
    automatic: str = Field(default="", max_length=60)
    """Key of the calculation from the records of the program; "" for what people enter."""
    valid_from: int
    valid_to: int | None = Field(default=None)
    origin: Origin = Field(default=Origin.ENTERED, max_length=20)
