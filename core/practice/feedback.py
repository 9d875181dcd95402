"""Feedback on a meeting or a webinar: satisfaction 1–5 with its interval, and free answers without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session, col, select

from core.analysis.intervals import effective_n, wilson
from core.errors import InvalidInput
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.practice.events import visible_event
from core.practice.tables import ClubFeedback, EventState
from core.store.base import utc_now

LEAST, MOST = 1, 5
FEWEST_ANSWERS = 5
"""Fewer answers would give away who answered what."""
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Mean of the answers 1..5 with its 95 % interval, how many answered, and how many gave each mark 1..5."""

    mean: float
    low: float
    high: float
    n: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What participants answered about one event. `satisfaction` is None while too few have answered."""

    n: int
    satisfaction: Satisfaction | None
    useful: tuple[str, ...]
    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What the actor answered."""

    satisfaction: int
    useful: str
    wishes: str


def satisfaction_of(answers: Sequence[int]) -> Satisfaction:
    """Return the mean of answers 1..5 with its 95 % interval.

    The answer less one is points out of four, so the mean is a facility: Wilson's interval on the effective number of
    answers (`intervals.effective_n`). It stays inside 1..5 also where everybody answers alike.
    """
    marks = np.asarray(answers, dtype=np.float64)
    if not marks.size:
        raise ValueError("no answers")
    shares = (marks - LEAST) / (MOST - LEAST)
    share = float(shares.mean())
    variance = float(shares.var(ddof=1)) if marks.size > 1 else 0.0
    low, high = wilson(share, effective_n(share, variance, marks.size, MOST - LEAST))
    counts = tuple(int((marks == mark).sum()) for mark in range(LEAST, MOST + 1))
    scale = MOST - LEAST
    return Satisfaction(
        LEAST + scale * share, LEAST + scale * float(low), LEAST + scale * float(high), int(marks.size), counts
    )


def give_feedback(
    session: Session, scope: Scope, event_id: int, satisfaction: int, useful: str = "", wishes: str = ""
) -> ClubFeedback:
    """Answer the questionnaire of an event that was held; a second answer of the same person replaces the first.

    Raises InvalidInput before the event was held, and for a mark that is not 1..5.
    """
    scope.require(Action.OFFER_PRACTICES)
    event = visible_event(session, scope, event_id)
    if event.state is not EventState.HELD:
        raise InvalidInput(f"«{event.title}» ещё не проведено.", "Отзыв можно оставить после встречи.")
    if not LEAST <= satisfaction <= MOST:
        raise InvalidInput(f"Оценки {satisfaction} на шкале нет.", f"Выберите от {LEAST} до {MOST}.")
    row = _answer_of(session, scope, event_id) or ClubFeedback(
        organisation_id=event.organisation_id, event_id=event_id, satisfaction=satisfaction, author_id=scope.actor_id
    )
    row.satisfaction, row.answered_at = satisfaction, utc_now()
    row.useful, row.wishes = _text("Что было полезно", useful), _text("Чего не хватило", wishes)
    session.add(row)
    session.flush()
    return row


def feedback_on(session: Session, scope: Scope, event_id: int) -> Feedback:
    """Return the answers about an event without names; nothing but their number while fewer than five answered."""
    visible_event(session, scope, event_id)
    rows = list(
        session.exec(select(ClubFeedback).where(ClubFeedback.event_id == event_id).order_by(col(ClubFeedback.useful)))
    )
    if len(rows) < FEWEST_ANSWERS:
        return Feedback(len(rows), None, (), ())
    return Feedback(
        len(rows), satisfaction_of([row.satisfaction for row in rows]),
        tuple(sorted(row.useful for row in rows if row.useful)),
        tuple(sorted(row.wishes for row in rows if row.wishes)),
    )


def own_answer(session: Session, scope: Scope, event_id: int) -> OwnAnswer | None:
    """Return what the actor answered, None for nothing."""
    visible_event(session, scope, event_id)
    row = _answer_of(session, scope, event_id)
    return OwnAnswer(row.satisfaction, row.useful, row.wishes) if row is not None else None


def _answer_of(session: Session, scope: Scope, event_id: int) -> ClubFeedback | None:
    """Return the actor's answer; none for the local administrator, who types in what others wrote on paper."""
    if scope.actor_id is None:
        return None
    query = select(ClubFeedback).where(ClubFeedback.event_id == event_id, ClubFeedback.author_id == scope.actor_id)
    return session.exec(query).first()


def _text(name: str, text: str) -> str:
    words = text.strip()
    return require_length(words, _LONGEST, f"«{name}»")
