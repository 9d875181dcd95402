"""To whom a recommendation can go, how they are called, and who is meant first by what a problem field reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, col, select

from core.errors import InvalidInput
from core.people.association_tables import Association, AssociationKind
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.short_names import short_name
from core.people.subject_parts import with_parts
from core.people.tables import Organisation, OrganisationKind
from core.planning.meetings import name_of
from core.planning.owners import teacher_names, working_teachers
from core.planning.recommendations.access import require_addressee_in_reach
from core.planning.tables import AddresseeKind, Recommendation
from core.store.base import utc_now

_Row = TypeVar("_Row", Organisation, Association)
_FIRST = (
    AssociationKind.SCHOOL_ASSOCIATION, AssociationKind.DISTRICT_ASSOCIATION, AssociationKind.SCHOOL_COUNCIL,
    AssociationKind.DISTRICT_COUNCIL, AssociationKind.METHODICAL_OFFICE, AssociationKind.SUBJECT_CLUB,
    AssociationKind.YOUNG_COUNCIL, AssociationKind.NETWORK,
)
"""Who is meant first: the association of the subject, then the council. Every kind has its place."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """One addressee: what the recommendation stores, and the name as the actor may see it."""

    kind: AddresseeKind
    place_id: int
    name: str
    association_id: int | None = None
    teacher_id: int | None = None
    grade: int | None = None
    class_letter: str = ""

    @property
    def key(self) -> str:
        """Return what tells the addressee from others: «объединение:3:7::»."""
        parts = (self.kind.value, self.place_id, self.association_id or self.teacher_id or "", self.grade or "")
        return ":".join((*map(str, parts), self.class_letter))


def list_addressees(
    session: Session, scope: Scope, place_id: int, subject: str = "", grade: int | None = None, letter: str = ""
) -> list[Addressee]:
    """Return who can be written to about a place (a school or a municipality): who is meant first comes first.

    Parents are those of the class or grade. Teachers are listed inside their own school only. Raises NotAllowed
    without the right to write recommendations.
    """
    editing = scope.require(Action.EDIT_RECOMMENDATIONS)
    place = session.get(Organisation, place_id)
    if place is None or place.deleted_at is not None:
        return []
    found = _associations(session, editing, place, subject)
    if editing.organisations is None or place_id in editing.organisations:
        found.append(_administration(place))
        if place.kind is OrganisationKind.SCHOOL:
            found.append(parents_of(place, grade, letter))
            if letter and grade is not None:
                found.append(parents_of(place, grade, ""))
    if place.kind is OrganisationKind.SCHOOL:
        ids = working_teachers(session, place_id, utc_now().date())
        seen = [one for one in ids if editing.sees_inside_school(one, place_id)]
        names = teacher_names(session, scope, seen)
        found += [
            Addressee(AddresseeKind.TEACHER, place_id, names[one], teacher_id=one)
            for one in sorted(names, key=lambda key: natural_key(names[key]))
        ]
    return found


def first_addressee(
    session: Session, scope: Scope, place_id: int, subject: str = "", grade: int | None = None, letter: str = ""
) -> Addressee | None:
    """Return who is meant first; None when the actor may write to nobody there."""
    return next(iter(list_addressees(session, scope, place_id, subject, grade, letter)), None)


def parents_of(school: Organisation, grade: int | None, letter: str) -> Addressee:
    """Return the parents of a class, of a grade, or of the whole school."""
    if grade is not None:
        name = f"родители обучающихся {grade}{letter} класса" if letter else f"родители обучающихся {grade}-х классов"
    else:
        name = "родители обучающихся"
    return Addressee(
        AddresseeKind.PARENTS, school.id or 0, f"{name}, {short_name(school.name)}", grade=grade, class_letter=letter
    )


def addressee_of(session: Session, scope: Scope, row: Recommendation) -> Addressee:
    """Return the addressee of a stored recommendation that the actor sees."""
    return addressees_of(session, scope, [row])[row.id or 0]


def addressees_of(session: Session, scope: Scope, rows: Collection[Recommendation]) -> dict[int, Addressee]:
    """Return the addressees by id of the recommendation."""
    places = _by_id(session, Organisation, {row.place_id for row in rows})
    associations = _by_id(session, Association, {row.association_id for row in rows if row.association_id is not None})
    teachers = teacher_names(session, scope, {row.teacher_id for row in rows if row.teacher_id is not None})
    return {row.id or 0: _named(row, places[row.place_id], associations, teachers) for row in rows}


def require_addressee(session: Session, scope: Scope, one: Addressee | None) -> Addressee:
    """Return the addressee when the actor may write to them.

    Raises InvalidInput when there is none, NotFound for one out of reach or that does not belong to the place.
    """
    if one is None:
        raise InvalidInput("Не указан адресат рекомендации.", "Выберите, кому она предназначена.")
    place_id = one.place_id
    if one.association_id is not None:
        association = session.get(Association, one.association_id)
        if association is None or association.deleted_at is not None:
            raise InvalidInput("Такого объединения больше нет.", "Выберите другого адресата.")
        place_id = association.organisation_id
    if one.teacher_id is not None and one.teacher_id not in working_teachers(session, place_id, utc_now().date()):
        raise InvalidInput("Этот педагог больше не работает в школе.", "Выберите другого адресата.")
    require_addressee_in_reach(scope, one.kind, place_id, one.association_id, one.teacher_id)
    return one


def _associations(session: Session, editing: Scope, place: Organisation, subject: str) -> list[Addressee]:
    query = select(Association).where(
        Association.organisation_id == place.id, col(Association.deleted_at).is_(None)
    )
    rows = [
        row for row in session.exec(query)
        if editing.sees_association(row.id or 0, row.organisation_id)
        and (not subject or not row.subjects or subject in with_parts(row.subjects))
    ]
    # An association of this very subject stands before one of all subjects.
    rows.sort(key=lambda row: (_FIRST.index(row.kind), not row.subjects, natural_key(row.name)))
    return [_of_association(row) for row in rows]


def _of_association(row: Association) -> Addressee:
    return Addressee(AddresseeKind.ASSOCIATION, row.organisation_id, name_of(row), association_id=row.id)


def _administration(place: Organisation) -> Addressee:
    if place.kind is OrganisationKind.SCHOOL:
        return Addressee(AddresseeKind.ADMINISTRATION, place.id or 0, f"администрация, {short_name(place.name)}")
    return Addressee(AddresseeKind.ADMINISTRATION, place.id or 0, f"управление образования, {short_name(place.name)}")


def _named(
    row: Recommendation, place: Organisation, associations: dict[int, Association], teachers: dict[int, str]
) -> Addressee:
    match row.addressee:
        case AddresseeKind.ASSOCIATION if row.association_id is not None:
            return _of_association(associations[row.association_id])
        case AddresseeKind.TEACHER if row.teacher_id is not None:
            name = teachers.get(row.teacher_id, "")
            return Addressee(AddresseeKind.TEACHER, row.place_id, name, teacher_id=row.teacher_id)
        case AddresseeKind.PARENTS:
            return parents_of(place, row.grade, row.class_letter)
        case _:
            return _administration(place)


def _by_id(session: Session, table: type[_Row], ids: Iterable[int]) -> dict[int, _Row]:
    rows = session.exec(select(table).where(col(table.id).in_(set(ids))))
    return {row.id or 0: row for row in rows}
