"""School associations of the demo, in the schools whose cycles they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.demo.teachers import MATHS, PHYSICS, PRIMARY, DemoTeacher
from core.people.association_tables import AssociationKind
from core.people.associations import add_member, create_association
from core.people.scope import Scope

SCIENCES, PRIMARY_TEACHERS = "учителей естественно-математических дисциплин", "учителей начальных классов"
_SINCE = date(2026, 9, 1)


@dataclass(frozen=True, slots=True)
class _SchoolAssociation:
    school: str
    name: str
    subjects: tuple[str, ...]


_ASSOCIATIONS = (
    _SchoolAssociation("edu990102", SCIENCES, (MATHS, PHYSICS)),
    _SchoolAssociation("edu990105", SCIENCES, (MATHS, PHYSICS)),
    _SchoolAssociation("edu990105", PRIMARY_TEACHERS, (PRIMARY,)),
)


def add_school_associations(
    session: Session, scope: Scope, units: Mapping[str, int], teachers: Sequence[DemoTeacher]
) -> int:
    """Add the associations with their members, the most experienced as the head; return how many."""
    for one in _ASSOCIATIONS:
        row = create_association(
            session, scope, units[one.school], kind=AssociationKind.SCHOOL_ASSOCIATION, name=one.name,
            subjects=one.subjects,
        )
        members = staff(teachers, one.school, one.subjects)
        for place, member in enumerate(members):
            add_member(session, scope, row.id or 0, member.id, is_head=place == 0, on=_SINCE)
    session.flush()
    return len(_ASSOCIATIONS)


def staff(teachers: Sequence[DemoTeacher], school: str, subjects: Sequence[str]) -> list[DemoTeacher]:
    """Return a school's teachers of the subjects, the most experienced first."""
    found = [one for one in teachers if one.school == school and one.subject in subjects]
    return sorted(found, key=lambda one: -one.experience)
