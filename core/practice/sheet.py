"""The library as a table of a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from core.practice.library import PracticeCard
from core.practice.values import TEXTS
from core.workbooks.writing import TableColumn, TableSheet, TableValue

LIBRARY = "Лучшие практики"


def library_sheet(cards: Sequence[PracticeCard], notes: Sequence[str] = ()) -> TableSheet:
    """Return the practices with their whole descriptions; `notes` are the passport."""
    columns = [
        *(TableColumn(name) for name in (
            "Практика", "Предмет", "Элементы содержания", "Типы заданий", "Вид работы", "Классы", "Состояние", "Автор",
            "Организация", "Класс автора",
        )),
        *(TableColumn(name) for name in TEXTS.values()),
        TableColumn("Применили, отметок", "integer"), TableColumn("Внесена", "date"),
    ]
    rows: list[list[TableValue]] = [
        [
            card.title, card.subject, "; ".join(card.elements), "; ".join(card.task_types), card.method,
            grades_words(card.grades), card.state.value, card.author, card.organisation, card.class_name,
            *(card.texts[field] for field in TEXTS), card.uses, card.created_at.date(),
        ]
        for card in cards
    ]
    return TableSheet(LIBRARY, LIBRARY, columns, rows, notes)


def grades_words(grades: Sequence[int]) -> str:
    """Return grades as people write them.

    >>> grades_words((5, 6, 7, 9))
    '5–7, 9'
    """
    parts: list[list[int]] = []
    for grade in grades:
        if parts and grade == parts[-1][-1] + 1:
            parts[-1].append(grade)
        else:
            parts.append([grade])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
