"""An attacker who sees every screen of a work adds and subtracts all figures: no small group comes out.

The figures are taken from the answers of the use cases that screens show, never from the rules that hide them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import linprog
from sqlmodel import Session

from core.analysis.comparing import compare_field
from core.analysis.elements import Kind
from core.analysis.field_detail import field_detail
from core.analysis.groups import GroupResults
from core.analysis.mark_groups import mark_groups
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import items_of_work, measured_work, work_overview
from core.analysis.work import UnitLevel, Work
from core.errors import NotAllowed
from core.intake.history import completeness, list_uploads, list_works
from core.intake.matrix import NOT_ADMINISTERED
from core.people.scope import Scope
from core.people.suppression import Hidden
from tests.analysis.attacked_town import Town

KINDS = (Kind.ELEMENT, Kind.TASK_TYPE, Kind.LEVEL, Kind.ITEM)
FEW = 5


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
        look_at_unit(session, scope, town, attack, work, unit_key)
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


def look_at_unit(
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
    assert not worked_out_together(work, attack)


def worked_out_together(work: Work, attack: Attack) -> list[str]:
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
