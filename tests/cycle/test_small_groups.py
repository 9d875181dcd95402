"""What closing a cycle tells of the answers of few teachers: the own school alone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from core.cycle.closing import closing_note, cycle_chain
from core.cycle.closing_acts import close_cycle
from core.cycle.closing_contract import ClosingItem
from core.cycle.closing_items import findings
from core.cycle.closing_tables import ItemKind
from core.cycle.cycles import open_cycle
from core.diagnostics.confirmations import confirm_deficit
from core.people.grants import Grant
from core.people.role_names import Role
from core.people.roles import ACCESS
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.unit_of_work import reading, writing
from tests.diagnostics.stored_answers import PHYSICS, District, build_district

YEAR, END = 2027, date(2027, 6, 20)


@pytest.fixture
def district(sqlite_engine: Engine) -> District:
    district = build_district(sqlite_engine)
    with writing(sqlite_engine, "подготовка теста") as session:
        # What a meeting confirmed is corporate in every school, however few answered there.
        confirm_deficit(
            session, Scope.local_administrator(), district.associations[f"РМО {PHYSICS}"], subject=PHYSICS,
            confirmed_on=date(2026, 10, 12), protocol="3", item_id=district.items[1],
        )
    return district


def director(district: District) -> Scope:
    school = frozenset({district.units["школа 1"]})
    return Scope.of(1, "Директор", (Grant(frozenset(ACCESS[Role.DIRECTOR]), school, school),))


def specialist(district: District) -> Scope:
    everything = frozenset(district.units.values())
    return Scope.of(2, "Специалист", (Grant(frozenset(ACCESS[Role.MUNICIPAL_SPECIALIST]), everything, frozenset()),))


def deficits(district: District, scope: Scope, cycle: int) -> list[ClosingItem]:
    with reading(district.engine) as session:
        return [one for one in findings(session, scope, cycle, END).items if one.item.kind is ItemKind.DEFICIT]


@pytest.mark.parametrize("closer", [director, specialist])
def test_shares_of_two_physicists_stay_inside_the_school(district, closer):
    with writing(district.engine, "подготовка теста") as session:
        row = open_cycle(session, director(district), district.units["школа 1"], "napolnovskaya", YEAR, today=END)
        cycle = row.id or 0

    def shown(scope: Scope) -> set[str]:
        return {one.item.words.split("»")[1].split(":")[0] for one in deficits(district, scope, cycle)}

    own, others = shown(director(district)), shown(specialist(district))
    assert f", {PHYSICS}" in own and f", {PHYSICS}" not in others
    assert others, "six mathematicians are enough to be told of"
    with writing(district.engine, "тест") as session:
        close_cycle(session, closer(district), cycle, acknowledged=True, today=END)
    assert shown(director(district)) == own, "whoever closed it"
    assert shown(specialist(district)) == others


def test_a_share_stands_with_its_interval(district):
    with writing(district.engine, "подготовка теста") as session:
        row = open_cycle(session, director(district), district.units["школа 1"], "napolnovskaya", YEAR, today=END)
        cycle = row.id or 0
    words = [one.item.words.replace("\xa0", " ") for one in deficits(district, director(district), cycle)]
    assert any("50 % (19–81 %) из 6 ответивших" in one for one in words), words


def test_a_municipality_that_asked_nobody_has_nothing_of_its_neighbour(district):
    with writing(district.engine, "подготовка теста") as session:
        other = Organisation(code="другой", name="другой район", kind=OrganisationKind.MUNICIPALITY)
        session.add(other)
        session.flush()
        everybody = Scope.local_administrator()
        own, foreign = (
            open_cycle(session, everybody, unit, "zelenchuk", YEAR, today=END).id or 0
            for unit in (district.units["район"], other.id or 0)
        )
    assert deficits(district, everybody, own) and not deficits(district, everybody, foreign)


def test_the_note_and_the_row_of_cycles_do_not_count_small_groups_before_others(district):
    school = district.units["школа 1"]
    with writing(district.engine, "подготовка теста") as session:
        cycle = open_cycle(session, director(district), school, "napolnovskaya", YEAR, today=END).id or 0
    own, others = deficits(district, director(district), cycle), deficits(district, specialist(district), cycle)
    assert len(own) == len(others) + 1
    with writing(district.engine, "тест") as session:
        note = close_cycle(session, director(district), cycle, acknowledged=True, today=END).closing or ""
    assert f"преодолено: 0 из {len(others)}." in note
    for scope, seen in ((director(district), own), (specialist(district), others)):
        with reading(district.engine) as session:
            assert cycle_chain(session, scope, school)[0].carried == len(seen)
            rows = [row for part in closing_note(session, scope, cycle, END).sections for row in part.rows]
        assert any("не показывайте вне школы" in row.remark for row in rows) is (seen is own)
