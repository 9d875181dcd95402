"""The demo's development: everything is tied together, so that pages and the matrix have something to show."""

from sqlmodel import select

from core.people.scope import Scope
from core.people.tables import Organisation
from core.people.teacher_tables import TeachingAssignment
from core.store.unit_of_work import reading
from core.support.candidates import propose_mentors
from core.support.class_fields import fields_of_teacher
from core.support.course_feedback import course_results
from core.support.coverage import Cover, coverage
from core.support.given_help import HelpKind
from core.support.own_deficits import deficits_of
from core.support.teacher_page import teacher_page
from tests.demo.conftest import Demo

EVERYBODY = Scope.local_administrator()


def test_some_deficits_have_help_and_others_wait_for_it(demo: Demo):
    with reading(demo.engine) as session:
        town = session.exec(select(Organisation.id).where(Organisation.name == "Заречный район")).one()
        found = coverage(session, EVERYBODY, town or 0)
    assert 0 < found.without_any < len(found.rows)
    row = next(row for row in found.rows if row.name == "Методы и технологии обучения")
    assert {cell.kind for cell in row.cells if cell.cover is not Cover.EMPTY} >= {HelpKind.COURSE, HelpKind.ROUTE}


def test_a_teacher_of_the_demo_has_classes_with_fields_and_something_to_do(demo: Demo):
    with reading(demo.engine) as session:
        teacher = session.exec(select(TeachingAssignment.teacher_id).where(TeachingAssignment.year == 2027)).first()
        page = teacher_page(session, EVERYBODY, teacher or 0)
        fields = fields_of_teacher(session, EVERYBODY, teacher or 0)
    assert page.next_steps and fields and {one.work.year for one in fields} == {2026}


def test_courses_have_enough_answers_to_be_shown(demo: Demo):
    with reading(demo.engine) as session:
        assert sum(one.is_shown for one in course_results(session, EVERYBODY)) >= 3


def test_a_deficit_has_one_share_wherever_it_is_shown(demo: Demo):
    with reading(demo.engine) as session:
        teacher, school = session.exec(select(TeachingAssignment.teacher_id, TeachingAssignment.school_id).where(
            TeachingAssignment.year == 2027
        )).first() or (0, 0)
        known = {one.key: one.share for one in deficits_of(session, EVERYBODY, teacher).deficits}
        assert known == propose_mentors(session, EVERYBODY, teacher, school).shares
    assert any(0 < share < 1 for share in known.values()), "the mean of several questions, not the worst of them"
