"""Time of the computations behind one screen, for works of three sizes."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

from core.analysis import suppression
from core.analysis.fields import find_problem_fields
from core.analysis.items import item_statistics
from core.analysis.measuring import measure
from core.analysis.results import DEFAULT_KINDS
from core.analysis.sums import WorkSums, work_sums
from core.analysis.work import Unit, UnitLevel, Work
from tests.bench.works import made_work

_ABOVE_CLASSES = (UnitLevel.SCHOOL, UnitLevel.MUNICIPALITY, UnitLevel.REGION)
_UP_TO_TOWN = (UnitLevel.CLASS, UnitLevel.SCHOOL, UnitLevel.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class PageTime:
    """Milliseconds (best of the runs) behind one screen."""

    name: str
    participants: int
    items: float
    """Item statistics."""
    fields: float
    """Every unit against every key and the list of problem fields, from the sums."""
    sums: float
    """Making the sums and finding out what is hidden, needed once for each version of the data."""
    goal: float

    @property
    def line(self) -> str:
        """Return a line of the report; «доля цели» is the slower screen over the goal of design §10."""
        return (
            f"{self.name:<46}{self.participants:>8}{self.items:>10.2f}{self.fields:>10.2f}{self.sums:>10.2f}"
            f"{max(self.items, self.fields) / self.goal:>12.2f}"
        )


def page_times(runs: int = 15) -> list[PageTime]:
    """Return the times for a school, a municipality and a region.

    The region's screen shows schools and municipalities, not single classes. With twice the pupils in each class the
    time from the sums stays the same: that line is printed too.
    """
    plan = (
        ("школа: 4 класса, 15 заданий", made_work(1, 4), _UP_TO_TOWN, 1.0),
        ("муниципалитет: 8 школ, 24 класса", made_work(8, 24), _UP_TO_TOWN, 3.0),
        ("то же, классы вчетверо больше", made_work(8, 24, pupils=4), _UP_TO_TOWN, 3.0),
        ("муниципалитет, чужие и малые классы", made_work(8, 24, tiny=5), _UP_TO_TOWN, 3.0),
        ("регион: 40 муниципалитетов, 300 школ", made_work(300, 1000, 40), _ABOVE_CLASSES, 20.0),
        ("регион, чужие и малые классы", made_work(300, 1000, 40, tiny=10), _ABOVE_CLASSES, 20.0),
    )
    return [_page(name, work, levels, goal, runs) for name, work, levels, goal in plan]


def _page(name: str, work: Work, levels: tuple[UnitLevel, ...], goal: float, runs: int) -> PageTime:
    sums = work_sums(work, DEFAULT_KINDS)
    return PageTime(
        name, work.participants, _best(lambda: item_statistics(work.scores, work.maxima), runs),
        _best(lambda: _fields(work, sums, levels), runs), _best(lambda: _prepare(work), runs), goal,
    )


def _fields(work: Work, sums: WorkSums, levels: tuple[UnitLevel, ...]) -> None:
    find_problem_fields(work, measure(work, sums, levels))


def _prepare(work: Work) -> None:
    for kept in (suppression._hidden_units, suppression._parents, suppression._hidden_groups):
        kept.cache_clear()
    work.__dict__.pop("suppression", None)
    units: list[Unit | None] = [None]
    work.suppression.groups(units, work_sums(work, DEFAULT_KINDS).grouping.keys)


def _best(run: Callable[[], object], runs: int) -> float:
    """Return the best time in milliseconds; the least disturbed run says most of the computation itself."""
    run()
    gc.collect()
    best = float("inf")
    for _ in range(runs):
        begun = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begun)
    return 1000 * best


def table() -> str:
    """Return the report as text."""
    head = f"{'экран':<46}{'учеников':>8}{'задания':>10}{'поля':>10}{'суммы':>10}{'доля цели':>12}"
    return "\n".join([head, *(page.line for page in page_times())])
