"""Entry and exit questionnaires of courses: one's own answers, and what all participants of a course said together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import Field
from sqlmodel import Session, col, select

from core.analysis.intervals import wilson
from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.errors import InvalidInput, NotAllowed
from core.people.scope import Action, Scope
from core.people.suppression import SMALLEST_SHOWN
from core.planning.access import actor_of
from core.store.live import live_row
from core.store.settings import reference_directory
from core.support.course_tables import Course, CourseEnrolment, CourseFeedback, EnrolmentState

LOWEST, HIGHEST = 1, 5
FEWEST = SMALLEST_SHOWN
"""Answers of fewer people are shown to nobody but themselves."""
_OPEN = {
    False: (EnrolmentState.APPROVED, EnrolmentState.STUDYING, EnrolmentState.FINISHED),
    True: (EnrolmentState.STUDYING, EnrolmentState.FINISHED),
}


class CourseQuestion(Record):
    """One question, asked before and after, answered 1..5."""

    key: str = Field(pattern="^[a-z_]{2,40}$")
    entry: str = Field(min_length=5)
    exit: str = Field(min_length=5)

    def text(self, is_exit: bool) -> str:
        """Return the question as it is asked at the entry or at the exit."""
        return self.exit if is_exit else self.entry


class CourseQuestions(Sourced):
    """The file data/courses.yaml."""

    satisfied_from: int = Field(ge=LOWEST, le=HIGHEST)
    questions: tuple[CourseQuestion, ...] = Field(min_length=1)
    satisfaction: str = Field(min_length=5)


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """Means 1..5 of one question at entry and exit, of the same people; None where fewer than five answered twice."""

    text: str
    pairs: int
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class CourseResult:
    """What the participants of a course said, the same for every viewer, so that no part can be computed from another.

    `asked` filled in the exit questionnaire; share 0..1 of satisfied ones with its 95 % interval; NaN when too few.
    """

    course_id: int
    title: str
    asked: int
    share: float
    low: float
    high: float
    questions: tuple[QuestionResult, ...]

    @property
    def is_shown(self) -> bool:
        """Say whether enough people answered."""
        return self.asked >= FEWEST


def load_course_questions(path: Path | None = None) -> CourseQuestions:
    """Return the file's content; raise InvalidInput naming file and key when it is broken."""
    return load_yaml(path or reference_directory() / "courses.yaml", CourseQuestions)


@lru_cache(maxsize=1)
def course_questions() -> CourseQuestions:
    """Return the questions, read once."""
    return load_course_questions()


def own_feedback(session: Session, scope: Scope, enrolment_id: int) -> dict[bool, CourseFeedback]:
    """Return one's own questionnaires of a course, by whether it is the exit one; nothing of somebody else."""
    scope.require(Action.VIEW_HELP)
    row = session.get(CourseEnrolment, enrolment_id)
    own = actor_of(session, scope).teacher_id
    if row is None or row.deleted_at is not None or own is None or row.teacher_id != own:
        return {}
    query = select(CourseFeedback).where(
        CourseFeedback.enrolment_id == enrolment_id, col(CourseFeedback.deleted_at).is_(None)
    )
    return {one.is_exit: one for one in session.exec(query)}


def may_fill_in(state: EnrolmentState, is_exit: bool) -> bool:
    """Say whether the questionnaire is open in this state of the studies."""
    return state in _OPEN[is_exit]


def fill_in(
    session: Session, scope: Scope, enrolment_id: int, *, is_exit: bool, answers: Mapping[str, int],
    satisfaction: int | None = None, comment: str = "", today: date | None = None,
) -> CourseFeedback:
    """Store or correct one's own questionnaire. Only the participant may, and all questions are answered.

    Raises InvalidInput for a missing or impossible answer, or when the course is not that far.
    """
    scope.require(Action.VIEW_HELP)
    enrolment = live_row(session, CourseEnrolment, enrolment_id, "Заявка на курсы")
    if actor_of(session, scope).teacher_id != enrolment.teacher_id:
        raise NotAllowed("Анкету курсов заполняет сам участник.", "Войдите под его учётной записью.")
    if not may_fill_in(enrolment.state, is_exit):
        which = "Выходную" if is_exit else "Входную"
        raise InvalidInput(
            f"{which} анкету сейчас заполнить нельзя: курсы «{enrolment.state.value}».", "Дождитесь нужного времени."
        )
    clean = _checked(answers, is_exit)
    if is_exit:
        _require_mark(satisfaction, course_questions().satisfaction)
    query = select(CourseFeedback).where(
        CourseFeedback.enrolment_id == enrolment_id, col(CourseFeedback.is_exit).is_(is_exit)
    )
    row = session.exec(query).first() or CourseFeedback(
        organisation_id=enrolment.organisation_id, enrolment_id=enrolment_id, is_exit=is_exit
    )
    row.answers, row.satisfaction = clean, satisfaction if is_exit else None
    row.comment, row.filled_on, row.deleted_at = comment.strip()[:2000], today or date.today(), None
    session.add(row)
    session.flush()
    return row


def course_results(session: Session, scope: Scope) -> list[CourseResult]:
    """Return what participants said of each course that anybody filled in an exit questionnaire of, by title."""
    scope.require(Action.VIEW_HELP)
    query = (
        select(CourseFeedback, Course)
        .join(CourseEnrolment, col(CourseEnrolment.id) == CourseFeedback.enrolment_id)
        .join(Course, col(Course.id) == CourseEnrolment.course_id)
        .where(
            col(CourseFeedback.deleted_at).is_(None), col(CourseEnrolment.deleted_at).is_(None),
            col(Course.deleted_at).is_(None),
        )
    )
    titles: dict[int, str] = {}
    said: dict[int, dict[int, dict[bool, CourseFeedback]]] = {}
    for row, course in session.exec(query):
        titles[course.id or 0] = course.title
        said.setdefault(course.id or 0, {}).setdefault(row.enrolment_id, {})[row.is_exit] = row
    found = [_result(key, titles[key], list(people.values())) for key, people in said.items()]
    return sorted((one for one in found if one.asked), key=lambda one: (one.title, one.course_id))


def _result(course_id: int, title: str, people: Sequence[Mapping[bool, CourseFeedback]]) -> CourseResult:
    words = course_questions()
    marks = [one[True].satisfaction for one in people if True in one]
    given = [mark for mark in marks if mark is not None]
    questions = tuple(_question(question, people) for question in words.questions)
    if len(given) < FEWEST:
        nothing = float("nan")
        return CourseResult(course_id, title, len(given), nothing, nothing, nothing, questions)
    share = sum(mark >= words.satisfied_from for mark in given) / len(given)
    low, high = wilson([share], [len(given)])
    return CourseResult(course_id, title, len(given), share, float(low[0]), float(high[0]), questions)


def _question(question: CourseQuestion, people: Sequence[Mapping[bool, CourseFeedback]]) -> QuestionResult:
    pairs = [
        (one[False].answers[question.key], one[True].answers[question.key])
        for one in people
        if len(one) == len(_OPEN) and all(question.key in row.answers for row in one.values())
    ]
    if len(pairs) < FEWEST:
        return QuestionResult(question.exit, len(pairs), None, None)
    before, after = (float(np.mean([pair[end] for pair in pairs])) for end in (0, 1))
    return QuestionResult(question.exit, len(pairs), before, after)


def _checked(answers: Mapping[str, int], is_exit: bool) -> dict[str, int]:
    questions = course_questions().questions
    if answers.keys() - {question.key for question in questions}:
        raise InvalidInput("Такого вопроса в анкете нет.", "Обновите страницу.")
    for question in questions:
        _require_mark(answers.get(question.key), question.text(is_exit))
    return {question.key: int(answers[question.key]) for question in questions}


def _require_mark(mark: int | None, text: str) -> None:
    if mark is None:
        raise InvalidInput(f"Нет ответа: «{text}».", f"Выберите число от {LOWEST} до {HIGHEST}.")
    if not LOWEST <= mark <= HIGHEST:
        raise InvalidInput(f"«{text}»: ответа {mark} не бывает.", f"Выберите число от {LOWEST} до {HIGHEST}.")
