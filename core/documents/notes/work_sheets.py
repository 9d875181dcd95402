"""The tables behind a note on a work as sheets with real numbers: what the note tells, nothing beyond it. Pure."""

from __future__ import annotations

import math

from core.analysis.compare import Comparability
from core.analysis.intervals import wilson_of
from core.analysis.mark_groups import MARKS
from core.analysis.marks import Share, score_shares
from core.analysis.status import Status
from core.documents.notes.sentences import key_name
from core.documents.notes.sheet_columns import BOUNDS, PEOPLE, POINT_BOUNDS, Line, bounded, passport_notes
from core.documents.notes.work_figures import WorkFigures
from core.documents.notes.work_passport import unit_name, units_by_name
from core.documents.notes.work_results import groups_told
from core.people.suppression import Hidden
from core.words import count_of
from core.workbooks.writing import TableColumn, TableSheet

_METHOD = (
    "выполнение – доля набранных баллов от возможных; интервал – 95 %, Уилсона (у средних – x̄ ± 1,96·s/√n); статус – "
    "по вероятности того, что истинное выполнение ниже порога."
)
_LIMITS = (
    "Меньше 50 участников – ориентировочно.", "Строки стоят по названию и по номеру, это не рейтинг.",
    "Скрытое из-за малой группы не показано и в справке.",
)
_FIELDS_PRINTED = 11
"""Columns of problem fields that go on paper, up to how far a field reaches."""


def work_sheets(figures: WorkFigures, *, is_long: bool) -> list[TableSheet]:
    """Return a sheet for each table and chart of the note, the short or the long one; empty ones are left out."""
    found = [_indices(figures), _marks(figures), _journal(figures), _scores(figures), _items(figures)]
    if is_long:
        found += [_elements(figures), _groups(figures), _units(figures)]
    found += [_fields(figures), _comparisons(figures)]
    return [sheet for sheet in found if sheet.rows]


def _title(figures: WorkFigures, what: str) -> str:
    return f"{what}: {figures.name}, {figures.unit.full_name}"


def _indices(figures: WorkFigures) -> TableSheet:
    """Return the indices of the work; the sheet carries the passport of the whole workbook."""
    overview = figures.overview
    rows: list[Line] = []
    means = [("Средний первичный балл", "балл", overview.distribution.mean)]
    if overview.marks.n:
        rows += [
            [name, "%", share.n, *(100 * one for one in bounded(share))]
            for name, share in (("Успеваемость", overview.marks.passed), ("Качество знаний", overview.marks.quality))
        ]
        means.append(("Средняя отметка", "отметка", overview.marks.mean))
        learning = overview.marks.learning
        rows.append(["Степень обученности", "%", learning.n, *(100 * one for one in bounded(learning))])
    if overview.passed_minimum is not None and overview.passed_minimum.n:
        share = overview.passed_minimum
        rows.append(["Преодолели минимальный балл", "%", share.n, *(100 * one for one in bounded(share))])
    if overview.test_scores is not None:
        means.append(("Средний тестовый балл", "балл", overview.test_scores))
    rows += [[name, unit, mean.n, *bounded(mean)] for name, unit, mean in means if mean.n]
    source = f"{figures.name}, {figures.unit.full_name}: {count_of(overview.participants, 'участник')}"
    return TableSheet(
        "Итоги", _title(figures, "Итоги"), (
            TableColumn("Показатель", width=30), TableColumn("Единица", width=10), PEOPLE,
            TableColumn("Значение", "decimal"), *POINT_BOUNDS,
        ), rows, passport_notes(
            "руководителю, методисту, объединению", f"{source}; пороги: {figures.work.thresholds.name}", _METHOD,
            *_LIMITS, is_vpr=figures.is_vpr,
        ),
    )


def _marks(figures: WorkFigures) -> TableSheet:
    """Return the shares of marks of the unit and of those beside it, a line for each mark."""
    rows: list[Line] = []
    for group in groups_told(figures) if figures.overview.marks.n else ():
        for place, mark in enumerate(MARKS):
            share = group.shares[place]
            low, high = wilson_of(share, group.participants) if group.participants else (None, None)
            count = None if group.counts is None else group.counts[place]
            rows.append([group.name, mark, group.participants, count, share, low, high])
    return TableSheet("Отметки", _title(figures, "Отметки"), (
        TableColumn("Где", width=40), TableColumn("Отметка", width=9), PEOPLE, TableColumn("Получили", "integer"),
        TableColumn("Доля", "percent"), *BOUNDS,
    ), rows)


def _journal(figures: WorkFigures) -> TableSheet:
    found = figures.overview.journal
    shares = (
        ("Понизили", found.lowered), ("Подтвердили", found.confirmed), ("Повысили", found.raised),
        ("Разрыв в две отметки и больше", found.wide_gap),
    )
    rows: list[Line] = [[name, share.n, share.count, *bounded(share)] for name, share in shares if share.n]
    return TableSheet("Отметки и журнал", _title(figures, "Сравнение с отметками в журнале"), (
        TableColumn("Отметка за работу", width=30), PEOPLE, TableColumn("Из них", "integer"),
        TableColumn("Доля", "percent"), *BOUNDS,
    ), rows)


def _scores(figures: WorkFigures) -> TableSheet:
    own = figures.overview.distribution
    rows: list[Line] = []
    for score, share in enumerate(score_shares(own) if own.n else ()):
        found = Share.of(int(own.counts[score]), own.n)
        rows.append([score, own.n, found.count, float(share), found.low, found.high])
    return TableSheet("Первичные баллы", _title(figures, "Первичные баллы"), (
        TableColumn("Балл", "integer"), PEOPLE, TableColumn("Получили", "integer"), TableColumn("Доля", "percent"),
        *BOUNDS,
    ), rows)


def _items(figures: WorkFigures) -> TableSheet:
    found, statuses = figures.items.statistics, figures.statuses
    rows: list[Line] = []
    for place, item in enumerate(figures.work.items):
        head: Line = [item.code, item.skill or "; ".join(item.elements), item.level, item.max_score]
        if figures.items.hidden[place] is not Hidden.NO:
            rows.append([*head, None, None, None, None, None, "скрыто"])
            continue
        rows.append([
            *head, int(found.n[place]), float(found.facility[place]), float(found.low[place]),
            float(found.high[place]), float(statuses.threshold[place]), statuses.status[place].words,
        ])
    return TableSheet("Задания", _title(figures, "Выполнение заданий"), (
        TableColumn("№", width=7), TableColumn("Что проверяется", width=44), TableColumn("Уровень", width=9),
        TableColumn("Балл", "integer", 7), PEOPLE, TableColumn("Выполнение", "percent", 13), *BOUNDS,
        TableColumn("Порог", "percent"), TableColumn("Статус", width=22),
    ), rows)


def _elements(figures: WorkFigures) -> TableSheet:
    measures = figures.elements
    row = measures.row(figures.unit.key)
    rows: list[Line] = []
    if row is not None and figures.work.has_plan:
        found = measures.estimates
        rows = [
            [
                key.name, int(found.participants[row, place]), float(found.facility[row, place]),
                float(found.low[row, place]), float(found.high[row, place]), float(measures.sums.sufficient[place]),
                Status(int(measures.status[row, place])).words,
            ]
            for place, key in enumerate(measures.sums.grouping.keys)
            if found.participants[row, place] and not measures.hidden[row, place]
        ]
    return TableSheet("Элементы содержания", _title(figures, "Элементы содержания"), (
        TableColumn("Элемент содержания", width=50), PEOPLE, TableColumn("Выполнение", "percent", 13), *BOUNDS,
        TableColumn("Порог", "percent"), TableColumn("Статус", width=22),
    ), rows)


def _groups(figures: WorkFigures) -> TableSheet:
    found = figures.items.groups
    low, high = found.intervals()
    rows: list[Line] = [
        [
            label, item.code, int(found.participants[0, row, place]), float(found.facility[0, row, place]),
            float(low[0, row, place]), float(high[0, row, place]), found.pattern(0, place).value,
        ]
        for row, label in enumerate(found.labels)
        for place, item in enumerate(figures.work.items)
        if not math.isnan(found.facility[0, row, place])
    ]
    return TableSheet("Группы", _title(figures, "Задания по группам участников"), (
        TableColumn("Группа", width=12), TableColumn("Задание", width=9), PEOPLE,
        TableColumn("Выполнение", "percent", 13), *BOUNDS, TableColumn("Кому трудно", width=44),
    ), rows)


def _units(figures: WorkFigures) -> TableSheet:
    rows: list[Line] = [
        [unit_name(one.unit), None, None, None, None, one.hidden.words]
        if one.participants is None or one.share is None
        else [unit_name(one.unit), one.participants, *bounded(one.share), ""]
        for one in units_by_name(figures)
    ]
    return TableSheet("Классы и школы", _title(figures, "Классы и школы, по названию"), (
        TableColumn("Где", width=40), PEOPLE, TableColumn("Средний результат", "percent", 12), *BOUNDS,
        TableColumn("Примечание", width=30),
    ), rows)


def _fields(figures: WorkFigures) -> TableSheet:
    rows: list[Line] = []
    for one in figures.fields:
        field = one.field
        rows.append([
            field.kind.words, key_name(field.kind, field.key), field.participants, field.facility, field.low,
            field.high, field.threshold, field.finding, field.reach.words, field.failing_classes, field.classes,
            ", ".join(field.items), ", ".join(str(year) for year in field.repeats), one.cause,
            "; ".join(field.cautions),
        ])
    return TableSheet("Проблемные поля", _title(figures, "Проблемные поля"), (
        TableColumn("Вид", width=15), TableColumn("Проблемное поле", width=36), PEOPLE,
        TableColumn("Выполнение", "percent", 13), *BOUNDS, TableColumn("Порог", "percent"),
        TableColumn("Что найдено", width=24), TableColumn("Охват", width=11),
        TableColumn("Классов ниже порога", "integer", 10), TableColumn("Всего классов", "integer", 9),
        TableColumn("Задания", width=16), TableColumn("Годы, когда уже было", width=14),
        TableColumn("Причина", width=30), TableColumn("Оговорки", width=40),
    ), rows, printed=_FIELDS_PRINTED)


def _comparisons(figures: WorkFigures) -> TableSheet:
    rows: list[Line] = [
        [
            key_name(one.field.kind, one.field.key), other.name, one.field.participants, one.field.facility,
            other.participants, other.facility, 100 * other.difference, 100 * other.low, 100 * other.high,
            "да" if other.is_certain else "нет",
            "; ".join(part for part in (other.verdict.value, other.reservation) if part),
        ]
        for one in figures.fields
        for other in one.comparisons
        if other.hidden is Hidden.NO and other.verdict is not Comparability.NONE
    ]
    return TableSheet("Сравнения", _title(figures, "Проблемные поля в сравнении"), (
        TableColumn("Проблемное поле", width=36), TableColumn("С кем", width=30), PEOPLE,
        TableColumn("Выполнение", "percent", 13), TableColumn("Участников там", "integer", 12),
        TableColumn("Выполнение там", "percent", 13), TableColumn("Разница, п. п.", "decimal"),
        *POINT_BOUNDS, TableColumn("За пределами случайности", width=14), TableColumn("Сопоставимость", width=30),
    ), rows)
