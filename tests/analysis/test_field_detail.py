"""A field taken apart, marks beside others, signs of doubt: what the screens of one work and one field ask for."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from core.analysis.elements import Kind
from core.analysis.field_detail import field_detail, field_history
from core.analysis.groups import Pattern
from core.analysis.mark_groups import mark_groups
from core.analysis.marks import score_shares
from core.analysis.results import work_overview
from core.analysis.reviewing import review_field
from core.analysis.signs import signs_of_work
from core.analysis.status import Status
from core.analysis.tables import ReviewState
from core.errors import NotFound
from core.intake.tables import ReferenceRow, Upload
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work, scope_of

EVERYTHING = Scope.local_administrator()


@pytest.fixture
def town(sqlite_engine: Engine) -> tuple[Engine, dict[str, int], int]:
    """Give the engine, ids of organisations and the id of a stored work."""
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        work_id = add_work(session, ids, plan_id=add_plan(session))
    return sqlite_engine, ids, work_id


def test_a_field_is_taken_apart_into_its_items_and_groups(town) -> None:
    engine, ids, work_id = town
    with reading(engine) as session:
        detail = field_detail(
            session, EVERYTHING, work_id, f"organisation:{ids['school1']}", Kind.ELEMENT, "дроби"
        )
        weak = field_detail(session, EVERYTHING, work_id, f"class:{ids['school1']}:А", Kind.ELEMENT, "геометрия")
    assert [item.traits.code for item in detail.items] == ["1", "2"]
    for item in detail.items:
        assert item.participants == 66
        assert item.low < item.facility < item.high
        assert item.full + item.zero <= 1
    assert [group.label for group in detail.groups] == ["«2»", "«3»", "«4»", "«5»"]
    assert weak.items[0].status is Status.SURELY_BELOW
    assert isinstance(weak.pattern, Pattern)


def test_a_small_class_is_not_taken_apart_outside_its_school(town) -> None:
    engine, ids, work_id = town
    unit = f"class:{ids['school2']}:В"
    everywhere = ("region", "town", "school1", "school2")
    outside, inside = scope_of(ids, *everywhere), scope_of(ids, *everywhere, own=("school2",))
    with reading(engine) as session:
        assert field_detail(session, inside, work_id, unit, Kind.ELEMENT, "дроби").items[0].participants == 3
        with pytest.raises(NotFound):
            field_detail(session, outside, work_id, unit, Kind.ELEMENT, "дроби")
        with pytest.raises(NotFound):
            field_detail(session, EVERYTHING, work_id, unit, Kind.ELEMENT, "нет такого")


def test_the_history_of_a_decision_is_read_inside_the_scope_only(town) -> None:
    engine, ids, work_id = town
    with writing(engine, actor="Методист") as session:
        review = review_field(
            session, EVERYTHING, assessment_id=work_id, unit=f"class:{ids['school1']}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.CONFIRMED, cause="не хватило времени",
        )
    with reading(engine) as session:
        lines = field_history(session, EVERYTHING, review.id)
        assert lines
        assert {line.actor for line in lines} == {"Методист"}
        with pytest.raises(NotFound):
            field_history(session, scope_of(ids, "school2"), review.id)


def test_marks_stand_beside_parents_and_reports(town) -> None:
    engine, ids, work_id = town
    with writing(engine, actor="тест") as session:
        upload = Upload(file_name="отметки.xlsx", sha256="m", layout="fisoko-marks")
        session.add(upload)
        session.flush()
        session.add(ReferenceRow(
            upload_id=upload.id, procedure="ВПР", subject="Математика", grade=6, year=2026, kind="marks",
            group_name="Область", group_level="region", participants=5000,
            values={"2": 10.0, "3": 40.0, "4": 30.0, "5": 20.0},
        ))
    with reading(engine) as session:
        groups = mark_groups(session, EVERYTHING, work_id, f"class:{ids['school1']}:А")
        whole = mark_groups(session, EVERYTHING, work_id)
        overview = work_overview(session, EVERYTHING, work_id)
    assert [group.name for group in groups] == ["6А, Школа № 1", "Школа № 1", "Город", "Область (сводный отчёт)"]
    assert groups[0].participants == 24
    assert sum(groups[0].shares) == pytest.approx(1)
    assert groups[-1].shares == pytest.approx((0.1, 0.4, 0.3, 0.2))
    assert groups[-1].counts is None
    assert [group.name for group in whole] == ["Город", "Область (сводный отчёт)"]
    assert score_shares(overview.distribution).sum() == pytest.approx(1)


def test_signs_name_the_unit_and_are_never_a_finding_of_guilt(town) -> None:
    engine, ids, work_id = town
    with reading(engine) as session:
        found = signs_of_work(session, EVERYTHING, work_id)
        of_school = signs_of_work(session, EVERYTHING, work_id, f"organisation:{ids['school1']}")
    assert all("требует проверки" in marker.words for one in found + of_school for marker in one.markers)
    assert all(one.markers for one in found)
