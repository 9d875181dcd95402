"""Twenty people edit one roadmap of a hundred measures at once: nothing is lost, nothing overwritten silently."""

from collections import Counter
from threading import Lock
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from core.planning.editing import save_measures
from core.planning.grid import save_grid
from core.planning.measures import MeasureRow, view_roadmap
from core.planning.moving import Step, move_step
from core.store.audit import CHANGED
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.history import history
from core.store.operations import run_once
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan, new_plan
from tests.store.threads import at_once

PEOPLE, MEASURES, EDITS = 20, 100, 12


@pytest.fixture
def hundred(engine: Engine) -> Plan:
    plan = new_plan(engine)
    plan.save(GridChanges(added=[{"title": f"Мероприятие {n}", "deadline_text": "октябрь"} for n in range(MEASURES)]))
    return plan


def snapshot(plan: Plan) -> list[MeasureRow]:
    with reading(plan.engine) as session:
        return list(view_roadmap(session, EVERYBODY, plan.roadmap_id, TODAY).rows)


def test_twenty_people_lose_nothing(hundred: Plan) -> None:
    """Each edits cells of their own and, in every third turn, one that all of them edit; saved as the screen does."""
    plan, lock = hundred, Lock()
    acknowledged: dict[tuple[int, str], list[str]] = {}
    conflicts: Counter[str] = Counter()
    first = snapshot(plan)

    def person(number: int) -> None:
        for turn in range(EDITS):
            shared = turn % 3 == 0
            row = first[turn] if shared else first[(number * 5 + turn) % MEASURES]
            field = "indicator" if shared else "expected_result"
            typed = f"{number}.{turn}"
            edit = CellEdit(row.id, row.version, field, typed, "")

            def work(session, edit: CellEdit = edit) -> dict[str, object]:
                outcome = save_grid(session, EVERYBODY, plan.roadmap_id, GridChanges([edit]))
                return {"saved": len(outcome.saved), "conflicts": len(outcome.conflicts)}

            result = run_once(plan.engine, uuid4().hex, f"Участник {number}", work)
            with lock:
                if result["saved"]:
                    acknowledged.setdefault((row.id, field), []).append(typed)
                else:
                    assert result["conflicts"] == 1
                    conflicts[field] += 1

    assert at_once(PEOPLE, person) == []
    last = {row.id: row for row in snapshot(plan)}
    for (row_id, field), typed in acknowledged.items():
        assert len(typed) == 1, "a second person was told of the first one's value instead of overwriting it"
        assert getattr(last[row_id], field) == typed[0]
    edits = sum(len(typed) for typed in acknowledged.values())
    assert edits + conflicts.total() == PEOPLE * EDITS
    with reading(plan.engine) as session:
        journal = [
            line for line in history(session, "measure", limit=5000)
            if line.action == CHANGED and line.field in ("indicator", "expected_result")
        ]
    assert len(journal) == edits


def test_moving_and_editing_at_once_keep_every_row(hundred: Plan) -> None:
    plan = hundred
    first = snapshot(plan)

    def person(number: int) -> None:
        for turn in range(4):
            row = first[number * 4 + turn]
            with writing(plan.engine, f"Участник {number}") as session:
                if number % 2:
                    edit = CellEdit(row.id, row.version, "title", f"{number}.{turn}", row.title)
                    assert save_measures(session, EVERYBODY, plan.roadmap_id, GridChanges([edit])).saved
                else:
                    move_step(session, EVERYBODY, plan.roadmap_id, row.id, Step.IN, row.version)

    assert at_once(PEOPLE, person) == []
    last = snapshot(plan)
    assert {row.id for row in last} == {row.id for row in first}
    assert sum(row.parent_id is not None for row in last) == PEOPLE // 2 * 4 - 1, "the very first row has nowhere to go"
    assert {f"{number}.{turn}" for number in range(1, PEOPLE, 2) for turn in range(4)} <= {row.title for row in last}


def test_the_same_save_twice_is_done_once(sqlite_plan: Plan) -> None:
    plan, operation = sqlite_plan, uuid4().hex

    def work(session) -> dict[str, object]:
        outcome = save_measures(session, EVERYBODY, plan.roadmap_id, GridChanges(added=[{"title": "А"}]))
        return {"rows": list(outcome.versions)}

    first = run_once(plan.engine, operation, "Петрова", work)
    assert run_once(plan.engine, operation, "Петрова", work) == first
    assert list(plan.numbers().values()) == ["А"]
