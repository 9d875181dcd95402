"""Who still owes results, and who does not."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import select

from core.intake.missing import missing_results, year_size
from core.intake.tables import ClassWork
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_work, scope_of

EVERYTHING = Scope.local_administrator()


def test_a_school_owes_the_works_of_grades_that_it_has(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        add_work(session, ids, plan_id=None)
        second = add_work(session, ids, plan_id=None, grade=7)
        third = add_work(session, ids, plan_id=None, grade=6, year=2025)
        for row in session.exec(select(ClassWork).where(ClassWork.school_id == ids["school2"])):
            if row.assessment_id == second:
                session.delete(row)
    assert third
    with reading(sqlite_engine) as session:
        assert missing_results(session, EVERYTHING, 2026) == ()
        assert year_size(session, EVERYTHING, 2026).schools == 2
        assert year_size(session, EVERYTHING, 2026).classes == 9
        assert year_size(session, scope_of(ids, "school2"), 2026).classes == 3
    with writing(sqlite_engine, actor="тест") as session:
        fourth = add_work(session, ids, plan_id=None, grade=7, year=2026)
        for row in session.exec(select(ClassWork).where(ClassWork.assessment_id == fourth)):
            if row.school_id == ids["school1"] or row.class_name != "А":
                session.delete(row)
    with reading(sqlite_engine) as session:
        owed = missing_results(session, EVERYTHING, 2026)
    assert [(one.school, one.work.id) for one in owed] == [("Школа № 1", fourth), ("Школа № 2", second)]
