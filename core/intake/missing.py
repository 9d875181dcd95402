"""Which results of a year have not come yet, and how many schools and classes have sent any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.intake.history import WorkSummary, completeness
from core.intake.tables import Assessment, ClassWork
from core.intake.visible import CLASS_COLUMNS
from core.people.scope import Action, Scope
from core.store.answers import shared_answer


@dataclass(frozen=True, slots=True)
class MissingResults:
    """A school whose results of a work should exist and have not come."""

    school: str
    work: WorkSummary


@dataclass(frozen=True, slots=True)
class YearSize:
    """How many schools and classes have results of a year."""

    schools: int
    classes: int


@dataclass(frozen=True, slots=True)
class Received:
    """How many sets of results (a work in a school) of a year came, and which did not."""

    came: int
    missing: tuple[MissingResults, ...]


@dataclass(frozen=True, slots=True)
class SchoolResults:
    """How many sets of results of a year came from a school, and which did not."""

    school: str
    came: int
    missing: tuple[WorkSummary, ...]

    @property
    def expected(self) -> int:
        """Return how many should have come."""
        return self.came + len(self.missing)


def missing_results(session: Session, scope: Scope, year: int) -> tuple[MissingResults, ...]:
    """Return the results of the year that have not come, by school (`received_results`)."""
    return received_results(session, scope, year).missing


def received_results(session: Session, scope: Scope, year: int) -> Received:
    """Return what came of the results of the year, and what did not.

    A school is expected to have a work when it has sent another work of the same grade in the year: a school without
    an 11th grade owes nothing for it. Works without a grade are expected of nobody.
    """
    schools = received_by_school(session, scope, year)
    missing = tuple(MissingResults(one.school, work) for one in schools.values() for work in one.missing)
    return Received(sum(one.came for one in schools.values()), missing)


@shared_answer
def received_by_school(session: Session, scope: Scope, year: int) -> dict[int, SchoolResults]:
    """Return what came from each school in the year, and what should have (`received_results`), schools by name."""
    scope.require(Action.VIEW)
    board = completeness(session, scope, year)
    listed = {school.id or 0: school.name for school in board.schools}
    found = {}
    for school_id in (*listed, *(one for one in board.participants if one not in listed)):
        sent = board.participants.get(school_id, {})
        grades = {work.grade for work in board.works if work.id in sent and work.grade is not None}
        owed = tuple(work for work in board.works if work.grade in grades and work.id not in sent)
        # A school that is closed by now owes nothing.
        found[school_id] = SchoolResults(listed.get(school_id, ""), len(sent), owed if school_id in listed else ())
    return found


def latest_year(session: Session, scope: Scope, years: Iterable[int]) -> int | None:
    """Return the latest of these years that has results in the scope; None where none has."""
    query = (
        select(Assessment.year)
        .join(ClassWork, col(ClassWork.assessment_id) == Assessment.id)
        .where(
            col(Assessment.year).in_(list(years)), col(Assessment.deleted_at).is_(None),
            col(ClassWork.deleted_at).is_(None), col(ClassWork.replaced_by).is_(None),
        )
        .order_by(col(Assessment.year).desc())
        .limit(1)
    )
    return session.exec(scope.require(Action.VIEW).within_classes(query, CLASS_COLUMNS)).first()


def year_size(session: Session, scope: Scope, year: int) -> YearSize:
    """Return how many schools and classes of the scope have results of the year."""
    visible = scope.require(Action.VIEW)
    query = (
        select(ClassWork.school_id, Assessment.grade, ClassWork.class_name)
        .join(Assessment, col(Assessment.id) == ClassWork.assessment_id)
        .where(
            Assessment.year == year, col(Assessment.deleted_at).is_(None), col(ClassWork.deleted_at).is_(None),
            col(ClassWork.replaced_by).is_(None),
        )
        .distinct()
    )
    rows = set(session.exec(visible.within_classes(query, CLASS_COLUMNS)))
    return YearSize(len({school for school, _, _ in rows}), len(rows))
