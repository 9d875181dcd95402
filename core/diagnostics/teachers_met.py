"""Respondents <-> stored teachers, by keyed hashes of names and only inside the organisations of the scope."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.diagnostics.reading.mapping import ReadPerson
from core.diagnostics.reading.names import KEY_NAME, name_keys
from core.people.association_tables import Association, AssociationMember
from core.people.scope import Scope
from core.people.teacher_tables import Employment, Teacher
from core.store.secrets import secret

_CODE_NAME = re.compile(r"Педагог-0*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class MetTeacher:
    """A stored teacher who answered: where they work, what they teach."""

    id: int
    organisation_id: int
    subjects: tuple[str, ...]


class TeacherIndex:
    """The teachers who worked in some organisations on a day, found by the keys of their names."""

    def __init__(self, session: Session, scope: Scope, organisations: Collection[int], day: date) -> None:
        query = (
            select(Teacher, Employment)
            .join(Employment, col(Employment.teacher_id) == Teacher.id)
            .where(
                col(Teacher.deleted_at).is_(None),
                col(Teacher.erased_at).is_(None),
                col(Employment.deleted_at).is_(None),
                col(Employment.organisation_id).in_(organisations),
                col(Employment.hired_on).is_(None) | (col(Employment.hired_on) <= day),
                col(Employment.left_on).is_(None) | (col(Employment.left_on) > day),
            )
        )
        rows = session.exec(scope.within_persons(query, col(Teacher.id), col(Employment.organisation_id))).all()
        key = secret(KEY_NAME) if rows else b""
        self._by_key: dict[str, dict[int, list[MetTeacher]]] = {}
        self._by_id: dict[int, list[MetTeacher]] = {}
        for teacher, job in rows:
            met = MetTeacher(teacher.id or 0, job.organisation_id, tuple(teacher.subjects))
            keys = name_keys(key, teacher.full_name)
            self._by_id.setdefault(met.id, []).append(met)
            for one in filter(None, {keys.full, keys.short}):
                self._by_key.setdefault(one, {}).setdefault(met.organisation_id, []).append(met)

    def find(self, person: ReadPerson, organisation_id: int | None) -> MetTeacher | None:
        """Return the teacher of the organisation with the respondent's name; None unless there is exactly one.

        Without an organisation the name has to be that of one teacher in all of them.
        """
        named = _CODE_NAME.fullmatch(person.code)
        if named is not None:
            return _only(self._by_id.get(int(named.group(1)), []), organisation_id)
        for key in filter(None, (person.keys.full, person.keys.short)):
            by_place = self._by_key.get(key, {})
            if organisation_id is not None:
                found = by_place.get(organisation_id, [])
            else:
                found = [one for teachers in by_place.values() for one in teachers] if key == person.keys.full else []
            if len(found) == 1:
                return found[0]
        return None


def associations_on(session: Session, teachers: Collection[int], day: date) -> dict[int, list[int]]:
    """Return the ids of the associations to which each of the teachers belonged on the day."""
    rows = session.exec(
        select(AssociationMember.teacher_id, AssociationMember.association_id)
        .join(Association, col(Association.id) == AssociationMember.association_id)
        .where(
            col(AssociationMember.teacher_id).in_(teachers),
            AssociationMember.valid_from <= day,
            col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > day),
            col(Association.deleted_at).is_(None),
        )
        .order_by(col(AssociationMember.association_id))
    )
    found: dict[int, list[int]] = {}
    for teacher, association in rows:
        found.setdefault(teacher, []).append(association)
    return found


def _only(teachers: list[MetTeacher], organisation_id: int | None) -> MetTeacher | None:
    fitting = [one for one in teachers if organisation_id in (None, one.organisation_id)]
    return fitting[0] if len(fitting) == 1 else None
