"""One item of the agenda on the screen of everybody: what it shows, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.people.scope import Scope
from core.planning.access import actor_of, id_of, visible_measure
from core.planning.due import my_measures
from core.planning.measures import MeasureRow, rows_of, tree_of
from core.planning.meetings import MeetingView, begin_meeting, show_item, view_meeting
from core.planning.outcomes import record_outcome
from core.planning.statuses import MeasureStatus
from core.planning.tables import AgendaItem, Decision, Evidence, Measure, Meeting, MeetingState
from core.planning.tree import flat
from core.planning.updating import Update, closing_cautions, suggested_status

_EARLIER = 3


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item as the screen shows it; `place` counts from 1.

    `row` is its measure as of today, None for an item without one or whose measure was deleted. `version` is what a
    mark has to have seen. `done_status` is what «done» means today. `earlier` are decisions of earlier meetings on
    the same measure.
    """

    item: AgendaItem
    place: int
    row: MeasureRow | None
    roadmap_title: str
    version: int
    done_status: MeasureStatus
    cautions: tuple[str, ...]
    earlier: tuple[Decision, ...]
    may_mark: bool

    @property
    def is_heard(self) -> bool:
        """Say whether the meeting has been through with it."""
        return self.item.heard_at is not None


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """A measure of the meeting's roadmaps that the person answers for; `item_id` where it stands on the agenda."""

    row: MeasureRow
    done_status: MeasureStatus
    item_id: int | None


def item_card(session: Session, scope: Scope, meeting_id: int, item_id: int, on: date | None = None) -> ItemCard:
    """Return an item of the agenda for the screen; NotFound when it is not there or the meeting out of scope."""
    view = view_meeting(session, scope, meeting_id)
    place = next((number for number, one in enumerate(view.items, start=1) if one.id == item_id), None)
    if place is None:
        raise NotFound("Пункт повестки")
    item = view.items[place - 1]
    is_open = view.meeting.state is not MeetingState.CLOSED
    known = _measure(session, scope, item, on or date.today())
    if known is None:
        return ItemCard(item, place, None, "", item.version, MeasureStatus.DONE, (), (), is_open and view.may_hold)
    measure, title, row, done = known
    proofs = session.exec(select(Evidence).where(Evidence.measure_id == measure.id, col(Evidence.deleted_at).is_(None)))
    return ItemCard(
        item, place, row, title, measure.version, done, tuple(closing_cautions(measure, list(proofs))),
        _earlier(session, measure, meeting_id),
        is_open and (view.may_hold or actor_of(session, scope).owns(measure)),
    )


def own_measures(session: Session, scope: Scope, meeting_id: int, on: date | None = None) -> list[OwnMeasure]:
    """Return what the person answers for in the roadmaps of the meeting, what is overdue first."""
    view, day = view_meeting(session, scope, meeting_id), on or date.today()
    items = {one.measure_id: one.id for one in view.items if one.measure_id is not None}
    return [
        OwnMeasure(row, suggested_status(roadmap, session.get_one(Measure, row.id), day), items.get(row.id))
        for roadmap, row in my_measures(session, scope, day, with_closed=True)
        if roadmap.id in view.meeting.roadmap_ids
    ]


def start_hearing(session: Session, scope: Scope, meeting_id: int) -> Meeting:
    """Begin the meeting with the first item that was not heard yet on everybody's screen; begun, it stays as it is."""
    begin_meeting(session, scope, meeting_id)
    view = view_meeting(session, scope, meeting_id)
    if view.meeting.current_item_id is None:
        return show_item(session, scope, meeting_id, following(view.items, None))
    return view.meeting


def hear_item(
    session: Session, scope: Scope, item_id: int, update: Update | None, version_seen: int, note: str = ""
) -> AgendaItem:
    """Record what the meeting heard (`record_outcome`) and put the next item that waits on everybody's screen.

    The screen moves on only when this item stood on it and the actor holds the meeting: somebody else may have gone
    on meanwhile, and a member who marks their own measure turns nobody's page.
    """
    item = record_outcome(session, scope, item_id, update, version_seen, note)
    view = view_meeting(session, scope, item.meeting_id)
    if view.may_hold and view.meeting.current_item_id == item_id:
        show_item(session, scope, item.meeting_id, following(view.items, item_id))
    return item


def following(items: Sequence[AgendaItem], item_id: int | None) -> int | None:
    """Return the next item that was not heard: after the given one, else from the top; None when all were."""
    place = next((number for number, one in enumerate(items) if one.id == item_id), -1) + 1
    return next((one.id for one in (*items[place:], *items[:place]) if one.heard_at is None), None)


def neighbour(view: MeetingView, item_id: int | None, step: int) -> int | None:
    """Return the item so many places further (back: negative) in the agenda; None beyond its ends."""
    places = [one.id for one in view.items]
    if item_id not in places:
        return places[0] if places else None
    place = places.index(item_id) + step
    return places[place] if 0 <= place < len(places) else None


def _measure(
    session: Session, scope: Scope, item: AgendaItem, on: date
) -> tuple[Measure, str, MeasureRow, MeasureStatus] | None:
    """Return the measure of an item with its roadmap's title, its row and what «done» means; None without one."""
    if item.measure_id is None:
        return None
    try:
        roadmap, measure = visible_measure(session, scope, item.measure_id)
    except NotFound:
        return None
    branches = [branch for branch in flat(tree_of(session, id_of(roadmap))) if branch.row.id == measure.id]
    (row,) = rows_of(session, scope, roadmap, branches, on)
    return measure, roadmap.title, row, suggested_status(roadmap, measure, on)


def _earlier(session: Session, measure: Measure, meeting_id: int) -> tuple[Decision, ...]:
    """Return the latest decisions of other meetings on the measure."""
    query = (
        select(Decision)
        .join(AgendaItem, col(AgendaItem.id) == Decision.item_id)
        .where(
            AgendaItem.measure_id == measure.id, Decision.meeting_id != meeting_id, col(Decision.deleted_at).is_(None)
        )
        .order_by(col(Decision.id).desc())
        .limit(_EARLIER)
    )
    return tuple(session.exec(query))
