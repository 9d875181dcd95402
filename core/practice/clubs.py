"""Subject clubs and associations: who they are, what is planned, what was born there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, or_, select

from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.people.associations import Member, association_name, list_members
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.practice.access import leads, reader_of, visible_association
from core.practice.names import names_for
from core.practice.tables import ClubEvent, EventState, Practice, PracticeStep


@dataclass(frozen=True, slots=True)
class ClubCard:
    """A club or an association as everybody of the municipality may see it."""

    id: int
    name: str
    """With its kind: «Предметный клуб «Математика без страха»»."""
    kind: AssociationKind
    subjects: tuple[str, ...]
    organisation: str
    members: int
    next_event: ClubEvent | None
    held: int
    practices: int
    """How many practices were tried there."""
    may_lead: bool


def list_clubs(session: Session, scope: Scope, on: date | None = None) -> list[ClubCard]:
    """Return the clubs and associations of the reader's municipality: clubs first, then those with a plan, by name."""
    reader = reader_of(session, scope)
    rows = [
        row
        for row in session.exec(select(Association).where(col(Association.deleted_at).is_(None)))
        if reader.reads(row.organisation_id)
    ]
    cards = _cards(session, scope, rows, on or date.today())
    return sorted(
        cards,
        key=lambda card: (
            card.kind is not AssociationKind.SUBJECT_CLUB, card.next_event is None, natural_key(card.name)
        ),
    )


def get_club(session: Session, scope: Scope, association_id: int, on: date | None = None) -> ClubCard:
    """Return a club; raise NotFound when there is none in the reader's municipality."""
    row = visible_association(session, scope, association_id)
    return _cards(session, scope, [row], on or date.today())[0]


def club_members(session: Session, scope: Scope, association_id: int) -> list[Member]:
    """Return the members by the names under which the actor may see them; none for who only reads the club's page."""
    row = visible_association(session, scope, association_id)
    if not scope.allows(Action.VIEW_PEOPLE):
        return []
    if not scope.require(Action.VIEW_PEOPLE).sees_association(association_id, row.organisation_id):
        return []
    return list_members(session, scope, association_id)


def club_practices(session: Session, scope: Scope, association_id: int) -> list[int]:
    """Return the ids of the practices that were tried or decided on in the club."""
    visible_association(session, scope, association_id)
    decided = select(PracticeStep.practice_id).where(PracticeStep.association_id == association_id)
    tried = select(Practice).where(Practice.association_id == association_id, col(Practice.deleted_at).is_(None))
    return sorted({*session.exec(decided), *(row.id or 0 for row in session.exec(tried))})


def discussed_elements(events: Sequence[ClubEvent]) -> list[tuple[str, str, date]]:
    """Return (subject, element, day) of what the club discussed, each once with its last day, the latest first."""
    found: dict[tuple[str, str], date] = {}
    for event in events:
        if event.state is not EventState.CANCELLED:
            for element in event.elements:
                key = (event.subject, element)
                found[key] = max(found.get(key, event.held_on), event.held_on)
    return sorted(((*key, day) for key, day in found.items()), key=lambda one: (-one[2].toordinal(), one[1]))


def _cards(session: Session, scope: Scope, rows: Sequence[Association], day: date) -> list[ClubCard]:
    ids = [row.id or 0 for row in rows]
    names = names_for(session, scope, (), (row.organisation_id for row in rows))
    members = _members(session, ids, day)
    events = list(
        session.exec(
            select(ClubEvent)
            .where(col(ClubEvent.association_id).in_(ids), col(ClubEvent.deleted_at).is_(None))
            .order_by(col(ClubEvent.held_on), col(ClubEvent.id))
        )
    )
    held = Counter(event.association_id for event in events if event.state is EventState.HELD)
    tried = Counter(
        association for association, _practice in session.exec(
            select(PracticeStep.association_id, PracticeStep.practice_id)
            .where(col(PracticeStep.association_id).in_(ids))
            .distinct()
        )
    )
    return [
        ClubCard(
            id=row.id or 0, name=_capitalised(association_name(row)), kind=row.kind, subjects=tuple(row.subjects),
            organisation=names.organisation(row.organisation_id), members=members.get(row.id or 0, 0),
            next_event=next(
                (
                    event for event in events
                    if event.association_id == row.id and event.held_on >= day and event.state is EventState.PLANNED
                ), None,
            ),
            held=held[row.id or 0], practices=tried[row.id], may_lead=leads(scope, row),
        )
        for row in rows
    ]


def _capitalised(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _members(session: Session, ids: Sequence[int], day: date) -> Mapping[int, int]:
    query = (
        select(AssociationMember.association_id, func.count())
        .where(
            col(AssociationMember.association_id).in_(ids),
            AssociationMember.valid_from <= day,
            or_(col(AssociationMember.valid_to).is_(None), col(AssociationMember.valid_to) > day),
        )
        .group_by(col(AssociationMember.association_id))
    )
    return dict(session.exec(query).all())
