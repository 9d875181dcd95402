"""What somebody who sees single classes of a school may compare them with: sums of classes that they do not see.

A teacher sees their own classes only. A sum over colleagues' classes is shown when it is not the result of one class,
of one school, or of fewer than five participants. The sums do not overlap with what the actor sees or with each other,
so nothing follows from them by subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.analysis.class_rows import ClassRow, class_rows_of_schools
from core.analysis.loading import work_around
from core.analysis.work import Work, WorkClass
from core.intake.places import day_of
from core.intake.tables import Assessment
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership

_FEWEST = 2
"""A sum over one class, or over one other school, would be that class's or school's own result."""


@dataclass(frozen=True, slots=True)
class Background:
    """Classes that are shown as one sum only."""

    name: str
    """«Школа № 1, другие классы»."""
    of_schools: frozenset[int]
    """The actor's schools that may be compared with it."""
    work: Work
    """The work in these classes; never to be shown by class."""


def background_of(session: Session, scope: Scope, work: Work) -> tuple[Background, ...]:
    """Return the sums that stand beside single classes: their schools, then the other schools of the municipality.

    Nothing for somebody who sees whole schools.
    """
    partly = {part.school_id: part.school_name for part in work.classes if not part.is_school_seen}
    if not partly:
        return ()
    assessment = session.get_one(Assessment, work.assessment_id)
    seen = {(part.school_id, part.class_name) for part in work.classes}
    found = []
    for school_id, name in partly.items():
        rows = _unseen(session, assessment, [school_id], seen)
        if len({row.class_name for row in rows}) >= _FEWEST:
            found.append((f"{name}, другие классы", {school_id}, rows))
    for town, (name, own) in _municipalities(session, list(partly), day_of(assessment)).items():
        others = _schools_of(session, town, day_of(assessment)) - {part.school_id for part in work.classes}
        rows = _unseen(session, assessment, others, seen)
        if len({row.school_id for row in rows}) >= _FEWEST:
            found.append((f"{name}, другие школы", own, rows))
    return tuple(
        Background(name, frozenset(own), work_around(session, scope, assessment, _classes(rows)))
        for name, own, rows in found
        if sum(row.participants for row in rows) >= SMALLEST_SHOWN
    )


def _unseen(
    session: Session, assessment: Assessment, schools: Iterable[int], seen: Collection[tuple[int, str]]
) -> list[ClassRow]:
    rows = class_rows_of_schools(session, assessment.id or 0, schools)
    return [row for row in rows if (row.school_id, row.class_name) not in seen]


def _classes(rows: Sequence[ClassRow]) -> list[tuple[WorkClass, list[ClassRow]]]:
    """Return the classes of the rows without names: nobody is to read them."""
    members: dict[tuple[int, str], list[ClassRow]] = defaultdict(list)
    for row in rows:
        members[row.school_id, row.class_name].append(row)
    return [
        (WorkClass(school_id, "", class_name, sum(part.participants for part in parts), owned=False), parts)
        for (school_id, class_name), parts in members.items()
    ]


def _municipalities(
    session: Session, school_ids: Sequence[int], day: date
) -> dict[int, tuple[str, set[int]]]:
    """Return the municipalities of the schools on the day: id → (name, which of the schools lie in it)."""
    query = (
        select(Organisation, OrganisationMembership.organisation_id)
        .join(OrganisationMembership, col(OrganisationMembership.parent_id) == Organisation.id)
        .where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            col(OrganisationMembership.organisation_id).in_(school_ids),
            OrganisationMembership.valid_from <= day,
            (col(OrganisationMembership.valid_to).is_(None)) | (col(OrganisationMembership.valid_to) > day),
        )
    )
    found: dict[int, tuple[str, set[int]]] = {}
    for town, school_id in session.exec(query):
        found.setdefault(town.id or 0, (town.name, set()))[1].add(school_id)
    return found


def _schools_of(session: Session, municipality_id: int, day: date) -> set[int]:
    """Return the schools of the municipality on the day."""
    query = (
        select(OrganisationMembership.organisation_id)
        .join(Organisation, col(Organisation.id) == OrganisationMembership.organisation_id)
        .where(
            OrganisationMembership.parent_id == municipality_id, Organisation.kind == OrganisationKind.SCHOOL,
            OrganisationMembership.valid_from <= day,
            (col(OrganisationMembership.valid_to).is_(None)) | (col(OrganisationMembership.valid_to) > day),
        )
    )
    return set(session.exec(query))
