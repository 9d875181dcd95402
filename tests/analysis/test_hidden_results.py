"""An attacker who sees every screen of a work adds and subtracts all figures: no small group comes out.

The figures are taken from the answers of the use cases that screens show, never from the rules that hide them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.analysis.comparing import compare_field
from core.analysis.elements import Kind
from core.analysis.field_detail import field_detail, field_history
from core.analysis.groups import GroupResults
from core.analysis.mark_groups import mark_groups
from core.analysis.outside import Outside
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import items_of_work, measured_work, work_overview
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.analysis.work import UnitLevel, Work
from core.errors import NotAllowed, NotFound
from core.intake.history import completeness, list_uploads, list_works
from core.intake.matrix import NOT_ADMINISTERED
from core.intake.tables import ClassWork, Upload
from core.people.hidden_units import unit_parents
from core.people.scope import Scope
from core.people.suppression import Hidden
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import MAXIMA, add_organisations, add_plan, add_work, class_row, scope_of, simulated

KINDS = (Kind.ELEMENT, Kind.TASK_TYPE, Kind.LEVEL, Kind.ITEM)
FEW = 5
SIZES = (1, 2, 3, 4, 5, 6, 8, 12, 25, 30)


@dataclass
class Town:
    """A stored municipality: ids of organisations and of the work, sizes of the classes by (school, class)."""

    engine: Engine
    ids: dict[str, int]
    work: int
    schools: tuple[str, ...]

    def everywhere(self, *own: str) -> Scope:
        return scope_of(self.ids, "region", "town", *self.schools, own=own)


def build(engine: Engine, classes: dict[tuple[int, str], int], *, seed: int = 1, withheld: bool = False) -> Town:
    """Store the town with these classes; `withheld`: the fourth item was offered to three of the first class."""
    with writing(engine, actor="тест") as session:
        ids = add_organisations(session)
        schools = sorted({school for school, _ in classes})
        for number in schools:
            if f"school{number}" not in ids:
                unit = Organisation(code=f"school{number}", name=f"Школа № {number}", kind=OrganisationKind.SCHOOL)
                session.add(unit)
                session.flush()
                ids[f"school{number}"] = unit.id or 0
                session.add(OrganisationMembership(organisation_id=unit.id or 0, parent_id=ids["town"]))
        work = add_work(session, ids, plan_id=add_plan(session))
        upload = session.exec(select(Upload.id)).one()
        for row in session.exec(select(ClassWork)).all():
            session.delete(row)
        session.flush()
        for place, ((school, name), size) in enumerate(classes.items()):
            scores = simulated(size, 100 * seed + place)
            if withheld and place == 0:
                scores[3:, 3] = NOT_ADMINISTERED
            session.add(class_row(scores, name, ids[f"school{school}"], work, upload or 0))
    return Town(engine, ids, work, tuple(f"school{number}" for number in schools))


@dataclass
class Attack:
    """Linear equations over the unknown sums of every class (class × figure), gathered from what is shown."""

    classes: list[str]
    rows: dict[str, list[np.ndarray]] = field(default_factory=dict)
    values: dict[str, list[float]] = field(default_factory=dict)

    def learn(self, figure: str, members: np.ndarray, value: float) -> None:
        """Take in that the classes in `members` have `value` of `figure` together."""
        self.rows.setdefault(figure, []).append(members)
        self.values.setdefault(figure, []).append(value)

    def gives_away(self, figure: str, wanted: np.ndarray) -> bool:
        """Say whether the sum over the wanted classes follows from the equations."""
        if figure not in self.rows:
            return False
        known = np.array(self.rows[figure], dtype=np.float64)
        solved, *_ = np.linalg.lstsq(known.T, wanted.astype(np.float64), rcond=None)
        return bool(np.allclose(known.T @ solved, wanted, atol=1e-7))

    def range_of(self, figure: str, wanted: np.ndarray) -> tuple[float, float]:
        """Return the least and the greatest value that the equations allow for counts of people."""
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * wanted, A_eq=np.array(self.rows[figure]), b_eq=np.array(self.values[figure]), bounds=(1, 1000),
                method="highs",
            )
            assert answer.status == 0
            ends.append(sign * float(answer.fun))
        return ends[0], ends[1]


def members_of(work: Work, unit_key: str | None) -> np.ndarray:
    found = np.zeros(len(work.classes))
    unit = work.unit(unit_key) if unit_key else None
    found[list(unit.classes) if unit else range(len(work.classes))] = 1
    return found


def look_at_everything(session: Session, scope: Scope, town: Town) -> tuple[Work, Attack]:
    """Open every screen of the work with every filter, and write down every figure of it."""
    whole = measured_work(session, scope, town.work)
    work = whole.work
    attack = Attack([f"{part.school_id}{part.class_name}" for part in work.classes])
    for levels, kind in product((tuple(UnitLevel), (UnitLevel.CLASS,), (UnitLevel.SCHOOL,)), KINDS):
        measures = measured_work(session, scope, town.work, (kind,), levels).measures
        keys = [key.name for key in measures.sums.grouping.keys]
        for (row, unit), (column, key) in product(enumerate(measures.units), enumerate(keys)):
            if np.isnan(measures.estimates.facility[row, column]):
                assert np.isnan(measures.shrunken[row, column])
                continue
            members = members_of(work, unit.key)
            attack.learn(f"points {kind} {key}", members, float(measures.estimates.points[row, column]))
            attack.learn(f"n {kind} {key}", members, float(measures.estimates.participants[row, column]))
            if levels == tuple(UnitLevel) and kind in (Kind.ELEMENT, Kind.ITEM):
                _look_at_field(session, scope, town, attack, work, unit.key, kind, key)
    for unit_key in (None, *(unit.key for unit in work.units)):
        _look_at_unit(session, scope, town, attack, work, unit_key)
    for group in mark_groups(session, scope, town.work):
        assert group.hidden is Hidden.NO or np.isnan(group.shares).all()
    for one in problem_fields(session, scope, FieldFilter(with_every_possible=True)).fields:
        members = members_of(work, one.field.unit.key)
        attack.learn(f"n {one.field.kind} {one.field.key}", members, one.field.participants)
    _look_at_uploads(session, scope, town, attack, work)
    return work, attack


def _look_at_field(
    session: Session, scope: Scope, town: Town, attack: Attack, work: Work, unit: str, kind: Kind, key: str
) -> None:
    members = members_of(work, unit)
    detail = field_detail(session, scope, town.work, unit, kind, key)
    for item in detail.items:
        if not np.isnan(item.facility):
            most = item.traits.max_score
            attack.learn(f"points item {item.traits.code}", members, item.facility * item.participants * most)
    for row in compare_field(session, scope, town.work, unit, kind, key):
        parent = next((one for one in work.units if row.name == f"{one.name} ({one.level.words}), остальные"), None)
        if parent is not None and row.participants:
            attack.learn(f"n {kind} {key}", members_of(work, parent.key) - members, row.participants)


def _look_at_unit(
    session: Session, scope: Scope, town: Town, attack: Attack, work: Work, unit_key: str | None
) -> None:
    members = members_of(work, unit_key)
    try:
        overview = work_overview(session, scope, town.work, unit_key)
        items = items_of_work(session, scope, town.work, unit_key)
    except NotAllowed as refusal:
        assert "малой группы" in str(refusal) or "меньше 5" in str(refusal)
        return
    attack.learn("n", members, overview.participants)
    attack.learn("points", members, overview.distribution.mean.value * overview.participants)
    for mark, count in zip("2345", overview.marks.counts, strict=True):
        attack.learn(f"mark {mark}", members, count)
    for score, count in enumerate(overview.distribution.counts):
        attack.learn(f"score {score}", members, int(count))
    for code, points, n in zip((one.code for one in work.items), items.statistics.points, items.statistics.n,
                               strict=True):
        if n:
            attack.learn(f"points item {code}", members, float(points))
    _learn_groups(attack, work, items.groups, members)
    for one in overview.units:
        if one.participants is not None:
            attack.learn("n", members_of(work, one.unit.key), one.participants)
        else:
            assert one.hidden.words


def _learn_groups(attack: Attack, work: Work, groups: GroupResults, members: np.ndarray) -> None:
    for group, item in product(range(len(groups.labels)), range(len(work.items))):
        if not np.isnan(groups.facility[0, group, item]):
            attack.learn(f"group {group} item {item}", members, 1.0)


def _look_at_uploads(session: Session, scope: Scope, town: Town, attack: Attack, work: Work) -> None:
    (listed,) = list_works(session, scope)
    if not listed.hidden:
        attack.learn("n", members_of(work, None), listed.participants)
    for school, sent in completeness(session, scope, 2026).participants.items():
        if sent[town.work]:
            attack.learn("n", members_of(work, f"organisation:{school}"), sent[town.work])
    for upload in list_uploads(session, scope):
        if not upload.hidden:
            attack.learn("n", members_of(work, None), upload.participants)


def small_groups(work: Work) -> list[np.ndarray]:
    """Return every class that is small and not one's own."""
    return [
        np.eye(len(work.classes))[place]
        for place, part in enumerate(work.classes)
        if part.participants < FEW and not part.owned
    ]


def assert_nothing_comes_out(work: Work, attack: Attack) -> None:
    # Across figures too: items add up to the points of the work, items of a key to the key.
    for wanted in small_groups(work):
        for figure in attack.rows:
            assert not attack.gives_away(figure, wanted), figure
        if "n" in attack.rows:
            least, greatest = attack.range_of("n", wanted)
            assert least < FEW <= greatest, "the attacker knows how few they are"
    assert not _worked_out_together(work, attack)


def _worked_out_together(work: Work, attack: Attack) -> list[str]:
    """Return the small cells (class × item) that follow from points of items, keys and the whole work together."""
    classes, items = len(work.classes), len(work.items)
    codes = [one.code for one in work.items]
    known: list[np.ndarray] = []
    for figure, rows in attack.rows.items():
        for members in rows:
            if figure == "points":
                picked = np.ones(items)
            elif figure.startswith("points item "):
                picked = np.array([code == figure.removeprefix("points item ") for code in codes], dtype=float)
            elif figure.startswith("points "):
                _, kind, name = figure.split(" ", 2)
                picked = np.array([name in _names(one, kind) for one in work.items], dtype=float)
            else:
                continue
            known.append(np.outer(members, picked).ravel())
    if not known:
        return []
    matrix = np.array(known)
    found = []
    offered = np.add.reduceat(work.scores > NOT_ADMINISTERED, work.starts, axis=0)
    for place, item in product(range(classes), range(items)):
        if work.classes[place].owned or not 0 < offered[place, item] < FEW:
            continue
        wanted = np.zeros((classes, items))
        wanted[place, item] = 1
        solved, *_ = np.linalg.lstsq(matrix.T, wanted.ravel(), rcond=None)
        if np.allclose(matrix.T @ solved, wanted.ravel(), atol=1e-7):
            found.append(f"{attack.classes[place]} item {codes[item]}")
    return found


def _names(item, kind: str) -> tuple[str | None, ...]:
    level = {"Б": "базовый", "П": "повышенный"}.get(item.level, item.level)
    return {"element": item.elements, "task_type": (item.task_type,), "level": (level,)}[kind]


def random_town(seed: int) -> dict[tuple[int, str], int]:
    rng = np.random.default_rng(seed)
    return {
        (school, letter): int(rng.choice(SIZES))
        for school in range(1, int(rng.integers(2, 5)) + 1)
        for letter in "АБВ"[: rng.integers(1, 4)]
    }


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
    assert not _worked_out_together(work, attack)


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
            _look_at_unit(session, town.everywhere(), town, attack, work, unit_key)
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
