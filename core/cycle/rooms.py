"""Stages of any model by the six rooms of the product, so that organisations on different models stand side by side.

A model may have two stages in one room (results and diagnostics are analysed apart) and none in another. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.cycle.marks import MarkState
from core.cycle.overview import CycleView, StageState, StageView, stage_state
from core.cycle.records import RoomName


class CycleRoom(StrEnum):
    """A stage of the cycle as the product has it; the value is what the user reads."""

    DATA = "Сбор данных"
    ANALYSIS = "Анализ"
    PRACTICE = "Опыт"
    PLANS = "Рекомендации и карты"
    HELP = "Помощь педагогам"
    MONITORING = "Мониторинг"


ROOM_OF: Mapping[RoomName, CycleRoom] = {
    RoomName.INTAKE: CycleRoom.DATA,
    RoomName.ANALYSIS: CycleRoom.ANALYSIS,
    RoomName.DIAGNOSTICS: CycleRoom.ANALYSIS,
    RoomName.PRACTICE: CycleRoom.PRACTICE,
    RoomName.PLANNING: CycleRoom.PLANS,
    RoomName.SUPPORT: CycleRoom.HELP,
    RoomName.MONITORING: CycleRoom.MONITORING,
}

NO_STAGE = "– нет в модели"
"""What stands where a model has no stage in a room."""


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as it stands in an organisation: `done` of `known` outputs of its stages are there."""

    room: CycleRoom
    stages: tuple[StageView, ...]
    """Stages of the model that are worked on in the room; empty where the model has none."""
    state: StageState
    done: int
    known: int

    @property
    def words(self) -> str:
        """Return sign and word of the state; that the model has no such stage, where it has none."""
        return self.state.words if self.stages else NO_STAGE

    @property
    def numbers(self) -> str:
        """Return «2 из 3»; "" where nothing is known."""
        return f"{self.done} из {self.known}" if self.known else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the stages lack, as sentences, each once."""
        return tuple(dict.fromkeys(words for stage in self.stages for words in stage.missing))

    @property
    def is_overdue(self) -> bool:
        """Say whether the last day of a stage has passed and something is missing."""
        return any(stage.is_overdue for stage in self.stages)


def by_room(view: CycleView) -> tuple[RoomView, ...]:
    """Return the six rooms in their order with the stages of a model in each."""
    return tuple(
        _room(room, tuple(stage for stage in view.stages if ROOM_OF[stage.stage.room] is room)) for room in CycleRoom
    )


def _room(room: CycleRoom, stages: tuple[StageView, ...]) -> RoomView:
    marks = tuple(output.mark for stage in stages for output in stage.outputs)
    known = [mark.state for mark in marks if mark.state.counts]
    return RoomView(room, stages, stage_state(marks), sum(one is MarkState.DONE for one in known), len(known))
