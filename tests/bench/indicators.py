"""The scorecard of a municipality of a hundred schools over five years, and a workbook of values for all of them."""

from __future__ import annotations

import gc
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session

from core.analysis.threads import compute_in_one_thread
from core.monitoring.passport_tables import IndicatorKind, Level
from core.monitoring.passports import list_passports, passports_of_year
from core.monitoring.scorecard import scorecard
from core.monitoring.seeding import seed_indicators
from core.monitoring.value_files import preview_values, store_values, values_template
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.people.list_files import rows_of_file
from core.people.organisations import create_organisation
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.store.answers import forget_answers
from core.store.audit import insert_created
from core.store.engine import default_engine, open_engine
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store
from tests.bench.indicator_page import WAYS, opened, standing_in

SCHOOLS, YEARS, RUNS = 100, (2024, 2025, 2026, 2027, 2028), 20
GOAL_MS = 300.0
_ALL = Scope.local_administrator()
_TODAY = date(2028, 12, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report; times in milliseconds."""

    name: str
    best: float
    middle: float
    p95: float
    cpu: float
    """Middle of the processor's time, which a busy machine stretches less."""


def measure() -> list[Row]:
    """Return a line for each thing that people wait for."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder, 'quality.db')}")
        prepare_store(engine)
        town = _filled(engine)
        # As the server does when it has started: what stays for good is not looked through again and again.
        compute_in_one_thread()
        gc.collect()
        gc.freeze()
        found = _measured(engine, town)
        with standing_in(Path(folder)):
            found[4:4] = [_timed(f"Экран целиком: «{way}»", opened(YEARS[-2], way), 10) for way in WAYS]
            default_engine().dispose()
        engine.dispose()
    return found


def table() -> str:
    """Return the report as text."""
    head = f"{'':<74}{'лучшее':>10}{'середина':>10}{'p95':>10}{'процессор':>11}"
    rows = [
        f"{row.name:<74}{row.best:>10.1f}{row.middle:>10.1f}{row.p95:>10.1f}{row.cpu:>11.1f}" for row in measure()
    ]
    return "\n".join([head, *rows, f"цель: p95 страницы не больше {GOAL_MS:.0f} мс"])


def _measured(engine: Engine, town: int) -> list[Row]:
    def read(years: tuple[int, ...], codes: tuple[str, ...], children: bool) -> Callable[[], object]:
        def run() -> object:
            forget_answers()
            with reading(engine) as session:
                return scorecard(session, _ALL, town, years, codes, children, _TODAY)

        return run

    with reading(engine) as session:
        content = values_template(session, _ALL, town, YEARS[-1])
        passports = passports_of_year(list_passports(session, _ALL), YEARS[-1]).values()
    largest, _count = Counter(one.goal for one in passports).most_common(1)[0]
    goal = tuple(one.code for one in passports if one.goal == largest)
    rows = rows_of_file(content, "показатели.xlsx")
    return [
        _timed("Табло муниципалитета: все показатели, 3 года", read(YEARS[-3:], (), False)),
        _timed("Табло муниципалитета: все показатели, 5 лет", read(YEARS, (), False)),
        _timed("Один показатель: муниципалитет и 100 школ, 5 лет", read(YEARS, ("П42.1",), True)),
        _timed("Один год: муниципалитет и 100 школ × показатели одной цели", read(YEARS[-1:], goal, True)),
        _timed("Всё сразу: 100 школ × все показатели × 5 лет", read(YEARS, (), True), 10),
        _timed("Книга значений на 100 школ: прочитать", lambda: rows_of_file(content, "показатели.xlsx"), 5),
        _timed("Книга значений на 100 школ: проверить и сохранить одно изменение в строке",
               lambda: _upload(engine, town, rows), 10),
    ]


def _upload(engine: Engine, town: int, rows: Sequence[Sequence[object]]) -> None:
    """Change the comment of every row and take the workbook over."""
    stamp = f"{time.perf_counter()}"
    header = next(number for number, row in enumerate(rows) if "Комментарий" in row)
    place = rows[header].index("Комментарий")
    changed = [
        [*row[:place], stamp, *row[place + 1 :]] if number > header else list(row) for number, row in enumerate(rows)
    ]
    with writing(engine, "замер") as session:
        store_values(session, _ALL, preview_values(session, _ALL, town, YEARS[-1], changed))


def _timed(name: str, work: Callable[[], object], runs: int = RUNS) -> Row:
    times, cpu = [], []
    for _run in range(runs):
        begun, worked = time.perf_counter(), time.process_time()
        work()
        times.append(1000 * (time.perf_counter() - begun))
        cpu.append(1000 * (time.process_time() - worked))
    return Row(name, min(times), float(np.median(times)), float(np.quantile(times, 0.95)), float(np.median(cpu)))


def _filled(engine: Engine) -> int:
    """Store the municipality with accepted values, the last year still open; return its id."""
    rng = np.random.default_rng(7)
    with writing(engine, "замер") as session:
        seed_indicators(session)
        town = create_organisation(session, _ALL, code="bench", name="Район", kind=OrganisationKind.MUNICIPALITY)
        schools = [
            create_organisation(
                session, _ALL, code=f"bench{number}", name=f"Школа № {number}", kind=OrganisationKind.SCHOOL,
                parent_id=town.id,
            ).id or 0
            for number in range(1, SCHOOLS + 1)
        ]
        insert_created(session, IndicatorValue, list(_values(session, schools, rng)))
        return town.id or 0


def _values(session: Session, schools: list[int], rng: np.random.Generator) -> list[dict[str, object]]:
    at = datetime(2026, 6, 20, 9, tzinfo=UTC)
    found = []
    for year in YEARS:
        accepted = year < YEARS[-1]
        for passport in list_passports(session, _ALL):
            if passport.level is Level.MUNICIPALITY:
                continue
            for school in schools:
                whole = float(rng.integers(20, 60))
                row = IndicatorValue(
                    organisation_id=school, code=passport.code, year=year, numerator=float(rng.integers(0, 20)),
                    denominator=whole, fact=1.0 if passport.kind is IndicatorKind.DOCUMENT else None, plan=50.0,
                )
                if passport.kind in (IndicatorKind.DOCUMENT, IndicatorKind.NUMBER):
                    row.numerator = row.denominator = None
                    row.fact = 1.0
                if accepted:
                    row.state, row.accepted_at = ValueState.LOCKED, at
                    row.accepted_numerator, row.accepted_denominator = row.numerator, row.denominator
                    row.accepted_fact = row.fact
                found.append(row.model_dump(exclude={"id"}))
    return found
