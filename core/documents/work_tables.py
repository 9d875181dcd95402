"""Tables of one work as XLSX: its items, its problem fields."""

from __future__ import annotations

from sqlmodel import Session

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import items_of_work
from core.people.scope import Scope
from core.workbooks.writing import TableColumn, TableSheet, TableValue, write_workbook

_INTERVAL_NOTE = "Интервал — 95 %, Уилсона. Результаты ВПР не используются для оценки педагогов и школ."
_PRINTED = 11
"""Columns of problem fields that go on paper: up to the reservations. All of them could not be read on A4."""


def items_workbook(session: Session, scope: Scope, work_id: int) -> bytes:
    """Return the items of a work over everything that the actor sees, as .xlsx."""
    answer = items_of_work(session, scope, work_id)
    statistics = answer.statistics
    columns = (
        TableColumn("Задание"),
        TableColumn("Элемент содержания"),
        TableColumn("Макс. балл", "integer"),
        TableColumn("Участников", "integer"),
        TableColumn("Выполнение", "percent"),
        TableColumn("Нижняя граница", "percent"),
        TableColumn("Верхняя граница", "percent"),
        TableColumn("Полностью", "percent"),
        TableColumn("Частично", "percent"),
        TableColumn("Ноль баллов", "percent"),
        TableColumn("Не приступали", "percent"),
        TableColumn("Корреляция с остатком", "decimal"),
    )
    rows: list[list[TableValue]] = [
        [
            item.code,
            "; ".join(item.elements),
            item.max_score,
            int(statistics.n[index]),
            *(
                float(column[index])
                for column in (
                    statistics.facility,
                    statistics.low,
                    statistics.high,
                    statistics.full,
                    statistics.partial,
                    statistics.zero,
                    statistics.skipped,
                    statistics.discrimination,
                )
            ),
        ]
        for index, item in enumerate(answer.work.items)
    ]
    return write_workbook([TableSheet("Задания", "Выполнение заданий", columns, rows, (_INTERVAL_NOTE,))])


def fields_workbook(session: Session, scope: Scope, work_id: int) -> bytes:
    """Return the problem fields of a work as .xlsx."""
    found = problem_fields(session, scope, FieldFilter(assessment_id=work_id))
    columns = (
        TableColumn("Где", width=26),
        TableColumn("Вид", width=15),
        TableColumn("Проблемное поле", width=26),
        TableColumn("Выполнение", "percent"),
        TableColumn("Нижняя граница", "percent"),
        TableColumn("Верхняя граница", "percent"),
        TableColumn("Порог", "percent"),
        TableColumn("Участников", "integer"),
        TableColumn("Что найдено", width=26),
        TableColumn("Охват"),
        TableColumn("Оговорки", width=34),
        TableColumn("Острота"),
        TableColumn("Задания"),
    )
    rows: list[list[TableValue]] = [
        [
            one.field.unit.full_name,
            Kind(one.field.kind).words,
            one.field.key,
            one.field.facility,
            one.field.low,
            one.field.high,
            one.field.threshold,
            one.field.participants,
            one.field.finding,
            one.field.reach.words,
            "; ".join(one.field.cautions),
            one.field.severity.word.value,
            ", ".join(one.field.items),
        ]
        for one in found.fields
    ]
    title = "Проблемные поля"
    return write_workbook([TableSheet(title, title, columns, rows, (_INTERVAL_NOTE,), _PRINTED)])
