"""What addressees do: say that it was received, answer, tell what came of it."""

from __future__ import annotations

from enum import StrEnum

from sqlmodel import Session

from core.errors import EditConflict, InvalidInput
from core.people.scope import Scope
from core.people.text_length import require_length
from core.planning.recommendations.access import answerable_recommendation
from core.planning.tables import Recommendation, RecommendationState
from core.store.base import utc_now

_LONGEST_REASON = 2000
_LONGEST_RESULT = 8000
_AWAITING = frozenset({RecommendationState.SENT, RecommendationState.RECEIVED})


class Answer(StrEnum):
    """What an addressee can say."""

    ACCEPTED = "принято"
    NOT_APPLICABLE = "не применимо, потому что"


def receive_recommendation(session: Session, scope: Scope, recommendation_id: int) -> Recommendation:
    """Note that the addressee received it; what was received or answered already stays as it is."""
    row = answerable_recommendation(session, scope, recommendation_id)
    if row.state is RecommendationState.SENT:
        row.state = RecommendationState.RECEIVED
        row.received_at, row.received_by = utc_now(), scope.actor_name
        session.add(row)
        session.flush()
    return row


def answer_recommendation(
    session: Session, scope: Scope, recommendation_id: int, answer: Answer, reason: str, version_seen: int
) -> Recommendation:
    """Answer as the addressee. An answer says that it was received, too.

    Raises InvalidInput for «не применимо» without a reason, EditConflict when somebody has answered meanwhile.
    """
    row = answerable_recommendation(session, scope, recommendation_id)
    if row.state not in _AWAITING or row.version != version_seen:
        raise _overtaken(row)
    text = _text(reason, _LONGEST_REASON)
    if answer is Answer.NOT_APPLICABLE and not text:
        raise InvalidInput("Не сказано, почему рекомендация не применима.", "Напишите причину.")
    now = utc_now()
    if row.received_at is None:
        row.received_at, row.received_by = now, scope.actor_name
    row.state = RecommendationState.ACCEPTED if answer is Answer.ACCEPTED else RecommendationState.NOT_APPLICABLE
    row.answered_at, row.answered_by, row.reason = now, scope.actor_name, text
    if row.state is RecommendationState.NOT_APPLICABLE:
        row.closed_at, row.closed_by = now, scope.actor_name
    session.add(row)
    session.flush()
    return row


def complete_recommendation(
    session: Session, scope: Scope, recommendation_id: int, result: str, version_seen: int
) -> Recommendation:
    """Tell what came of an accepted recommendation; the result in words is obligatory."""
    row = answerable_recommendation(session, scope, recommendation_id)
    if row.state is not RecommendationState.ACCEPTED or row.version != version_seen:
        raise _overtaken(row)
    text = _text(result, _LONGEST_RESULT)
    if not text:
        raise InvalidInput("Не сказано, что сделано.", "Опишите результат: что провели и что изменилось.")
    row.state, row.result = RecommendationState.DONE, text
    row.closed_at, row.closed_by = utc_now(), scope.actor_name
    session.add(row)
    session.flush()
    return row


def _overtaken(row: Recommendation) -> EditConflict:
    who = {
        RecommendationState.ACCEPTED: row.answered_by, RecommendationState.NOT_APPLICABLE: row.answered_by,
        RecommendationState.DONE: row.closed_by, RecommendationState.WITHDRAWN: row.closed_by,
    }.get(row.state, "")
    by = f" ({who})" if who else ""
    return EditConflict(
        f"Рекомендация тем временем изменилась: сейчас она {row.state.value}{by}.", "Посмотрите её ещё раз."
    )


def _text(value: str, longest: int) -> str:
    text = value.strip()
    return require_length(text, longest)
