"""Somebody outside the school lays its closing note beside their screens and beside another note: nothing small."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.cycle.closing import closing_note, closing_state
from core.cycle.closing_acts import close_cycle
from core.cycle.closing_items import findings
from core.cycle.closing_tables import ItemKind
from core.cycle.closing_words import OPEN_POINTS, parts_of
from core.cycle.cycles import open_cycle
from core.intake.tables import ClassWork
from core.monitoring.effects import Outcome, field_register
from core.people.grants import Grant
from core.people.role_names import Role
from core.people.roles import ACCESS
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from core.words import without_advice
from tests.analysis.attacked_town import Town, build
from tests.analysis.stored import MAXIMA, add_plan, add_work, class_row, simulated

YEAR, END = 2026, date(2026, 6, 20)
NOTHING, EVERYTHING = np.zeros((3, 6), dtype=np.int8), np.tile(np.array(MAXIMA, dtype=np.int8), (3, 1))


def director(town: Town) -> Scope:
    school = frozenset({town.ids["school2"]})
    return Scope.of(1, "Директор", (Grant(frozenset(ACCESS[Role.DIRECTOR]), school, school),))


def specialist(town: Town) -> Scope:
    everything = frozenset(town.ids.values())
    return Scope.of(2, "Специалист", (Grant(frozenset(ACCESS[Role.MUNICIPAL_SPECIALIST]), everything, frozenset()),))


@pytest.fixture
def town(sqlite_engine: Engine) -> Town:
    """Two years of «Школа № 2»: its 5В of six pupils is a 6В of three; 6А cannot do «геометрия», 6В nothing."""
    town = build(sqlite_engine, {(1, "А"): 24, (1, "Б"): 22, (2, "А"): 25, (2, "Б"): 21, (2, "В"): 3})
    with writing(sqlite_engine, "подготовка теста") as session:
        earlier = add_work(session, town.ids, plan_id=add_plan(session, 2025), year=2025, grade=5, untaught={})
        town.ids["earlier"] = earlier
        write_class(session, town, earlier, "В", simulated(6, 1, range(6)))
        write_class(session, town, town.work, "А", simulated(25, 2, (3,)))
        write_class(session, town, town.work, "В", NOTHING)
        confirm(session, town, earlier)
        cycle = open_cycle(session, director(town), town.ids["school2"], "napolnovskaya", YEAR, today=END)
        town.ids["cycle"] = cycle.id or 0
    return town


def write_class(session: Session, town: Town, work: int, letter: str, scores: np.ndarray) -> None:
    school = town.ids["school2"]
    row = session.exec(select(ClassWork).where(
        ClassWork.assessment_id == work, ClassWork.school_id == school, col(ClassWork.class_name) == letter)).one()
    upload = row.upload_id
    session.delete(row)
    session.flush()
    session.add(class_row(scores, letter, school, work, upload))
    session.flush()


def confirm(session: Session, town: Town, work: int) -> None:
    review_field(
        session, director(town), assessment_id=work, unit=f"class:{town.ids['school2']}:В", kind=Kind.ELEMENT,
        key="геометрия", state=ReviewState.CONFIRMED, cause="не хватило времени",
    )


def note(town: Town, scope: Scope) -> str:
    with reading(town.engine) as session:
        return closing_state(session, scope, town.ids["cycle"], END).note


def points(town: Town, scope: Scope) -> list[str]:
    with reading(town.engine) as session:
        found = closing_state(session, scope, town.ids["cycle"], END).open_points
    return [without_advice(one) for one in found if "достоверн" in one]


def in_note(text: str) -> list[str]:
    return [one for one in dict(parts_of(text))[OPEN_POINTS] if "достоверн" in one]


def test_the_note_and_the_screen_outside_count_the_same_fields(town):
    own, outside = points(town, director(town)), points(town, specialist(town))
    assert own and outside and own != outside, "the school knows of more fields: those of its 6В"
    assert in_note(note(town, director(town))) == outside
    assert note(town, director(town)) == note(town, Scope.local_administrator())
    with writing(town.engine, "тест") as session:
        stored = close_cycle(session, director(town), town.ids["cycle"], acknowledged=True, today=END).closing or ""
    assert in_note(stored) == outside


def test_two_notes_do_not_differ_by_what_a_small_class_can_do_or_what_is_decided_on_it(town):
    def told() -> tuple[str, list[str]]:
        with reading(town.engine) as session:
            document = closing_note(session, specialist(town), town.ids["cycle"], END)
        return note(town, director(town)), [row.words for part in document.sections for row in part.rows]

    first = told()
    assert "меньше пяти человек" in first[0]
    with writing(town.engine, "тест") as session:
        confirm(session, town, town.work)
    assert told() == first, "a decision on a field of three pupils"
    assert len(own_fields(town)) == 2
    was = {one.item.reference: one.item.words for one in own_fields(town)}
    with writing(town.engine, "тест") as session:
        write_class(session, town, town.work, "В", EVERYTHING)
    assert {one.item.reference: one.item.words for one in own_fields(town)} != was, "the school sees it"
    assert told() == first, "what three pupils can do"


def own_fields(town: Town) -> list:
    with reading(town.engine) as session:
        found = findings(session, director(town), town.ids["cycle"], END).items
    return [one for one in found if one.item.kind is ItemKind.FIELD]


def test_what_became_of_a_field_is_not_told_of_a_class_that_is_small_by_now(town):
    def outcomes(scope: Scope) -> list[Outcome]:
        with reading(town.engine) as session:
            return [one.outcome for one in field_register(session, scope, town.ids["school2"])]

    assert outcomes(director(town)) == [Outcome.PERSISTS]
    assert outcomes(specialist(town)) == [Outcome.INCOMPARABLE]
    assert all(one.is_of_few for one in own_fields(town))
