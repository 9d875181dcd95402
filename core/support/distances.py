"""How far schools are apart: entered once for both directions, used when a mentor of another school is sought."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.support.mentorship_tables import SchoolDistance
from core.words import number

MOST_KILOMETRES = 2000.0


@dataclass(frozen=True, slots=True)
class DistanceRow:
    """Two schools and the kilometres by road between them; None: not entered."""

    first_id: int
    first: str
    second_id: int
    second: str
    kilometres: float | None


def list_distances(session: Session, scope: Scope, school_id: int) -> list[DistanceRow]:
    """Return the distances from a school to all others that the actor keeps, by name."""
    managing = scope.require(Action.MANAGE_HELP)
    school = _school(session, managing, school_id)
    query = select(Organisation).where(
        Organisation.kind == OrganisationKind.SCHOOL, col(Organisation.deleted_at).is_(None),
        Organisation.id != school_id,
    )
    found = session.exec(query.order_by(col(Organisation.name)))
    others = [row for row in found if scope.knows_organisation(row.id or 0)]
    known = _known(session, school_id)
    return [DistanceRow(school_id, school.name, row.id or 0, row.name, known.get(row.id or 0)) for row in others]


def set_distance(
    session: Session, scope: Scope, school_id: int, other_id: int, kilometres: float | None
) -> None:
    """Store the distance between two schools; None forgets it. Raises InvalidInput for one that cannot be."""
    managing = scope.require(Action.MANAGE_HELP)
    _school(session, managing, school_id)
    if other_id == school_id or not scope.knows_organisation(other_id):
        raise NotFound("Школа")
    if kilometres is not None and not 0 < kilometres <= MOST_KILOMETRES:
        raise InvalidInput(
            f"Расстояние {number(kilometres, 1)} км невозможно.",
            f"Впишите число километров до {MOST_KILOMETRES:.0f}.",
        )
    first, second = sorted((school_id, other_id))
    row = session.exec(
        select(SchoolDistance).where(SchoolDistance.first_id == first, SchoolDistance.second_id == second)
    ).first()
    if kilometres is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or SchoolDistance(first_id=first, second_id=second, kilometres=kilometres)
        row.kilometres = kilometres
        session.add(row)
    session.flush()


def _school(session: Session, managing: Scope, school_id: int) -> Organisation:
    row = session.get(Organisation, school_id)
    if row is None or row.deleted_at is not None or not managing.sees_all_associations(school_id):
        raise NotFound("Школа")
    return row


def _known(session: Session, school_id: int) -> dict[int, float]:
    query = select(SchoolDistance).where(
        (col(SchoolDistance.first_id) == school_id) | (col(SchoolDistance.second_id) == school_id)
    )
    return {
        row.second_id if row.first_id == school_id else row.first_id: row.kilometres for row in session.exec(query)
    }
