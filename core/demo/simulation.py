"""One work of one year in all schools: scores, totals, marks, codes, as a recognised file would bring them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.blueprints.tables import BlueprintItem, MarkScale
from core.demo.marking import journal_marks, marks, test_scores
from core.demo.municipality import MUNICIPALITY, REGION, SCHOOLS, DemoSchool
from core.demo.planted import not_taught_items, planted_shifts
from core.demo.pupils import Roll, class_roll
from core.demo.scoring import Floats, ItemModel, build_model, draw_scores, lift_to_cuts
from core.demo.streams import Stream, generator
from core.demo.works import DemoWork
from core.intake.contract import ParsedClass, SchoolRef
from core.intake.matrix import NOT_ADMINISTERED, Scores

FACILITY_RANGE = (0.24, 0.92)
SLOPES = (1.0, 1.5)
YEARLY_DRIFT = 0.015


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """What a work of one year consists of: its blueprint's items in their order and its mark scale."""

    blueprint_id: int
    items: tuple[BlueprintItem, ...]
    scale: MarkScale


@dataclass(frozen=True, slots=True)
class SimulatedClass:
    """The work of one class and how many of its pupils were absent."""

    school: DemoSchool
    part: ParsedClass
    absent: int


def simulate_work(seed: int, work: DemoWork, year: int, plan: WorkPlan) -> tuple[SimulatedClass, ...]:
    """Return the classes of all schools that have the grade, schools and classes in their order.

    Planted weaknesses and topics not taught are in; results that never came are not left out here.
    """
    model = build_model(plan.items, *item_parameters(seed, work, year, plan.items))
    return tuple(found for school in SCHOOLS for found in _school(seed, work, year, plan, model, school))


def item_parameters(
    seed: int, work: DemoWork, year: int, items: Sequence[BlueprintItem]
) -> tuple[Floats, Floats]:
    """Return (target facilities, slopes) of the items; a work with the same number of items keeps them over years."""
    rng = generator(seed, Stream.ITEMS, work.number, len(items))
    base = np.array([work.facility[item.level.value if item.level else "Б"] for item in items])
    targets = base + rng.uniform(-work.spread, work.spread, len(items))
    targets += generator(seed, Stream.DRIFT, work.number, year).uniform(-YEARLY_DRIFT, YEARLY_DRIFT, len(items))
    return np.clip(targets, *FACILITY_RANGE), rng.uniform(*SLOPES, len(items))


def _school(
    seed: int, work: DemoWork, year: int, plan: WorkPlan, model: ItemModel, school: DemoSchool
) -> list[SimulatedClass]:
    names = school.class_names(work.grade)
    rolls = [class_roll(seed, school, work, year, name) for name in names]
    ends = np.cumsum([0, *(roll.size for roll in rolls)])
    found = []
    for index, (name, roll, (first, _)) in enumerate(zip(names, rolls, pairwise(ends), strict=True)):
        rng = generator(seed, Stream.ANSWERS, work.number, year, school.number, index)
        shifts = planted_shifts(work, year, school, name, plan.items)
        scores = draw_scores(model, roll.abilities, shifts, rng, skips=work.is_vpr)
        if school.heaps and work.is_vpr and work.grade <= 5:
            cuts = [cut for cut in (plan.scale.from_3, plan.scale.from_4) if cut is not None]
            lift_to_cuts(scores, model.maxima, cuts, rng)
        scores[:, not_taught_items(work, year, school, name, plan.items)] = NOT_ADMINISTERED
        expected = model.expected_share(roll.abilities)
        part = _parsed_class(work, school, name, roll, int(first), scores, expected, plan, rng)
        found.append(SimulatedClass(school, part, roll.absent))
    return found


def _parsed_class(
    work: DemoWork,
    school: DemoSchool,
    name: str,
    roll: Roll,
    first: int,
    scores: Scores,
    expected: Floats,
    plan: WorkPlan,
    rng: np.random.Generator,
) -> ParsedClass:
    totals = scores.clip(min=0).sum(axis=1).astype(np.int16)
    n = len(totals)
    return ParsedClass(
        school=SchoolRef(school.code, school.name, MUNICIPALITY.name, REGION.name),
        class_name=name,
        codes=_codes(work, school, first + roll.places),
        scores=scores,
        totals=totals,
        marks=marks(plan.scale, plan.items, scores),
        journal_marks=journal_marks(plan.scale, expected + school.leniency, rng)
        if work.is_vpr
        else np.zeros(n, dtype=np.int8),
        variants=rng.integers(1, 3, n).astype(np.int16) if work.is_vpr else np.zeros(n, dtype=np.int16),
        test_scores=test_scores(work, plan.scale, totals),
        rows=np.zeros(n, dtype=np.int32),
    )


def _codes(work: DemoWork, school: DemoSchool, numbers: NDArray[np.int64]) -> tuple[str, ...]:
    """Return the codes: in ВПР each school counts from <grade>0001, in examinations codes do not repeat in schools."""
    if work.is_vpr:
        return tuple(f"{work.grade}{number:04d}" for number in numbers)
    return tuple(f"{work.grade}{school.number:02d}{number:03d}" for number in numbers)
