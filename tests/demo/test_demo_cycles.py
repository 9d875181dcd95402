"""Five organisations of the demo, each by its own model at its own stage, one of them with a closed cycle behind."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from core.cycle.closing import closing_note, cycle_chain
from core.cycle.closing_items import carried_into, findings
from core.cycle.closing_tables import Decision, ItemKind, Outcome
from core.cycle.cycle_tables import CycleState
from core.cycle.derived import marks_of
from core.cycle.models import models
from core.cycle.opened import OpenedCycle, list_cycles, opened_cycle
from core.cycle.overview import CycleView, StageState, cycle_view
from core.cycle.records import Derived
from core.cycle.regulations import list_regulations
from core.cycle.stage_dates import Dated, order_warnings
from core.cycle.validity import Presence, required
from core.demo.municipality import MUNICIPALITY, NEIGHBOUR
from core.monitoring.expected import expected_table
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.roadmap_tables import Measure, Roadmap
from core.store.unit_of_work import reading
from tests.demo.conftest import Demo

ALL = Scope.local_administrator()
DAY = date(2026, 11, 22)
YEAR = 2027
MODELS = {
    MUNICIPALITY.code: "zelenchuk", NEIGHBOUR.code: "nikolsky", "edu990102": "napolnovskaya",
    "edu990103": "sasovo-106", "edu990105": "isadskaya",
}


@pytest.fixture(scope="module")
def units(demo: Demo) -> dict[str, int]:
    with reading(demo.engine) as session:
        return {row.code or "": row.id or 0 for row in session.exec(select(Organisation))}


@pytest.fixture(scope="module")
def running(demo: Demo, units: dict[str, int]) -> dict[str, tuple[OpenedCycle, CycleView]]:
    found = {}
    with reading(demo.engine) as session:
        for code, unit in units.items():
            opened = opened_cycle(session, ALL, unit, YEAR)
            if opened is not None:
                found[code] = opened, cycle_view(opened.model.file, marks_of(session, ALL, unit, YEAR), opened, DAY)
    return found


def test_each_of_five_organisations_goes_by_a_model_of_its_own(demo: Demo, running) -> None:
    assert {code: opened.model.code for code, (opened, _view) in running.items()} == MODELS
    assert {opened.model.code for opened, _view in running.values()} == {one.code for one in models()}
    assert demo.summary.cycles == len(MODELS) + 1 and "6\N{NO-BREAK SPACE}управленческих циклов" in str(demo.summary)


def test_they_are_at_different_stages(running) -> None:
    states = {code: [one.state for one in view.stages] for code, (_opened, view) in running.items()}
    assert len({tuple(one) for one in states.values()}) == len(MODELS)
    assert {view.finished for _opened, view in running.values()} == {0, 1, 2}
    assert {one for found in states.values() for one in found} == {
        StageState.NOT_STARTED, StageState.RUNNING, StageState.DONE
    }
    late = {code: [one.stage.number for one in view.overdue] for code, (_opened, view) in running.items()}
    assert {code: found for code, found in late.items() if found} == {"edu990102": ["2"], NEIGHBOUR.code: ["1"]}


def test_every_stage_has_days_in_order_and_somebody_who_answers(running) -> None:
    for opened, _view in running.values():
        dated = [Dated(one.number, one.starts_on, one.ends_on) for one in opened.stages]
        if opened.model.code != "nikolsky":
            # The directions of the concept run side by side, as it says itself.
            assert order_warnings(dated) == ()
        assert all(one.who for one in opened.stages)
    people = {one.teacher for opened, _view in running.values() for one in opened.stages if one.teacher}
    bodies = {one.association for opened, _view in running.values() for one in opened.stages if one.association}
    assert len(people) >= 5 and all(one.startswith("ШМО") for one in bodies) and len(bodies) == 2


def test_people_marked_things_with_words_and_proofs(running) -> None:
    marks = [one for opened, _view in running.values() for one in opened.marks]
    assert all(one.comment and one.marked_by and one.marked_at.date() <= DAY for one in marks)
    assert sum(one.evidence for one in marks) >= len(MODELS)
    named = [checked.mark.words for _opened, view in running.values() for one in view.stages
             for checked in (*one.inputs, *one.outputs) if checked.hand is not None]
    assert not any(".;" in words or ".." in words for words in named), "a comment's own full stop is not repeated"


def test_one_act_has_run_out_and_one_is_not_in_the_register(demo: Demo, units, running) -> None:
    found = {}
    with reading(demo.engine) as session:
        for code, (opened, _view) in running.items():
            register = [one.registered for one in list_regulations(session, ALL, units[code])]
            found[code] = [one.presence for one in required(opened.model.file.regulations, register, DAY)]
    assert found["edu990102"] == [Presence.PRESENT, Presence.PRESENT, Presence.EXPIRED, Presence.MISSING]
    assert {Presence.ENDING, Presence.EXPIRED, Presence.MISSING} <= set(found[NEIGHBOUR.code])


def test_a_closed_cycle_leaves_things_of_its_records_to_the_next(demo: Demo, units) -> None:
    unit = units[MUNICIPALITY.code]
    with reading(demo.engine) as session:
        following, closed = list_cycles(session, ALL, unit)
        items = {one.item.reference: one for one in findings(session, ALL, closed.id).items}
        carried = carried_into(session, ALL, following.id)
        chain = cycle_chain(session, ALL, unit)
        note = closing_note(session, ALL, closed.id)
    assert (closed.state, closed.closed_on, following.is_open) == (CycleState.CLOSED, date(2026, 8, 28), True)
    assert following.previous_id == closed.id and [one.is_open for one in chain] == [False, True]
    kinds = {outcome: {one.item.kind for one in items.values() if one.item.outcome is outcome} for outcome in Outcome}
    assert kinds[Outcome.REPEATS] == {ItemKind.FIELD}
    assert {ItemKind.FIELD, ItemKind.MEASURE, ItemKind.INDICATOR} <= kinds[Outcome.SOLVED]
    assert {ItemKind.MEASURE, ItemKind.DEFICIT, ItemKind.INDICATOR} <= kinds[Outcome.GOES_ON]
    dropped = [one for one in items.values() if one.decision is Decision.DROPPED]
    assert len(dropped) == 1 and dropped[0].reason and "диагностику" in dropped[0].item.words
    assert {one.item.reference for one in carried} == {
        key for key, one in items.items() if one.decision is Decision.CARRIED
    }
    assert note.closed_by == "Громова Л. И." and all(one.paragraphs for one in note.sections)


def test_days_and_people_of_the_next_cycle_are_those_of_the_closed_one(demo: Demo, units) -> None:
    with reading(demo.engine) as session:
        following, closed = list_cycles(session, ALL, units[MUNICIPALITY.code])
    assert [one.starts_on.replace(year=one.starts_on.year + 1) for one in closed.stages] == [
        one.starts_on for one in following.stages
    ]
    assert [one.who for one in closed.stages] == [one.who for one in following.stages]


def test_the_neighbour_has_documents_under_its_own_name_and_no_records_of_others(demo: Demo, units) -> None:
    unit = units[NEIGHBOUR.code]
    with reading(demo.engine) as session:
        rows = session.exec(
            select(Measure).join(Roadmap, Roadmap.id == Measure.roadmap_id).where(Roadmap.organisation_id == unit)
        ).all()
        table = expected_table(session, ALL, unit)
        marks = marks_of(session, ALL, unit, YEAR)
        left = findings(session, ALL, opened_cycle(session, ALL, unit, YEAR).id, DAY)
    assert rows and not any(
        "Никольск" in text or "Пензенск" in text for row in rows for text in (row.title, row.indicator, row.owner_post)
    )
    assert table.years == (2027, 2028, 2029) and 0 < len(table.missing) < len(table.cells)
    assert marks[Derived.DEFICITS_COLLECTED].words == "" and marks[Derived.DEFICITS_COLLECTED].missing
    assert {one.item.kind for one in left.items} == {ItemKind.MEASURE}
