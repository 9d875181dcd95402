"""Meetings: agenda, outcomes, decisions, minutes, what changed; reminders and the calendar."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.scope import Scope
from core.planning.agenda import add_question, build_agenda, change_items, move_item, remove_item
from core.planning.bodies import meeting_bodies, suggest_meeting
from core.planning.calendar_file import my_calendar, roadmap_calendar
from core.planning.closing import finish_meeting, next_of, prepare_next
from core.planning.due import due_measures, my_measures, overdue_measures
from core.planning.hearing import hear_item, item_card, neighbour, start_hearing
from core.planning.meetings import (
    MeetingDraft,
    begin_meeting,
    change_meeting,
    create_meeting,
    delete_meeting,
    list_meetings,
    save_attendance,
    show_item,
    view_meeting,
)
from core.planning.minutes import changes_since, close_meeting, minutes_of, sentences
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
from core.planning.reminders import digest_of, digest_text, due_this_week, next_meetings
from core.planning.roadmaps import get_roadmap
from core.planning.statuses import MeasureStatus
from core.planning.tables import AgendaKind, Measure, MeetingState, Presence
from core.planning.tasks import list_tasks, update_task
from core.planning.updating import Update, suggested_status, update_measure
from core.store.edits import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan
from tests.store.threads import at_once

DONE, WORKING = Update(MeasureStatus.DONE), Update(MeasureStatus.IN_PROGRESS, progress=50)


def with_measures(plan: Plan) -> Plan:
    plan.add("Просрочено", deadline_text="октябрь 2026 г.", owner_teacher_id=plan.region.teachers["Смирнова"])
    plan.add("Скоро", deadline_text="ноябрь 2026 г.", owner_post="Руководитель ШМО")
    plan.add("Потом", deadline_text="май 2027 г.")
    plan.add("Раздел", kind="раздел", deadline_text="сентябрь 2026 г.")
    return plan


def draft(plan: Plan, on: date = TODAY, **more: object) -> MeetingDraft:
    return MeetingDraft(
        plan.region.units["школа 1"], on, [plan.roadmap_id],
        association_id=plan.region.associations["ШМО математиков"], number="3", chair="Иванова А. П.", **more,
    )


def prepared(plan: Plan, on: date = TODAY, scope: Scope = EVERYBODY) -> int:
    with writing(plan.engine, scope.actor_name) as session:
        meeting = create_meeting(session, scope, draft(plan, on))
        build_agenda(session, scope, meeting.id or 0)
        return meeting.id or 0


def hear(plan: Plan, meeting_id: int, place: int, update: Update, scope: Scope = EVERYBODY) -> None:
    with writing(plan.engine, scope.actor_name) as session:
        item = view_meeting(session, scope, meeting_id).items[place]
        seen = session.get_one(Measure, item.measure_id).version if item.measure_id else item.version
        record_outcome(session, scope, item.id or 0, update, seen)


def close(plan: Plan, meeting_id: int):
    with writing(plan.engine, "Иванова") as session:
        seen = view_meeting(session, EVERYBODY, meeting_id).meeting.version
        return close_meeting(session, EVERYBODY, meeting_id, seen)


def test_the_agenda_is_built_from_overdue_and_due_and_again_adds_nothing(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    with writing(plan.engine, "Иванова") as session:
        assert build_agenda(session, EVERYBODY, meeting_id) == []
        view = view_meeting(session, EVERYBODY, meeting_id)
        assert [(item.kind, item.position) for item in view.items] == [(AgendaKind.OVERDUE, 1), (AgendaKind.DUE, 2)]
        assert "просрочено с 31.10.2026" in view.items[0].title
        assert [one.name for one in view.attendance] == ["Иванова Анна Петровна"]
        question = add_question(session, EVERYBODY, meeting_id, "О методической неделе")
        moved = move_item(session, EVERYBODY, meeting_id, question.id or 0, 1)
        assert [one.id for one in moved] == [question.id, *(one.id for one in view.items)]
        remove_item(session, EVERYBODY, meeting_id, view.items[0].id or 0)
        assert len(view_meeting(session, EVERYBODY, meeting_id).items) == 2


def test_three_buttons_and_a_note_change_the_measure_and_the_minutes(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    with pytest.raises(InvalidInput, match="примечанием"):
        hear(plan, meeting_id, 0, Update(MeasureStatus.NOT_DONE))
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


def test_the_next_meeting_is_prepared_once_from_what_is_left(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    meeting_id = prepared(with_measures(plan))
    with writing(plan.engine, "Иванова") as session:
        add_question(session, EVERYBODY, meeting_id, "О методической неделе")
        assert add_question(session, EVERYBODY, meeting_id, "О методической неделе").position == 3
        version = view_meeting(session, EVERYBODY, meeting_id).meeting.version
        with pytest.raises(InvalidInput, match="должно быть позже"):
            prepare_next(session, EVERYBODY, meeting_id, TODAY)
        following = finish_meeting(session, EVERYBODY, meeting_id, version, date(2026, 12, 6))
        assert following is not None and following.number == "4"
        assert prepare_next(session, EVERYBODY, meeting_id, date(2026, 12, 6)).id == following.id
        assert next_of(session, EVERYBODY, meeting_id) is following
        titles = [one.title for one in view_meeting(session, EVERYBODY, following.id or 0).items]
    assert titles[-1] == "О методической неделе" and len(titles) == 3


def test_whose_meetings_somebody_may_hold(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    with reading(plan.engine) as session:
        everybody = [one.name for one in meeting_bodies(session, EVERYBODY)]
        head = meeting_bodies(session, plan.scope("руководитель шмо"))
        assert meeting_bodies(session, plan.scope("учитель")) == []
        suggested = suggest_meeting(
            session, EVERYBODY, plan.region.units["школа 1"], plan.region.associations["ШМО математиков"], TODAY
        )
    assert everybody[0] == "ШМО математиков — школа 1", "the one with a roadmap comes first"
    assert "Методический совет — район" in everybody
    assert [one.body for one in head] == ["ШМО математиков"]
    assert (suggested.number, suggested.roadmaps) == ("1", ((plan.roadmap_id, "Дорожная карта по математике"),))


def test_closing_keeps_minutes_and_the_next_meeting_sees_what_changed(plan: Plan) -> None:
    first = prepared(with_measures(plan))
    hear(plan, first, 1, WORKING)
    minutes = close(plan, first)
    assert minutes.number == "3" and minutes.present == ("Иванова Анна Петровна, учитель",)
    row = plan.rows()["3"]
    plan.save(GridChanges(deleted=[RowDelete(row.id, row.version)]))
    plan.add("Новое")
    with writing(plan.engine, "Смирнова") as session:
        row = plan.rows()["1"]
        update_measure(session, plan.scope("учитель"), row.id, Update(MeasureStatus.DONE), row.version, TODAY)
    second = prepared(plan, date(2026, 12, 10))
    with reading(plan.engine) as session:
        ((title, difference),) = changes_since(session, EVERYBODY, second)
        kept = minutes_of(session, EVERYBODY, first)
    assert title == "Дорожная карта по математике"
    assert kept == minutes, "later changes do not touch kept minutes"
    lines = sentences(difference)
    assert "1. Просрочено: статус: запланировано → выполнено" in lines
    assert "1. Просрочено: дата выполнения: — → 22.11.2026" in lines
    assert "4. Новое: добавлено" in lines and "3. Потом: удалено" in lines


def test_a_closed_meeting_is_not_changed(plan: Plan) -> None:
    meeting_id = prepared(with_measures(plan))
    seen = view_version(plan, meeting_id)

    def finish(number: int) -> None:
        with writing(plan.engine, f"Иванова {number}") as session:
            close_meeting(session, EVERYBODY, meeting_id, seen)

    (refused,) = at_once(2, finish)
    assert isinstance(refused, InvalidInput) and "Заседание закрыто" in str(refused)
    with writing(plan.engine, "Иванова") as session:
        with pytest.raises(InvalidInput, match="закрыто"):
            add_question(session, EVERYBODY, meeting_id, "Ещё")
        with pytest.raises(InvalidInput, match="закрыто"):
            add_decision(session, EVERYBODY, meeting_id, DecisionDraft("Ещё"))
        item = view_meeting(session, EVERYBODY, meeting_id).items[0]
        with pytest.raises(InvalidInput, match="закрыто"):
            record_outcome(session, EVERYBODY, item.id or 0, DONE, 1)


def view_version(plan: Plan, meeting_id: int) -> int:
    with reading(plan.engine) as session:
        return view_meeting(session, EVERYBODY, meeting_id).meeting.version


def test_a_meeting_without_people_or_questions_is_not_closed(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    meeting_id = prepared(plan)
    with pytest.raises(InvalidInput, match="ни одного вопроса"):
        close(plan, meeting_id)
    with writing(plan.engine, "Иванова") as session:
        view = view_meeting(session, EVERYBODY, meeting_id)
        changes = [CellEdit(one.id or 0, 1, "presence", "отсутствует", one.presence) for one in view.attendance]
        assert not save_attendance(session, EVERYBODY, meeting_id, GridChanges(changes)).refused
        add_question(session, EVERYBODY, meeting_id, "Разное")
    with pytest.raises(InvalidInput, match="Никто не отмечен"):
        close(plan, meeting_id)


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


def test_who_holds_and_who_looks_on(plan: Plan) -> None:
    with_measures(plan)
    head, teacher, stranger = plan.scope("руководитель шмо"), plan.scope("учитель"), plan.scope("без роли")
    meeting_id = prepared(plan, scope=head)
    with reading(plan.engine) as session:
        assert view_meeting(session, head, meeting_id).may_hold
        assert not view_meeting(session, teacher, meeting_id).may_hold
        with pytest.raises(NotAllowed):
            view_meeting(session, stranger, meeting_id)
    with writing(plan.engine, "Смирнова") as session:
        with pytest.raises(NotAllowed):
            add_question(session, teacher, meeting_id, "Мой вопрос")
        with pytest.raises(NotAllowed):
            create_meeting(session, teacher, draft(plan))
        with pytest.raises(NotAllowed):
            create_meeting(session, head, MeetingDraft(plan.region.units["школа 1"], TODAY, []))
        with pytest.raises(NotFound):
            create_meeting(session, EVERYBODY, MeetingDraft(plan.region.units["школа 1"], TODAY, [999]))
    hear(plan, meeting_id, 0, DONE, teacher)
    with pytest.raises(NotAllowed):
        hear(plan, meeting_id, 1, DONE, teacher)
    with reading(plan.engine) as session:
        assert [one.id for one in list_meetings(session, teacher)] == [meeting_id]
        assert [one.id for one in next_meetings(session, teacher, TODAY)] == [meeting_id]


def test_a_meeting_that_is_not_closed_can_be_deleted(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    meeting_id = prepared(with_measures(plan))
    with writing(plan.engine, "Иванова") as session:
        delete_meeting(session, EVERYBODY, meeting_id)
        assert list_meetings(session, EVERYBODY) == []
        with pytest.raises(NotFound):
            view_meeting(session, EVERYBODY, meeting_id)


def test_due_and_overdue_lists_and_mine(plan: Plan) -> None:
    with_measures(plan)
    teacher = plan.scope("учитель")
    with reading(plan.engine) as session:
        assert [row.title for _map, row in overdue_measures(session, EVERYBODY, TODAY)] == ["Просрочено"]
        assert [row.title for _map, row in due_measures(session, EVERYBODY, TODAY)] == ["Скоро"]
        assert [row.title for _map, row in my_measures(session, teacher, TODAY)] == ["Просрочено"]
    row = plan.rows()["1"]
    with writing(plan.engine, "Смирнова") as session:
        roadmap, measure = get_roadmap(session, teacher, plan.roadmap_id), session.get_one(Measure, row.id)
        assert suggested_status(roadmap, measure, TODAY) is MeasureStatus.DONE_LATE
        update_measure(session, teacher, row.id, Update(MeasureStatus.DONE_LATE, "Болезнь"), row.version, TODAY)
    with reading(plan.engine) as session:
        assert my_measures(session, teacher, TODAY) == []
        assert len(my_measures(session, teacher, TODAY, with_closed=True)) == 1


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


def test_reminders_of_the_week_and_their_text(plan: Plan) -> None:
    with_measures(plan)
    monday = date(2026, 11, 24)
    with reading(plan.engine) as session:
        everybody = digest_of(session, EVERYBODY, monday)
        mine = due_this_week(session, plan.scope("учитель"), monday)
        nobody = due_this_week(session, plan.scope("наблюдатель"), monday)
    assert [(one.title, one.is_overdue) for one in everybody] == [("Просрочено", True), ("Скоро", False)]
    assert [one.title for one in mine] == ["Просрочено"]
    assert digest_text(everybody, monday).splitlines() == [
        "Сроки на неделю с 24.11.2026 по 01.12.2026",
        "",
        "Просрочено (1\xa0пункт):",
        "• 1. Просрочено — с 31.10.2026 (Смирнова Ольга Игоревна)",
        "",
        "На этой неделе:",
        "• 2. Скоро — до 30.11.2026 (Руководитель ШМО)",
    ]
    assert "сроков нет" in digest_text(nobody, monday)


def test_the_calendar_can_be_read_by_other_programs(plan: Plan) -> None:
    prepared(with_measures(plan), date(2026, 12, 3))
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with reading(plan.engine) as session:
        mine = Calendar.from_ical(my_calendar(session, plan.scope("учитель"), date(2026, 10, 1), now))
        whole = Calendar.from_ical(roadmap_calendar(session, EVERYBODY, plan.roadmap_id, TODAY, now))
    events = {str(event["summary"]): event for event in mine.walk("VEVENT")}
    assert set(events) == {"1. Просрочено", "Заседание: ШМО математиков"}
    assert events["1. Просрочено"].decoded("dtstart") == date(2026, 10, 31)
    assert [str(event["summary"]) for event in whole.walk("VEVENT")] == ["2. Скоро", "3. Потом"]
    assert len(whole.walk("VALARM")) == 2
