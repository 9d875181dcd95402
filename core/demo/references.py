"""Aggregated reports of ВПР for comparison: the whole sample, the region, the municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.demo.marking import marks
from core.demo.municipality import MUNICIPALITY, REGION
from core.demo.scoring import build_model, draw_scores
from core.demo.simulation import SimulatedClass, WorkPlan, item_parameters
from core.demo.streams import Stream, generator
from core.demo.works import DemoWork
from core.intake.matrix import NOT_ADMINISTERED, Scores

SAMPLE = 3000
"""How many simulated pupils stand for a region or the country."""


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A group of participants of a report. `ability` is its mean in logits; None: the municipality's own classes."""

    name: str
    level: Literal["country", "region", "municipality"]
    code: str | None
    schools: int | None
    participants: int | None
    ability: float | None


GROUPS = (
    DemoGroup("Вся выборка", "country", None, 35_400, 1_312_000, 0.08),
    DemoGroup(REGION.name, "region", REGION.code, 268, 9_870, 0.03),
    DemoGroup(MUNICIPALITY.name, "municipality", MUNICIPALITY.code, None, None, None),
)


@dataclass(frozen=True, slots=True)
class GroupNumbers:
    """One group's numbers in per cent: facility by item code, marks by «2»…«5»."""

    group: DemoGroup
    schools: int
    participants: int
    items: dict[str, float]
    marks: dict[str, float]


def group_numbers(
    seed: int, work: DemoWork, year: int, plan: WorkPlan, classes: Sequence[SimulatedClass]
) -> tuple[GroupNumbers, ...]:
    """Return the numbers of all groups for a ВПР; planted weaknesses are the municipality's own."""
    model = build_model(plan.items, *item_parameters(seed, work, year, plan.items))
    found = []
    for number, group in enumerate(GROUPS):
        if group.ability is None:
            scores = np.vstack([one.part.scores for one in classes])
            schools = len({one.school.code for one in classes})
        else:
            rng = generator(seed, Stream.REFERENCE, work.number, year, number)
            abilities = rng.normal(group.ability, 1.0, SAMPLE)
            scores = draw_scores(model, abilities, np.zeros(len(plan.items)), rng, skips=True)
            schools = group.schools or 0
        found.append(_numbers(group, plan, scores, schools, group.participants or len(scores)))
    return tuple(found)


def _numbers(group: DemoGroup, plan: WorkPlan, scores: Scores, schools: int, participants: int) -> GroupNumbers:
    maxima = np.array([item.max_score for item in plan.items])
    offered = (scores != NOT_ADMINISTERED).sum(axis=0)
    facility = 100 * scores.clip(min=0).sum(axis=0, dtype=np.int64) / (offered * maxima)
    given = marks(plan.scale, plan.items, scores)
    return GroupNumbers(
        group, schools, participants,
        {item.code: round(float(share), 2) for item, share in zip(plan.items, facility, strict=True)},
        {str(mark): round(100 * float((given == mark).mean()), 2) for mark in (2, 3, 4, 5)},
    )
