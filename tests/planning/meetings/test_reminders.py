"""What is due and overdue, reminders of the week and the calendar."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from core.planning.calendar_file import my_calendar, roadmap_calendar
from core.planning.due import due_measures, my_measures, overdue_measures
from core.planning.reminders import digest_of, digest_text, due_this_week
from core.planning.roadmaps import get_roadmap
from core.planning.statuses import MeasureStatus
from core.planning.tables import Measure
from core.planning.updating import Update, suggested_status, update_measure
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan
from tests.planning.meetings.conftest import prepared, with_measures


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
