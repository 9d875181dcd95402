"""School associations of the demo, in the schools whose cycles they carry, and what one of them has planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.demo.teachers import MATHS, PHYSICS, PRIMARY, DemoTeacher
from core.people.association_tables import AssociationKind
from core.people.associations import add_member, create_association
from core.people.scope import Scope
from core.planning.agenda import add_question, prepare_meeting
from core.planning.meetings import MeetingDraft

SCIENCES, PRIMARY_TEACHERS = "учителей естественно-математических дисциплин", "учителей начальных классов"
_SINCE = date(2026, 9, 1)
_MEETING = (date(2026, 11, 25), "Дорожная карта по математике: что западает и что с этим делать")
"""Of the association of sciences in the village school."""


@dataclass(frozen=True, slots=True)
class _SchoolAssociation:
    school: str
    name: str
    subjects: tuple[str, ...]


_VILLAGE = "edu990105"
_ASSOCIATIONS = (
    _SchoolAssociation("edu990102", SCIENCES, (MATHS, PHYSICS)),
    _SchoolAssociation(_VILLAGE, SCIENCES, (MATHS, PHYSICS)),
    _SchoolAssociation(_VILLAGE, PRIMARY_TEACHERS, (PRIMARY,)),
)


def add_school_associations(
    session: Session, scope: Scope, units: Mapping[str, int], teachers: Sequence[DemoTeacher]
) -> int:
    """Add the associations, the most experienced as the head; return how many meetings they prepare."""
    for one in _ASSOCIATIONS:
        row = create_association(
            session, scope, units[one.school], kind=AssociationKind.SCHOOL_ASSOCIATION, name=one.name,
            subjects=one.subjects,
        )
        members = staff(teachers, one.school, one.subjects)
        for place, member in enumerate(members):
            add_member(session, scope, row.id or 0, member.id, is_head=place == 0, on=_SINCE)
        if one.school == _VILLAGE and one.name == SCIENCES:
            day, topic = _MEETING
            meeting = prepare_meeting(
                session, scope, MeetingDraft(units[one.school], day, [], row.id, number="2", topic=topic)
            )
            add_question(session, scope, meeting.id or 0, topic, "Руководитель ШМО")
    session.flush()
    return 1


def staff(teachers: Sequence[DemoTeacher], school: str, subjects: Sequence[str]) -> list[DemoTeacher]:
    """Return a school's teachers of the subjects, the most experienced first."""
    found = [one for one in teachers if one.school == school and one.subject in subjects]
    return sorted(found, key=lambda one: -one.experience)
