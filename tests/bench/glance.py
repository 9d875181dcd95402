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
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sqlalchemy import Engine, func, update
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from core.analysis.threads import compute_in_one_thread
from core.cycle.closing import closing_state
from core.cycle.cycle_tables import Cycle, CycleState
from core.cycle.derived import marks_by_unit, marks_of
from core.intake.tables import ClassWork
from core.people.academic_year import year_on
from core.people.access import scope_for
from core.people.account_tables import Account, RoleGrant
from core.people.organisations import load_tree
from core.people.role_names import Role
from core.people.scope import Scope
from core.store.answers import forget_answers
from core.store.data_version import EVERY_TABLE, grow_data_version
from core.store.engine import open_engine
from core.store.unit_of_work import reading, writing
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
            compute_in_one_thread()
            gc.collect()
            gc.freeze()
            found = [
                *_marks(engine, town), *_closing(engine, town), *_screens(engine), *_overview_of_others(engine, town),
            ]
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

    return [
        _timed("Отметки одной школы", one, before=forget_answers),
        _timed("Отметки муниципалитета и всех школ", whole, before=forget_answers),
    ]


def _closing(engine: Engine, town: int) -> list[Row]:
    """Return how long the state of a closing takes: of the municipality's open cycle and of a school's."""
    with reading(engine) as session:
        opened = session.exec(select(Cycle).where(Cycle.state == CycleState.OPEN).order_by(col(Cycle.id))).all()
        asked = {one.organisation_id == town: one.id or 0 for one in opened}

    def state(cycle_id: int) -> None:
        with reading(engine) as session:
            closing_state(session, _ALL, cycle_id)

    names = {True: "Закрытие цикла муниципалитета", False: "Закрытие цикла одной школы"}
    return [
        _timed(names[is_whole], partial(state, key), before=forget_answers)
        for is_whole, key in sorted(asked.items(), reverse=True)
    ]


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


def _overview_of_others(engine: Engine, town: int) -> list[Row]:
    """Return how long the overview takes for specialists of the municipality: after a save, and when it is new to them.

    Each of them has rights of the same extent; for each the answers that depend on the person are worked out.
    """
    scopes = _specialists(engine, town, RUNS + 2)
    with patch("pages.widgets.session.current_scope") as current:
        current.return_value = scopes[0]
        run = _page("glance/overview.py")
        rows = [_timed("Обзор специалиста: ответ сохранён", run.run)]
        for said, change in _CHANGES.items():
            rows.append(_timed(f"Обзор специалиста: {said}", run.run, before=partial(change, engine)))
        others = iter(scopes[1:])
        rows.append(_timed(
            "Обзор специалиста: первый взгляд после коллег", run.run,
            before=lambda: setattr(current, "return_value", next(others)),
        ))
    return rows


def _specialists(engine: Engine, town: int, count: int) -> list[Scope]:
    """Make accounts of specialists of the municipality and return their scopes."""
    with writing(engine, "замер") as session:
        accounts = [Account(login=f"bench{number}", display_name=f"Специалист {number}") for number in range(count)]
        session.add_all(accounts)
        session.flush()
        session.add_all(
            RoleGrant(
                account_id=one.id or 0, role=Role.MUNICIPAL_SPECIALIST, organisation_id=town,
                valid_from=date.today() - timedelta(days=1),
            )
            for one in accounts
        )
        session.flush()
        return [scope_for(session, one) for one in accounts]


def save_measure(engine: Engine) -> None:
    """Let the versions grow as when somebody marks a measure."""
    _grow(engine, "measure")


def store_results(engine: Engine) -> None:
    """Change the results of one class, as an upload does."""
    with engine.begin() as connection:
        first = select(func.min(ClassWork.id)).scalar_subquery()
        connection.execute(update(ClassWork).where(col(ClassWork.id) == first).values(absent=ClassWork.absent + 1))
    _grow(engine, "upload", "assessment", "class_work")


def _save_teacher(engine: Engine) -> None:
    _grow(engine, "teacher", "employment")


def _replace_store(engine: Engine) -> None:
    """Let nothing that was worked out hold any more, as after a restored copy or a new start of the server."""
    _grow(engine, EVERY_TABLE)


def _grow(engine: Engine, *tables: str) -> None:
    with engine.begin() as connection:
        grow_data_version(connection, (*tables, "audit_entry"))


_CHANGES: Mapping[str, Callable[[Engine], None]] = {
    "после отметки в дорожной карте": save_measure,
    "после загрузки результатов класса": store_results,
    "после записи о педагоге": _save_teacher,
    "после восстановления копии": _replace_store,
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
