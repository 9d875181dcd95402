"""Questionnaires of courses: one's own answers, and what may be read of everybody's."""

import math
from datetime import date

import pytest
from sqlmodel import select

from core.errors import InvalidInput, NotAllowed
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from core.support.course_feedback import course_questions, course_results, fill_in, own_feedback
from core.support.course_tables import CourseEnrolment, CourseFeedback, EnrolmentState
from core.support.courses import decide
from tests.support.conftest import EVERYBODY, Help
from tests.support.test_development import course, requested

GOOD = {"content": 4, "practice": 5}


def finished(help_: Help) -> int:
    enrolment = requested(help_, course(help_))
    with writing(help_.engine, "директор") as session:
        decide(session, EVERYBODY, enrolment, approve=True, version_seen=1)
    with writing(help_.engine, "директор") as session:
        row = session.get_one(CourseEnrolment, enrolment)
        row.state = EnrolmentState.FINISHED
        session.add(row)
    return enrolment


def test_the_participant_alone_fills_in_and_reads(help_: Help):
    enrolment = finished(help_)
    with writing(help_.engine, "учитель") as session:
        scope = help_.scope("учитель")
        fill_in(session, scope, enrolment, is_exit=False, answers={"content": 2, "practice": 3})
        fill_in(session, scope, enrolment, is_exit=True, answers=GOOD, satisfaction=5, comment="полезно")
        fill_in(session, scope, enrolment, is_exit=True, answers=GOOD, satisfaction=4)
    with writing(help_.engine, "директор") as session, pytest.raises(NotAllowed, match="сам участник"):
        fill_in(session, help_.scope("директор"), enrolment, is_exit=True, answers=GOOD, satisfaction=5)
    with reading(help_.engine) as session:
        own = own_feedback(session, help_.scope("учитель"), enrolment)
        assert (own[False].answers["content"], own[True].satisfaction) == (2, 4), "corrected, not doubled"
        assert own_feedback(session, help_.scope("директор"), enrolment) == {}


def test_what_cannot_be_answered(sqlite_help: Help):
    enrolment = requested(sqlite_help, course(sqlite_help))
    scope = sqlite_help.scope("учитель")
    early = pytest.raises(InvalidInput, match="Входную анкету сейчас заполнить нельзя")
    with writing(sqlite_help.engine, "учитель") as session, early:
        fill_in(session, scope, enrolment, is_exit=False, answers=GOOD)
    with writing(sqlite_help.engine, "директор") as session:
        decide(session, EVERYBODY, enrolment, approve=True, version_seen=1)
    with writing(sqlite_help.engine, "учитель") as session:
        with pytest.raises(InvalidInput, match="Нет ответа: «Насколько уверенно"):
            fill_in(session, scope, enrolment, is_exit=False, answers={"content": 3})
        with pytest.raises(InvalidInput, match="ответа 6 не бывает"):
            fill_in(session, scope, enrolment, is_exit=False, answers={"content": 6, "practice": 1})
        with pytest.raises(InvalidInput, match="Такого вопроса"):
            fill_in(session, scope, enrolment, is_exit=False, answers=GOOD | {"secret": 1})
        with pytest.raises(InvalidInput, match="Выходную анкету сейчас"):
            fill_in(session, scope, enrolment, is_exit=True, answers=GOOD, satisfaction=5)


def answered(help_: Help, course_id: int, marks: list[int]) -> None:
    """Store participants of other schools who filled in both questionnaires."""
    unit = help_.region.units["школа 2"]
    with writing(help_.engine, "подготовка") as session:
        for mark in marks:
            row = CourseEnrolment(
                organisation_id=unit, teacher_id=help_.teacher("Сидорова"), course_id=course_id,
                state=EnrolmentState.FINISHED,
            )
            session.add(row)
            session.flush()
            for is_exit in (False, True):
                session.add(CourseFeedback(
                    organisation_id=unit, enrolment_id=row.id or 0, is_exit=is_exit,
                    answers={"content": 2 + 2 * is_exit, "practice": 3}, satisfaction=mark if is_exit else None,
                    filled_on=date(2026, 10, 1),
                ))


def test_shares_are_shown_from_five_answers_the_same_to_all(sqlite_help: Help):
    first = course(sqlite_help)
    answered(sqlite_help, first, [5, 4, 4, 3])
    with reading(sqlite_help.engine) as session:
        (few,) = course_results(session, EVERYBODY)
        assert not few.is_shown and math.isnan(few.share) and few.questions[0].before is None
    answered(sqlite_help, first, [2])
    with reading(sqlite_help.engine) as session:
        (one,) = course_results(session, sqlite_help.scope("директор"))
        assert (one.asked, one.share) == (5, 0.6) and 0.2 < one.low < 0.6 < one.high < 0.9
        assert (one.questions[0].before, one.questions[0].after) == (2, 4)
        assert course_results(session, sqlite_help.scope("учитель")) == [one], "no part can be subtracted"


def test_the_questions_of_the_file():
    words = course_questions()
    assert {question.key for question in words.questions} == {"content", "practice"} and words.satisfied_from == 4


def test_answers_stay_out_of_the_audit_trail(sqlite_help: Help):
    enrolment = finished(sqlite_help)
    scope = sqlite_help.scope("учитель")
    with writing(sqlite_help.engine, "учитель") as session:
        fill_in(session, scope, enrolment, is_exit=True, answers=GOOD, satisfaction=5, comment="бесполезные курсы")
    with writing(sqlite_help.engine, "учитель") as session:
        fill_in(session, scope, enrolment, is_exit=True, answers=GOOD | {"content": 1}, satisfaction=1, comment="ужас")
    with reading(sqlite_help.engine) as session:
        lines = session.exec(select(AuditEntry).where(AuditEntry.object_type == "course_feedback")).all()
    told = {one.new for one in lines if one.field in ("answers", "satisfaction", "comment")}
    assert lines and not any(word in str(told) for word in ("бесполезные", "ужас", "content", "'5'", "'1'"))
