"""A meeting goes on: items are heard and marked, decisions become measures and tasks."""

from datetime import date

import pytest

from core.errors import EditConflict, InvalidInput, NotFound
from core.planning.agenda import change_items
from core.planning.deleted_meetings import delete_meeting, deleted_meetings, restore_meeting
from core.planning.hearing import hear_item, item_card, neighbour, start_hearing
from core.planning.meetings import begin_meeting, change_meeting, save_attendance, show_item, view_meeting
from core.planning.minutes import minutes_of
from core.planning.outcomes import (
    Becomes,
    DecisionDraft,
    add_decision,
    change_decisions,
    decide,
    decision_to_measure,
    decision_to_task,
    due_day,
    record_outcome,
    remove_decision,
)
from core.planning.statuses import MeasureStatus
from core.planning.tables import Measure, MeetingState, Presence
from core.planning.tasks import list_tasks, update_task
from core.planning.updating import Update
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan
from tests.planning.meetings.conftest import DONE, WORKING, hear, prepared, with_measures
from tests.store.threads import at_once


def test_three_buttons_and_a_note_change_the_measure_and_the_minutes(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    with pytest.raises(InvalidInput, match="примечанием"):
        hear(plan, meeting_id, 0, Update(MeasureStatus.NOT_DONE))
    for term, words in (("позапозавчера", "не понят"), ("31.02.2027", "31.02.2027 не бывает")):
        with pytest.raises(InvalidInput, match=words):
            hear(plan, meeting_id, 0, Update(MeasureStatus.POSTPONED, "Карантин", new_deadline=term))
    hear(plan, meeting_id, 0, Update(MeasureStatus.POSTPONED, "Карантин", new_deadline="декабрь 2026 г."))
    hear(plan, meeting_id, 1, Update(MeasureStatus.IN_PROGRESS, progress=40))
    rows = plan.rows(date(2026, 12, 5))
    assert (rows["1"].status, rows["1"].deadline_text, rows["1"].former_deadline) == (
        MeasureStatus.POSTPONED, "декабрь 2026 г.", "октябрь 2026 г.",
    )
    assert not rows["1"].is_overdue and rows["2"].is_overdue and rows["2"].progress == 40
    with reading(plan.engine) as session:
        minutes = minutes_of(session, EVERYBODY, meeting_id)
    assert minutes.items[0].result == "статус: запланировано → перенесено"
    assert minutes.items[1].result == "статус: запланировано → в работе; выполнение: 0 % → 40 %"
    assert minutes.items[0].note == "Карантин"


def test_one_item_marked_by_two_at_once_is_marked_once(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    with reading(plan.engine) as session:
        item = view_meeting(session, EVERYBODY, meeting_id).items[0]
        seen = session.get_one(Measure, item.measure_id).version

    def mark(number: int) -> None:
        with writing(plan.engine, f"Участник {number}") as session:
            record_outcome(session, EVERYBODY, item.id or 0, DONE if number else WORKING, seen)

    (refused,) = at_once(2, mark)
    assert isinstance(refused, EditConflict) and "тем временем изменил кто-то другой" in str(refused)


def test_decisions_become_measures_and_tasks_once(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    with writing(plan.engine, "Иванова") as session:
        item = view_meeting(session, EVERYBODY, meeting_id).items[0]
        teacher = plan.region.teachers["Смирнова"]
        wanted = DecisionDraft("Провести практикум", "Смирнова", "до 15 декабря", teacher, item.id)
        first = add_decision(session, EVERYBODY, meeting_id, wanted)
        second = add_decision(session, EVERYBODY, meeting_id, DecisionDraft("Разослать материалы", "Секретарь", "март"))
        with pytest.raises(InvalidInput, match="Решение пустое"):
            add_decision(session, EVERYBODY, meeting_id, DecisionDraft(" "))
        measure = decision_to_measure(session, EVERYBODY, first.id or 0, plan.roadmap_id)
        assert decision_to_measure(session, EVERYBODY, first.id or 0, plan.roadmap_id) == measure
        task = decision_to_task(session, EVERYBODY, first.id or 0)
        assert decision_to_task(session, EVERYBODY, first.id or 0).id == task.id
        later = CellEdit(second.id or 0, 1, "deadline_text", "апрель", "март")
        change_decisions(session, EVERYBODY, meeting_id, [later])
        third = add_decision(session, EVERYBODY, meeting_id, DecisionDraft("Лишнее"))
        remove_decision(session, EVERYBODY, third.id or 0)
        minutes = minutes_of(session, EVERYBODY, meeting_id)
    assert (task.due_on, plan.rows()["5"].owner_name) == (date(2026, 12, 15), "Смирнова Ольга Игоревна")
    assert [one.number for one in minutes.items[0].decisions] == ["1.1"]
    assert [(one.text, one.deadline) for one in minutes.other_decisions] == [("Разослать материалы", "апрель")]
    assert due_day("как получится", TODAY) is None


def test_a_decision_is_written_once_and_bad_ones_are_refused(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    meeting_id = prepared(with_measures(plan))
    with writing(plan.engine, "Иванова") as session:
        wanted = DecisionDraft("Разослать материалы", "Руководитель ШМО", "до 15 декабря 2026 г.")
        first = decide(session, EVERYBODY, meeting_id, wanted, Becomes.TASK)
        again = decide(session, EVERYBODY, meeting_id, wanted, Becomes.TASK)
        assert (first.id, first.task_id) == (again.id, again.task_id)
        with pytest.raises(InvalidInput, match=r"раньше дня заседания 22\.11\.2026"):
            add_decision(session, EVERYBODY, meeting_id, DecisionDraft("Поздно", deadline_text="до 10.10.2026"))
        with pytest.raises(InvalidInput, match="Срок решения"):
            add_decision(session, EVERYBODY, meeting_id, DecisionDraft("Нет дня", deadline_text="30 февраля 2027 г."))
        stranger = plan.region.teachers["Кузнецова"]
        with pytest.raises(InvalidInput, match="больше не работает"):
            add_decision(session, EVERYBODY, meeting_id, DecisionDraft("Чужая", responsible_teacher_id=stranger))
        with pytest.raises(InvalidInput, match="Не выбрана дорожная карта"):
            decide(session, EVERYBODY, meeting_id, DecisionDraft("Мероприятие"), Becomes.MEASURE)
        item = view_meeting(session, EVERYBODY, meeting_id).items[0]
        beside = DecisionDraft("Рядом", "Руководитель ШМО", "март 2027 г.", None, item.id)
        made = decide(session, EVERYBODY, meeting_id, beside, Becomes.MEASURE, plan.roadmap_id)
    assert plan.numbers()["5"] == "Рядом" and made.measure_id == plan.rows()["5"].id


def test_the_screen_moves_on_only_from_the_item_that_stands_on_it(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    meeting_id = prepared(with_measures(plan))
    with writing(plan.engine, "Иванова") as session:
        first, second = (one.id or 0 for one in view_meeting(session, EVERYBODY, meeting_id).items)
        meeting = start_hearing(session, EVERYBODY, meeting_id)
        assert meeting.current_item_id == first
        card = item_card(session, EVERYBODY, meeting_id, second, TODAY)
        assert (card.place, card.done_status, card.may_mark) == (2, MeasureStatus.DONE, True)
        hear_item(session, EVERYBODY, second, DONE, card.version)
        assert meeting.current_item_id == first, "another item was marked"
        seen = item_card(session, EVERYBODY, meeting_id, first, TODAY)
        assert seen.done_status is MeasureStatus.DONE_LATE
        hear_item(session, plan.scope("учитель"), first, WORKING, seen.version)
        assert meeting.current_item_id == first, "a member turns nobody's page"
        again = item_card(session, EVERYBODY, meeting_id, first, TODAY)
        hear_item(session, EVERYBODY, first, WORKING, again.version)
        assert meeting.current_item_id is None, "everything was heard"
        view = view_meeting(session, EVERYBODY, meeting_id)
        assert neighbour(view, second, -1) == first and neighbour(view, second, 1) is None


def test_guests_votes_and_the_screen_of_everybody(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    with writing(plan.engine, "Иванова") as session:
        begin_meeting(session, EVERYBODY, meeting_id)
        guest = {"name": "Гостева Г. Г.", "post": "директор", "presence": "приглашён"}
        assert not save_attendance(session, EVERYBODY, meeting_id, GridChanges(added=[guest])).refused
        wrong = GridChanges(added=[{"name": "", "presence": "тут"}])
        refused = save_attendance(session, EVERYBODY, meeting_id, wrong).refused
        assert {one.field for one in refused} == {"name", "presence"}
        item = view_meeting(session, EVERYBODY, meeting_id).items[0]
        show_item(session, EVERYBODY, meeting_id, item.id)
        given = (("votes_for", 5), ("votes_against", "1"))
        votes = [CellEdit(item.id or 0, item.version, name, value, None) for name, value in given]
        assert not change_items(session, EVERYBODY, meeting_id, votes).refused
        bad = CellEdit(item.id or 0, item.version, "votes_for", "все", 5)
        assert change_items(session, EVERYBODY, meeting_id, [bad]).refused
        change_meeting(session, EVERYBODY, meeting_id, [CellEdit(meeting_id, 1, "number", "7", "3")])
    with reading(plan.engine) as session:
        view = view_meeting(session, EVERYBODY, meeting_id)
        minutes = minutes_of(session, EVERYBODY, meeting_id)
    assert (view.meeting.state, view.meeting.current_item_id) == (MeetingState.RUNNING, item.id)
    assert view.meeting.number == "7"
    assert minutes.invited == ("Гостева Г. Г., директор",)
    assert minutes.items[0].votes == "за — 5, против — 1, воздержались — 0"
    assert {one.presence for one in view.attendance} == {Presence.PRESENT, Presence.INVITED}


def test_tasks_are_marked_by_who_has_them(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    teacher = plan.scope("учитель")
    with writing(plan.engine, "Иванова") as session:
        decision = add_decision(
            session, EVERYBODY, meeting_id,
            DecisionDraft("Подготовить отчёт", "Смирнова", "25.11.2026", plan.region.teachers["Смирнова"]),
        )
        task = decision_to_task(session, EVERYBODY, decision.id or 0)
    with writing(plan.engine, "Смирнова") as session:
        assert [one.text for one in list_tasks(session, teacher, mine=True)] == ["Подготовить отчёт"]
        with pytest.raises(InvalidInput, match="примечанием"):
            update_task(session, teacher, task.id or 0, MeasureStatus.NOT_DONE, "", 1)
        update_task(session, teacher, task.id or 0, MeasureStatus.DONE, "", 1, TODAY)
        with pytest.raises(EditConflict):
            update_task(session, teacher, task.id or 0, MeasureStatus.CANCELLED, "Лишнее", 1)
        assert list_tasks(session, teacher, mine=True) == []


def test_a_deleted_meeting_comes_back_with_its_agenda(plan: Plan) -> None:
    meeting_id, head = prepared(with_measures(plan)), plan.scope("руководитель шмо")
    with writing(plan.engine, "Иванова") as session:
        delete_meeting(session, head, meeting_id)
    with writing(plan.engine, "Смирнова") as session:
        assert deleted_meetings(session, plan.scope("учитель")) == []
        with pytest.raises(NotFound):
            restore_meeting(session, plan.scope("учитель"), meeting_id)
        with pytest.raises(NotFound):
            view_meeting(session, head, meeting_id)
    with writing(plan.engine, "Иванова") as session:
        assert [one.id for one in deleted_meetings(session, head)] == [meeting_id]
        restore_meeting(session, head, meeting_id)
        assert len(view_meeting(session, head, meeting_id).items) == 2 and deleted_meetings(session, head) == []
        with pytest.raises(NotFound):
            restore_meeting(session, head, meeting_id)
