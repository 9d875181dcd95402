"""Marks of many organisations at once: those of each alone, what the lists say, and the municipality made of them."""

from __future__ import annotations

import re

import pytest

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.cycle.derived import marks_by_unit, marks_of
from core.cycle.marks import MarkState, counted
from core.cycle.municipality import list_municipalities, municipality_view
from core.cycle.records import Derived
from core.cycle.rooms import CycleRoom
from core.cycle.systemic_fields import fields_across
from core.errors import NotAllowed, NotFound
from core.people.grants import Grant
from core.people.organisations import load_tree, natural_key
from core.people.role_names import Role
from core.people.roles import ACCESS
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.store.unit_of_work import reading
from tests.demo.plain_marks import plain_marks

EVERYTHING = Scope.local_administrator()


@pytest.fixture(scope="module")
def units(demo) -> dict[int, OrganisationKind]:
    with reading(demo.engine) as session:
        return {key: unit.kind for key, unit in load_tree(session, EVERYTHING).organisations.items()}


def _town(units) -> int:
    return next(key for key, kind in units.items() if kind is OrganisationKind.MUNICIPALITY)


def _specialist(units) -> Scope:
    """Somebody above schools, for whom small groups are hidden."""
    grant = Grant(frozenset(ACCESS[Role.MUNICIPAL_SPECIALIST]), frozenset(units), frozenset())
    return Scope.of(None, "Специалист", (grant,))


def test_every_mark_of_every_organisation_is_what_the_lists_say(demo, units):
    scope = _specialist(units)
    top = next(key for key, kind in units.items() if kind is OrganisationKind.REGION)
    with reading(demo.engine) as session:
        many = marks_by_unit(session, scope, top, 2027)
    assert set(many) == set(units)
    for key in units:
        with reading(demo.engine) as session:
            plain = plain_marks(session, scope, key, 2027)
        assert {*plain, Derived.MANUAL} == set(Derived)
        for derived, (done, whole) in plain.items():
            mark = many[key][derived]
            assert mark.state is counted(done, whole, "", "").state, (key, derived, done, whole)
            if mark.words and whole and derived is not Derived.DEFICITS_COLLECTED:
                said = [int(one) for one in re.findall(r"\d+", mark.words.replace("\xa0", ""))]
                # «достоверных проблемных полей не найдено» says no number.
                assert not said or done in said, (key, derived, mark)


def test_one_organisation_alone_has_the_same_marks(demo, units):
    town = _town(units)
    with reading(demo.engine) as session:
        many = marks_by_unit(session, EVERYTHING, town, 2026)
    for key, marks in many.items():
        with reading(demo.engine) as session:
            assert marks_of(session, EVERYTHING, key, 2026) == marks


def test_only_what_the_actor_knows_is_told(demo, units):
    schools = [key for key, kind in units.items() if kind is OrganisationKind.SCHOOL][:2]
    town = _town(units)
    grant = Grant(frozenset(ACCESS[Role.OBSERVER]), frozenset({town, schools[0]}), frozenset())
    scope = Scope.of(None, "Наблюдатель", (grant,))
    with reading(demo.engine) as session:
        many = marks_by_unit(session, scope, town, 2027)
    assert set(many) == {town, schools[0]}
    assert many[town][Derived.MENTORSHIP_ACTIVE].state is MarkState.CLOSED


def test_schools_stand_by_name_and_carry_no_results(demo, units):
    scope = _specialist(units)
    with reading(demo.engine) as session:
        view = municipality_view(session, scope, _town(units), 2027, "zelenchuk")
    names = [one.name for one in view.schools]
    assert names == sorted(names, key=natural_key) and len(names) == 8
    assert [room.room for room in view.whole.rooms] == list(CycleRoom)
    assert (view.results_year, view.came, view.expected) == (2026, 75, 76)
    late = [one.name for one in view.schools if one.results.missing]
    assert late == ["МБОУ «Малореченская основная школа»"]


def test_elements_that_are_low_in_many_schools_are_told_with_their_associations(demo, units):
    scope = _specialist(units)
    town = _town(units)
    with reading(demo.engine) as session:
        found = fields_across(session, scope, town, (2026,))
        listed = {
            (one.work.assessment_id, one.field.key): one.field
            for one in problem_fields(session, scope, FieldFilter(years=(2026,), kinds=(Kind.ELEMENT,))).fields
            if one.field.unit.key == f"organisation:{town}"
        }
    planted = next(one for one in found if one.field.key == "площадь и периметр")
    assert any("РМО учителей математики" in name for name in planted.associations)
    assert 2 <= len(planted.field.schools_below) <= planted.field.schools <= 8
    same = listed[planted.field.work.assessment_id, planted.field.key]
    assert (same.participants, same.facility, same.low, same.high) == (
        planted.field.participants, planted.field.facility, planted.field.low, planted.field.high
    )


def test_a_municipality_is_for_those_above_schools(demo, units):
    school = next(key for key, kind in units.items() if kind is OrganisationKind.SCHOOL)
    director = Scope.of(None, "Директор", (Grant(frozenset(ACCESS[Role.DIRECTOR]), frozenset({school})),))
    observer = Scope.of(None, "Наблюдатель", (Grant(frozenset(ACCESS[Role.OBSERVER]), frozenset({school})),))
    with reading(demo.engine) as session:
        with pytest.raises(NotAllowed):
            municipality_view(session, director, _town(units), 2027, "zelenchuk")
        assert list_municipalities(session, observer) == []
        with pytest.raises(NotFound):
            municipality_view(session, observer, _town(units), 2027, "zelenchuk")
