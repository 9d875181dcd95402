"""The plan of an association as XLSX: members, meetings with their days, measures, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from core.documents.association_plan import plan_events, plan_measures, plan_meetings, plan_members, visible_association
from core.documents.rendering import Value
from core.people.academic_year import year_name
from core.people.associations import association_name
from core.people.scope import Scope
from core.planning.bodies import COUNCIL
from core.workbooks.writing import TableColumn, TableSheet, TableValue, write_workbook


def association_plan_workbook(session: Session, scope: Scope, association_id: int, year: int) -> bytes:
    """Return the plan of an academic year (its spring) as .xlsx. Raises NotFound out of scope."""
    row = visible_association(session, scope, association_id)
    about = f"{association_name(row)}, {year_name(year)} учебный год"
    meetings: list[list[TableValue]] = [
        [one.number, one.held_on, one.topic, one.body or COUNCIL, one.chair]
        for one in sorted(plan_meetings(session, scope, row, year), key=lambda one: one.held_on)
    ]
    events: list[list[TableValue]] = [
        [place, one.content, one.deadline_text, one.form, one.responsible, one.state.value, one.held_on]
        for place, one in enumerate(plan_events(session, scope, row, year), start=1)
    ]
    return write_workbook([
        TableSheet("Заседания", f"Заседания: {about}", (
            TableColumn("№", width=8), TableColumn("Дата", "date"), TableColumn("Тема", width=60),
            TableColumn("Чьё заседание", width=36), TableColumn("Ответственный", width=28),
        ), meetings),
        TableSheet("Мероприятия карт", f"Мероприятия дорожных карт: {about}", (
            TableColumn("№", width=8), TableColumn("Мероприятие", width=56), TableColumn("Срок", width=24),
            TableColumn("Показатель, результат", width=40), TableColumn("Ответственные", width=30),
        ), _texts(plan_measures(session, scope, row, year),
                  ("номер", "мероприятие", "срок", "результат", "ответственные"))),
        TableSheet("События", f"Методические мероприятия: {about}", (
            TableColumn("№", "integer", 6), TableColumn("Содержание", width=56), TableColumn("Срок", width=24),
            TableColumn("Форма", width=26), TableColumn("Ответственные", width=28), TableColumn("Состояние", width=16),
            TableColumn("Проведено", "date"),
        ), events),
        TableSheet("Состав", f"Состав: {about}", (
            TableColumn("№", "integer", 6), TableColumn("Фамилия, имя, отчество", width=38),
            TableColumn("Должность", width=28), TableColumn("Стаж", width=12), TableColumn("Категория", width=20),
            TableColumn("Тема самообразования", width=44),
        ), _texts(plan_members(session, scope, row), ("номер", "имя", "должность", "стаж", "категория", "тема"))),
    ])


def _texts(rows: Sequence[Mapping[str, Value]], names: Sequence[str]) -> list[list[TableValue]]:
    """Return the rows of a document as cells, numbers as numbers."""
    found: list[list[TableValue]] = []
    for row in rows:
        cells = [row[name] for name in names]
        found.append([cell if isinstance(cell, int) else str(cell) for cell in cells])
    return found
