"""Questionnaires of both sides, before and after: what changed, and who is satisfied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session, col, select

from core.analysis.intervals import wilson
from core.errors import InvalidInput, NotAllowed
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN
from core.planning.access import actor_of
from core.support.mentorship_cards import OPEN_STATES, MentorshipCard, get_mentorship, may_manage, side_of
from core.support.mentorship_tables import MentorshipAnswer, MentorshipState, Moment, Side
from core.support.mentorship_words import HIGHEST, LOWEST, SATISFACTION, mentorship_words

FEWEST = SMALLEST_SHOWN
"""What fewer people said is told inside their own school alone."""


@dataclass(frozen=True, slots=True)
class Change:
    """Means of one question before and after, of those who answered it both times; None where nobody did."""

    text: str
    pairs: int
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """Return how much the mean changed."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How many of those asked are satisfied, with Wilson's 95 % interval of the share; NaN where nobody was asked."""

    asked: int
    satisfied: int
    share: float
    low: float
    high: float


def list_answers(session: Session, scope: Scope, mentorship_id: int) -> list[MentorshipAnswer]:
    """Return the questionnaires of a mentorship that the actor may read: one's own, or all (`reads_answers`)."""
    card = get_mentorship(session, scope, mentorship_id)
    query = select(MentorshipAnswer).where(
        MentorshipAnswer.mentorship_id == mentorship_id, col(MentorshipAnswer.deleted_at).is_(None)
    )
    rows = list(session.exec(query.order_by(col(MentorshipAnswer.id))))
    if reads_answers(scope, card):
        return rows
    own = actor_of(session, scope).teacher_id
    return [row for row in rows if own is not None and row.teacher_id == own]


def reads_answers(scope: Scope, card: MentorshipCard) -> bool:
    """Say whether the actor may read what both sides answered: who keeps the pair inside its school."""
    return may_manage(scope, card) and scope.owns(card.row.organisation_id)


def fill_in(
    session: Session, scope: Scope, mentorship_id: int, moment: Moment, answers: Mapping[str, int], comment: str = "",
    today: date | None = None,
) -> MentorshipAnswer:
    """Store or correct one's own questionnaire. Only a side of the mentorship may, and all questions are answered.

    Raises InvalidInput for a missing or impossible answer, for answers «по завершении» before the start and answers
    «до начала» after the end.
    """
    card = get_mentorship(session, scope, mentorship_id)
    side = side_of(session, scope, card)
    teacher_id = actor_of(session, scope).teacher_id
    if side is None or teacher_id is None:
        raise NotAllowed("Анкету заполняют сами наставник и наставляемый.", "Попросите их войти и заполнить.")
    if moment is Moment.AFTER and card.row.state is MentorshipState.PREPARED:
        raise InvalidInput("Наставничество ещё не началось.", "Заполните анкету «до начала».")
    if moment is Moment.BEFORE and card.row.state not in OPEN_STATES:
        raise InvalidInput(
            "Наставничество закрыто: анкету «до начала» заполнять поздно.", "Заполните анкету «по завершении»."
        )
    clean = _checked(side, answers)
    query = select(MentorshipAnswer).where(
        MentorshipAnswer.mentorship_id == mentorship_id, MentorshipAnswer.teacher_id == teacher_id,
        MentorshipAnswer.moment == moment,
    )
    row = session.exec(query).first() or MentorshipAnswer(
        organisation_id=card.row.organisation_id, mentorship_id=mentorship_id, teacher_id=teacher_id, side=side,
        moment=moment,
    )
    row.answers, row.comment, row.deleted_at = clean, comment.strip()[:2000], None
    row.filled_on = today or date.today()
    session.add(row)
    session.flush()
    return row


def changes(rows: Sequence[MentorshipAnswer], side: Side) -> list[Change]:
    """Return for each question of a side the means before and after of those who answered both times."""
    by_person: dict[tuple[int, int], dict[Moment, Mapping[str, int]]] = {}
    for row in rows:
        if row.side is side:
            by_person.setdefault((row.mentorship_id, row.teacher_id), {})[row.moment] = row.answers
    both = [one for one in by_person.values() if len(one) == len(Moment)]
    found: list[Change] = []
    for question in mentorship_words().questions(side):
        pairs = [
            (one[Moment.BEFORE][question.key], one[Moment.AFTER][question.key])
            for one in both
            if question.key in one[Moment.BEFORE] and question.key in one[Moment.AFTER]
        ]
        before, after = (float(np.mean([pair[end] for pair in pairs])) if pairs else None for end in (0, 1))
        found.append(Change(question.text, len(pairs), before, after))
    return found


def shown_outside(said: Satisfaction, is_school: bool) -> Satisfaction:
    """Return the satisfaction as it is told outside the school: of one school, and of few, the number of answers alone.

    A school is not told apart, so that nobody subtracts the schools that are shown from the municipality.
    """
    if said.asked >= FEWEST and not is_school:
        return said
    return Satisfaction(said.asked, 0, float("nan"), float("nan"), float("nan"))


def changes_outside(found: Sequence[Change], is_school: bool) -> list[Change]:
    """Return the changes as they are told outside the school: without means of one school and of few people."""
    return [one if one.pairs >= FEWEST and not is_school else Change(one.text, one.pairs, None, None) for one in found]


def satisfaction(rows: Sequence[MentorshipAnswer], side: Side) -> Satisfaction:
    """Return the share of those who answered «по завершении» that are satisfied (7 of 10 and more)."""
    given = [
        row.answers[SATISFACTION]
        for row in rows
        if row.side is side and row.moment is Moment.AFTER and SATISFACTION in row.answers
    ]
    satisfied = sum(answer >= mentorship_words().satisfied_from for answer in given)
    if not given:
        return Satisfaction(0, 0, float("nan"), float("nan"), float("nan"))
    share = satisfied / len(given)
    low, high = wilson([share], [len(given)])
    return Satisfaction(len(given), satisfied, share, float(low[0]), float(high[0]))


def _checked(side: Side, answers: Mapping[str, int]) -> dict[str, int]:
    questions = mentorship_words().questions(side)
    unknown = answers.keys() - {question.key for question in questions}
    if unknown:
        raise InvalidInput("Такого вопроса в анкете нет.", "Обновите страницу.")
    clean: dict[str, int] = {}
    for question in questions:
        answer = answers.get(question.key)
        if answer is None:
            raise InvalidInput(f"Нет ответа: «{question.text}».", f"Выберите число от {LOWEST} до {HIGHEST}.")
        if not LOWEST <= answer <= HIGHEST:
            raise InvalidInput(
                f"«{question.text}»: ответа {answer} не бывает.", f"Выберите число от {LOWEST} до {HIGHEST}."
            )
        clean[question.key] = int(answer)
    return clean
