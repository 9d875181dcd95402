"""The ring of the cycle: a segment a stage, its sign and word beside the colour, readable texts."""

from __future__ import annotations

import math
from itertools import pairwise

from core.charts.cycle_ring import STAGE_TONES, RingStage, cycle_ring, stage_badge
from core.charts.kept import spec_of
from core.charts.palette import STATUS_STYLES
from core.charts.png import chart_png
from core.cycle.overview import StageState

STAGES = [
    RingStage(str(number), f"Этап {number}", state, "1 из 2", "")
    for number, state in enumerate((*StageState, StageState.DONE, StageState.RUNNING), start=1)
]


def values(stages: list[RingStage]) -> list[dict[str, object]]:
    spec = spec_of(cycle_ring(stages, "2026/2027\nсделано 2\nиз 6 этапов"))
    return spec["datasets"][spec["layer"][0]["data"]["name"]]


def test_segments_go_round_once_in_order_with_number_sign_and_word():
    rows = values(STAGES)
    assert [row["text"] for row in rows[:3]] == ["1\n○\nне начат", "2\n◐\nидёт", "3\n●\nсделано"]
    assert rows[0]["from"] == 0 and math.isclose(float(rows[-1]["to"]), 2 * math.pi)
    assert all(math.isclose(float(one["to"]), float(two["from"])) for one, two in pairwise(rows))


def test_every_state_has_a_ground_of_its_own_and_a_sign_of_its_own():
    assert len({STATUS_STYLES[STAGE_TONES[state]].ground for state in StageState}) == len(StageState)
    assert len({state.sign for state in StageState}) == len(StageState)
    assert stage_badge(StageState.DONE) == "blue"


def test_the_ring_becomes_a_picture_whatever_the_number_of_stages():
    for count in (5, 6):
        assert chart_png(cycle_ring(STAGES[:count], "сделано"), "Цикл").startswith(b"\x89PNG")
