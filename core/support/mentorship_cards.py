"""Pairs and groups as somebody sees them: the list, one of them, on which side one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from core.errors import NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.planning.access import Actor, actor_of
from core.store.history import HistoryLine, history
from core.store.live import live_row
from core.support.access import (
    manages,
    names_of,
    sees_organisation,
    sees_teacher,
    workplaces,
    workplaces_of,
)
from core.support.mentorship_tables import Mentorship, MentorshipMentee, MentorshipState, Side

OPEN_STATES = frozenset({MentorshipState.PREPARED, MentorshipState.ACTIVE})


@dataclass(frozen=True, slots=True)
class MentorshipCard:
    """A mentorship as the actor sees it."""

    row: Mentorship
    mentor: str
    mentees: dict[int, str]
    """Names by teacher, in the order in which they joined."""
    consents: dict[int, date | None] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Return the id of the mentorship."""
        return self.row.id or 0

    @property
    def title(self) -> str:
        """Return the two sides in words."""
        return f"{self.mentor} → {', '.join(self.mentees.values())}"


def list_mentorships(
    session: Session, scope: Scope, organisation_id: int | None = None, states: Iterable[MentorshipState] | None = None
) -> list[MentorshipCard]:
    """Return the mentorships that the actor sees, the latest first: of their organisations, and their own."""
    scope.require(Action.VIEW_HELP)
    query = select(Mentorship).where(col(Mentorship.deleted_at).is_(None))
    if organisation_id is not None:
        query = query.where(Mentorship.organisation_id == organisation_id)
    if states is not None:
        query = query.where(col(Mentorship.state).in_(list(states)))
    rows = session.exec(query.order_by(col(Mentorship.starts_on).desc(), col(Mentorship.id).desc())).all()
    seen = seen_mentorships(session, scope, rows)
    mentees = mentees_of(session, [row.id or 0 for row in seen])
    people = {row.mentor_teacher_id for row in seen}
    people |= {one.teacher_id for row in seen for one in mentees.get(row.id or 0, [])}
    names = names_of(session, scope, people)
    return [_card(row, mentees.get(row.id or 0, []), names) for row in seen]


def seen_mentorships(session: Session, scope: Scope, rows: Sequence[Mentorship]) -> list[Mentorship]:
    """Return those of the rows that the actor sees; mentees are read only where the organisation does not tell."""
    actor = actor_of(session, scope)
    elsewhere = {row.id or 0 for row in rows if not sees_organisation(scope, row.organisation_id)}
    mentees = mentees_of(session, sorted(elsewhere)) if elsewhere else {}
    sides = {row.id or 0: _sides(row, mentees.get(row.id or 0, [])) for row in rows if row.id in elsewhere}
    places = workplaces_of(session, {one for people in sides.values() for one in people}) if sides else {}
    return [
        row for row in rows
        if row.id not in elsewhere
        or any(sees_teacher(scope, actor, one, places[one]) for one in sides[row.id or 0])
    ]


def get_mentorship(session: Session, scope: Scope, mentorship_id: int) -> MentorshipCard:
    """Return a mentorship; raise NotFound when there is none or the actor does not see it."""
    scope.require(Action.VIEW_HELP)
    row = live_row(session, Mentorship, mentorship_id, "Наставническая пара")
    mentees = mentees_of(session, [mentorship_id]).get(mentorship_id, [])
    if not _sees(session, scope, actor_of(session, scope), row, mentees):
        raise NotFound("Наставническая пара")
    names = names_of(session, scope, {row.mentor_teacher_id, *(one.teacher_id for one in mentees)})
    return _card(row, mentees, names)


def mentorship_history(session: Session, scope: Scope, mentorship_id: int) -> list[HistoryLine]:
    """Return who changed what in a mentorship, the latest first; for those who see it."""
    get_mentorship(session, scope, mentorship_id)
    return history(session, str(Mentorship.__tablename__), mentorship_id)


def may_manage(scope: Scope, card: MentorshipCard) -> bool:
    """Say whether the actor keeps the mentorship: order, dates, programme."""
    return manages(scope, card.row.organisation_id)


def require_reads_work(session: Session, scope: Scope, card: MentorshipCard) -> None:
    """Raise NotAllowed unless programme and journal may be read: they tell what the mentee finds hard.

    Both sides may, who keeps the help of the pair's organisation, and who sees help to one of the mentees; the
    mentor's own school learns that there is a pair, not what it works on.
    """
    actor = actor_of(session, scope)
    if sees_organisation(scope, card.row.organisation_id) or side_of(session, scope, card) is not None:
        return
    if any(sees_teacher(scope, actor, one, workplaces(session, one)) for one in card.mentees):
        return
    raise NotAllowed(
        "Программу и журнал видят участники и те, кто отвечает за помощь наставляемому.",
        "Обратитесь в организацию, которая издала приказ.",
    )


def side_of(session: Session, scope: Scope, card: MentorshipCard) -> Side | None:
    """Return on which side the actor stands, None for somebody else."""
    teacher_id = actor_of(session, scope).teacher_id
    if teacher_id is None:
        return None
    if teacher_id == card.row.mentor_teacher_id:
        return Side.MENTOR
    return Side.MENTEE if teacher_id in card.mentees else None


def mentees_of(session: Session, mentorship_ids: list[int]) -> dict[int, list[MentorshipMentee]]:
    """Return the mentees of these mentorships, in the order in which they joined."""
    query = select(MentorshipMentee).where(
        col(MentorshipMentee.mentorship_id).in_(mentorship_ids), col(MentorshipMentee.deleted_at).is_(None)
    )
    found: dict[int, list[MentorshipMentee]] = {}
    for row in session.exec(query.order_by(col(MentorshipMentee.id))):
        found.setdefault(row.mentorship_id, []).append(row)
    return found


def _sees(session: Session, scope: Scope, actor: Actor, row: Mentorship, mentees: list[MentorshipMentee]) -> bool:
    if sees_organisation(scope, row.organisation_id):
        return True
    return any(sees_teacher(scope, actor, one, workplaces(session, one)) for one in _sides(row, mentees))


def _sides(row: Mentorship, mentees: list[MentorshipMentee]) -> tuple[int, ...]:
    """Return the teachers of a pair or group."""
    return row.mentor_teacher_id, *(one.teacher_id for one in mentees)


def _card(row: Mentorship, mentees: list[MentorshipMentee], names: dict[int, str]) -> MentorshipCard:
    return MentorshipCard(
        row,
        names.get(row.mentor_teacher_id, "—"),
        {one.teacher_id: names.get(one.teacher_id, "—") for one in mentees},
        {one.teacher_id: one.consent_on for one in mentees},
    )
