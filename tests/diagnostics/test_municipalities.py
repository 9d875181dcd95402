"""Shares of one municipality beside those of all: nobody is found in the difference of what is shown."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.diagnostics.corporate import DeficitFilter, latest_deficits, shared_deficits
from core.diagnostics.wave_tables import Response, WaveKind
from core.errors import NotFound
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.store.unit_of_work import reading, writing
from tests.diagnostics import viewers
from tests.diagnostics.stored_answers import DAY, MATHS, PHYSICS, District, add_wave, build_district

SCHOOLS = {
    "область": ("1", "2", "3"), "район": ("1", "2"), "другой район": ("3",), "школа 1": ("1",), "школа 2": ("2",),
    "школа 3": ("3",),
}


@pytest.fixture
def district(sqlite_engine: Engine) -> District:
    """Another municipality of the region has the only physicist of «школа 3» and five mathematicians."""
    district = build_district(sqlite_engine)
    with writing(sqlite_engine, "подготовка теста") as session:
        for name, kind in (("область", OrganisationKind.REGION), ("другой район", OrganisationKind.MUNICIPALITY)):
            session.add(unit := Organisation(code=name, name=name, kind=kind))
            session.flush()
            district.units[name] = unit.id or 0
        for row in session.exec(select(OrganisationMembership)).all():
            if row.organisation_id == district.units["школа 3"]:
                row.parent_id = district.units["другой район"]
        for name in ("район", "другой район"):
            session.add(OrganisationMembership(
                organisation_id=district.units[name], parent_id=district.units["область"]))
        for row in session.exec(select(Response).where(Response.code.startswith(f"{MATHS} 2"))).all():
            # School 2 keeps its physicists; its five mathematicians teach in the other municipality.
            row.organisation_id = district.units["школа 3"]
    return district


def of_region(district: District) -> Scope:
    return viewers.scope_of(district, viewers.account_of(district, Role.OBSERVER, "область"))


def people(district: District) -> dict[str, tuple[str, str]]:
    """Return subject and school of everybody, as the test has stored them."""
    found = {}
    for name in district.teachers:
        subject, place = name.split()
        school = place[0]
        found[name] = (subject, "3" if (subject, school) == (MATHS, "2") else school)
    return found


def shown_sets(district: District, scope: Scope) -> dict[tuple[str, str], frozenset[str]]:
    """Return the people behind every share of «Q1» that can be asked for, by place and group."""
    everybody, found = people(district), {}
    for place in ("", *SCHOOLS):
        schools = SCHOOLS[place or "область"]
        try:
            with reading(district.engine) as session:
                listed = shared_deficits(session, scope, DeficitFilter(school_id=district.units.get(place)))
        except NotFound:
            continue
        for one in listed.found:
            if one.line.name != "Q1":
                continue
            if one.group.association_id is not None:
                members = {name for name in everybody if one.group.name.endswith(name.split()[0])}
                if one.group.name == "ШМО математиков":
                    members = {name for name in everybody if name.startswith(f"{MATHS} 1")}
            else:
                members = {
                    name for name, (subject, school) in everybody.items()
                    if school in schools and one.group.subject in ("", subject)
                }
            assert len(members) == one.asked
            found[place, one.group.name] = frozenset(members)
    return found


def given_away(sets: set[frozenset[str]], names: list[str]) -> set[frozenset[str]]:
    """Return the sets of one to four people whose sum follows from the sums over the sets."""
    known = np.array([[name in members for name in names] for members in sets], dtype=float)
    left = np.eye(len(names)) - np.linalg.pinv(known) @ known
    found = set()
    for size in range(1, 5):
        few = np.array(list(combinations(range(len(names)), size)))
        open_ = np.abs(left[:, few].sum(axis=2)).max(axis=0) < 1e-8
        found |= {frozenset(names[one] for one in row) for row in few[open_]}
    return found


def test_a_municipality_is_judged_by_its_own_teachers(district):
    with reading(district.engine) as session:
        listed = latest_deficits(session, of_region(district), district.units["район"])
    asked = {one.group.name: one.asked for one in listed.found if one.line.name == "Q1"}
    assert asked[MATHS] == 6
    assert asked[f"РМО {MATHS}"] == 11, "an association is not cut in two"


def test_nobody_follows_from_all_and_this(district):
    shown = shown_sets(district, of_region(district))
    assert {("другой район", MATHS), ("район", MATHS), ("", PHYSICS)} <= shown.keys()
    assert ("район", PHYSICS) not in shown, "ten physicists without these nine are one"
    assert not given_away(set(shown.values()), sorted(district.teachers))


def test_the_attack_would_succeed_on_shares_of_both(district):
    shown = shown_sets(district, of_region(district))
    nine = shown["", PHYSICS] - {f"{PHYSICS} 3/0"}
    assert {f"{PHYSICS} 3/0"} in given_away({*shown.values(), nine}, sorted(district.teachers))


def test_the_latest_round_is_that_of_the_place(district):
    """The other municipality asks again; what this one answered before is still what is known of it."""
    with writing(district.engine, "подготовка теста") as session:
        later = add_wave(session, district, WaveKind.FINAL, DAY.replace(year=2027, month=5))
        for row in session.exec(select(Response).where(Response.wave_id == later)).all():
            row.organisation_id = district.units["школа 3"]
    scope = of_region(district)
    with reading(district.engine) as session:
        kinds = [
            latest_deficits(session, scope, district.units[name]).round.kind for name in ("район", "другой район")
        ]
    assert kinds == [WaveKind.ENTRY, WaveKind.FINAL]
