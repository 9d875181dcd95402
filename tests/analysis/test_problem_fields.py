"""Problem fields, results, comparisons and decisions on a stored municipality, inside different scopes."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.analysis.cohorts import cohort_jumps
from core.analysis.compare import Comparability
from core.analysis.comparing import compare_field
from core.analysis.elements import Kind
from core.analysis.fields import Reach
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import items_of_work, measured_work, work_overview
from core.analysis.reviewing import review_field, withdraw_review
from core.analysis.status import Status
from core.analysis.tables import FieldReview, ReviewState
from core.analysis.work import UnitLevel
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.intake.matrix import NOT_ATTEMPTED
from core.intake.tables import Assessment, ClassWork, ReferenceRow, Upload
from core.people.scope import Action, Scope
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work, class_row, scope_of, simulated

EVERYTHING = Scope.local_administrator()


@pytest.fixture
def town(sqlite_engine: Engine) -> tuple[Engine, dict[str, int], int]:
    """Give the engine, ids of organisations and the id of a stored work."""
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        work_id = add_work(session, ids, plan_id=add_plan(session))
    return sqlite_engine, ids, work_id


def test_the_planted_field_is_found_in_its_class_and_nowhere_else(town) -> None:
    engine, ids, _ = town
    with reading(engine) as session:
        found = problem_fields(session, EVERYTHING, FieldFilter(kinds=(Kind.ELEMENT,)))
    top = found.fields[0]
    assert (top.field.unit.key, top.field.key) == (f"class:{ids['school1']}:А", "геометрия")
    assert top.field.status is Status.SURELY_BELOW
    assert top.field.finding == "достоверно ниже, слабое место"
    assert top.field.single_item
    assert "по одному заданию" in top.field.cautions
    assert "ориентировочно: меньше 50 участников" in top.field.cautions
    assert top.field.reach is Reach.LOCAL
    assert top.field.low < top.field.facility < top.field.high < 0.57
    assert top.work.name == "ВПР, Математика, 6 класс, 2026"
    assert top.work.preset == "ВПР-ФИОКО-2026"
    assert top.review is None
    surely = [one.field for one in found.fields if one.field.status is Status.SURELY_BELOW]
    assert {field.key for field in surely} == {"геометрия"}
    assert found.expected_by_chance > 0


def test_filters_narrow_the_list_but_not_the_comparison(town) -> None:
    engine, ids, _ = town
    with reading(engine) as session:
        everywhere = problem_fields(session, EVERYTHING, FieldFilter(levels=(UnitLevel.CLASS,)))
        school = problem_fields(
            session, EVERYTHING, FieldFilter(levels=(UnitLevel.CLASS,), organisation_id=ids["school1"])
        )
        assert {one.field.unit.organisation_id for one in school.fields} == {ids["school1"]}
        same = {one.field.field_key: one.field.residual for one in everywhere.fields}
        assert all(same[one.field.field_key] == pytest.approx(one.field.residual) for one in school.fields)
        assert problem_fields(session, EVERYTHING, FieldFilter(years=(2020,))).works == ()
        assert problem_fields(session, EVERYTHING, FieldFilter(subjects=("Физика",))).fields == ()
        with pytest.raises(NotFound):
            problem_fields(session, scope_of(ids, "school1"), FieldFilter(organisation_id=ids["school2"]))


def test_a_school_sees_itself_only(town) -> None:
    engine, ids, work_id = town
    own = scope_of(ids, "school2", own=("school2",))
    with reading(engine) as session:
        found = measured_work(session, own, work_id)
        assert {unit.organisation_id for unit in found.measures.units} == {ids["school2"]}
        assert {unit.level for unit in found.measures.units} == {UnitLevel.CLASS, UnitLevel.SCHOOL}
        with pytest.raises(NotFound):
            items_of_work(session, own, work_id, f"organisation:{ids['school1']}")
        with pytest.raises(NotFound):
            items_of_work(session, scope_of(ids, "town"), work_id)
        with pytest.raises(NotAllowed):
            problem_fields(session, scope_of(ids, "school2", actions=frozenset()), None)


def test_a_class_of_three_is_hidden_outside_its_school_and_shown_inside(town) -> None:
    engine, ids, work_id = town
    unit = f"class:{ids['school2']}:В"
    specialist = scope_of(ids, "town", "school1", "school2")
    with reading(engine) as session:
        measured = measured_work(session, specialist, work_id).measures
        row = measured.row(unit)
        assert measured.hidden[row].all()
        assert np.isnan(measured.estimates.facility[row]).all()
        assert np.isnan(measured.estimates.points[row]).all()
        assert (measured.status[row] == Status.UNKNOWN).all()
        listed = problem_fields(session, specialist, FieldFilter(assessment_id=work_id))
        assert all(one.field.unit.key != unit for one in listed.fields)
        assert listed.hidden_cells > 0
        with pytest.raises(NotAllowed, match="меньше 5"):
            items_of_work(session, specialist, work_id, unit)
        summaries = {one.unit.key: one for one in work_overview(session, specialist, work_id).units}
        assert summaries[unit].participants is None
        own = scope_of(ids, "school2", own=("school2",))
        shown = items_of_work(session, own, work_id, unit).statistics
    assert shown.participants == 3
    assert not np.isnan(shown.facility).any()
    assert np.isnan(shown.discrimination).all()


def test_items_of_a_class_and_of_the_town(town) -> None:
    engine, ids, work_id = town
    with reading(engine) as session:
        town_items = items_of_work(session, EVERYTHING, work_id, f"organisation:{ids['town']}")
        class_items = items_of_work(session, EVERYTHING, work_id, f"class:{ids['school1']}:А")
    assert town_items.statistics.participants == 115
    assert class_items.statistics.participants == 24
    assert class_items.statistics.facility[3] < 0.4
    assert class_items.unit is not None
    assert class_items.unit.name == "6А"
    assert town_items.groups.facility.shape == (1, 4, 6)


def test_items_not_attempted_may_leave_the_denominator(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        work_id = add_work(session, ids, plan_id=add_plan(session))
        for row in session.exec(select(ClassWork)).all():
            session.delete(row)
        scores = simulated(24, 5)
        scores[:8, 0] = NOT_ATTEMPTED
        upload_id = session.exec(select(Upload.id)).one()
        session.add(class_row(scores, "А", ids["school1"], work_id, upload_id))
    with reading(sqlite_engine) as session:
        usual = items_of_work(session, EVERYTHING, work_id).statistics
        other = items_of_work(session, EVERYTHING, work_id, absent_as_zero=False).statistics
    assert (usual.n[0], other.n[0]) == (24, 16)
    assert other.facility[0] == pytest.approx(usual.facility[0] * 24 / 16)
    assert usual.skipped[0] == pytest.approx(other.skipped[0]) == pytest.approx(1 / 3)


def test_the_overview_says_marks_journal_and_absent(town) -> None:
    engine, ids, work_id = town
    with reading(engine) as session:
        overview = work_overview(session, EVERYTHING, work_id, f"organisation:{ids['school1']}")
        assert cohort_jumps(session, EVERYTHING, work_id) == {}
    assert overview.participants == 66
    assert overview.absent == 3
    assert sum(overview.marks.counts) == 66
    assert overview.journal.confirmed.value == 1.0
    assert [one.unit.name for one in overview.units] == ["6А", "6Б", "6В"]
    assert overview.passed_minimum is None


def test_a_work_without_a_plan_is_listed_by_item(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        work_id = add_work(session, ids, plan_id=None)
    with reading(sqlite_engine) as session:
        found = problem_fields(session, EVERYTHING, FieldFilter(assessment_id=work_id))
    top = found.fields[0].field
    assert (top.kind, top.key) == (Kind.ITEM, "4")
    assert "план работы не задан, поле найдено по заданию" in top.cautions
    with writing(sqlite_engine, actor="тест") as session:
        work = session.get(Assessment, work_id)
        work.blueprint_id = add_plan(session)
    with reading(sqlite_engine) as session:
        found = problem_fields(session, EVERYTHING, FieldFilter(assessment_id=work_id, kinds=(Kind.ELEMENT,)))
    assert found.fields[0].field.key == "геометрия"


def test_a_field_that_repeats_says_the_years_and_weighs_more(sqlite_engine: Engine) -> None:
    weak = {(1, name): (3,) for name in "АБВ"}
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        plan = add_plan(session)
        work_id = add_work(session, ids, plan_id=plan, untaught=weak)
        chosen = FieldFilter(assessment_id=work_id, kinds=(Kind.ELEMENT,))
        first = {one.field.field_key: one.field for one in problem_fields(session, EVERYTHING, chosen).fields}
        add_work(session, ids, plan_id=plan, year=2025, untaught=weak)
        add_work(session, ids, plan_id=plan, year=2025, grade=5, untaught={(1, "А"): (3,)})
    with reading(sqlite_engine) as session:
        now = {one.field.field_key: one.field for one in problem_fields(session, EVERYTHING, chosen).fields}
    school = (f"organisation:{ids['school1']}", Kind.ELEMENT, "геометрия")
    assert first[school].repeats == ()
    assert first[school].reach is Reach.SYSTEMIC
    assert now[school].repeats == (2025,)
    assert now[school].severity.total == pytest.approx(first[school].severity.total + 15)
    cohort = (f"class:{ids['school1']}:А", Kind.ELEMENT, "геометрия")
    assert now[cohort].repeats == (2025,)
    assert now[f"class:{ids['school1']}:Б", Kind.ELEMENT, "геометрия"].repeats == ()


def test_comparison_with_parents_references_and_years(town) -> None:
    engine, ids, work_id = town
    with writing(engine, actor="тест") as session:
        earlier = add_work(session, ids, plan_id=session.get(Assessment, work_id).blueprint_id, year=2024, untaught={})
        upload = Upload(file_name="сводный.xlsx", sha256="s", layout="fisoko-items")
        session.add(upload)
        session.flush()
        session.add(ReferenceRow(
            upload_id=upload.id, procedure="ВПР", subject="Математика", grade=6, year=2026, kind="items",
            group_name="Область", group_level="region", participants=5000, values={str(i + 1): 80.0 for i in range(6)},
        ))
    unit = f"organisation:{ids['school1']}"
    with reading(engine) as session:
        found = compare_field(session, EVERYTHING, work_id, unit, Kind.ELEMENT, "геометрия")
        names = [one.name for one in found]
        assert names == ["Город (муниципалитет), остальные", "Область (сводный отчёт)", "2024 год"]
        rest, region, year = found
        assert rest.participants == 49
        assert rest.verdict is Comparability.FULL
        assert region.facility == pytest.approx(0.8)
        assert region.difference < 0
        assert region.is_certain
        assert year.verdict is Comparability.RESERVED
        assert "2025" in year.reservation
        with pytest.raises(NotFound):
            compare_field(session, EVERYTHING, work_id, unit, Kind.ELEMENT, "нет такого")
        by_item = compare_field(session, EVERYTHING, work_id, unit, Kind.ITEM, "4")
        assert by_item[-1].verdict is Comparability.NONE
    assert earlier != work_id


def test_decisions_keep_the_numbers_and_nobody_overwrites_silently(town) -> None:
    engine, ids, work_id = town
    unit = f"class:{ids['school1']}:А"
    field = {"assessment_id": work_id, "unit": unit, "kind": Kind.ELEMENT, "key": "геометрия"}
    with writing(engine, actor="Методист") as session:
        review_field(session, EVERYTHING, **field, state=ReviewState.CONFIRMED, cause="тема не пройдена")
    with reading(engine) as session:
        found = problem_fields(session, EVERYTHING, FieldFilter(kinds=(Kind.ELEMENT,)))
        review = found.fields[0].review
        assert review is not None
        assert (review.state, review.cause, review.participants) == (ReviewState.CONFIRMED, "тема не пройдена", 24)
        assert review.facility == pytest.approx(found.fields[0].field.facility)
        assert review.decided_by == EVERYTHING.actor_name
    with writing(engine, actor="Другой") as session, pytest.raises(EditConflict, match="Локальный администратор"):
        review_field(session, EVERYTHING, **field, state=ReviewState.REJECTED, remark="ошибка проверки")
    with writing(engine, actor="Другой") as session:
        review_field(
            session, EVERYTHING, **field, state=ReviewState.REJECTED, remark="ошибка проверки",
            seen_version=review.version,
        )
    with writing(engine, actor="Другой") as session:
        stored = session.exec(select(FieldReview)).one()
        withdraw_review(session, EVERYTHING, stored.id, stored.version)
    with writing(engine, actor="Методист") as session:
        again = review_field(session, EVERYTHING, **field, state=ReviewState.CONFIRMED, cause="другое")
        assert again.id == stored.id


def test_decisions_need_words_the_right_and_a_shown_field(town) -> None:
    engine, ids, work_id = town
    field = {"assessment_id": work_id, "kind": Kind.ELEMENT, "key": "геометрия"}
    unit = f"class:{ids['school1']}:А"
    with writing(engine, actor="тест") as session:
        with pytest.raises(InvalidInput, match="причина"):
            review_field(session, EVERYTHING, **field, unit=unit, state=ReviewState.CONFIRMED)
        with pytest.raises(InvalidInput, match="отклонено"):
            review_field(session, EVERYTHING, **field, unit=unit, state=ReviewState.REJECTED)
        with pytest.raises(InvalidInput, match="помещается"):
            review_field(session, EVERYTHING, **field, unit=unit, state=ReviewState.CONFIRMED, cause="х" * 201)
        reader = scope_of(ids, "school1", actions=frozenset({Action.VIEW}))
        with pytest.raises(NotAllowed):
            review_field(session, reader, **field, unit=unit, state=ReviewState.CONFIRMED, cause="другое")
        stranger = scope_of(ids, "school2", own=("school2",))
        with pytest.raises(NotFound):
            review_field(session, stranger, **field, unit=unit, state=ReviewState.CONFIRMED, cause="другое")
        specialist = scope_of(ids, "town", "school1", "school2")
        with pytest.raises(NotFound):
            review_field(
                session, specialist, **field, unit=f"class:{ids['school2']}:В", state=ReviewState.CONFIRMED,
                cause="другое",
            )


def test_one_participant_in_one_class_is_no_crash(engine: Engine) -> None:
    with writing(engine, actor="тест") as session:
        ids = add_organisations(session)
        work = Assessment(
            procedure="Школьная работа", subject="Физика", grade=None, year=2026, item_codes=["1"], item_maxima=[1],
            item_levels=[None], items_key="k",
        )
        upload = Upload(file_name="один.xlsx", sha256="1", layout="wide-table")
        session.add(work)
        session.add(upload)
        session.flush()
        session.add(class_row(np.array([[0]], dtype=np.int8), "", ids["school1"], work.id, upload.id))
    with reading(engine) as session:
        found = problem_fields(session, EVERYTHING)
        overview = work_overview(session, EVERYTHING, work.id)
        items = items_of_work(session, EVERYTHING, work.id)
    assert all("малая выборка" in one.field.cautions[0] for one in found.fields)
    assert len({one.field.unit.key for one in found.fields}) <= 1
    assert overview.participants == 1
    assert items.statistics.why("discrimination", 0) is not None
