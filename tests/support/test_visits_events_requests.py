"""Lesson visits, the plan of events, help requests and the bank of answers."""

from datetime import date

import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.history import history
from core.store.unit_of_work import reading, writing
from core.support.event_participants import (
    Participants,
    note_participants,
    participants_of,
    remove_participant,
    restore_participant,
    take_part,
)
from core.support.events import begin_plan, list_events, save_events, say_of_event
from core.support.help_request_tables import RequestState
from core.support.help_requests import Question, answer, answer_bank, ask, list_requests, settle, withdraw
from core.support.visits import (
    VisitDraft,
    answer_visit,
    conclude,
    get_visit,
    list_visits,
    plan_visit,
    save_look_fors,
)
from tests.support.conftest import EVERYBODY, TODAY, Help


def visit(help_: Help, name: str = "методист школы", **changed: object) -> int:
    values = {
        "organisation_id": help_.region.units["школа 1"], "teacher_id": help_.teacher("Смирнова"),
        "held_on": date(2026, 11, 10), "grade": 8, "letter": "а", "subject": "Математика",
        "visitor_teacher_id": help_.teacher("Иванова"),
    } | changed
    with writing(help_.engine, name) as session:
        return plan_visit(session, help_.scope(name), VisitDraft(**values)).id or 0


def test_a_visit_is_written_read_and_answered(help_: Help):
    visit_id = visit(help_)
    visitor, teacher = help_.scope("руководитель шмо"), help_.scope("учитель")
    with writing(help_.engine, "Иванова") as session:
        rows = GridChanges(added=[{"text": "Ученики объясняют способ", "seen": "частично"}])
        assert not save_look_fors(session, visitor, visit_id, rows).refused
        conclude(session, visitor, visit_id, "Задания на дроби разобраны", "Добавить самопроверку", 1, TODAY)
    with writing(help_.engine, "Смирнова") as session:
        with pytest.raises(NotAllowed, match="кто посетил урок"):
            conclude(session, teacher, visit_id, "всё отлично", "", 2, TODAY)
        row = answer_visit(session, teacher, visit_id, "Спасибо, учту", 2)
        assert row.teacher_read_at is not None
    with reading(help_.engine) as session:
        card = get_visit(session, teacher, visit_id)
        assert card.visitor == "Иванова Анна Петровна" and card.look_fors[0].seen.value == "частично"
        with pytest.raises(NotFound):
            get_visit(session, help_.scope("наставник"), visit_id)


def test_colleagues_visit_each_other_and_nobody_themselves(sqlite_help: Help):
    own = visit(sqlite_help, "учитель", teacher_id=sqlite_help.teacher("Петров"))
    with reading(sqlite_help.engine) as session:
        (card,) = list_visits(session, sqlite_help.scope("учитель"))
        assert (card.row.id, card.visitor) == (own, "Смирнова Ольга Игоревна"), "whoever asks is the visitor"
    with pytest.raises(InvalidInput, match="собственный урок"):
        visit(sqlite_help, visitor_teacher_id=sqlite_help.teacher("Смирнова"))
    with pytest.raises(NotFound):
        visit(sqlite_help, "учитель", organisation_id=sqlite_help.region.units["школа 2"],
              teacher_id=sqlite_help.teacher("Сидорова"))


def test_no_conclusion_before_the_lesson(sqlite_help: Help):
    visit_id = visit(sqlite_help, held_on=date(2026, 11, 30))
    with writing(sqlite_help.engine, "Иванова") as session, pytest.raises(InvalidInput, match="ещё не прошёл"):
        conclude(session, EVERYBODY, visit_id, "Хорошо", "", 1, TODAY)


def test_the_plan_begins_with_the_five_rows_of_the_model(help_: Help):
    school, scope = help_.region.units["школа 1"], help_.scope("методист школы")
    with writing(help_.engine, "методист") as session:
        assert len(begin_plan(session, scope, school, 2027)) == 5
        with pytest.raises(InvalidInput, match="уже есть строки"):
            begin_plan(session, scope, school, 2027)
    with reading(help_.engine) as session:
        events = list_events(session, help_.scope("учитель"), school, 2027)
        assert events[0].row.responsible == "Администрация школы" and events[3].row.content == "Взаимопосещение уроков"
        with pytest.raises(NotFound):
            list_events(session, help_.scope("руководитель рмо"), school, 2027)


def test_an_event_that_was_held_gathers_opinions(sqlite_help: Help):
    school, scope = sqlite_help.region.units["школа 1"], sqlite_help.scope("методист школы")
    with writing(sqlite_help.engine, "методист") as session:
        event = begin_plan(session, scope, school, 2027)[3].id or 0
        with pytest.raises(InvalidInput, match="ещё не проведено"):
            say_of_event(session, sqlite_help.scope("учитель"), event, 5)
        changes = GridChanges(edits=[CellEdit(event, 1, "state", "проведено", "запланировано"),
                                     CellEdit(event, 1, "held_on", "10.11.2026", None)])
        assert not save_events(session, scope, school, 2027, changes).refused
        for mark in (5, 4, 2, 5):
            say_of_event(session, sqlite_help.scope("учитель"), event, mark, "" if mark > 2 else "мало времени")
        few = list_events(session, scope, school, 2027)[3]
        assert few.answers == 4 and few.mean != few.mean and few.comments == (), "four could be guessed"
        say_of_event(session, sqlite_help.scope("учитель"), event, 4)
        with pytest.raises(InvalidInput, match="Оценки 6"):
            say_of_event(session, sqlite_help.scope("учитель"), event, 6)
        take_part(session, scope, event, sqlite_help.teacher("Смирнова"))
        take_part(session, scope, event, sqlite_help.teacher("Смирнова"), is_leader=True)
        with pytest.raises(NotFound, match="Педагог"):
            take_part(session, scope, event, sqlite_help.teacher("Кузнецова"))
        card = list_events(session, scope, school, 2027)[3]
        assert (card.answers, round(card.mean, 2), round(card.satisfied, 2)) == (5, 4.0, 0.8)
        assert card.low < card.satisfied < card.high and card.comments == ("мало времени",)


def test_a_mark_of_participation_is_taken_off_with_a_reason_and_brought_back(help_: Help):
    school, scope = help_.region.units["школа 1"], help_.scope("методист школы")
    teacher, colleague = help_.teacher("Смирнова"), help_.teacher("Петров")
    with writing(help_.engine, "методист") as session:
        event = begin_plan(session, scope, school, 2027)[3].id or 0
        held = [CellEdit(event, 1, "state", "проведено", "запланировано"),
                CellEdit(event, 1, "held_on", "10.11.2026", None)]
        assert not save_events(session, scope, school, 2027, GridChanges(edits=held)).refused
        with pytest.raises(InvalidInput, match="Никто не выбран"):
            note_participants(session, scope, event, [])
        assert note_participants(session, scope, event, [teacher, colleague]) == 2
        take_part(session, scope, event, colleague, is_leader=True)
        say_of_event(session, help_.scope("учитель"), event, 5)

    def people(name: str = "методист школы") -> Participants:
        with reading(help_.engine) as session:
            return participants_of(session, help_.scope(name), school, 2027).get(event, Participants())

    leader, one = people().there
    assert (leader.teacher_id, leader.is_leader, one.teacher_id) == (colleague, True, teacher)
    assert [card.teacher_id for card in people("учитель").there] == [teacher], "a teacher sees the own mark"
    with writing(help_.engine, "методист") as session:
        with pytest.raises(InvalidInput, match="почему отметка"):
            remove_participant(session, scope, one.id, one.version, "  ")
        with pytest.raises(InvalidInput, match="помещается 300"):
            remove_participant(session, scope, one.id, one.version, "я" * 301)
        with pytest.raises(NotAllowed):
            remove_participant(session, help_.scope("учитель"), one.id, one.version, "не был")
        with pytest.raises(NotFound):
            participants_of(session, help_.scope("руководитель рмо"), school, 2027)
        with pytest.raises(EditConflict):
            remove_participant(session, scope, one.id, one.version + 1, "не был")
    with writing(help_.engine, "Иванова") as session:
        remove_participant(session, scope, one.id, one.version, " Была на больничном ")
    after = people()
    assert [card.teacher_id for card in after.there] == [colleague]
    (gone,) = after.removed
    assert (gone.name, gone.removed_reason) == ("Смирнова Ольга Игоревна", "Была на больничном")
    assert gone.removed_by == scope.actor_name and gone.removed_at is not None
    with reading(help_.engine) as session:
        assert list_events(session, scope, school, 2027)[3].answers == 1, "answers have no names: they stay"
        assert [(line.action, line.field) for line in history(session, "event_participant", one.id)][:2] == [
            ("изменено", "removed_reason"), ("удалено", None)
        ]
    with writing(help_.engine, "методист") as session:
        with pytest.raises(NotFound):
            remove_participant(session, scope, one.id, gone.version, "ещё раз")
        with pytest.raises(NotAllowed):
            restore_participant(session, help_.scope("учитель"), one.id)
        restore_participant(session, scope, one.id)
    assert not people().removed and people().there[1].removed_reason == ""
    with writing(help_.engine, "методист") as session:
        remove_participant(session, scope, one.id, people().there[1].version, "ошибка")
        take_part(session, scope, event, teacher)
    assert [card.id for card in people().there] == [leader.id, one.id], "noted anew it is the same mark"


def test_cells_of_the_plan_that_cannot_be(sqlite_help: Help):
    school = sqlite_help.region.units["школа 1"]
    for field, value, words in (
        ("content", "", "Не указано содержание"), ("state", "было", "Неизвестное значение"),
        ("held_on", "01.01.2020", "раньше начала учебного года"), ("participants", "много", "не целое число"),
        ("deadline_text", "31.02.2027", "не может быть"),
    ):
        with writing(sqlite_help.engine, "методист") as session:
            row = {"content": "Семинар", field: value}
            outcome = save_events(session, EVERYBODY, school, 2027, GridChanges(added=[row]))
            assert words in str(outcome.refused[0].error), field


def asked(help_: Help, **changed: object) -> int:
    with writing(help_.engine, "Смирнова") as session:
        values = {"text": "Как объяснить деление дробей?", "subject": "Математика",
                  "association_id": help_.region.associations["ШМО математиков"], "may_be_shared": True} | changed
        return ask(session, help_.scope("учитель"), Question(**values)).id or 0


def test_a_question_is_answered_and_grows_into_the_bank(help_: Help):
    request = asked(help_)
    with writing(help_.engine, "Иванова") as session:
        head = help_.scope("руководитель шмо")
        assert [card.may_answer for card in list_requests(session, head)] == [True]
        answer(session, head, request, "Через модель отрезка", 1, into_bank=True)
    with writing(help_.engine, "методист") as session, pytest.raises(EditConflict):
        answer(session, help_.scope("методист школы"), request, "Иначе", 1)
    with writing(help_.engine, "Смирнова") as session:
        assert settle(session, help_.scope("учитель"), request, True, 2).state is RequestState.SETTLED
    with reading(help_.engine) as session:
        (found,) = answer_bank(session, help_.scope("наставник"), "ДРОБЕЙ отрезка")
        assert found.answer == "Через модель отрезка"
        assert answer_bank(session, help_.scope("наставник"), "проценты") == []


def test_a_question_that_is_not_to_be_shared_stays_between_two(sqlite_help: Help):
    request = asked(sqlite_help, may_be_shared=False)
    with writing(sqlite_help.engine, "Иванова") as session:
        with pytest.raises(InvalidInput, match="не согласился"):
            answer(session, EVERYBODY, request, "Ответ", 1, into_bank=True)
        answer(session, EVERYBODY, request, "Ответ", 1)
    with reading(sqlite_help.engine) as session:
        assert answer_bank(session, EVERYBODY) == []
        assert list_requests(session, sqlite_help.scope("наставник")) == []
        assert list_requests(session, sqlite_help.scope("руководитель рмо")) == []


def test_questions_that_cannot_be(sqlite_help: Help):
    with pytest.raises(InvalidInput, match="пустой"):
        asked(sqlite_help, text=" ")
    with pytest.raises(NotFound):
        asked(sqlite_help, association_id=999)
    request = asked(sqlite_help)
    with writing(sqlite_help.engine, "Смирнова") as session:
        with pytest.raises(InvalidInput, match="Ответа ещё нет"):
            settle(session, sqlite_help.scope("учитель"), request, True, 1)
        withdraw(session, sqlite_help.scope("учитель"), request, 1)
        with pytest.raises(InvalidInput, match="уже закрыт"):
            answer(session, EVERYBODY, request, "Поздно", 2)
