"""The tables behind a note on an academic year as sheets with real numbers. Persons are never named. Pure."""

from __future__ import annotations

from collections import Counter

from core.analysis.marks import Mean, Share
from core.documents.notes.sentences import key_name
from core.documents.notes.sheet_columns import BOUNDS, PEOPLE, POINT_BOUNDS, Line, bounded, passport_notes
from core.documents.notes.year_figures import YearFigures, YearWork
from core.documents.sheets import indicator_sheet
from core.people.academic_year import year_name
from core.planning.tables import RecommendationState
from core.support.given_help import HelpKind
from core.words import count_of
from core.workbooks.writing import ColumnKind, TableColumn, TableSheet

_METHOD = (
    "выполнение – доля набранных баллов от возможных; доли – с 95 % интервалом Уилсона, у средних x̄ ± 1,96·s/√n; поля "
    "стоят по остроте, остальное – по названию."
)
_LIMITS = (
    "Работы различаются трудностью: доли разных предметов и классов между собой не сравнивают.",
    "Ответы педагогов служат только для выбора помощи и не используются для оценки их работы.",
)
_FIELDS_PRINTED = 11
"""Columns of problem fields that go on paper, up to how far a field reaches."""
_EFFECTS_PRINTED = 9
"""Columns of what became of fields that go on paper, up to the results before and after."""


def year_sheets(figures: YearFigures) -> list[TableSheet]:
    """Return a sheet for each table of the note; what there is none of, or no right to, is left out."""
    found = [
        _works(figures), _fields(figures), _effects(figures), _deficits(figures), _coverage(figures),
        _recommendations(figures), _roadmaps(figures), _mentorship(figures), _practices(figures),
    ]
    card = figures.indicators
    if card is not None:
        found.append(indicator_sheet(
            card, figures.place.organisation_id, figures.place.year, f"Показатели мониторинга: {figures.place.name}"
        ))
    first, *rest = found
    return [first, *(sheet for sheet in rest if sheet.rows)]


def _title(figures: YearFigures, what: str) -> str:
    return f"{what}: {figures.place.name}, {year_name(figures.place.year)}"


def _works(figures: YearFigures) -> TableSheet:
    """Return the works; the sheet carries the passport of the whole workbook and is there without works too."""
    is_vpr = any(one.summary.procedure.startswith("ВПР") for one in figures.works)
    return TableSheet(
        "Работы", _title(figures, "Результаты работ"), (
            TableColumn("Процедура", width=14), TableColumn("Предмет", width=18), TableColumn("Класс", "integer", 7),
            PEOPLE, TableColumn("С отметкой", "integer"), *_told_with_bounds("Успеваемость", "percent"),
            *_told_with_bounds("Качество", "percent"), *_told_with_bounds("Средняя отметка", "decimal"),
            TableColumn("Примечание", width=34),
        ), [_work(one) for one in figures.works], passport_notes(
            "руководителю, методисту, объединению",
            f"{count_of(len(figures.works), 'работа')} за год и записи программы о помощи и решениях", _METHOD,
            *_LIMITS, is_vpr=is_vpr,
        ),
    )


def _told_with_bounds(name: str, kind: ColumnKind) -> tuple[TableColumn, ...]:
    return (
        TableColumn(name, kind, 14), TableColumn(f"{name}, нижняя граница", kind, 14),
        TableColumn(f"{name}, верхняя граница", kind, 14),
    )


def _work(one: YearWork) -> Line:
    head: Line = [one.summary.procedure, one.summary.subject, one.summary.grade]
    if one.overview is None:
        return [*head, *(None for _place in range(11)), one.why]
    marks = one.overview.marks
    told: tuple[Share | Mean, ...] = (marks.passed, marks.quality, marks.mean)
    figures = [value for found in told for value in bounded(found)] if marks.n else [None] * 9
    return [*head, one.overview.participants, marks.n or None, *figures, "" if marks.n else "нет отметок"]


def _fields(figures: YearFigures) -> TableSheet:
    rows: list[Line] = []
    for one in figures.fields:
        field, work = one.field, one.work
        rows.append([
            work.procedure, work.subject, work.grade, key_name(field.kind, field.key), field.participants,
            field.facility, field.low, field.high, field.threshold, field.finding, field.reach.words,
            field.failing_classes, field.classes, field.severity.word.value,
            ", ".join(str(year) for year in field.repeats),
            "ждёт решения" if one.review is None else one.review.state.value, "; ".join(field.cautions),
        ])
    return TableSheet("Проблемные поля", _title(figures, "Проблемные поля"), (
        TableColumn("Процедура", width=12), TableColumn("Предмет", width=16), TableColumn("Класс", "integer", 7),
        TableColumn("Проблемное поле", width=36), PEOPLE, TableColumn("Выполнение", "percent", 13), *BOUNDS,
        TableColumn("Порог", "percent"), TableColumn("Что найдено", width=22), TableColumn("Охват", width=11),
        TableColumn("Классов ниже порога", "integer", 10), TableColumn("Всего классов", "integer", 9),
        TableColumn("Острота", width=12), TableColumn("Годы, когда уже было", width=14),
        TableColumn("Решение", width=16), TableColumn("Оговорки", width=40),
    ), rows, printed=_FIELDS_PRINTED)


def _effects(figures: YearFigures) -> TableSheet:
    rows: list[Line] = []
    for one in figures.effects or ():
        if one.outcome_year != figures.place.year:
            continue
        found = one.unit
        told: Line = [None] * 7 if found is None else [
            found.before.participants, found.before.facility, found.after.participants, found.after.facility,
            100 * found.difference, 100 * found.low, 100 * found.high,
        ]
        rows.append([
            one.label, one.unit_name, one.before_work, one.after_work, one.outcome.value, *told, one.measures,
            one.reservation,
        ])
    return TableSheet("Что стало с полями", _title(figures, "Что стало с прежними проблемными полями"), (
        TableColumn("Поле", width=34), TableColumn("Где", width=24), TableColumn("Работа", width=24),
        TableColumn("Следующая работа", width=24), TableColumn("Что стало", width=14),
        TableColumn("Участников было", "integer", 12), TableColumn("Выполнение было", "percent", 13),
        TableColumn("Участников стало", "integer", 12), TableColumn("Выполнение стало", "percent", 13),
        TableColumn("Изменение, п. п.", "decimal", 12), *POINT_BOUNDS, TableColumn("Мероприятий", "integer", 13),
        TableColumn("Оговорка", width=30),
    ), rows, ("Изменение не доказывает причину: вместе с мероприятиями меняется и многое другое.",), _EFFECTS_PRINTED)


def _deficits(figures: YearFigures) -> TableSheet:
    rows: list[Line] = [
        [
            one.group.name, one.line.name, one.asked, one.lacking, one.share, one.low, one.high, one.standing.words,
            "да" if one.confirmed is not None else "",
        ]
        for one in figures.deficits or ()
    ]
    return TableSheet("Дефициты педагогов", _title(figures, "Профессиональные дефициты педагогов"), (
        TableColumn("Группа", width=30), TableColumn("Компетенция", width=44),
        TableColumn("Ответили", "integer"), TableColumn("Затрудняются", "integer", 14), TableColumn("Доля", "percent"),
        *BOUNDS, TableColumn("Вывод", width=24), TableColumn("Подтверждён объединением", width=15),
    ), rows)


def _coverage(figures: YearFigures) -> TableSheet:
    """Return which kinds of help answer which deficit; how many teachers were helped stays on the screen."""
    rows: list[Line] = [
        [row.name, *(cell.cover.value for cell in row.cells)]
        for row in (figures.coverage.rows if figures.coverage is not None else ())
    ]
    return TableSheet("Помощь", _title(figures, "Какая помощь отвечает на дефициты"), (
        TableColumn("Дефицит", width=40), *(TableColumn(kind.value, width=18) for kind in HelpKind),
    ), rows)


def _recommendations(figures: YearFigures) -> TableSheet:
    """Return how many recommendations are in which state by kind of addressee: single ones may speak of a person."""
    found = figures.recommendations or ()
    counts = Counter((one.row.addressee, one.row.state) for one in found)
    late = Counter(
        (one.row.addressee, one.row.state) for one in found if one.clock is not None and one.clock.is_late
    )
    rows: list[Line] = [
        [addressee.value, state.value, count, late[addressee, state]]
        for (addressee, state), count in sorted(
            counts.items(), key=lambda one: (one[0][0].value, list(RecommendationState).index(one[0][1]))
        )
    ]
    return TableSheet("Рекомендации", _title(figures, "Адресные рекомендации"), (
        TableColumn("Кому", width=18), TableColumn("Состояние", width=22), TableColumn("Сколько", "integer"),
        TableColumn("Срок прошёл", "integer", 9),
    ), rows)


def _roadmaps(figures: YearFigures) -> TableSheet:
    rows: list[Line] = [
        [
            one.roadmap.title, one.organisation, one.roadmap.state.value, one.progress.progress, one.progress.measures,
            one.progress.done, one.overdue,
        ]
        for one in figures.roadmaps or ()
    ]
    return TableSheet("Дорожные карты", _title(figures, "Дорожные карты"), (
        TableColumn("Карта", width=50), TableColumn("Организация", width=28), TableColumn("Состояние", width=16),
        TableColumn("Ход, %", "decimal"), TableColumn("Мероприятий", "integer", 13),
        TableColumn("Выполнено", "integer", 11), TableColumn("Просрочено", "integer", 12),
    ), rows)


def _mentorship(figures: YearFigures) -> TableSheet:
    rows: list[Line] = [
        [one.title, len(one.whole), len(one.part), one.share, one.low, one.high]
        for one in (figures.mentorship.figures if figures.mentorship is not None else ())
        if one.whole
    ]
    return TableSheet("Наставничество", _title(figures, "Наставничество"), (
        TableColumn("Показатель", width=56), TableColumn("Всего", "integer"), TableColumn("Из них", "integer"),
        TableColumn("Доля", "percent"), *BOUNDS,
    ), rows)


def _practices(figures: YearFigures) -> TableSheet:
    rows: list[Line] = [
        [one.title, one.subject, one.organisation, one.state.value, one.uses] for one in figures.practices or ()
    ]
    return TableSheet("Практики", _title(figures, "Лучшие практики"), (
        TableColumn("Практика", width=44), TableColumn("Предмет", width=18), TableColumn("Организация", width=30),
        TableColumn("Состояние", width=18), TableColumn("Применили у себя", "integer", 11),
    ), rows)
