"""A field that a bigger unit tells is not told again below it."""

from __future__ import annotations

from sqlalchemy import Engine

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.status import Status
from core.analysis.told_once import told_once
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work

EVERYTHING = Scope.local_administrator()


def test_a_systemic_field_is_told_by_the_town_and_a_local_one_by_its_class(sqlite_engine: Engine) -> None:
    everywhere = {(1, "А"): (3,), (1, "Б"): (3,), (1, "В"): (3,), (2, "А"): (3, 4), (2, "Б"): (3,)}
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        add_work(session, ids, plan_id=add_plan(session), untaught=everywhere)
    with reading(sqlite_engine) as session:
        found = problem_fields(session, EVERYTHING, FieldFilter(kinds=(Kind.ELEMENT,))).fields
    once = told_once(found)
    geometry = [one.field.unit.key for one in once if one.field.key == "геометрия"]
    assert geometry == [f"organisation:{ids['town']}"]
    assert len([one for one in found if one.field.key == "геометрия"]) > 5
    equations = [one.field for one in once if one.field.key == "уравнения"]
    assert f"class:{ids['school2']}:А" in {field.unit.key for field in equations}
    assert all(field.status is Status.SURELY_BELOW for field in equations if field.unit.name == "6А")
    assert list(once) == [one for one in found if one in once]
