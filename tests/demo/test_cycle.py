"""The cycle of the demo municipality: states from its own records, by role and year."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from core.cycle.derived import marks_of
from core.cycle.marks import MarkState
from core.cycle.models import models
from core.cycle.overview import StageState, cycle_view
from core.cycle.records import Derived
from core.errors import NotAllowed, NotFound
from core.people.academic_year import year_on
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.unit_of_work import reading

EVERYTHING = Scope.local_administrator()
YEAR = year_on(date.today())


def _ids(demo, kind: OrganisationKind) -> list[int]:
    with reading(demo.engine) as session:
        rows = session.exec(select(Organisation).where(Organisation.kind == kind).order_by(Organisation.id))
        return [row.id or 0 for row in rows]


def _marks(demo, organisation: int, year: int = YEAR, scope: Scope = EVERYTHING):
    with reading(demo.engine) as session:
        return marks_of(session, scope, organisation, year)


@pytest.fixture(scope="module")
def municipality(demo) -> int:
    return _ids(demo, OrganisationKind.MUNICIPALITY)[0]


def test_a_mark_for_every_kind_of_record(demo, municipality):
    marks = _marks(demo, municipality)
    assert set(marks) == set(Derived)
    assert marks[Derived.MANUAL].state is MarkState.BY_HAND
    assert all(mark.missing for mark in marks.values() if mark.state in (MarkState.MISSING, MarkState.PART))


def test_the_year_before_stands_on_its_own_records(demo, municipality):
    marks = _marks(demo, municipality, 2026)
    assert marks[Derived.WORKS_UPLOADED].words == "20\xa0работ, 8\xa0школ"
    assert marks[Derived.VALUES_ENTERED].state is MarkState.PART
    empty = _marks(demo, municipality, 2020)
    assert empty[Derived.WORKS_UPLOADED].state is MarkState.MISSING
    assert empty[Derived.FIELDS_CONFIRMED].state is MarkState.MISSING
    assert {one.state for one in cycle_view(models()[0].file, empty).stages} <= {
        StageState.NOT_STARTED, StageState.RUNNING
    }


def test_a_school_counts_its_own_records_only(demo, municipality):
    whole = _marks(demo, municipality, 2026)
    schools = [_marks(demo, key, 2026) for key in _ids(demo, OrganisationKind.SCHOOL)]
    taken = [int(one[Derived.SURVEYS_UPLOADED].words.split(", ")[1].split("\xa0")[0]) for one in schools
             if one[Derived.SURVEYS_UPLOADED].words]
    assert sum(taken) == int(whole[Derived.SURVEYS_UPLOADED].words.split(", ")[1].split("\xa0")[0])


def test_every_model_has_something_done_and_something_to_do(demo, municipality):
    marks = _marks(demo, municipality, 2026)
    for model in models():
        view = cycle_view(model.file, marks)
        assert view.next_stage is not None, model.code
        assert any(one.done for one in view.stages), model.code


def test_what_the_role_does_not_see_is_closed_and_not_missing(demo, municipality):
    school = _ids(demo, OrganisationKind.SCHOOL)[0]
    narrow = Scope(1, "Только результаты", frozenset({school}), frozenset(), None, None, frozenset({Action.VIEW}))
    marks = _marks(demo, school, 2026, narrow)
    assert marks[Derived.WORKS_UPLOADED].state is MarkState.DONE
    closed = {Derived.ROADMAP_APPROVED, Derived.MENTORSHIP_ACTIVE, Derived.VALUES_ENTERED, Derived.DEFICITS_COLLECTED,
              Derived.PRACTICES_PUBLISHED, Derived.RECOMMENDATIONS_SENT, Derived.SURVEYS_UPLOADED}
    assert {one: marks[one].state for one in closed} == dict.fromkeys(closed, MarkState.CLOSED)
    with pytest.raises(NotFound):
        _marks(demo, municipality, 2026, narrow)
    with pytest.raises(NotAllowed):
        _marks(demo, school, 2026, Scope.of(None, "Гость", ()))
