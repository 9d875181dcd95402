"""Courses, routes, self-education: the rules in words, who may do what, and who is due."""

from dataclasses import replace
from datetime import date

import pytest

from core.diagnostics.instrument_tables import Competence, CompetenceBlock
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.store.base import utc_now
from core.store.edits import CellEdit, EditOutcome
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from core.support.course_catalogue import courses_for, list_courses, save_courses
from core.support.course_tables import EnrolmentState
from core.support.courses import Request, Result, decide, list_enrolments, move_on, request_course
from core.support.courses_due import due_teachers
from core.support.development_rules import due_on
from core.support.route_tables import RouteState
from core.support.routes import (
    RouteDeficit,
    RouteDraft,
    approve_route,
    close_route,
    draft_route,
    get_route,
    list_routes,
)
from core.support.routes import save_steps as save_route_steps
from core.support.self_education import TopicDraft, add_topic, list_topics, save_stages
from tests.support.conftest import EVERYBODY, TODAY, Help


def course(help_: Help, **changed: object) -> int:
    cells = {"title": "Дроби и проценты: методика", "provider": "Институт развития образования", "hours": 72,
             "module_hours": 48, "subject": "Математика"} | changed
    with writing(help_.engine, "методист") as session:
        outcome = save_courses(session, EVERYBODY, help_.region.units["школа 1"], GridChanges(added=[cells]))
        assert not outcome.refused, str(outcome.refused[0].error)
        return next(iter(outcome.versions))


def requested(help_: Help, course_id: int, name: str = "учитель", **changed: object) -> int:
    values = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 20)} | changed
    with writing(help_.engine, name) as session:
        request = Request(help_.region.units["школа 1"], help_.teacher("Смирнова"), course_id, **values)
        return request_course(session, help_.scope(name), request).id or 0


def test_a_course_of_the_catalogue_names_what_it_develops(help_: Help):
    unit = help_.region.units["школа 1"]
    with writing(help_.engine, "подготовка") as session:
        rows = [Competence(name=name, block=CompetenceBlock.METHODICAL) for name in ("Дроби", "Проценты", "Графики")]
        session.add_all(rows)
        session.flush()
        first, second, third = (row.id or 0 for row in rows)
    key = course(help_, competence_ids=[first, second, first])

    def change(new: object, seen: object, version: int) -> EditOutcome:
        with writing(help_.engine, "методист") as session:
            changes = GridChanges(edits=[CellEdit(key, version, "competence_ids", new, seen)])
            return save_courses(session, help_.scope("методист школы"), unit, changes)

    def develops(competence: int) -> list[str]:
        with reading(help_.engine) as session:
            return [row.title for row in courses_for(session, help_.scope("учитель"), competence)]

    assert develops(first) == develops(second) == ["Дроби и проценты: методика"] and develops(third) == []
    refused = change([first, 999], [first, second], 1).refused
    assert "Такой компетенции нет" in str(refused[0].error), "nothing is stored"
    with writing(help_.engine, "подготовка") as session:
        session.get_one(Competence, first).deleted_at = utc_now()
    assert not change([first, third], [first, second], 1).refused, "what stood there may stay"
    assert develops(first) == develops(third) == ["Дроби и проценты: методика"] and develops(second) == []
    assert not change([], [first, third], 2).refused
    assert "Такой компетенции нет" in str(change([first], [], 3).refused[0].error), "a deleted one is not chosen anew"
    with writing(help_.engine, "учитель") as session, pytest.raises(NotAllowed):
        save_courses(session, help_.scope("учитель"), unit, GridChanges())


def test_from_request_to_document(help_: Help):
    enrolment = requested(help_, course(help_), reason="дефицит: дроби")
    with writing(help_.engine, "методист") as session, pytest.raises(NotAllowed):
        decide(session, help_.scope("методист школы"), enrolment, approve=True, version_seen=1)
    with writing(help_.engine, "директор") as session:
        decide(session, help_.scope("директор"), enrolment, approve=True, version_seen=1, today=TODAY)
    with writing(help_.engine, "Смирнова") as session:
        scope = help_.scope("учитель")
        with pytest.raises(InvalidInput, match="Нет номера или даты документа"):
            move_on(session, scope, enrolment, EnrolmentState.FINISHED, 2)
        result = Result("УПК-115", date(2026, 12, 21), "внедряю на уроках")
        with pytest.raises(InvalidInput, match="раньше последнего дня курсов"):
            early = replace(result, document_on=date(2026, 12, 2))
            move_on(session, scope, enrolment, EnrolmentState.FINISHED, 2, early, date(2026, 12, 25))
        row = move_on(session, scope, enrolment, EnrolmentState.FINISHED, 2, result, date(2026, 12, 25))
        assert (row.state, row.document_number) == (EnrolmentState.FINISHED, "УПК-115")
    with reading(help_.engine) as session:
        (card,) = list_enrolments(session, help_.scope("учитель"))
        assert (card.course.hours, card.course.module_hours, card.row.reason) == (72, 48, "дефицит: дроби")
        assert list_enrolments(session, help_.scope("наставник")) == [], "nobody else's"


def test_a_refusal_has_a_reason_and_two_decisions_meet(sqlite_help: Help):
    enrolment = requested(sqlite_help, course(sqlite_help))
    with writing(sqlite_help.engine, "директор") as session, pytest.raises(InvalidInput, match="почему"):
        decide(session, EVERYBODY, enrolment, approve=False, version_seen=1, reason=" ")
    with writing(sqlite_help.engine, "директор") as session:
        decide(session, EVERYBODY, enrolment, approve=False, version_seen=1, reason="нет замены")
    with writing(sqlite_help.engine, "завуч") as session, pytest.raises(EditConflict, match="отклонено"):
        decide(session, EVERYBODY, enrolment, approve=True, version_seen=1)
    with writing(sqlite_help.engine, "завуч") as session, pytest.raises(NotAllowed, match="перейти нельзя"):
        decide(session, EVERYBODY, enrolment, approve=True, version_seen=2)


def test_courses_of_one_teacher_do_not_overlap(sqlite_help: Help):
    first = course(sqlite_help)
    requested(sqlite_help, first)
    with pytest.raises(InvalidInput, match="Курсы пересекаются: «Дроби и проценты: методика» идут с 01"):
        requested(sqlite_help, first, starts_on=date(2026, 12, 20), ends_on=date(2027, 1, 15))
    assert requested(sqlite_help, first, starts_on=date(2026, 12, 21), ends_on=date(2027, 1, 15))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"hours": 0}, "от 1 до 2000"), ({"hours": None}, "от 1 до 2000"),
        ({"hours": 36, "module_hours": 48}, "Предметный модуль – 48 ч, а вся программа – 36 ч"),
        ({"title": " "}, "Не указано название"), ({"url": "javascript:alert(1)"}, "не похоже на адрес"),
        ({"title": "Т" * 301}, "а введено 301"),
    ],
)
def test_courses_that_cannot_be(sqlite_help: Help, cells: dict[str, object], words: str):
    row = {"title": "Курсы", "hours": 72} | cells
    with writing(sqlite_help.engine, "методист") as session:
        unit = sqlite_help.region.units["школа 1"]
        outcome = save_courses(session, EVERYBODY, unit, GridChanges(added=[row]))
        assert words in str(outcome.refused[0].error)
        assert list_courses(session, EVERYBODY) == []


def test_dates_out_of_order_are_refused(sqlite_help: Help):
    with pytest.raises(InvalidInput, match="раньше начала"):
        requested(sqlite_help, course(sqlite_help), ends_on=date(2026, 11, 30))


def test_who_is_due_by_the_three_year_rule(sqlite_help: Help):
    assert due_on(date(2024, 2, 29), None) == date(2027, 2, 28)
    assert due_on(None, date(2020, 9, 1)) == date(2023, 9, 1) and due_on(None, None) is None
    enrolment = requested(sqlite_help, course(sqlite_help), starts_on=date(2024, 3, 1), ends_on=date(2024, 3, 20))
    with writing(sqlite_help.engine, "директор") as session:
        decide(session, EVERYBODY, enrolment, approve=True, version_seen=1)
        result = Result("УПК-1", date(2024, 3, 22))
        move_on(session, EVERYBODY, enrolment, EnrolmentState.FINISHED, 2, result, TODAY)
    with reading(sqlite_help.engine) as session:
        unit = sqlite_help.region.units["школа 1"]
        due = {one.name: one for one in due_teachers(session, sqlite_help.scope("директор"), unit, TODAY)}
        smirnova = due["Смирнова Ольга Игоревна"]
        assert (smirnova.last_on, smirnova.due_on) == (date(2024, 3, 22), date(2027, 3, 22))
        assert not smirnova.is_overdue(TODAY) and smirnova.is_overdue(date(2027, 3, 23))
        assert due["Петров Олег Ильич"].due_on is None
        with pytest.raises(NotFound):
            due_teachers(session, sqlite_help.scope("директор"), sqlite_help.region.units["школа 2"], TODAY)


def route(help_: Help, name: str = "методист школы") -> int:
    with writing(help_.engine, name) as session:
        draft = RouteDraft(
            help_.region.units["школа 1"], help_.teacher("Смирнова"), date(2026, 9, 1), date(2027, 5, 31),
            [RouteDeficit("Дроби"), RouteDeficit("Оценивание")], date(2026, 9, 10), "минимальный",
        )
        return draft_route(session, help_.scope(name), draft).id or 0


def test_a_route_is_drafted_approved_and_closed(help_: Help):
    route_id = route(help_)
    with reading(help_.engine) as session:
        card = get_route(session, help_.scope("учитель"), route_id)
        assert len(card.steps) == 6 and card.done == 0 and "Дроби" in card.steps[0].task
        with pytest.raises(NotFound):
            get_route(session, help_.scope("наставник"), route_id)
    with writing(help_.engine, "директор") as session:
        director = help_.scope("директор")
        with pytest.raises(InvalidInput, match="номер приказа"):
            approve_route(session, director, route_id, "", date(2026, 9, 15), 1, TODAY)
        approve_route(session, director, route_id, "110", date(2026, 9, 15), 1, TODAY)
    step = card.steps[0]
    with writing(help_.engine, "Смирнова") as session:
        scope = help_.scope("учитель")
        done = [CellEdit(step.id or 0, 1, "outcome", "прошла курсы", ""),
                CellEdit(step.id or 0, 1, "done_on", "15.10.2026", None)]
        assert not save_route_steps(session, scope, route_id, GridChanges(edits=done)).refused
        with pytest.raises(InvalidInput):
            task = [CellEdit(step.id or 0, 2, "task", "другое", step.task)]
            save_route_steps(session, scope, route_id, GridChanges(edits=task))
    with writing(help_.engine, "директор") as session:
        row = close_route(session, EVERYBODY, route_id, finished=True, conclusion="уровень вырос",
                          level_after="средний", version_seen=2)
        assert (row.state, row.level_before, row.level_after) == (RouteState.FINISHED, "минимальный", "средний")
    with reading(help_.engine) as session:
        levels = {
            name: get_route(session, help_.scope(name), route_id).levels
            for name in ("учитель", "директор", "методист школы", "специалист")
        }
    known = ("минимальный", "средний")
    assert levels == {"учитель": known, "директор": known, "методист школы": ("", ""), "специалист": ("", "")}


def test_one_open_route_at_a_time(sqlite_help: Help):
    route(sqlite_help, "учитель")
    with pytest.raises(InvalidInput, match="уже есть открытый маршрут"):
        route(sqlite_help)
    with reading(sqlite_help.engine) as session:
        assert list_routes(session, sqlite_help.scope("директор"))[0].row.state is RouteState.DRAFT


def test_a_topic_of_self_education(help_: Help):
    with writing(help_.engine, "Смирнова") as session:
        draft = TopicDraft(help_.region.units["школа 1"], help_.teacher("Смирнова"), "Смысловое чтение",
                           date(2026, 9, 1), date(2028, 5, 31))
        topic = add_topic(session, help_.scope("учитель"), draft)
        with pytest.raises(NotFound):
            add_topic(session, help_.scope("наставник"), draft)
        topic_id = topic.id or 0
    with reading(help_.engine) as session:
        (card,) = list_topics(session, help_.scope("учитель"))
        assert len(card.stages) == 4 and card.reported == 0
    with writing(help_.engine, "Смирнова") as session:
        edits = [CellEdit(card.stages[0].id or 0, 1, "report", "конспект", ""),
                 CellEdit(card.stages[0].id or 0, 1, "reported_on", "10.10.2026", None)]
        assert not save_stages(session, help_.scope("учитель"), topic_id, GridChanges(edits=edits)).refused
        with pytest.raises(NotFound):
            save_stages(session, help_.scope("наставник"), topic_id, GridChanges())
    with reading(help_.engine) as session:
        assert list_topics(session, EVERYBODY)[0].reported == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"topic": " "}, "Не указана тема"), ({"ends_on": date(2026, 8, 1)}, "раньше начала"),
     ({"ends_on": date(2030, 8, 1)}, "до трёх лет")],
)
def test_topics_that_cannot_be(sqlite_help: Help, changed: dict[str, object], words: str):
    values = {"topic": "Чтение", "starts_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31)} | changed
    with writing(sqlite_help.engine, "Смирнова") as session, pytest.raises(InvalidInput, match=words):
        unit, teacher = sqlite_help.region.units["школа 1"], sqlite_help.teacher("Смирнова")
        add_topic(session, EVERYBODY, TopicDraft(unit, teacher, **values))
