"""A model's stages with their states: what is there, what is missing, which door is next. Pure over marks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.cycle.derived import Marks
from core.cycle.marks import Mark, MarkState
from core.cycle.records import Input, ModelFile, Output, Stage


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
    """An input or output of a stage with its mark."""

    item: Input | Output
    mark: Mark


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage as it stands. `done` of `known` outputs are there; those that people alone know of are not counted."""

    stage: Stage
    state: StageState
    inputs: tuple[Checked, ...]
    outputs: tuple[Checked, ...]
    done: int
    known: int

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the outputs lack, as sentences, each once."""
        said = (one.mark.missing for one in self.outputs if one.mark.state is not MarkState.DONE)
        return tuple(dict.fromkeys(words for words in said if words))

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
        return next(
            (one for one in self.stages if one.state in (StageState.NOT_STARTED, StageState.RUNNING)), None
        )


def cycle_view(model: ModelFile, marks: Marks) -> CycleView:
    """Return the stages of the model with these marks."""
    return CycleView(tuple(_view(stage, marks) for stage in model.stages))


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


def _view(stage: Stage, marks: Marks) -> StageView:
    inputs = tuple(Checked(item, marks[item.derived]) for item in stage.inputs)
    outputs = tuple(Checked(item, marks[item.derived]) for item in stage.outputs)
    known = [one.mark.state for one in outputs if one.mark.state.counts]
    return StageView(
        stage, stage_state(tuple(one.mark for one in outputs)), inputs, outputs,
        sum(state is MarkState.DONE for state in known), len(known),
    )
