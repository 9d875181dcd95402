"""The journal of a mentorship: meetings, each confirmed by both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.scope import Scope
from core.people.text_length import require_length
from core.store.base import utc_now
from core.store.live import live_row
from core.support.mentorship_cards import MentorshipCard, get_mentorship, may_manage, require_reads_work, side_of
from core.support.mentorship_tables import MentoringMeeting, MentorshipState, ProgrammeGoal, Side

LONGEST_MINUTES = 8 * 60


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """What is written of a meeting; `minutes` is how long it took."""

    held_on: date
    topic: str
    minutes: int = 45
    form: str = ""
    outcome: str = ""
    next_step: str = ""
    goal_id: int | None = None


def list_meetings(session: Session, scope: Scope, mentorship_id: int) -> list[MentoringMeeting]:
    """Return the meetings of a mentorship that the actor may read, the latest first."""
    require_reads_work(session, scope, get_mentorship(session, scope, mentorship_id))
    query = select(MentoringMeeting).where(
        MentoringMeeting.mentorship_id == mentorship_id, col(MentoringMeeting.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(MentoringMeeting.held_on).desc(), col(MentoringMeeting.id).desc())))


def is_confirmed(meeting: MentoringMeeting) -> bool:
    """Say whether both sides confirmed the meeting, so that it counts."""
    return meeting.mentor_confirmed_at is not None and meeting.mentee_confirmed_at is not None


def may_delete(meeting: MentoringMeeting, side: Side | None, manages: bool) -> bool:
    """Say whether an entry may be deleted: by a side while the other has not confirmed it, by who keeps the pair."""
    others = meeting.mentee_confirmed_at if side is Side.MENTOR else meeting.mentor_confirmed_at
    return manages or (side is not None and others is None)


def write_meeting(
    session: Session, scope: Scope, mentorship_id: int, entry: MeetingEntry, today: date | None = None
) -> MentoringMeeting:
    """Write a meeting into the journal; a side that writes it confirms it with that.

    Either side may, and who keeps the mentorship. Raises InvalidInput for a meeting in the future, outside the
    mentorship, without a topic, or while the mentorship is not under way.
    """
    card = get_mentorship(session, scope, mentorship_id)
    side = _writing_side(session, scope, card)
    _require_possible(session, card, entry, today or date.today())
    row = MentoringMeeting(
        organisation_id=card.row.organisation_id, mentorship_id=mentorship_id, goal_id=entry.goal_id,
        held_on=entry.held_on, topic=entry.topic.strip(), form=entry.form.strip()[:120], minutes=entry.minutes,
        outcome=entry.outcome.strip(), next_step=entry.next_step.strip()[:1000], written_by=scope.actor_name,
    )
    _sign(row, side)
    session.add(row)
    session.flush()
    return row


def change_meeting(
    session: Session, scope: Scope, meeting_id: int, entry: MeetingEntry, version_seen: int, today: date | None = None
) -> MentoringMeeting:
    """Correct an entry; the other side confirms it again. Raises EditConflict when somebody changed it meanwhile."""
    row, card = _found(session, scope, meeting_id)
    side = _writing_side(session, scope, card)
    _require_seen(row, version_seen)
    _require_possible(session, card, entry, today or date.today())
    row.held_on, row.topic, row.minutes, row.goal_id = entry.held_on, entry.topic.strip(), entry.minutes, entry.goal_id
    row.form, row.outcome = entry.form.strip()[:120], entry.outcome.strip()
    row.next_step = entry.next_step.strip()[:1000]
    row.mentor_confirmed_at = row.mentee_confirmed_at = None
    _sign(row, side)
    session.add(row)
    session.flush()
    return row


def confirm_meeting(session: Session, scope: Scope, meeting_id: int, version_seen: int) -> MentoringMeeting:
    """Confirm a meeting for one's own side. Twice is the same as once; nobody confirms for the other side."""
    row, card = _found(session, scope, meeting_id)
    side = side_of(session, scope, card)
    if side is None:
        raise NotAllowed("Встречу подтверждают наставник и наставляемый.", "Попросите их войти и подтвердить.")
    if (row.mentor_confirmed_at if side is Side.MENTOR else row.mentee_confirmed_at) is not None:
        return row
    _require_seen(row, version_seen)
    _sign(row, side)
    session.add(row)
    session.flush()
    return row


def delete_meeting(session: Session, scope: Scope, meeting_id: int, version_seen: int) -> None:
    """Take an entry out of the journal (`may_delete`). Raises EditConflict when somebody changed it meanwhile."""
    row, card = _found(session, scope, meeting_id)
    side = _writing_side(session, scope, card)
    _require_seen(row, version_seen)
    if not may_delete(row, side, may_manage(scope, card)):
        raise NotAllowed("Встречу, которую подтвердила другая сторона, удаляет методист.", "Обратитесь к методисту.")
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)


def _found(session: Session, scope: Scope, meeting_id: int) -> tuple[MentoringMeeting, MentorshipCard]:
    row = live_row(session, MentoringMeeting, meeting_id, "Встреча")
    return row, get_mentorship(session, scope, row.mentorship_id)


def _writing_side(session: Session, scope: Scope, card: MentorshipCard) -> Side | None:
    side = side_of(session, scope, card)
    if side is None and not may_manage(scope, card):
        raise NotAllowed("Журнал встреч ведут наставник, наставляемый и методист.", "Обратитесь к ним.")
    return side


def _require_seen(row: MentoringMeeting, version_seen: int) -> None:
    if row.version != version_seen:
        raise EditConflict("Эту встречу тем временем изменил кто-то другой.", "Обновите страницу и посмотрите запись.")


def _require_possible(session: Session, card: MentorshipCard, entry: MeetingEntry, today: date) -> None:
    if card.row.state is not MentorshipState.ACTIVE:
        raise InvalidInput(
            f"Журнал ведут, пока наставничество действует, а сейчас оно: {card.row.state.value}.",
            "Сначала начните его." if card.row.state is MentorshipState.PREPARED else "Записи больше не добавляют.",
        )
    if not entry.topic.strip():
        raise InvalidInput("Не указана тема встречи.", "Впишите тему.")
    require_length(entry.topic.strip(), 500, "Тема")
    if not 1 <= entry.minutes <= LONGEST_MINUTES:
        raise InvalidInput(f"Встреча не бывает длиной {entry.minutes} мин.", f"Впишите от 1 до {LONGEST_MINUTES}.")
    if entry.held_on > today:
        raise InvalidInput(f"Встреча {entry.held_on:%d.%m.%Y} ещё не состоялась.", "Исправьте дату.")
    if not card.row.starts_on <= entry.held_on <= card.row.ends_on:
        raise InvalidInput(
            f"Встреча {entry.held_on:%d.%m.%Y} вне срока наставничества: "
            f"{card.row.starts_on:%d.%m.%Y} – {card.row.ends_on:%d.%m.%Y}.",
            "Исправьте дату.",
        )
    if entry.goal_id is not None:
        goal = session.get(ProgrammeGoal, entry.goal_id)
        if goal is None or goal.deleted_at is not None or goal.mentorship_id != card.id:
            raise InvalidInput("Этой цели нет в программе.", "Выберите другую или оставьте пусто.")


def _sign(row: MentoringMeeting, side: Side | None) -> None:
    if side is Side.MENTOR:
        row.mentor_confirmed_at = utc_now()
    elif side is Side.MENTEE:
        row.mentee_confirmed_at = utc_now()
