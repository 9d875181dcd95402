"""What is new since the last visit: counted by kind, within the scope, without one's own."""

from datetime import date, timedelta

import pytest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.glance.changes import ChangeKind, changes_since
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Action, Scope
from core.planning.meeting_tables import Meeting, MeetingState
from core.planning.meetings import MeetingDraft, create_meeting
from core.planning.statuses import MeasureStatus
from core.planning.updating import Update, update_measure
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work
from tests.planning.conftest import EVERYBODY, Plan, new_plan

BEFORE = utc_now() - timedelta(minutes=5)


def counted(engine, scope: Scope, since=BEFORE) -> dict[ChangeKind, int]:
    with reading(engine) as session:
        return {one.kind: one.count for one in changes_since(session, scope, since)}


@pytest.fixture
def plan(sqlite_engine) -> Plan:
    return new_plan(sqlite_engine)


def as_(plan: Plan, name: str) -> Scope:
    with reading(plan.engine) as session:
        return scope_for(session, session.get(Account, plan.region.accounts[name]))


def test_work_of_others_is_told_to_those_who_see_it(plan: Plan):
    measure = plan.add("Практикум", deadline_text="до 30.11.2026")
    director, methodist = (as_(plan, name) for name in ("директор", "методист школы"))
    other = frozenset({plan.region.units["школа 3"]})
    elsewhere = Scope(99, "Чужой", other, other, None, None, frozenset(Action))
    with writing(plan.engine, director.actor_name, director.actor_id) as session:
        update_measure(session, director, measure, Update(MeasureStatus.DONE), 1)
        meeting = create_meeting(
            session, director, MeetingDraft(plan.region.units["школа 1"], date.today(), [], body="Педсовет")
        )
    with writing(plan.engine, director.actor_name, director.actor_id) as session:
        session.get_one(Meeting, meeting.id).state = MeetingState.CLOSED
    told = counted(plan.engine, methodist)
    assert told == {ChangeKind.DONE: 1, ChangeKind.MEETING: 1}
    assert counted(plan.engine, director) == {}, "one's own is not news"
    assert counted(plan.engine, elsewhere) == {}, "what is not seen is not counted"
    assert counted(plan.engine, EVERYBODY) == told
    assert counted(plan.engine, methodist, utc_now()) == {}


def test_results_and_decisions_are_told_within_the_scope(sqlite_engine):
    with writing(sqlite_engine, "Соседка") as session:
        ids = add_organisations(session)
        work = add_work(session, ids, plan_id=add_plan(session))
        review_field(
            session, EVERYBODY, assessment_id=work, unit=f"class:{ids['school1']}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.CONFIRMED, cause="другое",
        )

    def of(school: str) -> Scope:
        places = frozenset({ids[school]})
        return Scope(9, "Директор", places, places, None, None, frozenset({Action.VIEW}))

    assert counted(sqlite_engine, of("school1")) == {ChangeKind.UPLOAD: 1, ChangeKind.DECISION: 1}
    assert counted(sqlite_engine, of("school2")) == {ChangeKind.UPLOAD: 1}
