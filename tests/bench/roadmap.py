"""Twenty people edit one roadmap of a hundred measures at once: how long saving a cell takes, and what is lost."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Barrier, Lock, Thread
from uuid import uuid4

from sqlalchemy import Engine
from sqlmodel import Session

from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.planning.editing import save_measures
from core.planning.measures import MeasureRow, view_roadmap
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.store.edits import CellEdit
from core.store.engine import open_engine
from core.store.grid_changes import GridChanges
from core.store.operations import run_once
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store

_SCOPE = Scope.local_administrator()
_DAY = date(2026, 11, 22)
PEOPLE, MEASURES, EDITS = 20, 100, 15
PACES = (("каждый пишет примерно раз в секунду", 1.0), ("каждый пишет без перерыва", 0.0))
GOAL_MS = 200.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report; times in milliseconds."""

    name: str
    middle: float
    p95: float
    lost: int
    opening: float


def measure() -> list[Row]:
    """Return a line for each pace."""
    return [_at_pace(name, pause) for name, pause in PACES]


def table() -> str:
    """Return the report as text."""
    head = f"{'':<40}{'середина':>10}{'p95':>8}{'потеряно':>10}{'открыть карту':>15}"
    rows = [f"{row.name:<40}{row.middle:>10.1f}{row.p95:>8.1f}{row.lost:>10}{row.opening:>15.1f}" for row in measure()]
    return "\n".join([head, *rows, f"цель: p95 не больше {GOAL_MS:.0f} мс, потеряно 0"])


def _at_pace(name: str, pause: float) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'quality.db'}")
        prepare_store(engine)
        roadmap_id = _filled(engine)
        first = _rows(engine, roadmap_id)
        times, expected = _everybody(engine, roadmap_id, first, pause)
        began = time.perf_counter()
        last = {row.id: row for row in _rows(engine, roadmap_id)}
        opening = 1000 * (time.perf_counter() - began)
        engine.dispose()
    lost = sum(last[row_id].expected_result != text for row_id, text in expected.items())
    p95 = statistics.quantiles(times, n=20)[-1]
    return Row(name, statistics.median(times), p95, lost, opening)


def _everybody(
    engine: Engine, roadmap_id: int, rows: list[MeasureRow], pause: float
) -> tuple[list[float], dict[int, str]]:
    """Let all people write into rows of their own; return the times and what each row must hold at the end."""
    barrier, lock = Barrier(PEOPLE), Lock()
    times: list[float] = []
    expected: dict[int, str] = {}

    def person(number: int) -> None:
        own = rows[number * (MEASURES // PEOPLE) : (number + 1) * (MEASURES // PEOPLE)]
        versions = {row.id: (row.version, row.expected_result) for row in own}
        chance = random.Random(number)
        barrier.wait()
        for turn in range(EDITS):
            time.sleep(pause * chance.uniform(0.5, 1.5))
            row = own[turn % len(own)]
            version, seen = versions[row.id]
            edit = CellEdit(row.id, version, "expected_result", f"{number}.{turn}", seen)
            began = time.perf_counter()
            version = _save(engine, roadmap_id, edit, f"Участник {number}")
            spent = 1000 * (time.perf_counter() - began)
            versions[row.id] = version, f"{number}.{turn}"
            with lock:
                times.append(spent)
                expected[row.id] = f"{number}.{turn}"

    threads = [Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, expected


def _save(engine: Engine, roadmap_id: int, edit: CellEdit, actor: str) -> int:
    """Save one cell as a screen does and return the row's new version."""

    def work(session: Session) -> dict[str, object]:
        outcome = save_measures(session, _SCOPE, roadmap_id, GridChanges([edit]))
        return {"version": outcome.versions[edit.row_id]}

    version = run_once(engine, uuid4().hex, actor, work)["version"]
    assert isinstance(version, int)
    return version


def _filled(engine: Engine) -> int:
    with writing(engine, "подготовка") as session:
        school = Organisation(code="1", name="Школа", kind=OrganisationKind.SCHOOL)
        session.add(school)
        session.flush()
        draft = RoadmapDraft(school.id or 0, "Дорожная карта", date(2026, 9, 1), date(2027, 5, 31))
        roadmap = create_roadmap(session, _SCOPE, draft)
        rows: list[dict[str, object]] = [
            {"title": f"Мероприятие {number}", "deadline_text": "ежегодно, октябрь"} for number in range(MEASURES)
        ]
        save_measures(session, _SCOPE, roadmap.id or 0, GridChanges(added=rows))
        return roadmap.id or 0


def _rows(engine: Engine, roadmap_id: int) -> list[MeasureRow]:
    with reading(engine) as session:
        return list(view_roadmap(session, _SCOPE, roadmap_id, _DAY).rows)
