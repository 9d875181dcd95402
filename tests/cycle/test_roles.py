"""What each role sees of a cycle: their own organisation, and «не видно» where they have no right."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from core.cycle.derived import marks_of
from core.cycle.marks import MarkState
from core.cycle.models import models
from core.cycle.overview import StageState, cycle_view
from core.cycle.records import Derived
from core.errors import NotAllowed, NotFound
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.store.unit_of_work import reading
from tests.people.conftest import DAY, Region, build


@pytest.fixture
def region(sqlite_engine: Engine) -> Region:
    return build(sqlite_engine)


def _scope(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


def _marks(region: Region, name: str, place: str):
    with reading(region.engine) as session:
        return marks_of(session, _scope(region, name), region.units[place], 2027, DAY)


@pytest.mark.parametrize(
    ("name", "closed"),
    [
        ("администратор", set()),
        ("специалист", set()),
        ("методист", set()),
        ("директор", set()),
        ("методист школы", set()),
        ("руководитель шмо", {Derived.VALUES_ENTERED, Derived.VALUES_ACCEPTED, Derived.INDICATORS_SET}),
        ("учитель", {Derived.VALUES_ENTERED, Derived.VALUES_ACCEPTED, Derived.INDICATORS_SET}),
        ("наблюдатель", {
            Derived.MENTORSHIP_ACTIVE, Derived.COURSES_PLANNED, Derived.COURSES_FINISHED, Derived.SELF_EDUCATION,
            Derived.VISITS_HELD, Derived.EVENTS_PLANNED, Derived.EVENTS_HELD, Derived.CONTESTS_HELD,
        }),
    ],
)
def test_everybody_who_looks_at_results_sees_the_cycle_of_their_school(region, name, closed):
    marks = _marks(region, name, "школа 1")
    assert {one for one, mark in marks.items() if mark.state is MarkState.CLOSED} == closed
    states = {one.state for model in models() for one in cycle_view(model.file, marks).stages}
    assert states <= {StageState.NOT_STARTED, StageState.RUNNING, StageState.UNKNOWN}


def test_others_schools_and_others_roles_are_refused(region):
    with pytest.raises(NotFound):
        _marks(region, "директор", "школа 2")
    with pytest.raises(NotAllowed):
        _marks(region, "наставник", "школа 1")
