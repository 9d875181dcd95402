"""A whole upload (read in the child process, checked, stored, analysed) against a bare read of the same file.

Each figure is a ratio of medians inside one run, the two sides taken in turn, so that a slow moment of the machine
falls on both.
"""

from __future__ import annotations

import gc
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import python_calamine
import xlsxwriter
from sqlalchemy import Engine
from sqlmodel import func, select

from core.analysis.results import items_of_work
from core.intake.opening import open_file
from core.intake.preview import UploadOptions
from core.intake.previewing import preview_upload
from core.intake.tables import ClassWork
from core.intake.uploading import store_upload
from core.people.scope import Scope
from core.store.engine import open_engine
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store

_SCOPE = Scope.local_administrator()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: what was measured, the ratio, and the goal it should not exceed."""

    name: str
    ratio: float
    goal: float


def fisoko_workbook(participants: int, items: int, seed: int) -> bytes:
    """Return an «Индивидуальные результаты» workbook with classes of 25 in schools of four classes.

    Each seed is another work (another year), so that every upload is a new one.
    """
    random = np.random.default_rng(seed)
    scores = random.integers(0, 2, (participants, items))
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("МА 5 Индивидуальные результаты")
        for row, text in ((0, "Индивидуальные результаты"), (2, f"ВПР {2000 + seed} Математика 5 класс")):
            sheet.write_string(row, 0, text)
        sheet.write_row(3, 0, ["Предмет:", "Математика"])
        sheet.write_row(4, 0, ["Максимальный первичный балл:", items])
        sheet.write_row(6, 2, ["Уровень сложности задания"])
        sheet.write_row(6, 6, ["Б"] * items)
        header = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"]
        header += [f"{number} (1б)" for number in range(1, items + 1)]
        sheet.write_row(7, 0, [*header, "Первичный балл", "Отметка", "Отметка по журналу"])
        for person in range(participants):
            school, letter = person // 100, "АБВГ"[person % 100 // 25]
            row = [f"edu{school:06d}", "Район", f"Школа № {school}", str(50000 + person), f"5{letter}", 1]
            row += [*scores[person].tolist(), int(scores[person].sum()), int(random.integers(2, 6)), 4]
            sheet.write_row(8 + person, 0, row)
    return target.getvalue()


def _whole_upload(engine: Engine, content: bytes) -> None:
    with reading(engine) as session:
        file = open_file(session, _SCOPE, content, "результаты.xlsx", UploadOptions(create_organisations=True))
        preview = preview_upload(session, _SCOPE, file, UploadOptions(create_organisations=True))
    with writing(engine, "Замер") as session:
        stored = store_upload(session, _SCOPE, preview)
    with reading(engine) as session:
        items_of_work(session, _SCOPE, stored.assessment_ids[0])


def _calamine(content: bytes) -> None:
    python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _openpyxl(content: bytes) -> None:
    for _row in openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0].iter_rows(values_only=True):
        pass


def _ratio(measured: Callable[[int], None], bare: Callable[[int], None], runs: int) -> float:
    measured(0)
    bare(0)
    ours, theirs = [], []
    for run in range(1, runs + 1):
        gc.collect()
        start = time.perf_counter()
        measured(run)
        middle = time.perf_counter()
        bare(run)
        ours.append(middle - start)
        theirs.append(time.perf_counter() - middle)
    return statistics.median(ours) / statistics.median(theirs)


def measure(runs: int = 5) -> list[Row]:
    """Return the ratios of design §10 for uploads, and the bytes a score takes on disk."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        prepare_store(engine)
        big = [fisoko_workbook(5000, 30, seed) for seed in range(runs + 1)]
        small = [fisoko_workbook(150, 30, 20 + seed) for seed in range(runs + 1)]
        rows.append(
            Row(
                "загрузка 5 000 × 30 / чтение calamine",
                _ratio(lambda run: _whole_upload(engine, big[run]), lambda run: _calamine(big[run]), runs),
                1.5,
            )
        )
        rows.append(
            Row(
                "загрузка 150 × 30 / чтение openpyxl",
                _ratio(lambda run: _whole_upload(engine, small[run]), lambda run: _openpyxl(small[run]), runs),
                1.0,
            )
        )
        rows.append(Row("байт на балл в базе", _bytes_per_score(folder), 1.5))
    return rows


def _bytes_per_score(folder: str) -> float:
    path = Path(folder) / "size.db"
    engine = open_engine(f"sqlite:///{path}")
    prepare_store(engine)
    engine.dispose()
    empty = path.stat().st_size
    engine = open_engine(f"sqlite:///{path}")
    for seed in range(4):
        _whole_upload(engine, fisoko_workbook(5000, 30, 30 + seed))
    with reading(engine) as session:
        scores = session.exec(select(func.sum(ClassWork.participants * ClassWork.items))).one()
    engine.dispose()
    return (path.stat().st_size - empty) / scores
