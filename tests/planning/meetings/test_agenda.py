"""Meetings before and around them: whose they are, the agenda, the next one prepared, deleting."""

from datetime import date

import pytest

from core.errors import InvalidInput, NotAllowed, NotFound
from core.planning.agenda import add_question, build_agenda, move_item, remove_item
from core.planning.bodies import meeting_bodies, suggest_meeting
from core.planning.closing import finish_meeting, next_of, prepare_next
from core.planning.deleted_meetings import delete_meeting
from core.planning.meetings import MeetingDraft, create_meeting, list_meetings, view_meeting
from core.planning.reminders import next_meetings
from core.planning.tables import AgendaKind
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan
from tests.planning.meetings.conftest import DONE, draft, hear, prepared, with_measures


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
    assert "Педагогический совет — школа 1" in everybody and "Педагогический совет — район" not in everybody
    assert [one.body for one in head] == ["ШМО математиков"]
    assert (suggested.number, suggested.roadmaps) == ("1", ((plan.roadmap_id, "Дорожная карта по математике"),))


def test_minutes_of_the_councils_of_a_school_are_numbered_apart(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    school = plan.region.units["школа 1"]
    with writing(plan.engine, "Смирнова") as session:
        made = [
            create_meeting(session, EVERYBODY, MeetingDraft(school, TODAY, (), body=body, number=number)).id or 0
            for body, number in (("Методический совет", "4"), ("Педагогический совет", "1"))
        ]
        found = [
            suggest_meeting(session, EVERYBODY, school, None, TODAY, body).number
            for body in ("Методический совет", "Педагогический совет")
        ]
        come = [len(view_meeting(session, EVERYBODY, one).attendance) for one in made]
    assert found == ["5", "2"]
    assert come[0] == 0 and come[1] > 0, "of the teachers' council is everybody who works in the school"


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
