"""Mentorships under way: started, finished, ended early."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.errors import InvalidInput, NotAllowed
from core.people.scope import Scope
from core.support.mentorship_cards import get_mentorship, may_manage, side_of
from core.support.mentorship_checks import (
    MentorshipDraft,
    changeable,
    other_periods,
    refuse,
    require_at_work,
    require_seen,
    stored_pairing,
)
from core.support.mentorship_rules import end_faults, plan_faults, start_faults
from core.support.mentorship_tables import Mentorship, MentorshipState, Side
from core.support.mentorships import change_mentorship


def start_mentorship(
    session: Session, scope: Scope, mentorship_id: int, version_seen: int, today: date | None = None
) -> Mentorship:
    """Start a prepared mentorship. Raises InvalidInput without both consents and an order before its first day."""
    card = changeable(session, scope, mentorship_id, version_seen)
    if card.row.state is MentorshipState.ACTIVE:
        raise InvalidInput("Эта пара уже действует.", "Обновите страницу.")
    require_at_work(session, [card.row.mentor_teacher_id, *card.mentees])
    pairing = stored_pairing(card)
    faults = plan_faults(pairing, other_periods(session, but=mentorship_id))
    refuse([*faults, *start_faults(pairing, today or date.today())])
    card.row.state = MentorshipState.ACTIVE
    session.add(card.row)
    session.flush()
    return card.row


def change_and_start(
    session: Session, scope: Scope, mentorship_id: int, draft: MentorshipDraft, version_seen: int,
    today: date | None = None,
) -> Mentorship:
    """Save what was typed and start the mentorship, both or neither."""
    changed = change_mentorship(session, scope, mentorship_id, draft, version_seen)
    return start_mentorship(session, scope, mentorship_id, changed.version, today)


def finish_mentorship(
    session: Session, scope: Scope, mentorship_id: int, outcome: str, version_seen: int, today: date | None = None
) -> Mentorship:
    """Finish an active mentorship with what was reached. Before its last day it can only be ended early."""
    card = changeable(session, scope, mentorship_id, version_seen)
    on = today or date.today()
    if card.row.state is not MentorshipState.ACTIVE:
        raise InvalidInput("Завершают только действующую пару.", "Сначала начните её.")
    if not outcome.strip():
        raise InvalidInput("Не указан результат наставничества.", "Впишите, чего удалось достичь.")
    if on < card.row.ends_on:
        raise InvalidInput(
            f"По приказу наставничество длится до {card.row.ends_on:%d.%m.%Y}.",
            "Дождитесь этого дня, измените дату окончания или прекратите досрочно.",
        )
    card.row.state, card.row.ended_on, card.row.outcome = MentorshipState.FINISHED, card.row.ends_on, outcome.strip()
    session.add(card.row)
    session.flush()
    return card.row


def end_early(
    session: Session, scope: Scope, mentorship_id: int, *, by: Side, ended_on: date, notice_on: date | None,
    reason: str, version_seen: int, today: date | None = None,
) -> Mentorship:
    """End an active mentorship early. Either side may for itself, the organisation for any; with notice and reason.

    Raises InvalidInput for a missing reason or a notice of less than three working days.
    """
    card = get_mentorship(session, scope, mentorship_id)
    if not may_manage(scope, card) and side_of(session, scope, card) is not by:
        raise NotAllowed(
            "Прекратить наставничество может одна из его сторон за себя или администрация.",
            "Обратитесь к администрации школы.",
        )
    require_seen(card.row, version_seen)
    if card.row.state is not MentorshipState.ACTIVE:
        raise InvalidInput("Досрочно прекращают только действующую пару.", "Пару, которая готовится, удалите.")
    refuse(end_faults(stored_pairing(card), ended_on, notice_on, reason, today or date.today()))
    row = card.row
    row.state, row.ended_on, row.ended_by = MentorshipState.ENDED_EARLY, ended_on, by
    row.notice_on, row.end_reason = notice_on, reason.strip()[:1000]
    session.add(row)
    session.flush()
    return row
