"""Server time of the first screens on the demo and on a hundred schools, as a share of what design §10 allows.

Times are those of the processor, so that others at work on the machine do not count.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sqlalchemy import Engine, func, update
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from core.cycle.closing import closing_state
from core.cycle.cycle_tables import Cycle, CycleState
from core.cycle.derived import marks_by_unit, marks_of
from core.intake.tables import ClassWork
from core.people.academic_year import year_on
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.store.data_version import grow_data_version
from core.store.engine import open_engine
from core.store.unit_of_work import reading
from core.store.upgrade import prepare_store
from tests.bench.hundred_schools import fill_demo_store, fill_hundred

RUNS = 15
SHELL = Path(__file__).resolve().parents[2] / "pages" / "shell.py"
SCREENS = (
    ("Обзор", "glance/overview.py"), ("Управленческий цикл", "glance/cycle.py"),
    ("Муниципалитет", "glance/municipality.py"), ("Проблемные поля", "analyse/problem_fields.py"),
)
_EMPTY = "manage/account.py"
GOAL_MS = 3 * 60.0
"""Switching to a screen with data: three times an empty page, which takes 60 ms at most (design §10)."""
_ALL = Scope.local_administrator()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report, in milliseconds."""

    name: str
    middle: float
    p95: float


def measure(fill: Callable[[Engine, Path], int]) -> list[Row]:
    """Return a line for each thing that people wait for, in a store filled so."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store")
        store.mkdir()
        url = f"sqlite:///{store / 'quality.db'}"
        with patch.dict(os.environ, {"QUALITY_STORE": str(store), "QUALITY_SIGN_IN": "off"}):
            engine = open_engine(url)
            prepare_store(engine)
            town = fill(engine, store)
            # As the server does after its start.
            gc.collect()
            gc.freeze()
            found = [*_marks(engine, town), *_closing(engine, town), *_screens(engine)]
            engine.dispose()
    return found


def table() -> str:
    """Return the report as text."""
    lines = []
    for name, fill in (("Учебный муниципалитет, 8 школ", fill_demo_store), ("100 школ", fill_hundred)):
        lines += [f"{name:<64}{'середина':>10}{'p95':>10}{'доля цели':>12}"]
        lines += [
            f"  {row.name:<62}{row.middle:>10.1f}{row.p95:>10.1f}{row.middle / GOAL_MS:>12.2f}" for row in measure(fill)
        ]
    return "\n".join([*lines, f"цель: переход на экран с данными за {GOAL_MS:.0f} мс"])


def _marks(engine: Engine, town: int) -> list[Row]:
    year = year_on(date.today())
    with reading(engine) as session:
        school = load_tree(session, _ALL).schools()[0].id or 0

    def one() -> None:
        with reading(engine) as session:
            marks_of(session, _ALL, school, year)

    def whole() -> None:
        with reading(engine) as session:
            marks_by_unit(session, _ALL, town, year)

    return [_timed("Отметки одной школы", one), _timed("Отметки муниципалитета и всех школ", whole)]


def _closing(engine: Engine, town: int) -> list[Row]:
    """Return how long the state of a closing takes: of the municipality's open cycle and of a school's."""
    with reading(engine) as session:
        opened = session.exec(select(Cycle).where(Cycle.state == CycleState.OPEN).order_by(col(Cycle.id))).all()
        asked = {one.organisation_id == town: one.id or 0 for one in opened}

    def state(cycle_id: int) -> None:
        with reading(engine) as session:
            closing_state(session, _ALL, cycle_id)

    names = {True: "Закрытие цикла муниципалитета", False: "Закрытие цикла одной школы"}
    return [_timed(names[is_whole], partial(state, key)) for is_whole, key in sorted(asked.items(), reverse=True)]


def _screens(engine: Engine) -> list[Row]:
    """Return the empty page, then each screen: kept answers, and the first look after somebody saved something."""
    rows = [_timed("Пустая страница", _page(_EMPTY).run)]
    for name, file in SCREENS:
        run = _page(file)
        rows.append(_timed(f"{name}: ответ сохранён", run.run))
        for said, change in _CHANGES.items():
            rows.append(_timed(f"{name}: {said}", run.run, before=partial(change, engine)))
    return rows


def _page(file: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=120).run().switch_page(file).run()
    if run.exception:
        raise RuntimeError(f"{file}: {run.exception[0].value}")
    return run


def _save_measure(engine: Engine) -> None:
    with engine.begin() as connection:
        grow_data_version(connection, ("measure", "measure_note"))


def _store_results(engine: Engine) -> None:
    """Change the results of one class, as an upload does."""
    with engine.begin() as connection:
        first = select(func.min(ClassWork.id)).scalar_subquery()
        connection.execute(update(ClassWork).where(col(ClassWork.id) == first).values(absent=ClassWork.absent + 1))
        grow_data_version(connection, ("upload", "class_work"))


def _change_anything(engine: Engine) -> None:
    with engine.begin() as connection:
        grow_data_version(connection)


_CHANGES: Mapping[str, Callable[[Engine], None]] = {
    "после отметки в дорожной карте": _save_measure,
    "после загрузки результатов класса": _store_results,
    "после изменения чего угодно": _change_anything,
}


def _timed(name: str, work: Callable[[], object], before: Callable[[], None] | None = None) -> Row:
    times = []
    for _run in range(RUNS):
        if before is not None:
            before()
        begun = time.process_time()
        work()
        times.append(1000 * (time.process_time() - begun))
    return Row(name, float(np.median(times)), float(np.quantile(times, 0.95)))
