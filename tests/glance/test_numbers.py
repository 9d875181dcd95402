"""The numbers of the glance: an arrow only beyond chance, equal elements only, what is overdue first."""

from datetime import date

import pytest

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.glance.attention import Alarm, red_items
from core.glance.low_elements import low_elements
from core.glance.numbers import measures_kept, results_received
from core.glance.portion import Portion, beside
from core.intake.missing import received_results
from core.monitoring.trend import Move
from core.people.scope import Scope
from core.planning.statuses import MeasureStatus
from core.planning.updating import Update, update_measure
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work
from tests.planning.conftest import EVERYBODY, new_plan

EVERYTHING = Scope.local_administrator()


@pytest.mark.parametrize(("now", "before", "move"), [
    (Portion(30, 40), Portion(10, 40), Move.UP),
    (Portion(12, 40), Portion(10, 40), Move.SAME),
    (Portion(3, 4), Portion(0, 0), Move.UNKNOWN),
])
def test_an_arrow_stands_only_beyond_chance(now, before, move):
    assert beside(now, before).change.move is move


def test_low_elements_are_compared_where_both_years_have_them(sqlite_engine):
    with writing(sqlite_engine, "тест") as session:
        ids = add_organisations(session)
        add_work(session, ids, plan_id=add_plan(session, 2026), year=2026)
        add_work(session, ids, plan_id=add_plan(session, 2025), year=2025, untaught={})
        add_work(session, ids, plan_id=None, year=2026, grade=7)
    with reading(sqlite_engine) as session:
        now, before = (
            problem_fields(session, EVERYTHING, FieldFilter(years=(year,), kinds=(Kind.ELEMENT,)))
            for year in (2026, 2025)
        )
        found = low_elements(now, before)
        assert found.now == Portion(1, 5), "five elements with a name, of which «геометрия» is surely below"
        assert found.compared == (Portion(0, 5), Portion(1, 5))
        assert low_elements(now, problem_fields(session, EVERYTHING, FieldFilter(years=(2020,)))).compared is None
        received, earlier = (received_results(session, EVERYTHING, year) for year in (2026, 2025))
        assert results_received(received, earlier) == beside(Portion(4, 4), Portion(2, 2))
        missing = received.missing
        assert red_items((), now.fields, (), missing)[0].alarm is Alarm.FIELD


def test_measures_count_in_the_year_of_their_last_day(sqlite_engine):
    plan = new_plan(sqlite_engine)
    kept = plan.add("В срок", deadline_text="до 10.11.2026")
    plan.add("Просрочено", deadline_text="до 15.11.2026")
    plan.add("Впереди", deadline_text="до 20.12.2026")
    with writing(plan.engine, "тест") as session:
        update_measure(session, EVERYBODY, kept, Update(MeasureStatus.DONE, done_on=date(2026, 11, 9)), 1)
    with reading(plan.engine) as session:
        found = measures_kept(session, EVERYBODY, date(2026, 11, 22))
    assert (found.now, found.compared) == (Portion(1, 2), None)
