"""РЦОИ protocol of ОГЭ: two strings of answers, with invented names and documents that must be dropped at import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from core.blueprints.tables import AnswerFormat, BlueprintItem
from core.demo.municipality import REGION
from core.demo.simulation import SimulatedClass, WorkPlan
from core.demo.streams import Stream, generator
from core.demo.workbooks.sheets import SheetContent, Value, write_book
from core.demo.works import DemoWork
from core.intake.matrix import Scores

SURNAMES = ("Примеров", "Образцов", "Учебнов", "Тестов", "Макетов", "Шаблонов", "Эскизов", "Вымыслов")
MEN, MEN_FATHERS = ("Артём", "Илья", "Пётр", "Семён", "Тимур"), ("Ильич", "Олегович", "Петрович", "Юрьевич")
WOMEN, WOMEN_FATHERS = ("Анна", "Вера", "Майя", "Ольга", "Софья"), ("Ильинична", "Олеговна", "Петровна", "Юрьевна")
_HEADER = (
    "№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Код участника", "Фамилия", "Имя", "Отчество", "Серия", "Номер",
    "Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл", "Оценка",
)
_SUBJECT_CODES = {"Русский язык": "01", "Математика": "02"}


def write_protocol(
    path: Path, seed: int, work: DemoWork, year: int, plan: WorkPlan, classes: Sequence[SimulatedClass]
) -> Path:
    """Write the classes as a protocol of the exam; return the path. Names belong to nobody."""
    title = f"{_SUBJECT_CODES[work.subject]} - {work.subject} {work.days[year]:%Y.%m.%d}"
    rows: list[Sequence[Value]] = [
        ("Протокол проверки результатов ОГЭ",), (f"99 - {REGION.name}",), (), (title,), (), _HEADER,
    ]
    people = _people(generator(seed, Stream.NAMES, work.number, year))
    number = 0
    for one in classes:
        for place, code in enumerate(one.part.codes):
            number += 1
            short, extended = answer_strings(plan.items, one.part.scores[place])
            rows.append((
                number, one.school.code, f"{work.grade}{one.part.class_name}", 9000 + one.school.number,
                f"{1 + place % 15:04d}", code, *next(people), "0000", f"{number:06d}", short, extended,
                int(one.part.totals[place]), int(one.part.marks[place]),
            ))
    return write_book(path, [SheetContent("Page 1", rows, widths={11: 26, 12: 30}, header_row=5)])


def answer_strings(items: Sequence[BlueprintItem], scores: Scores) -> tuple[str, str]:
    """Return the strings of short and extended answers of one participant (scores of I items).

    A short answer is «+» or «-» for one point, a digit for more; an extended one is «2(3)». Criteria are not split:
    the work must have none.
    """
    short, extended = "", ""
    for item, score in zip(items, scores.tolist(), strict=True):
        points = max(score, 0)
        if item.answer_format is AnswerFormat.EXTENDED:
            extended += f"{points}({item.max_score})"
        elif item.max_score == 1:
            short += "+" if points else "-"
        else:
            short += str(points)
    return short, extended


def _people(rng: np.random.Generator) -> Iterator[tuple[str, str, str]]:
    """Give (surname, name, father's name) of invented people without end."""
    while True:
        surname = SURNAMES[rng.integers(len(SURNAMES))]
        is_woman = bool(rng.integers(2))
        names, fathers = (WOMEN, WOMEN_FATHERS) if is_woman else (MEN, MEN_FATHERS)
        yield f"{surname}а" if is_woman else surname, names[rng.integers(5)], fathers[rng.integers(4)]
