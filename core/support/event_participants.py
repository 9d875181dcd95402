"""Who took part in methodical events: noted, taken off with a reason, brought back.

Participants are noted only of events that were held, and each counts as a teacher who had help. So a mark is taken off
only with a reason, which stays with it. What participants said of the event stays: it has no names, and nobody can tell
whose it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotFound
from core.people.organisations import natural_key
from core.people.scope import Scope
from core.people.text_length import require_length
from core.planning.access import actor_of
from core.store.base import utc_now
from core.store.live import live_row
from core.support.access import names_of, require_managed, require_teacher, sees_teacher, workplaces
from core.support.event_tables import EventParticipant, MethodicalEvent
from core.support.events import held_event, list_events

_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class ParticipantCard:
    """A teacher who took part in an event, or whose mark was taken off, as the actor sees them."""

    id: int
    version: int
    teacher_id: int
    name: str
    is_leader: bool
    removed_at: datetime | None
    """When the mark was taken off (UTC); None for one that stands."""
    removed_by: str
    removed_reason: str


@dataclass(frozen=True, slots=True)
class Participants:
    """The participants of one event by name, leaders first, and those whose mark was taken off."""

    there: tuple[ParticipantCard, ...] = ()
    removed: tuple[ParticipantCard, ...] = ()


def participants_of(session: Session, scope: Scope, organisation_id: int, year: int) -> Mapping[int, Participants]:
    """Return the participants whom the actor may know, by the id of the event, of a year's plan.

    Raises NotFound for an organisation elsewhere. Events without a participant are left out.
    """
    events = [card.row.id for card in list_events(session, scope, organisation_id, year)]
    query = select(EventParticipant).where(col(EventParticipant.event_id).in_(events))
    actor = actor_of(session, scope)
    rows = [
        row for row in session.exec(query)
        if sees_teacher(scope, actor, row.teacher_id, frozenset({row.organisation_id}))
    ]
    names = names_of(session, scope, {row.teacher_id for row in rows})
    found: dict[int, list[ParticipantCard]] = {}
    for row in rows:
        card = ParticipantCard(
            row.id or 0, row.version, row.teacher_id, names.get(row.teacher_id, "—"), row.is_leader,
            row.deleted_at, row.deleted_by or "", row.removed_reason,
        )
        found.setdefault(row.event_id, []).append(card)
    return {event: _told(cards) for event, cards in found.items()}


def take_part(session: Session, scope: Scope, event_id: int, teacher_id: int, *, is_leader: bool = False) -> None:
    """Note that a teacher took part in an event that was held, or led it. Once noted it stays one row."""
    event = held_event(session, event_id)
    require_managed(scope, event.organisation_id)
    require_teacher(session, scope, teacher_id)
    if not workplaces(session, teacher_id):
        raise InvalidInput("Этот педагог больше нигде не работает.", "Выберите другого.")
    query = select(EventParticipant).where(
        EventParticipant.event_id == event_id, EventParticipant.teacher_id == teacher_id
    )
    row = session.exec(query).first() or EventParticipant(
        organisation_id=event.organisation_id, event_id=event_id, teacher_id=teacher_id
    )
    row.is_leader, row.deleted_at, row.removed_reason = is_leader, None, ""
    session.add(row)
    session.flush()


def note_participants(
    session: Session, scope: Scope, event_id: int, teacher_ids: Sequence[int], *, is_leader: bool = False
) -> int:
    """Note several teachers as participants (`take_part`), all or none; return how many. InvalidInput for nobody."""
    if not teacher_ids:
        raise InvalidInput("Никто не выбран.", "Выберите педагогов, которые участвовали.")
    for teacher_id in teacher_ids:
        take_part(session, scope, event_id, teacher_id, is_leader=is_leader)
    return len(teacher_ids)


def remove_participant(
    session: Session, scope: Scope, participant_id: int, version_seen: int, reason: str
) -> EventParticipant:
    """Take the mark off a teacher who did not take part; it can be brought back, and answers of all stay.

    Raises InvalidInput without a reason, EditConflict when somebody else changed the mark meanwhile.
    """
    row = live_row(session, EventParticipant, participant_id, "Участник мероприятия")
    _require_changeable(session, scope, row)
    if row.version != version_seen:
        raise EditConflict("Эту отметку тем временем изменил кто-то другой.", "Обновите страницу и посмотрите её.")
    said = reason.strip()
    if not said:
        raise InvalidInput(
            "Не сказано, почему отметка об участии снимается.",
            "Впишите причину: мероприятие проведено, и отметка учтена как помощь педагогу.",
        )
    row.removed_reason = require_length(said, _LONGEST_REASON, "Причина")
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)
    session.flush()
    return row


def restore_participant(session: Session, scope: Scope, participant_id: int) -> EventParticipant:
    """Bring a mark back that was taken off; one that stands already stays as it is."""
    row = session.get(EventParticipant, participant_id)
    if row is None:
        raise NotFound("Участник мероприятия")
    _require_changeable(session, scope, row)
    row.deleted_at, row.removed_reason = None, ""
    session.add(row)
    session.flush()
    return row


def _require_changeable(session: Session, scope: Scope, row: EventParticipant) -> None:
    """Raise unless the actor keeps the plan in which the event still stands."""
    event = live_row(session, MethodicalEvent, row.event_id, "Мероприятие")
    require_managed(scope, event.organisation_id)


def _told(cards: list[ParticipantCard]) -> Participants:
    ordered = sorted(cards, key=lambda card: (not card.is_leader, natural_key(card.name)))
    return Participants(
        tuple(card for card in ordered if card.removed_at is None),
        tuple(card for card in ordered if card.removed_at is not None),
    )
