"""A meeting is closed: its minutes are kept, the next one sees what changed."""

from datetime import date

import pytest

from core.errors import InvalidInput
from core.planning.agenda import add_question
from core.planning.meeting_changes import changes_of, sentences
from core.planning.meetings import begin_meeting, save_attendance, view_meeting
from core.planning.minutes import close_meeting, minutes_of
from core.planning.outcomes import Becomes, DecisionDraft, add_decision, decide, record_outcome
from core.planning.statuses import MeasureStatus
from core.planning.tables import Measure
from core.planning.updating import Update, update_measure
from core.store.edits import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan
from tests.planning.meetings.conftest import DONE, WORKING, close, hear, prepared, with_measures
from tests.store.threads import at_once


def test_closing_keeps_minutes_and_the_next_meeting_sees_what_changed(plan: Plan) -> None:
    first = prepared(with_measures(plan))
    hear(plan, first, 1, WORKING)
    minutes = close(plan, first)
    assert minutes.number == "3" and minutes.present == ("Иванова Анна Петровна, учитель",)
    assert [item.is_heard for item in minutes.items] == [False, True], "the first was not come to"
    row = plan.rows()["3"]
    plan.save(GridChanges(deleted=[RowDelete(row.id, row.version)]))
    plan.add("Новое")
    with writing(plan.engine, "Смирнова") as session:
        row = plan.rows()["1"]
        update_measure(session, plan.scope("учитель"), row.id, Update(MeasureStatus.DONE), row.version, TODAY)
    second = prepared(plan, date(2026, 12, 10))
    with reading(plan.engine) as session:
        (found,) = changes_of(session, EVERYBODY, second)
        kept = minutes_of(session, EVERYBODY, first)
    assert found.title == "Дорожная карта по математике" and found.between is not None and found.within is None
    difference = found.between
    assert kept == minutes, "later changes do not touch kept minutes"
    lines = sentences(difference)
    assert "1. Просрочено: статус: запланировано → выполнено" in lines
    assert "1. Просрочено: дата выполнения: — → 22.11.2026" in lines
    assert "4. Новое: добавлено" in lines and "3. Потом: удалено" in lines


def test_what_a_meeting_changes_itself_is_told_apart_from_what_came_before(plan: Plan) -> None:
    first = prepared(with_measures(plan))
    hear(plan, first, 1, WORKING)
    minutes = close(plan, first)
    assert minutes.changes == () and minutes.changes_here == (
        "2. Скоро: статус: запланировано → в работе", "2. Скоро: выполнение, %: 0 → 50"
    ), "the first meeting has nothing before it, but what it did itself"
    plan.add("Новое")
    second = prepared(plan, date(2026, 12, 10))
    with writing(plan.engine, "Иванова") as session:
        begin_meeting(session, EVERYBODY, second)
    with writing(plan.engine, "Иванова") as session:
        item = view_meeting(session, EVERYBODY, second).items[0]
        decide(session, EVERYBODY, second, DecisionDraft("Провести консультации", "ШМО", "до 20.12.2026"),
               Becomes.MEASURE, plan.roadmap_id)
        record_outcome(
            session, EVERYBODY, item.id or 0,
            Update(MeasureStatus.POSTPONED, note="нет данных", new_deadline="март 2027 г."),
            session.get_one(Measure, item.measure_id).version,
        )
    minutes = close(plan, second)
    assert minutes.changes == ("5. Новое: добавлено",)
    assert "6. Провести консультации: добавлено" in minutes.changes_here
    assert "1. Просрочено: срок: октябрь 2026 г. → март 2027 г." in minutes.changes_here
    assert not any("Новое" in line for line in minutes.changes_here)
    row = plan.rows()["5"]
    plan.save(GridChanges(deleted=[RowDelete(row.id, row.version)]))
    third = prepared(plan, date(2026, 12, 24))
    close(plan, third)
    with reading(plan.engine) as session:
        (of_second,), (of_third,) = (changes_of(session, EVERYBODY, one) for one in (second, third))
        assert minutes_of(session, EVERYBODY, second) == minutes
    assert of_second.between is not None and sentences(of_second.between) == list(minutes.changes), "as it was then"
    assert of_second.within is not None and sentences(of_second.within) == list(minutes.changes_here)
    assert of_third.between is not None and sentences(of_third.between) == ["5. Новое: удалено"]
    assert of_third.within is None, "it began nothing and changed nothing"


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
