"""The matrix of deficits and kinds of help: what counts in a cell, what does not, and for whom it is."""

from datetime import date

import pytest
from sqlalchemy import Engine

from core.diagnostics.standing import Standing
from core.errors import NotAllowed, NotFound
from core.people.role_names import Role
from core.store.unit_of_work import reading, writing
from core.support.course_tables import Course, CourseEnrolment, EnrolmentState
from core.support.coverage import Cover, Coverage, coverage
from core.support.event_tables import EventParticipant, EventState, MethodicalEvent
from core.support.given_help import HelpKind
from core.support.mentorship_tables import Mentorship, MentorshipState, ProgrammeGoal
from core.support.route_tables import IndividualRoute, RouteState, RouteStep
from core.support.self_education_tables import SelfEducation
from core.support.visit_tables import LessonVisit
from tests.diagnostics.stored_answers import MATHS, District, build_district
from tests.diagnostics.viewers import account_of, director, scope_of, specialist
from tests.people.conftest import build
from tests.support.conftest import EVERYBODY

ON = date(2026, 11, 22)
BEFORE = date(2025, 5, 30)


@pytest.fixture
def district(sqlite_engine: Engine) -> District:
    return build_district(sqlite_engine)


def matrix(district: District, school: str = "школа 1") -> Coverage:
    with reading(district.engine) as session:
        return coverage(session, EVERYBODY, district.units[school], ON)


def cells(found: Coverage, name: str = "Компетенция 1") -> dict[HelpKind, tuple[int, int]]:
    row = next(row for row in found.rows if row.name == name)
    return {cell.kind: (cell.helped, cell.planned) for cell in row.cells}


def test_shared_deficits_without_help_are_the_plan(district: District):
    found = matrix(district)
    assert found.since == date(2026, 9, 1) and found.without_any == len(found.rows)
    row = found.rows[0]
    assert (row.name, row.worst.standing, row.worst.asked) == ("Компетенция 1", Standing.CORPORATE, 6)
    assert {cell.words for cell in row.cells} == {"▢ нет"} and {cell.cover for cell in row.cells} == {Cover.EMPTY}
    assert "Компетенция 3" not in {one.name for one in found.rows}, "hard for nobody"


def test_every_kind_of_help_counts_teachers_once(district: District):
    unit, competence = district.units["школа 1"], district.competences[0]
    first, second, third = (district.teachers[f"{MATHS} 1/{number}"] for number in range(3))
    span = {"starts_on": date(2026, 9, 10), "ends_on": date(2027, 5, 30)}
    with writing(district.engine, "подготовка") as session:
        course = Course(organisation_id=unit, title="Дроби", hours=36, competence_ids=[competence])
        session.add(course)
        session.flush()

        def enrolled(teacher: int, state: EnrolmentState, on: date | None = None) -> CourseEnrolment:
            return CourseEnrolment(organisation_id=unit, teacher_id=teacher, course_id=course.id or 0, state=state,
                                   document_on=on)

        route = IndividualRoute(organisation_id=unit, teacher_id=first, state=RouteState.APPROVED, **span)
        pair = Mentorship(organisation_id=unit, mentor_teacher_id=first, state=MentorshipState.ACTIVE, **span)
        held = MethodicalEvent(organisation_id=unit, year=2027, content="Семинар", competence_id=competence,
                               state=EventState.HELD, held_on=date(2026, 10, 1))
        session.add_all([route, pair, held])
        session.flush()
        session.add_all([
            enrolled(first, EnrolmentState.FINISHED, date(2026, 10, 20)),
            enrolled(first, EnrolmentState.REQUESTED), enrolled(second, EnrolmentState.REQUESTED),
            enrolled(third, EnrolmentState.REFUSED), enrolled(third, EnrolmentState.FINISHED, BEFORE),
            RouteStep(organisation_id=unit, route_id=route.id or 0, competence_id=competence, activity="а"),
            ProgrammeGoal(organisation_id=unit, mentorship_id=pair.id or 0, mentee_teacher_id=second,
                          competence_id=competence, text="Дроби"),
            SelfEducation(organisation_id=unit, teacher_id=third, competence_id=competence, topic="Дроби", **span),
            EventParticipant(organisation_id=unit, event_id=held.id or 0, teacher_id=first),
            EventParticipant(organisation_id=unit, event_id=held.id or 0, teacher_id=second),
            MethodicalEvent(organisation_id=unit, year=2027, content="Круглый стол", competence_id=competence),
            LessonVisit(organisation_id=unit, teacher_id=first, held_on=date(2026, 10, 2), grade=5, subject=MATHS,
                        field_kind="element", field_key="дроби", conclusion="Видно."),
            LessonVisit(organisation_id=unit, teacher_id=second, held_on=date(2026, 12, 2), grade=5, subject=MATHS,
                        competence_id=competence),
        ])
    found = matrix(district)
    assert cells(found) == {
        HelpKind.MENTORSHIP: (0, 1), HelpKind.COURSE: (1, 1), HelpKind.ROUTE: (0, 1), HelpKind.SELF_EDUCATION: (0, 1),
        HelpKind.EVENT: (2, 1), HelpKind.VISIT: (1, 1),
    }
    assert found.without_any == len(found.rows) - 1
    assert all(set(cells(matrix(district, "школа 2"), row.name).values()) == {(0, 0)}
               for row in matrix(district, "школа 2").rows), "help of another school"
    with reading(district.engine) as session:
        whole = coverage(session, specialist(district), district.units["район"], ON)
    assert cells(whole)[HelpKind.EVENT] == (2, 1), "the municipality counts its schools"


def test_for_whom_the_matrix_is(district: District):
    with reading(district.engine) as session:
        with pytest.raises(NotFound):
            coverage(session, director(district), district.units["школа 2"], ON)
        teacher = scope_of(district, account_of(district, Role.TEACHER, "школа 1", f"{MATHS} 1/1"))
        with pytest.raises(NotFound):
            coverage(session, teacher, district.units["школа 1"], ON)
        observer = scope_of(district, account_of(district, Role.OBSERVER, "район"))
        with pytest.raises((NotAllowed, NotFound)):
            coverage(session, observer, district.units["район"], ON)


def test_without_diagnostics_there_is_no_matrix(sqlite_engine: Engine):
    region = build(sqlite_engine)
    with reading(sqlite_engine) as session:
        assert coverage(session, EVERYBODY, region.units["школа 1"], ON) == Coverage(None, (), ())
