"""Whose meetings somebody may hold: associations, methodical councils, teachers' councils of schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.people.association_tables import Association, AssociationMember
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.planning.access import changes
from core.planning.meetings import TEACHERS_COUNCIL, list_meetings, name_of
from core.planning.owners import teacher_names, working_teachers
from core.planning.roadmaps import list_roadmaps

COUNCIL = "Методический совет"
"""Whose meeting it is where no association is meant, as the minutes say it."""


@dataclass(frozen=True, slots=True)
class MeetingBody:
    """An association, or a council of an organisation; `body` is how the minutes call it."""

    organisation_id: int
    association_id: int | None
    body: str
    organisation: str

    @property
    def name(self) -> str:
        """Return what tells it from the bodies of other organisations."""
        return f"{self.body} — {self.organisation}"


@dataclass(frozen=True, slots=True)
class MeetingSuggestion:
    """What a new meeting of a body begins with: who leads it, the next number of minutes, its roadmaps of the day."""

    chair: str
    number: str
    roadmaps: tuple[tuple[int, str], ...]
    """Ids and titles."""


def meeting_bodies(session: Session, scope: Scope) -> list[MeetingBody]:
    """Return the bodies whose meetings the actor may hold: those with a roadmap first, associations before councils."""
    if not scope.allows(Action.HOLD_MEETINGS):
        return []
    rows = session.exec(select(Organisation).where(col(Organisation.deleted_at).is_(None))).all()
    organisations = {row.id or 0: row.name for row in rows}
    schools = {row.id for row in rows if row.kind is OrganisationKind.SCHOOL}
    associations = [
        MeetingBody(row.organisation_id, row.id, name_of(row), organisations[row.organisation_id])
        for row in session.exec(select(Association).where(col(Association.deleted_at).is_(None)))
        if row.organisation_id in organisations
        and changes(scope, Action.HOLD_MEETINGS, row.organisation_id, row.id)
    ]
    councils = [
        MeetingBody(key, None, body, name)
        for key, name in organisations.items()
        for body in ((COUNCIL, TEACHERS_COUNCIL) if key in schools else (COUNCIL,))
        if changes(scope, Action.HOLD_MEETINGS, key, None)
    ]
    planning = {(row.organisation_id, row.association_id) for row in list_roadmaps(session, scope)}
    return sorted(
        [*associations, *councils],
        key=lambda one: (
            (one.organisation_id, one.association_id) not in planning, one.association_id is None,
            one.body == TEACHERS_COUNCIL, natural_key(one.name),
        ),
    )


def suggest_meeting(
    session: Session, scope: Scope, organisation_id: int, association_id: int | None, on: date, body: str = ""
) -> MeetingSuggestion:
    """Return what a new meeting begins with. An association gets its roadmaps, a council those of the organisation.

    `body` tells the councils of a school apart.
    """
    known = list_meetings(session, scope, organisation_id, association_id)
    numbers = [
        int(one.number)
        for one in known
        if one.association_id == association_id
        and (one.body == TEACHERS_COUNCIL) == (body == TEACHERS_COUNCIL)
        and one.number.isdecimal()
        and _school_year(one.held_on) == _school_year(on)
    ]
    roadmaps = [
        (row.id or 0, row.title)
        for row in list_roadmaps(session, scope, organisation_id, association_id)
        if row.starts_on <= on <= row.ends_on
    ]
    head = _head(session, scope, association_id, on)
    return MeetingSuggestion(head, str(max(numbers, default=0) + 1), tuple(roadmaps))


def organisation_names(session: Session, scope: Scope) -> dict[int, str]:
    """Return the names of the organisations whose meetings the actor sees, by id."""
    ids = {one.organisation_id for one in list_meetings(session, scope)}
    rows = session.exec(select(Organisation).where(col(Organisation.id).in_(ids)))
    return {row.id or 0: row.name for row in rows}


def people_of(session: Session, scope: Scope, organisation_id: int, on: date) -> list[tuple[int, str]]:
    """Return (teacher id, shown name) of everybody who can answer for a decision, by name."""
    scope.require(Action.VIEW_ROADMAPS)
    names = teacher_names(session, scope, working_teachers(session, organisation_id, on))
    return sorted(names.items(), key=lambda pair: natural_key(pair[1]))


def _head(session: Session, scope: Scope, association_id: int | None, on: date) -> str:
    """Return the name of the head of an association, "" for none."""
    if association_id is None:
        return ""
    query = select(AssociationMember.teacher_id).where(
        AssociationMember.association_id == association_id,
        col(AssociationMember.is_head).is_(True),
        AssociationMember.valid_from <= on,
        col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > on),
    )
    return next(iter(teacher_names(session, scope, list(session.exec(query))).values()), "")


def _school_year(on: date) -> int:
    """Return the calendar year in which the school year of the day ends."""
    return on.year + (on.month >= 9)
