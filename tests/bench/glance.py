"""Server time of the first screens on the demo and on a hundred schools, as a share of what design §10 allows.

Times are those of the processor, so that others at work on the machine do not count.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.cycle.derived import marks_by_unit, marks_of
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
    ("Муниципалитет", "glance/municipality.py"),
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
            found = [*_marks(engine, town), *_screens(engine)]
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


def _screens(engine: Engine) -> list[Row]:
    """Return the empty page, then each screen: kept answers, and the first look after somebody saved something."""
    rows = [_timed("Пустая страница", _page(_EMPTY).run)]
    for name, file in SCREENS:
        run = _page(file)
        rows.append(_timed(f"{name}: ответ сохранён", run.run))
        rows.append(_timed(f"{name}: первый раз после изменения данных", run.run, before=lambda: _change(engine)))
    return rows


def _page(file: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=120).run().switch_page(file).run()
    if run.exception:
        raise RuntimeError(f"{file}: {run.exception[0].value}")
    return run


def _change(engine: Engine) -> None:
    with engine.begin() as connection:
        grow_data_version(connection)


def _timed(name: str, work: Callable[[], object], before: Callable[[], None] | None = None) -> Row:
    times = []
    for _run in range(RUNS):
        if before is not None:
            before()
        begun = time.process_time()
        work()
        times.append(1000 * (time.process_time() - begun))
    return Row(name, float(np.median(times)), float(np.quantile(times, 0.95)))
