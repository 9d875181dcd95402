"""Roadmaps of the year before: two schools answered to problem fields that others only looked at, and the district's.

After those of schools the effect of measures can be seen: schools with the measure against schools without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from core.demo.municipality import MUNICIPALITY, school_with
from core.demo.roadmap_steps import NOON, approval_step, by_number
from core.people.scope import Scope
from core.planning.access import id_of
from core.planning.field_links import link_field
from core.planning.official_table import TableRow
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.snapshots import keep_snapshot
from core.planning.statuses import MeasureStatus
from core.planning.storing_tables import store_rows
from core.planning.tables import ApprovalKind, RoadmapState, SnapshotReason

_BEGIN, _END = date(2025, 9, 1), date(2026, 5, 31)
_FRACTIONS, _AREA = "обыкновенные дроби", "площадь и периметр"


@dataclass(frozen=True, slots=True)
class _Past:
    """One roadmap: rows, the days on which measures were done, and by number the problem field one answers to."""

    unit: str
    body: str
    head: tuple[str, str]
    """Post and name."""
    order: str
    title: str
    rows: Sequence[TableRow]
    done: Mapping[str, date]
    fields: Mapping[str, str]
    late: Mapping[str, str]
    """Why a measure was done after its deadline, or not at all, by number."""
    subject: str = "Математика"


_PAST = (
    _Past(
        "edu990101", school_with("edu990101").name, ("Директор", "А. В. Сомов"), "98-о",
        "Дорожная карта по математике в 5–6 классах на 2025/2026 учебный год",
        (
            TableRow("1", "Методическая помощь учителям математики"),
            TableRow(
                "1.1", "Практикум «Дроби на полосках и прямой» для учителей 5-х классов", "Октябрь 2025 г.",
                "Наличие материалов практикума", "Руководитель ШМО",
            ),
            TableRow(
                "1.2", "Открытые уроки «Сравнение и сложение дробей» с обсуждением", "Ноябрь-декабрь 2025 г.",
                "Не менее 3 уроков", "Учителя математики", target=3.0, unit="уроков",
            ),
            TableRow("2", "Проверка"),
            TableRow(
                "2.1", "Проверочная работа по обыкновенным дробям в 5-х классах", "до 20 марта 2026 г.",
                "Наличие анализа работ", "Заместитель директора",
            ),
        ),
        {"1.1": date(2025, 10, 22), "1.2": date(2025, 12, 17), "2.1": date(2026, 3, 18)},
        {"1.1": _FRACTIONS, "1.2": _FRACTIONS}, {},
    ),
    _Past(
        "edu990104", school_with("edu990104").name, ("Директор", "И. С. Верещагина"), "140",
        "Дорожная карта по математике в 4–5 классах на 2025/2026 учебный год",
        (
            TableRow("1", "Уроки и занятия"),
            TableRow(
                "1.1", "Десять уроков с моделями дробей по материалам районного практикума", "Октябрь-декабрь 2025 г.",
                "Наличие разработок уроков", "Учителя математики 5-х классов",
            ),
            TableRow(
                "1.2", "Занятия «Фигуры на клетчатой бумаге» в 4-х классах", "до 1 марта 2026 г.",
                "Не менее 6 занятий в классе", "Учителя начальных классов",
            ),
        ),
        {"1.1": date(2025, 12, 19), "1.2": date(2026, 3, 16)}, {"1.1": _FRACTIONS, "1.2": _AREA},
        {"1.2": "Учитель 4Б болел, занятия перенесены на март."},
    ),
    _Past(
        MUNICIPALITY.code, "Управление образования Заречного района", ("Начальник", "Е. Ю. Кравцова"), "211",
        "План методического кабинета на 2025/2026 учебный год",
        (
            TableRow(
                "1", "Районный семинар «Площадь и периметр: от клетки к формуле» для учителей 4-х классов",
                "до 20 декабря 2025 г.", "Наличие материалов семинара", "Методический кабинет",
            ),
            TableRow(
                "2", "Сборник открытых уроков учителей района", "Март 2026 г.", "Не менее 8 уроков",
                "Методический кабинет", target=8.0, unit="уроков",
            ),
            TableRow(
                "3", "Взаимопосещение уроков соседних школ", "до 15 мая 2026 г.", "Наличие листов наблюдения",
                "Руководители РМО",
            ),
        ),
        {"1": date(2025, 12, 11), "2": date(2026, 3, 27)}, {},
        {"3": "Школы не согласовали замены уроков, перенесено на следующий год."}, subject="",
    ),
)


def add_past_roadmaps(
    session: Session, scope: Scope, units: Mapping[str, int], reviews: Mapping[str, int]
) -> int:
    """Add the roadmaps; return how many. `units` are ids by code, `reviews` those of the decisions by key."""
    for past in _PAST:
        _add(session, scope, past, units[past.unit], reviews)
    return len(_PAST)


def _add(session: Session, scope: Scope, past: _Past, unit: int, reviews: Mapping[str, int]) -> None:
    roadmap = create_roadmap(
        session, scope, RoadmapDraft(unit, past.title, _BEGIN, _END, subject=past.subject)
    )
    measures, _notes = store_rows(session, roadmap, past.rows)
    for measure in measures:
        measure.deadline_written_on = _BEGIN
    rows = by_number(session, roadmap)
    for number, key in past.fields.items():
        link_field(session, scope, id_of(rows[number]), reviews[key])
    snapshot = keep_snapshot(session, scope, roadmap, SnapshotReason.APPROVAL)
    snapshot.taken_at = datetime.combine(_BEGIN, NOON)
    step = approval_step(
        session, roadmap, ApprovalKind.APPROVED, _BEGIN, past.body, *past.head, order=past.order,
    )
    step.snapshot_id = snapshot.id
    roadmap.state, roadmap.approved_edition = RoadmapState.APPROVED, roadmap.edition
    for number, day in past.done.items():
        row = rows[number]
        row.status = MeasureStatus.DONE_LATE if number in past.late else MeasureStatus.DONE
        row.progress, row.done_on, row.status_note = 100, day, past.late.get(number, "")
        row.value = row.target
    for number in past.late.keys() - past.done.keys():
        rows[number].status, rows[number].status_note = MeasureStatus.NOT_DONE, past.late[number]
    session.add_all((roadmap, snapshot, step, *rows.values()))
    session.flush()
