"""Candidates from the store: what the questionnaire showed, as far as the person may see it."""

from datetime import date

import pytest

from core.errors import NotAllowed, NotFound
from core.people.role_names import Role
from core.store.unit_of_work import reading, writing
from core.support.candidates import propose_mentors
from core.support.mentorship_tables import Mentor, SchoolDistance
from tests.diagnostics.stored_answers import MATHS, District, build_district
from tests.diagnostics.viewers import account_of, director, school_methodist, scope_of


@pytest.fixture
def district(sqlite_engine) -> District:
    return build_district(sqlite_engine)


def proposal(district: District, scope, mentee: str = f"{MATHS} 1/0", school: str = "школа 1"):
    with reading(district.engine) as session:
        return propose_mentors(session, scope, district.teachers[mentee], district.units[school])


def test_those_who_are_strong_where_it_is_hard_come_first(district: District):
    found = proposal(district, director(district))
    assert found.sees_deficits and len(found.need.deficits) == 1
    strong = {district.teachers[f"{MATHS} 1/{number}"] for number in (3, 4, 5)}
    assert {one.offer.teacher for one in found.candidates[:3]} == strong
    (key,) = found.need.deficits
    assert found.shares[key] == 0.0 and found.competences[key] in district.competences
    assert all(one.cautions == ("нет письменного согласия быть наставником",) for one in found.candidates[:3])


def test_a_mentor_of_the_register_and_one_of_another_school(district: District):
    with writing(district.engine, "методист") as session:
        for name, school, lends in (("1/4", "школа 1", False), ("2/3", "школа 2", True), ("2/4", "школа 2", False)):
            session.add(Mentor(
                organisation_id=district.units[school], teacher_id=district.teachers[f"{MATHS} {name}"], capacity=1,
                consent_on=date(2026, 8, 27), helps_other_schools=lends,
            ))
        ids = sorted((district.units["школа 1"], district.units["школа 2"]))
        session.add(SchoolDistance(first_id=ids[0], second_id=ids[1], kilometres=4.0))
    found = proposal(district, director(district))
    best, *others = found.candidates
    assert best.offer.teacher == district.teachers[f"{MATHS} 1/4"] and best.is_ready
    lent = next(one for one in others if one.offer.teacher == district.teachers[f"{MATHS} 2/3"])
    assert lent.offer.distance == 4.0 and "до школы 4,0 км" in lent.reasons
    assert found.names[lent.offer.teacher].startswith("Педагог-"), "no consent to be named outside the school"
    assert district.teachers[f"{MATHS} 2/4"] not in {one.offer.teacher for one in found.candidates}


def test_who_may_not_see_deficits_gets_candidates_without_them(district: District):
    found = proposal(district, school_methodist(district))
    assert not found.sees_deficits and found.need.deficits == {} and found.shares == {}
    assert not any("трудно" in reason for one in found.candidates for reason in one.reasons)


def test_strangers_are_not_asked_about(district: District):
    scope = director(district)
    with pytest.raises(NotFound):
        proposal(district, scope, f"{MATHS} 2/0", "школа 2")
    with pytest.raises(NotFound):
        proposal(district, scope, f"{MATHS} 2/0", "школа 1")
    teacher = scope_of(district, account_of(district, Role.TEACHER, "школа 1", f"{MATHS} 1/3"))
    with pytest.raises(NotAllowed):
        proposal(district, teacher)
