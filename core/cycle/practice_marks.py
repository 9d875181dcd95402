"""Marks of experience: practices that others may read, meetings of clubs and associations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, MarksByPlace, counted, each_marked
from core.cycle.place import Places, gathered
from core.cycle.records import Derived
from core.people.association_tables import Association
from core.people.scope import Scope
from core.practice.access import reader_of, sees
from core.practice.club_tables import ClubEvent, EventState
from core.practice.states import PUBLISHED, PracticeState
from core.practice.tables import Practice
from core.store.columns import only
from core.words import plural

_NOT_OFFERED = (PracticeState.REJECTED, PracticeState.DRAFT)
_READ = ("organisation_id", "subject", "state", "created_at", "created_by_id", "author_teacher_id")


def practice_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return what was published until the end of the year; raise NotAllowed without the right to see practices."""
    reader = reader_of(session, scope)
    query = (
        select(Practice)
        .options(only(Practice, *_READ))
        .where(
            col(Practice.deleted_at).is_(None), col(Practice.state).not_in(_NOT_OFFERED),
            col(Practice.organisation_id).in_(places[0].units),
        )
    )
    until = places[0].until
    seen = [row for row in session.exec(query) if row.created_at.date() <= until and sees(scope, reader, row)]
    return each_marked(
        gathered(places, seen, lambda row: (row.organisation_id,)), {Derived.PRACTICES_PUBLISHED: _published}
    )


def club_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return what the clubs of the municipality held in the year: the same for it and for each of its schools.

    Raises NotAllowed without the right to see practices.
    """
    reader, year = reader_of(session, scope), places[0]
    query = (
        select(Association.organisation_id, ClubEvent.state)
        .join(Association, col(Association.id) == ClubEvent.association_id)
        .where(
            col(Association.deleted_at).is_(None), col(ClubEvent.deleted_at).is_(None),
            ClubEvent.state != EventState.CANCELLED, ClubEvent.held_on >= year.since, ClubEvent.held_on <= year.until,
        )
    )
    states = [EventState(state) for organisation_id, state in session.exec(query) if reader.reads(organisation_id)]
    return each_marked({place.id: states for place in places}, {Derived.CLUBS_HELD: _held})


def _published(rows: Sequence[Practice]) -> Mark:
    """How many practices of the organisation others may read."""
    published = sum(row.state in PUBLISHED for row in rows)
    waiting = len(rows) - published
    return counted(
        published, published,
        plural(published, "практика опубликована", "практики опубликованы", "практик опубликовано"),
        f"Ждут решения: {plural(waiting, 'практика', 'практики', 'практик')}." if waiting
        else "Ни одной опубликованной практики: опишите свою.",
    )


def _held(states: Sequence[EventState]) -> Mark:
    """How many meetings and webinars were held."""
    held, whole = sum(state is EventState.HELD for state in states), len(states)
    return counted(
        held, whole, f"проведено {held} из {plural(whole, 'встречи', 'встреч', 'встреч')}",
        f"Намечено и не проведено: {plural(whole - held, 'встреча', 'встречи', 'встреч')}." if states
        else "Встреч клубов и объединений на год нет: наметьте их.",
    )
