"""Files for training: works of the demo as people would receive, fill and correct them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from core.demo.filling import DEFAULT_SEED
from core.demo.marking import marks
from core.demo.municipality import DemoSchool, school_with
from core.demo.plans import recorded_plan
from core.demo.planted import MISSING
from core.demo.simulation import SimulatedClass, WorkPlan, simulate_work
from core.demo.workbooks.fisoko import write_individual_results
from core.demo.workbooks.form import write_collection_form
from core.demo.workbooks.protocol import write_protocol
from core.demo.workbooks.sheets import Value
from core.demo.works import YEARS, DemoWork, work_with

YEAR = YEARS[-1]
CORRECTED_CELLS = 4


def demo_files(directory: Path, seed: int = DEFAULT_SEED) -> tuple[Path, ...]:
    """Write five workbooks into the folder, which is made if need be; return their paths in this order.

    1. «Форма сбора» of the small school whose results have not come yet: fills the gap on the board.
    2. «Индивидуальные результаты» of all schools, as they are stored: an upload of several schools.
    3. The same report of one school with a few corrected scores: shows what would change.
    4. The ОГЭ protocol of one school with invented names and documents: they are dropped.
    5. «Форма сбора» with typical mistakes: is refused, each mistake with its place.

    The same seed gives the same bytes.
    """
    directory.mkdir(parents=True, exist_ok=True)
    return (
        _missing_form(directory, seed),
        _all_schools(directory, seed),
        _corrected_report(directory, seed),
        _protocol(directory, seed),
        _form_with_mistakes(directory, seed),
    )


def _missing_form(directory: Path, seed: int) -> Path:
    gap = next(one for one in MISSING if one.year == YEAR)
    plan, classes = _simulated(seed, gap.work, school_with(gap.school))
    return write_collection_form(directory / _form_name(gap.work), plan, classes)


def _all_schools(directory: Path, seed: int) -> Path:
    work = work_with("ВПР", "Математика", 5)
    plan, classes = _simulated(seed, work)
    return write_individual_results(directory / work.file_name(YEAR), work, YEAR, plan, classes)


def _corrected_report(directory: Path, seed: int) -> Path:
    work = work_with("ВПР", "Русский язык", 4)
    plan, classes = _simulated(seed, work, school_with("edu990101"))
    name = work.file_name(YEAR).replace(".xlsx", " (исправленный).xlsx")
    corrected = [_corrected(classes[0], plan), *classes[1:]]
    return write_individual_results(directory / name, work, YEAR, plan, corrected)


def _protocol(directory: Path, seed: int) -> Path:
    work = work_with("ОГЭ", "Математика", 9)
    plan, classes = _simulated(seed, work, school_with("edu990102"))
    return write_protocol(directory / work.file_name(YEAR), seed, work, YEAR, plan, classes)


def _form_with_mistakes(directory: Path, seed: int) -> Path:
    """Write a form with a score above the maximum, a word instead of a score, a repeated and a forgotten code."""
    work = work_with("ВПР", "Русский язык", 5)
    plan, classes = _simulated(seed, work, school_with("edu990105"))
    name = _form_name(work).replace(".xlsx", " (с ошибками).xlsx")
    first_code = classes[0].part.codes[0]
    changes: dict[tuple[int, int], Value] = {
        (2, 0): first_code, (4, 2): plan.items[0].max_score + 2, (6, 4): "верно", (8, 0): None,
    }
    return write_collection_form(directory / name, plan, classes, changes)


def _simulated(
    seed: int, work: DemoWork, school: DemoSchool | None = None
) -> tuple[WorkPlan, tuple[SimulatedClass, ...]]:
    """Return the plan and the classes of the newest year, of all schools or of one."""
    plan = recorded_plan(work, YEAR)
    classes = simulate_work(seed, work, YEAR, plan)
    return plan, tuple(one for one in classes if school in (None, one.school))


def _form_name(work: DemoWork) -> str:
    return f"Форма сбора результатов {work.subject} {work.grade} класс ВПР {YEAR}.xlsx"


def _corrected(one: SimulatedClass, plan: WorkPlan) -> SimulatedClass:
    """Return the class with one point more in a few cells that allow it, totals and marks to match."""
    scores = one.part.scores.copy()
    maxima = np.array([item.max_score for item in plan.items])
    places = np.argwhere((scores >= 0) & (scores < maxima))
    for row, column in places[:: max(len(places) // CORRECTED_CELLS, 1)][:CORRECTED_CELLS]:
        scores[row, column] += 1
    totals = scores.clip(min=0).sum(axis=1).astype(np.int16)
    return replace(
        one, part=replace(one.part, scores=scores, totals=totals, marks=marks(plan.scale, plan.items, scores))
    )
