"""Roadmaps of the demo: one under way with everything that can happen, one before its order, one draft."""

from datetime import date

import pytest
from sqlmodel import select

from core.demo.municipality import NEIGHBOUR
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.approval_sheet import approval_blocks, redline_of_editions
from core.planning.evidence import open_evidence
from core.planning.field_links import fields_of
from core.planning.measures import RoadmapView, view_roadmap
from core.planning.statuses import NOTE_REQUIRED, MeasureStatus
from core.planning.tables import Evidence, EvidenceKind, Measure, MeasureKind, Roadmap, RoadmapState
from core.store.unit_of_work import reading
from tests.demo.conftest import Demo

ALL = Scope.local_administrator()
DEMO_DAY = date(2026, 11, 22)
_NEIGHBOUR = select(Organisation.id).where(Organisation.code == NEIGHBOUR.code).scalar_subquery()
_CURRENT = select(Roadmap).where(Roadmap.ends_on > DEMO_DAY, Roadmap.organisation_id != _NEIGHBOUR)


@pytest.fixture
def views(demo: Demo) -> dict[RoadmapState, RoadmapView]:
    with reading(demo.engine) as session:
        found = [view_roadmap(session, ALL, row.id or 0, DEMO_DAY) for row in session.exec(_CURRENT)]
        return {view.roadmap.state: view for view in found}


def test_one_is_approved_one_waits_for_its_order_one_is_a_draft(demo: Demo, views) -> None:
    assert set(views) == {RoadmapState.APPROVED, RoadmapState.AGREED_BY_COUNCIL, RoadmapState.DRAFT}
    assert demo.summary.roadmaps == 7, "three of the year before, and that of the neighbouring municipality"
    assert all(view.rows for view in views.values())


def test_the_approved_one_has_every_status_and_two_overdue_measures(demo: Demo, views) -> None:
    view = views[RoadmapState.APPROVED]
    rows = [row for row in view.rows if row.kind is MeasureKind.MEASURE]
    assert {row.status for row in rows} == set(MeasureStatus)
    assert all(row.status_note for row in rows if row.status in NOTE_REQUIRED)
    assert [(row.number, row.overdue_since) for row in rows if row.is_overdue] == [
        ("2.1", date(2026, 10, 31)), ("3.1", date(2026, 11, 10)),
    ]
    assert all(row.check_dates for row in rows), "every deadline gives its days"
    with reading(demo.engine) as session:
        blocks = approval_blocks(session, ALL, view.roadmap.id or 0)
        changed = redline_of_editions(session, ALL, view.roadmap.id or 0, 1).changed
        linked = {one.key for one in fields_of(session, ALL, [row.id for row in rows])}
    assert blocks[-1].basis == "Приказ № 112-о от 01.09.2026"
    assert [(one.number, one.label) for one in changed] == [("2.4", "Срок")], "progress is no change of content"
    assert linked == {"геометрия"}


def test_its_proofs_can_be_opened(demo: Demo) -> None:
    with reading(demo.engine) as session:
        proofs = session.exec(select(Evidence).order_by(Evidence.id)).all()
        texts = [
            open_evidence(session, ALL, one.id or 0)[1].decode() for one in proofs if one.kind is EvidenceKind.FILE
        ]
        places = {session.get_one(Measure, one.measure_id).title[:6] for one in proofs}
    assert len(proofs) == 3
    assert texts[0].startswith("СПРАВКА")
    assert len(places) == 3


def test_the_draft_holds_a_deadline_that_is_not_understood(views) -> None:
    assert [row.deadline_text for row in views[RoadmapState.DRAFT].rows if row.hint] == ["когда поступят средства"]


def test_teachers_of_the_school_answer_for_measures(demo: Demo, views) -> None:
    rows = {row.number: row for row in views[RoadmapState.APPROVED].rows}
    named = {number for number, row in rows.items() if row.owner_name}
    assert named == {"2.1", "2.2", "3.1", "3.2.1", "3.2.2"}
    assert len({rows[number].owner_name for number in named}) == 2
    assert len(rows["2.2"].co_owner_names) == 1
    assert not any(row.is_owner_gone for row in rows.values()), "they work at the school"


def test_a_teacher_reads_the_number_of_a_field_but_gets_no_way_to_results_that_are_not_shown(
    demo: Demo, views, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = views[RoadmapState.APPROVED]
    measure = next(row for row in view.rows if row.number == "2.1")
    nobody = Scope.of(None, "Учитель", ())
    monkeypatch.setattr("core.planning.field_links.visible_measure", lambda *_: None)
    with reading(demo.engine) as session:
        assert [one.may_open for one in fields_of(session, ALL, [measure.id])] == [True]
        assert [one.may_open for one in fields_of(session, nobody, [measure.id])] == [False]
