"""Documents that are tables, as XLSX: numbers are numbers, days are days, so that people can count on with them."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.documents.development_documents import courses_of_year
from core.documents.people_words import organisation_name
from core.monitoring.cells import Cell
from core.monitoring.expected import expected_table
from core.monitoring.facts import Fact
from core.monitoring.scorecard import Scorecard, scorecard
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.people.suppression import Hidden
from core.people.tables import Organisation
from core.planning.approval_sheet import approval_sheet
from core.planning.roadmaps import get_roadmap
from core.support.events import list_events
from core.support.routes import get_route
from core.support.state import state_of_mentorship
from core.words import day
from core.workbooks.writing import TableColumn, TableSheet, TableValue, write_workbook

_INTERVAL = "Доли приведены с 95 % интервалом Уилсона."
_NOT_RATED = "Показатели не ранжируют школы и не оценивают отдельных педагогов; результаты ВПР для этого не применяют."


def qualification_plan_workbook(session: Session, scope: Scope, organisation_id: int, year: int) -> bytes:
    """Return events and courses of an academic year as .xlsx. Raises NotFound out of scope."""
    name = organisation_name(session, organisation_id)
    events: list[list[TableValue]] = [
        [place, one.row.content, one.row.deadline_text, one.row.form, one.row.responsible, one.row.state.value,
         one.row.held_on, one.row.participants]
        for place, one in enumerate(list_events(session, scope, organisation_id, year), start=1)
    ]
    courses: list[list[TableValue]] = [
        [place, card.teacher, card.course.title, card.course.provider, card.course.hours, card.course.module_hours,
         card.row.starts_on, card.row.ends_on, card.row.reason, card.row.state.value, card.row.document_number]
        for place, card in enumerate(courses_of_year(session, scope, organisation_id, year), start=1)
    ]
    about = f"{name}, {year_name(year)} учебный год"
    return write_workbook([
        TableSheet("План", f"План повышения квалификации: {about}", (
            TableColumn("№", "integer", 6), TableColumn("Содержание", width=50), TableColumn("Срок", width=22),
            TableColumn("Форма", width=24), TableColumn("Ответственные", width=26), TableColumn("Состояние", width=16),
            TableColumn("Проведено", "date"), TableColumn("Участников", "integer"),
        ), events),
        TableSheet("Курсы", f"Курсы повышения квалификации: {about}", (
            TableColumn("№", "integer", 6), TableColumn("Педагог", width=24), TableColumn("Программа", width=34),
            TableColumn("Организатор", width=22), TableColumn("Часов", "integer"),
            TableColumn("Из них предметный модуль", "integer", 14), TableColumn("Начало", "date"),
            TableColumn("Окончание", "date"), TableColumn("Какой дефицит восполняет", width=24),
            TableColumn("Состояние", width=14), TableColumn("Документ", width=14),
        ), courses),
    ])


def expected_workbook(session: Session, scope: Scope, organisation_id: int) -> bytes:
    """Return the expected documents by years as .xlsx, a line for each with its proofs."""
    table = expected_table(session, scope, organisation_id)
    rows: list[list[TableValue]] = [
        [row.title, year_name(cell.year), cell.title, len(cell.evidence), "; ".join(cell.evidence)]
        for row in table.rows
        for cell in row.cells
        if cell is not None
    ]
    title = f"Ожидаемые результаты по годам: {organisation_name(session, organisation_id)}"
    return write_workbook([TableSheet("Ожидаемые результаты", title, (
        TableColumn("Документы", width=26), TableColumn("Учебный год", width=13),
        TableColumn("Что ожидается", width=60),
        TableColumn("Подтверждений", "integer", 15), TableColumn("Чем подтверждено", width=36),
    ), rows)])


def approval_workbook(session: Session, scope: Scope, roadmap_id: int) -> bytes:
    """Return the steps of approval of a roadmap as .xlsx. Raises NotFound out of scope."""
    title = get_roadmap(session, scope, roadmap_id).title
    rows: list[list[TableValue]] = [
        [line.stage, line.body, line.basis, line.signed_by, line.taken_on]
        for line in approval_sheet(session, scope, roadmap_id)
    ]
    return write_workbook([TableSheet("Согласование", f"Лист согласования: {title}", (
        TableColumn("Этап", width=36), TableColumn("Кто", width=36), TableColumn("Основание, замечание", width=36),
        TableColumn("Кем", width=30), TableColumn("Когда отмечено", width=18),
    ), rows)])


def route_workbook(session: Session, scope: Scope, route_id: int) -> bytes:
    """Return the steps of an individual route as .xlsx. Raises NotFound out of scope."""
    card = get_route(session, scope, route_id)
    rows: list[list[TableValue]] = [
        [place, step.deficit, step.task, step.activity, step.form, step.deadline_text, step.result_form, step.outcome,
         step.done_on]
        for place, step in enumerate(card.steps, start=1)
    ]
    title = f"Индивидуальный маршрут: {card.teacher}, {day(card.row.starts_on)} – {day(card.row.ends_on)}"
    return write_workbook([TableSheet("Маршрут", title, (
        TableColumn("№", "integer", 6), TableColumn("Дефицит", width=24), TableColumn("Задача", width=28),
        TableColumn("Мероприятие", width=28), TableColumn("Форма", width=18), TableColumn("Срок", width=16),
        TableColumn("Предъявление результата", width=20), TableColumn("Итог", width=20),
        TableColumn("Выполнено", "date"),
    ), rows)])


def mentorship_state_workbook(session: Session, scope: Scope, organisation_id: int) -> bytes:
    """Return the figures of mentorship as .xlsx. Raises NotFound out of scope."""
    state = state_of_mentorship(session, scope, organisation_id)
    name = session.get_one(Organisation, organisation_id).name
    figures: list[list[TableValue]] = [
        [one.title, len(one.part), len(one.whole), one.share, one.low, one.high] for one in state.figures
    ]
    answers: list[list[TableValue]] = [
        [side.value, one.text, one.pairs, one.before, one.after, one.change]
        for side, changes in state.changes.items()
        for one in changes
    ]
    return write_workbook([
        TableSheet("Показатели", f"Состояние наставничества: {name}, {day(state.on)}", (
            TableColumn("Показатель", width=56), TableColumn("Из них", "integer"), TableColumn("Всего", "integer"),
            TableColumn("Доля", "percent"), TableColumn("Нижняя граница", "percent"),
            TableColumn("Верхняя граница", "percent"),
        ), figures, (_INTERVAL,)),
        TableSheet("Анкеты", "Анкеты до и после, шкала от 1 до 10", (
            TableColumn("Сторона", width=16), TableColumn("Вопрос", width=60),
            TableColumn("Ответили дважды", "integer", 12), TableColumn("До", "decimal"),
            TableColumn("После", "decimal"), TableColumn("Изменение", "decimal", 12),
        ), answers),
    ])


def monitoring_workbook(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> bytes:
    """Return the indicators of a year with those of the year before as .xlsx. Raises as `scorecard` does."""
    card = scorecard(session, scope, organisation_id, (year - 1, year), today=today)
    name = organisation_name(session, organisation_id)
    return write_workbook([indicator_sheet(card, organisation_id, year, f"Мониторинг показателей: {name}")])


def indicator_sheet(card: Scorecard, organisation_id: int, year: int, about: str) -> TableSheet:
    """Return the indicators of an organisation in a year of the scorecard, beside those of the year before."""
    rows: list[list[TableValue]] = []
    for code in card.codes():
        passport, cell = card.passport(code), card.cells.get((organisation_id, code, year))
        if cell is None or not cell.is_told:
            continue
        fact, before = _told(cell), _told(card.cells.get((organisation_id, code, year - 1)))
        rows.append([
            code, passport.name, passport.unit, None if fact is None else fact.value,
            None if fact is None else fact.low, None if fact is None else fact.high,
            None if fact is None else fact.numerator, None if fact is None else fact.denominator, cell.plan,
            None if before is None else before.value,
            "" if fact is None else cell.plan_state.value,
        ])
    return TableSheet("Показатели", f"{about}, {year_name(year)}", (
        TableColumn("Код", width=10), TableColumn("Показатель", width=56), TableColumn("Единица", width=12),
        TableColumn("Значение", "decimal"), TableColumn("Нижняя граница", "decimal"),
        TableColumn("Верхняя граница", "decimal"), TableColumn("Числитель", "decimal"),
        TableColumn("Знаменатель", "decimal", 13), TableColumn("План", "decimal"),
        TableColumn("Год назад", "decimal"), TableColumn("Выполнение плана", width=18),
    ), rows, (_INTERVAL, _NOT_RATED))


def _told(cell: Cell | None) -> Fact | None:
    """Return the figure of a cell where it may be told."""
    return None if cell is None or cell.hidden is not Hidden.NO else cell.fact
