"""ВПР «Форма сбора результатов», version 2026: prepared rows with formulas, absent pupils, lists of allowed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from core.demo.municipality import LETTERS
from core.demo.simulation import SimulatedClass, WorkPlan
from core.demo.workbooks.cells import item_header, score_cell
from core.demo.workbooks.sheets import SheetContent, Value, write_book
from core.workbooks.grid import column_letter

PREPARED_ROWS = 200
_CLASSES = 49
_AFTER = ("Порядковый номер класса", "Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов")


def write_collection_form(
    path: Path,
    plan: WorkPlan,
    classes: Sequence[SimulatedClass],
    changes: Mapping[tuple[int, int], Value] | None = None,
) -> Path:
    """Write the classes of one school as the form that it fills; return the path.

    `changes` puts other values into cells (row, column), both from 0, as a hurried hand would.
    """
    items = len(plan.items)
    header = ("Код участника", "Вариант", *map(item_header, plan.items), *_AFTER)
    rows: list[list[Value]] = [list(header), *(row for one in classes for row in _pupils(one))]
    for (row, column), value in (changes or {}).items():
        rows[row][column] = value
    last = column_letter(items + 1)
    shown = [_sum(row[2 : items + 2]) for row in rows] + [0] * (PREPARED_ROWS - len(rows))
    formulas = {
        (row, items + 4): (f"=SUM(C{row + 1}:{last}{row + 1})", shown[row]) for row in range(1, PREPARED_ROWS)
    }
    lists: list[Sequence[Value]] = [(1, 5), (2, 4), ("отсутствовал", 3), (None, 2), (None, "нет отметки")]
    return write_book(
        path,
        [
            SheetContent("Протокол", list(rows), formulas, {0: 14, items + 2: 16, items + 3: 24, items + 4: 14}, 0),
            SheetContent("Служебный", lists),
            SheetContent("Порядковый номер класса", [(number,) for number in range(1, _CLASSES + 1)]),
        ],
    )


def _pupils(one: SimulatedClass) -> list[list[Value]]:
    """Return the rows of a class: those who wrote the work, then the absent ones."""
    part = one.part
    number = LETTERS.index(part.class_name) + 1 if part.class_name else None
    found: list[list[Value]] = []
    for place, code in enumerate(part.codes):
        scores = [score_cell(int(score)) for score in part.scores[place]]
        mark: Value = int(part.journal_marks[place]) or "нет отметки"
        found.append([code, int(part.variants[place]), *scores, number, mark])
    blank: list[Value] = [None] * part.scores.shape[1]
    found.extend([code, "отсутствовал", *blank, number, None] for code in _absent_codes(one))
    return found


def _sum(cells: Sequence[Value]) -> int:
    """Return the sum as Excel computes it: texts count as nothing."""
    return sum(cell for cell in cells if isinstance(cell, int))


def _absent_codes(one: SimulatedClass) -> list[str]:
    """Return codes for the absent pupils: those that nobody of the class has, the lowest first."""
    taken = set(one.part.codes)
    first = int(min(taken))
    free = (str(code) for code in range(first, first + len(taken) + one.absent) if str(code) not in taken)
    return [code for code, _ in zip(free, range(one.absent), strict=False)]
