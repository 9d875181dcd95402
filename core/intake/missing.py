"""Which results of a year have not come yet, and how many schools and classes have sent any."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.intake.history import WorkSummary, completeness
from core.intake.tables import Assessment, ClassWork
from core.intake.visible import CLASS_COLUMNS
from core.people.scope import Action, Scope


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


def missing_results(session: Session, scope: Scope, year: int) -> tuple[MissingResults, ...]:
    """Return the results of the year that have not come, by school (`received_results`)."""
    return received_results(session, scope, year).missing


def received_results(session: Session, scope: Scope, year: int) -> Received:
    """Return what came of the results of the year, and what did not.

    A school is expected to have a work when it has sent another work of the same grade in the year: a school without
    an 11th grade owes nothing for it. Works without a grade are expected of nobody.
    """
    scope.require(Action.VIEW)
    board = completeness(session, scope, year)
    grades: dict[int, set[int]] = defaultdict(set)
    for school_id, sent in board.participants.items():
        grades[school_id] = {work.grade for work in board.works if work.id in sent and work.grade is not None}
    missing = tuple(
        MissingResults(school.name, work)
        for school in board.schools
        for work in board.works
        if work.grade in grades[school.id or 0] and work.id not in board.participants[school.id or 0]
    )
    return Received(sum(len(sent) for sent in board.participants.values()), missing)


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
