"""From grants to conditions of a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, or_
from sqlalchemy.orm import Mapped

from core.people.grants import Grant, TaughtClass

Query = TypeVar("Query", bound=Select)  # type: ignore[type-arg]  # SQLModel's selects differ in parameters


@dataclass(frozen=True, slots=True)
class ClassColumns:
    """The columns that say which class, subject and year a row is about (`letter` is the class without its grade)."""

    school: Mapped[int]
    subject: Mapped[str]
    grade: Mapped[int | None] | Mapped[int]
    letter: Mapped[str]
    year: Mapped[int]


def conditions(
    grant: Grant, organisation: Mapped[int] | Mapped[int | None] | None, subject: Mapped[str] | None
) -> list[ColumnElement[bool]]:
    """Return what must hold of a row for the grant to cover it; nothing when it covers every row."""
    found: list[ColumnElement[bool]] = []
    if organisation is not None and grant.organisations is not None:
        found.append(organisation.in_(grant.organisations))
    if subject is not None and grant.subjects is not None:
        found.append(subject.in_(grant.subjects))
    return found


def one_class(columns: ClassColumns, taught: TaughtClass) -> list[ColumnElement[bool]]:
    """Return what must hold of a row that is about the class."""
    return [
        columns.school == taught.school_id,
        columns.subject == taught.subject,
        columns.grade == taught.grade,
        columns.letter == taught.letter,
        columns.year == taught.year,
    ]


def narrowed(query: Query, choices: list[list[ColumnElement[bool]]]) -> Query:
    """Return the query with any one of the choices; a choice without conditions covers everything."""
    if any(not choice for choice in choices):
        return query
    return query.where(or_(false(), *(and_(*choice) for choice in choices)))
