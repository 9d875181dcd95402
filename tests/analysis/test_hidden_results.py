"""No small group comes out of what all screens of a work show together, whatever is hidden and why."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import Engine

from core.analysis.comparing import compare_field
from core.analysis.elements import Kind
from core.analysis.field_detail import field_detail, field_history
from core.analysis.outside import Outside
from core.analysis.results import items_of_work, measured_work, work_overview
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.errors import NotAllowed, NotFound
from core.intake.history import list_works
from core.people.hidden_units import unit_parents
from core.people.scope import Scope
from core.people.suppression import Hidden
from core.store.unit_of_work import reading, writing
from tests.analysis.attack import (
    FEW,
    Attack,
    assert_nothing_comes_out,
    look_at_everything,
    look_at_unit,
    members_of,
    worked_out_together,
)
from tests.analysis.attacked_town import build, random_town
from tests.analysis.stored import MAXIMA


@pytest.mark.parametrize("seed", range(12))
def test_nothing_small_comes_out_of_all_screens_together(sqlite_engine: Engine, seed: int) -> None:
    town = build(sqlite_engine, random_town(seed), seed=seed)
    own = ("school1",) if seed % 2 else ()
    with reading(town.engine) as session:
        assert_nothing_comes_out(*look_at_everything(session, town.everywhere(*own), town))


def test_an_item_offered_to_three_pupils_comes_out_of_nothing(sqlite_engine: Engine) -> None:
    town = build(sqlite_engine, {(1, "А"): 25, (1, "Б"): 22, (2, "А"): 24, (2, "Б"): 21}, withheld=True)
    with reading(town.engine) as session:
        work, attack = look_at_everything(session, town.everywhere(), town)
        answer = items_of_work(session, town.everywhere(), town.work, f"class:{town.ids['school1']}:А")
    assert attack.rows["n"], "the class itself is shown"
    assert sum(one is not Hidden.NO for one in answer.hidden) == 2, "the item and one that protects it"
    assert not worked_out_together(work, attack)


def test_the_attack_finds_what_simple_hiding_leaves_open(sqlite_engine: Engine) -> None:
    """The hammer is tried on the wall that stood here before: only classes of fewer than five are hidden."""
    town = build(sqlite_engine, {(1, "А"): 24, (1, "Б"): 22, (2, "А"): 25, (2, "Б"): 3})
    with reading(town.engine) as session:
        work = measured_work(session, Scope.local_administrator(), town.work).work
    attack = Attack([])
    foreign = [part.participants for part in work.classes]
    for unit in work.units:
        members = members_of(work, unit.key)
        if members @ foreign >= FEW:
            attack.learn("n", members, float(members @ foreign))
    assert attack.gives_away("n", np.eye(4)[3])


def test_a_neighbour_hides_the_small_class_and_says_why(sqlite_engine: Engine) -> None:
    town = build(sqlite_engine, {(1, "А"): 24, (1, "Б"): 22, (2, "А"): 25, (2, "Б"): 21, (2, "В"): 3})
    key = f"class:{town.ids['school2']}:"
    with reading(town.engine) as session:
        summaries = {one.unit.key: one for one in work_overview(session, town.everywhere(), town.work).units}
        assert summaries[f"{key}В"].hidden is Hidden.SMALL
        assert summaries[f"{key}Б"].hidden is Hidden.PROTECTING
        assert summaries[f"{key}А"].hidden is Hidden.NO
        assert summaries[f"organisation:{town.ids['school2']}"].participants == 49
        with pytest.raises(NotAllowed, match="вычитанием"):
            items_of_work(session, town.everywhere(), town.work, f"{key}Б")
        with pytest.raises(NotFound):
            field_detail(session, town.everywhere(), town.work, f"{key}Б", Kind.ELEMENT, "дроби")
        inside = work_overview(session, town.everywhere("school2"), town.work)
    assert all(one.hidden is Hidden.NO for one in inside.units)


def test_own_classes_protect_nobody(sqlite_engine: Engine) -> None:
    """Who knows all of their own school finds the only other class by subtraction from the municipality."""
    town = build(sqlite_engine, {(1, "А"): 24, (1, "Б"): 22, (2, "А"): 3})
    with reading(town.engine) as session:
        with pytest.raises(NotAllowed):
            work_overview(session, town.everywhere("school1"), town.work)
        own = work_overview(session, town.everywhere("school1"), town.work, f"organisation:{town.ids['school1']}")
        compared = compare_field(
            session, town.everywhere("school1"), town.work, f"organisation:{town.ids['school1']}", Kind.ELEMENT, "дроби"
        )
        (listed,) = list_works(session, town.everywhere("school1"))
    assert own.participants == 46
    assert own.above is None
    assert [row.hidden for row in compared] == [Hidden.PROTECTING]
    assert np.isnan(compared[0].facility)
    assert (listed.participants, listed.hidden) == (0, Hidden.PROTECTING)


@pytest.mark.parametrize("seed", range(6))
def test_groups_by_mark_give_no_small_group_away(sqlite_engine: Engine, seed: int) -> None:
    """Units × groups with totals: the results of a group of fewer than five pupils follow from no shown ones."""
    town = build(sqlite_engine, {(school, letter): 14 + 3 * school + seed for school in (1, 2, 3) for letter in "АБ"},
                 seed=seed + 50)
    attack = Attack([])
    with reading(town.engine) as session:
        work = measured_work(session, town.everywhere(), town.work).work
        for unit_key in (None, *(unit.key for unit in work.units)):
            look_at_unit(session, town.everywhere(), town, attack, work, unit_key)
    classes, groups = len(work.classes), 4
    of_class = np.repeat(np.arange(classes), [part.participants for part in work.classes])
    counts = np.array([[int(((work.groups == g) & (of_class == c)).sum()) for g in range(groups)]
                       for c in range(classes)])
    # The schools are the smallest units in which groups are shown outside the school.
    rows = [np.outer(members, np.ones(groups)).ravel() for members in attack.rows["n"]]
    for group in range(groups):
        rows += [np.outer(m, np.eye(groups)[group]).ravel() for m in attack.rows.get(f"group {group} item 0", ())]
    used = counts.ravel() > 0
    known = np.array(rows)[:, used]
    shown_groups = sum(len(attack.rows.get(f"group {group} item 0", ())) for group in range(groups))
    assert shown_groups, "groups of the municipality are shown"
    for unit in work.units:
        for group in range(groups):
            wanted = np.outer(members_of(work, unit.key), np.eye(groups)[group]).ravel()
            if not 0 < wanted @ counts.ravel() < FEW:
                continue
            solved, *_ = np.linalg.lstsq(known.T, wanted[used], rcond=None)
            assert not np.allclose(known.T @ solved, wanted[used], atol=1e-7), (unit.key, group)


def test_the_numbers_of_a_decision_are_not_read_by_outsiders(sqlite_engine: Engine) -> None:
    town = build(sqlite_engine, {(1, "А"): 24, (1, "Б"): 22, (2, "А"): 25, (2, "Б"): 21, (2, "В"): 3})
    unit = f"class:{town.ids['school2']}:В"
    with writing(town.engine, actor="Методист") as session:
        review = review_field(
            session, town.everywhere("school2"), assessment_id=town.work, unit=unit, kind=Kind.ELEMENT, key="дроби",
            state=ReviewState.CONFIRMED, cause="не хватило времени",
        )
    with reading(town.engine) as session:
        assert field_history(session, town.everywhere("school2"), review.id or 0)
        with pytest.raises(NotFound):
            field_history(session, town.everywhere(), review.id or 0)


def test_texts_for_people_outside_the_school_tell_what_they_may_see(sqlite_engine: Engine) -> None:
    town = build(sqlite_engine, {(1, "А"): 24, (1, "Б"): 22, (2, "А"): 25, (2, "Б"): 21, (2, "В"): 3})
    with reading(town.engine) as session:
        outside = Outside(session)
        told = {
            letter: outside.is_shown(town.work, f"class:{town.ids['school2']}:{letter}", Kind.ELEMENT, "дроби")
            for letter in "АБВГ"
        }
        gone = outside.is_shown(town.work + 1, "class:1:А", Kind.ELEMENT, "дроби")
    assert told == {"А": True, "Б": False, "В": False, "Г": True}
    assert gone


def test_the_tree_of_hiding_is_the_tree_of_units(sqlite_engine: Engine) -> None:
    town = build(sqlite_engine, random_town(3))
    with reading(town.engine) as session:
        work = measured_work(session, town.everywhere(), town.work).work
    parents = unit_parents(work.classes)
    assert set(parents) == {"", *(unit.key for unit in work.units)}
    assert all(parents[unit.key] == (unit.parents[0] if unit.parents else "") for unit in work.units)
    assert sum(MAXIMA) == int(work.maxima.sum())
