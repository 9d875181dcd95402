"""Who answers for a stage: from the words of a model to an association or a person of the organisation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.cycle.access import require_leading
from core.people.association_tables import Association, AssociationKind
from core.people.associations import association_name
from core.people.organisations import natural_key
from core.people.scope import Scope
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import shown_name

_KINDS: Mapping[AssociationKind, re.Pattern[str]] = {
    kind: re.compile(words, re.IGNORECASE)
    for kind, words in {
        AssociationKind.SCHOOL_ASSOCIATION: r"\bШМО\b|школьн\w+ методическ\w+ объединени|^методическ\w+ объединени",
        AssociationKind.SCHOOL_COUNCIL: r"\bШМС\b|методическ\w+ совет|методическ\w+ служб",
        AssociationKind.DISTRICT_ASSOCIATION: r"\bРМО\b|районн\w+ методическ\w+ объединени",
        AssociationKind.DISTRICT_COUNCIL: r"\bРМС\b",
        AssociationKind.METHODICAL_OFFICE: r"\bММК\b|методическ\w+ кабинет",
        AssociationKind.YOUNG_COUNCIL: r"совет\w* молодых педагогов",
        AssociationKind.SUBJECT_CLUB: r"предметн\w+ клуб",
    }.items()
}
_HEADS = re.compile(
    r"администраци\w+ (школы|ОО)|директор|руководител\w+ (образовательн\w+ организац|ОО)", re.IGNORECASE
)
_DIRECTOR = re.compile(r"^директор", re.IGNORECASE)
_DEPUTY = re.compile(r"замест\w*\.? директора|зам\. директора|завуч", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in the organisation: under the name that the actor may see, with the position."""

    id: int
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Body:
    """An association of the organisation."""

    id: int
    kind: AssociationKind
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who could answer for a stage; None where the words leave it open."""

    teacher_id: int | None = None
    association_id: int | None = None


def proposed(words: Sequence[str], people: Sequence[Person], bodies: Sequence[Body]) -> Proposal:
    """Return whom the words of a model mean in an organisation: only where a single one fits.

    «ШМО» in a school with three of them is nobody in particular; people choose.
    """
    text = "; ".join(words)
    meant = [one for one in bodies if one.kind in _KINDS and any(_KINDS[one.kind].search(part) for part in words)]
    teacher = _head(people) if _HEADS.search(text) else None
    return Proposal(teacher, meant[0].id if len(meant) == 1 else None)


def choices_of(session: Session, scope: Scope, organisation_id: int) -> tuple[dict[int, str], dict[int, str]]:
    """Return who can answer for a stage by id: people, namesakes told apart, and associations; for those who lead."""
    require_leading(scope, organisation_id)
    people = people_of(session, scope, organisation_id, date.today())
    names = Counter(one.name for one in people)
    told = {one.id: f"{one.name} (№ {one.id})" if names[one.name] > 1 else one.name for one in people}
    return told, {one.id: one.name for one in bodies_of(session, organisation_id)}


def people_of(session: Session, scope: Scope, organisation_id: int, on: date) -> list[Person]:
    """Return who works in the organisation itself on the day, by name."""
    query = (
        select(Teacher, Employment.position)
        .join(Employment, col(Employment.teacher_id) == Teacher.id)
        .where(
            Employment.organisation_id == organisation_id, col(Employment.deleted_at).is_(None),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > on), col(Teacher.deleted_at).is_(None),
        )
    )
    found = {
        row.id or 0: Person(row.id or 0, shown_name(scope, row, (organisation_id,)), position)
        for row, position in session.exec(query)
    }
    return sorted(found.values(), key=lambda one: natural_key(one.name))


def bodies_of(session: Session, organisation_id: int) -> list[Body]:
    """Return the associations of the organisation, by name."""
    query = select(Association).where(
        Association.organisation_id == organisation_id, col(Association.deleted_at).is_(None)
    )
    rows = [Body(row.id or 0, row.kind, association_name(row)) for row in session.exec(query)]
    return sorted(rows, key=lambda one: natural_key(one.name))


def _head(people: Sequence[Person]) -> int | None:
    """Return the only director, else the only deputy."""
    for post in (_DIRECTOR, _DEPUTY):
        found = [one for one in people if post.search(one.position)]
        if len(found) == 1:
            return found[0].id
    return None
