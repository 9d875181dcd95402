"""What the demo says of a cycle: model, days and people of its stages, marks by hand, acts of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.cycle.cycle_tables import HandState, RegulationKind, StageSide

REGISTER: Final = "https://example.org/dokumenty"
"""The demo's documents are invented; the name of this host is kept for examples."""


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """Days of a stage and who answers for it: in words, as the school's most experienced teacher of a subject, an
    association by its name."""

    number: str
    starts_on: date
    ends_on: date
    responsible: str
    teacher_of: str = ""
    association: str = ""


@dataclass(frozen=True, slots=True)
class HandMark:
    """What somebody said of an input or output, which the item's first words tell, and the link that proves it."""

    stage: str
    item: str
    state: HandState
    comment: str
    on: date
    by: str
    side: StageSide = StageSide.OUT
    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class DemoRegulation:
    """An act of the register; `answers` are the first words of the model's regulation that it is."""

    title: str
    kind: RegulationKind
    number: str
    adopted_by: str
    adopted_on: date
    valid_until: date | None = None
    answers: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class DemoCycle:
    """The cycle of an organisation (its code) in an academic year (its spring)."""

    unit: str
    model: str
    year: int
    opened_on: date
    opened_by: str
    stages: Sequence[PlannedStage]
    marks: Sequence[HandMark] = ()
    regulations: Sequence[DemoRegulation] = ()
