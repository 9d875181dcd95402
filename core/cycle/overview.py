"""A model's stages with their states: what is there, what is missing, which door is next. Pure over marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.cycle.cycle_tables import StageSide
from core.cycle.derived import Marks
from core.cycle.hand_words import beside, with_hand
from core.cycle.marks import Mark, MarkState
from core.cycle.opened import HandMark, OpenedCycle, StagePlan
from core.cycle.records import Derived, Input, ModelFile, Output, Source, Stage
from core.cycle.sources import SourceCount, mark_of_sources


class StageState(StrEnum):
    """How far a stage is; the value is what the user reads."""

    NOT_STARTED = "не начат"
    RUNNING = "идёт"
    DONE = "сделано"
    UNKNOWN = "не видно"

    @property
    def sign(self) -> str:
        """Return the sign that stands beside the word."""
        return {"не начат": "○", "идёт": "◐", "сделано": "●", "не видно": "–"}[self.value]

    @property
    def words(self) -> str:
        """Return sign and word."""
        return f"{self.sign} {self.value}"


@dataclass(frozen=True, slots=True)
class Checked:
    """An input or output of a stage with its mark, and what people say of it in an opened cycle."""

    item: Input | Output
    mark: Mark
    side: StageSide
    hand: HandMark | None = None

    @property
    def beside(self) -> str:
        """Return what people say beside the records; "" where nothing, or where their mark is the state itself."""
        return "" if self.hand is None or self.item.derived is Derived.MANUAL else beside(self.hand)


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage as it stands. `done` of `known` outputs are there.

    What people alone know of counts in an opened cycle only, where they mark it; `plan` says when the stage lies.
    """

    stage: Stage
    state: StageState
    inputs: tuple[Checked, ...]
    outputs: tuple[Checked, ...]
    done: int
    known: int
    plan: StagePlan | None = None
    is_overdue: bool = False
    """Its last day has passed and something is missing."""

    @property
    def is_open(self) -> bool:
        """Say whether there is something to do."""
        return self.state in (StageState.NOT_STARTED, StageState.RUNNING)

    @property
    def who(self) -> str:
        """Return who answers for it: as the opened cycle says, else in the words of the model."""
        return (self.plan.who if self.plan is not None else "") or "; ".join(self.stage.responsible)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the outputs lack, as sentences, each once."""
        said = (one.mark.missing for one in self.outputs if one.mark.state is not MarkState.DONE)
        return tuple(dict.fromkeys(words for words in said if words))

    @property
    def waits_for_people(self) -> bool:
        """Say whether the next thing that is not there is one that people mark in an opened cycle."""
        rest = (one for one in self.outputs if one.mark.state in (MarkState.MISSING, MarkState.PART))
        following = next(rest, None)
        return self.plan is not None and following is not None and following.item.derived is Derived.MANUAL

    @property
    def door(self) -> str:
        """Return the address of the screen where the next thing is done: of the first output that is not there."""
        rest = (one for one in self.outputs if one.mark.state in (MarkState.MISSING, MarkState.PART))
        return next((one.item.screens[0] for one in rest), self.stage.screens[0])


@dataclass(frozen=True, slots=True)
class CycleView:
    """A model as it stands in an organisation and a year."""

    stages: tuple[StageView, ...]

    @property
    def finished(self) -> int:
        """Return how many stages are done."""
        return sum(one.state is StageState.DONE for one in self.stages)

    @property
    def next_stage(self) -> StageView | None:
        """Return the first stage with something to do; None when all is done."""
        return next((one for one in self.stages if one.is_open), None)

    @property
    def overdue(self) -> tuple[StageView, ...]:
        """Return the stages that are overdue."""
        return tuple(one for one in self.stages if one.is_overdue)


def cycle_view(
    model: ModelFile, marks: Marks, opened: OpenedCycle | None = None, today: date | None = None,
    sources: Mapping[Source, SourceCount] | None = None,
) -> CycleView:
    """Return the stages of the model with these marks; with an opened cycle its days and what people marked in it.

    With `sources`, inputs that name only some of the records are marked from those.
    """
    day = today or date.today()
    return CycleView(tuple(_view(stage, marks, opened, day, sources) for stage in model.stages))


def stage_state(marks: tuple[Mark, ...]) -> StageState:
    """Return the state that follows from the marks of the outputs.

    Done: everything that the system knows of is there. Not started: nothing of it. Unknown: the actor sees none.
    """
    known = [mark.state for mark in marks if mark.state.counts]
    if not known:
        return StageState.UNKNOWN
    if all(state is MarkState.DONE for state in known):
        return StageState.DONE
    if all(state is MarkState.MISSING for state in known):
        return StageState.NOT_STARTED
    return StageState.RUNNING


def _view(
    stage: Stage, marks: Marks, opened: OpenedCycle | None, day: date, sources: Mapping[Source, SourceCount] | None
) -> StageView:
    inputs = tuple(
        _checked(
            stage.number, StageSide.IN, item,
            marks[item.derived] if sources is None else mark_of_sources(item, marks[item.derived], sources), opened,
        )
        for item in stage.inputs
    )
    outputs = tuple(_checked(stage.number, StageSide.OUT, item, marks[item.derived], opened) for item in stage.outputs)
    known = [one.mark.state for one in outputs if one.mark.state.counts]
    state = stage_state(tuple(one.mark for one in outputs))
    plan = opened.stage(stage.number) if opened is not None else None
    rest = state in (StageState.NOT_STARTED, StageState.RUNNING)
    is_overdue = opened is not None and opened.is_open and plan is not None and plan.ends_on < day and rest
    return StageView(
        stage, state, inputs, outputs, sum(state is MarkState.DONE for state in known), len(known), plan, is_overdue
    )


def _checked(
    number: str, side: StageSide, item: Input | Output, mark: Mark, opened: OpenedCycle | None
) -> Checked:
    if opened is None:
        return Checked(item, mark, side)
    hand = opened.mark(number, side, item.name)
    return Checked(item, with_hand(mark, hand, item.name, must_be_marked=side is StageSide.OUT), side, hand)
