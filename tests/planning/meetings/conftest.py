"""A roadmap with measures before a meeting, and the steps of a meeting."""

from datetime import date

from core.people.scope import Scope
from core.planning.agenda import build_agenda
from core.planning.meetings import MeetingDraft, create_meeting, view_meeting
from core.planning.minutes import close_meeting
from core.planning.outcomes import record_outcome
from core.planning.statuses import MeasureStatus
from core.planning.tables import Measure
from core.planning.updating import Update
from core.store.unit_of_work import writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan

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
