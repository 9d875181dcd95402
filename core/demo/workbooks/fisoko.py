"""ФИС ОКО «Индивидуальные результаты»: one row a pupil under a section row for each school."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.demo.municipality import MUNICIPALITY
from core.demo.simulation import SimulatedClass, WorkPlan
from core.demo.workbooks.cells import item_header, score_cell
from core.demo.workbooks.sheets import SheetContent, Value, write_book
from core.demo.works import DemoWork

_BEFORE = ("ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант")
_AFTER = ("Первичный балл", "Отметка", "Отметка по журналу")


def write_individual_results(
    path: Path, work: DemoWork, year: int, plan: WorkPlan, classes: Sequence[SimulatedClass]
) -> Path:
    """Write the classes, which stand school by school, as the report of ФИС ОКО; return the path."""
    levels = [item.level.value if item.level else None for item in plan.items]
    rows: list[Sequence[Value]] = [
        ("Индивидуальные результаты",),
        (),
        (f"ВПР {year} {work.subject} {work.grade} класс",),
        ("Предмет:", work.subject),
        ("Максимальный первичный балл:", sum(item.max_score for item in plan.items)),
        ("Дата:", f"{work.days[year]:%d.%m.%Y}"),
        (None, None, "Уровень сложности задания", None, None, None, *levels),
        (*_BEFORE, *map(item_header, plan.items), *_AFTER),
    ]
    for code in dict.fromkeys(one.school.code for one in classes):
        own = [one for one in classes if one.school.code == code]
        count = sum(len(one.part.codes) for one in own)
        rows.append((f"{own[0].school.name}({code})", f"Кол-во участников: {count}"))
        rows.extend(row for one in own for row in _rows(one, work.grade))
    sheet = SheetContent(
        f"{work.short} {work.grade} Индивидуальные результаты", rows, widths={0: 24, 1: 20, 2: 34}, header_row=7
    )
    return write_book(path, [sheet])


def _rows(one: SimulatedClass, grade: int) -> list[Sequence[Value]]:
    part = one.part
    return [
        (
            one.school.code, MUNICIPALITY.name, one.school.name, code, f"{grade}{part.class_name}",
            int(part.variants[place]), *(score_cell(int(score)) for score in part.scores[place]),
            int(part.totals[place]), int(part.marks[place]) or None, int(part.journal_marks[place]) or None,
        )
        for place, code in enumerate(part.codes)
    ]
