"""Stages of different models side by side: the six rooms of the product."""

from __future__ import annotations

import pytest

from core.cycle.marks import BY_HAND, CLOSED, Mark, MarkState
from core.cycle.models import model_by_code, models
from core.cycle.overview import StageState, cycle_view
from core.cycle.records import Derived, RoomName
from core.cycle.rooms import NO_STAGE, ROOM_OF, CycleRoom, by_room

DONE, MISSING = Mark(MarkState.DONE), Mark(MarkState.MISSING, "", "Ничего нет.")


def everywhere(mark: Mark, **others: Mark) -> dict[Derived, Mark]:
    return {one: others.get(one.name, BY_HAND if one is Derived.MANUAL else mark) for one in Derived}


def test_every_room_of_a_model_has_its_place():
    assert set(ROOM_OF) == set(RoomName)
    assert list(dict.fromkeys(ROOM_OF.values())) == list(CycleRoom)


@pytest.mark.parametrize("model", models(), ids=lambda one: one.code)
def test_no_stage_of_any_model_is_lost_or_told_twice(model):
    view = cycle_view(model.file, everywhere(DONE))
    rooms = by_room(view)
    assert [room.room for room in rooms] == list(CycleRoom)
    told = [stage.stage.number for room in rooms for stage in room.stages]
    assert sorted(told) == sorted(stage.number for stage in model.file.stages)
    assert all(room.state is StageState.DONE for room in rooms if room.stages)


def test_two_stages_of_one_room_are_one_state():
    model = model_by_code("sasovo-106").file
    view = cycle_view(model, everywhere(DONE, DEFICITS_COLLECTED=MISSING, SURVEYS_UPLOADED=MISSING))
    shared = [room for room in by_room(view) if len(room.stages) > 1]
    for room in shared:
        assert room.known == sum(stage.known for stage in room.stages)
        assert room.done == sum(stage.done for stage in room.stages)
    assert any(room.state is StageState.RUNNING and "Ничего нет." in room.missing for room in by_room(view))


def test_a_room_without_a_stage_says_so_and_a_closed_one_is_not_called_empty():
    model = model_by_code("zelenchuk").file
    plans = by_room(cycle_view(model, everywhere(MISSING)))[3]
    assert (plans.stages, plans.words, plans.numbers) == ((), NO_STAGE, "")
    assert {room.state for room in by_room(cycle_view(model, everywhere(CLOSED)))} == {StageState.UNKNOWN}
