"""Results as a teacher sees them who may see single classes: their own ones, and sums that give nobody away."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.analysis.comparing import compare_field
from core.analysis.elements import Kind
from core.analysis.field_detail import field_history
from core.analysis.loading import load_work
from core.analysis.mark_groups import mark_groups
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import items_of_work, measured_work, work_overview
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.analysis.work import UnitLevel
from core.errors import NotFound
from core.intake.history import list_works
from core.intake.missing import year_size
from core.intake.tables import ClassWork, ReferenceRow, Upload
from core.people.grants import Grant, TaughtClass
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work, class_row, simulated

MATHS = "Математика"


@pytest.fixture
def town(sqlite_engine: Engine) -> tuple[Engine, dict[str, int], int]:
    """Give the engine, ids of organisations and the id of a stored work; a third school with one class."""
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        work_id = add_work(session, ids, plan_id=add_plan(session))
        _add_school(session, ids, work_id)
    return sqlite_engine, ids, work_id


def _add_school(session: Session, ids: dict[str, int], work_id: int) -> None:
    school = Organisation(code="school3", name="Школа № 3", kind=OrganisationKind.SCHOOL)
    session.add(school)
    session.flush()
    ids["school3"] = school.id or 0
    session.add(OrganisationMembership(organisation_id=ids["school3"], parent_id=ids["town"]))
    upload = session.exec(select(Upload.id)).one()
    session.add(class_row(simulated(20, 5), "А", ids["school3"], work_id, upload or 0))


def teacher(ids: dict[str, int], *letters: str, school: str = "school1") -> Scope:
    return Scope.of(7, "Учитель", (_grant(ids, letters, school),))


def _grant(ids: dict[str, int], letters: tuple[str, ...], school: str) -> Grant:
    classes = frozenset(TaughtClass(ids[school], 6, letter, MATHS, 2026) for letter in letters)
    own = frozenset({ids[school]})
    return Grant(frozenset({Action.VIEW, Action.VIEW_PUPILS}), own, own, frozenset({MATHS}), classes)


def test_a_teacher_sees_their_own_classes_and_no_totals(town) -> None:
    engine, ids, work_id = town
    with reading(engine) as session:
        (listed,) = list_works(session, teacher(ids, "А", "Б"))
        overview = work_overview(session, teacher(ids, "А", "Б"), work_id)
        size = year_size(session, teacher(ids, "А", "Б"), 2026)
        measured = measured_work(session, teacher(ids, "А", "Б"), work_id).measures
        for unit in (f"organisation:{ids['school1']}", f"organisation:{ids['town']}", f"class:{ids['school1']}:В"):
            with pytest.raises(NotFound):
                items_of_work(session, teacher(ids, "А", "Б"), work_id, unit)
    assert (listed.participants, listed.classes, listed.schools) == (46, 2, 1)
    assert overview.participants == 46
    assert [one.unit.name for one in overview.units] == ["6А", "6Б"]
    assert (size.schools, size.classes) == (1, 2)
    assert {unit.level for unit in measured.units} == {UnitLevel.CLASS}


def test_the_only_class_of_a_teacher_is_not_taken_for_the_school(town) -> None:
    engine, ids, work_id = town
    with reading(engine) as session:
        work = load_work(session, teacher(ids, "А"), work_id)
        found = problem_fields(session, teacher(ids, "А"), FieldFilter(organisation_id=ids["school1"]))
        with pytest.raises(NotFound):
            problem_fields(session, teacher(ids, "А"), FieldFilter(organisation_id=ids["school2"]))
    assert [(unit.level, unit.is_whole_school) for unit in work.units] == [(UnitLevel.CLASS, False)]
    assert {one.field.unit.key for one in found.fields} == {f"class:{ids['school1']}:А"}


def test_a_class_stands_beside_sums_of_other_classes(town) -> None:
    engine, ids, work_id = town
    unit = f"class:{ids['school1']}:А"
    with reading(engine) as session:
        marks = mark_groups(session, teacher(ids, "А"), work_id, unit)
        compared = compare_field(session, teacher(ids, "А"), work_id, unit, Kind.ELEMENT, "геометрия")
    assert [(one.name, one.participants) for one in marks] == [
        ("6А, Школа № 1", 24), ("Школа № 1, другие классы", 42), ("Город, другие школы", 69),
    ]
    assert [(one.name, one.participants) for one in compared] == [
        ("Школа № 1, другие классы", 42), ("Город, другие школы", 69),
    ]
    assert compared[0].difference < 0
    assert compared[0].is_certain


def test_a_sum_over_one_class_or_one_school_is_not_shown(town) -> None:
    """It would be the result of a colleague, or of another school."""
    engine, ids, work_id = town
    with writing(engine, actor="тест") as session:
        for row in session.exec(select(ClassWork).where(ClassWork.school_id == ids["school3"])):
            session.delete(row)
    with reading(engine) as session:
        marks = mark_groups(session, teacher(ids, "А", "Б"), work_id)
        alone = mark_groups(session, teacher(ids, "А", school="school2"), work_id)
    assert [one.name for one in marks] == ["Мои классы"]
    # Other classes of school 2 are two, Б with 21 and В with 3; the only other school is school 1.
    assert [one.name for one in alone] == ["6А, Школа № 2", "Школа № 2, другие классы"]
    assert alone[1].participants == 24


def test_reports_of_the_municipality_are_not_beside_the_sum_of_the_other_schools(town) -> None:
    engine, ids, work_id = town
    with writing(engine, actor="тест") as session:
        upload_id = session.exec(select(Upload.id)).first()
        for name, level, school in (
            ("Область", "region", None), ("Город", "municipality", "town"), ("Школа № 1", "school", "school1"),
        ):
            session.add(ReferenceRow(
                upload_id=upload_id or 0, procedure="ВПР", subject=MATHS, grade=6, year=2026, kind="marks",
                group_name=name, group_level=level, participants=500, organisation_id=ids[school] if school else None,
                values={"2": 10.0, "3": 40.0, "4": 30.0, "5": 20.0},
            ))
    with reading(engine) as session:
        marks = mark_groups(session, teacher(ids, "А"), work_id)
    assert [one.name for one in marks][1:] == [
        "Школа № 1, другие классы", "Город, другие школы", "Область (сводный отчёт)",
    ]


def test_a_small_own_class_is_shown_and_a_colleague_s_is_not_by_another_role(town) -> None:
    """Roles add up, but do not mix: to observe the municipality does not open small classes of the own school."""
    engine, ids, work_id = town
    observed = frozenset(ids[name] for name in ("town", "school1", "school2", "school3"))
    observer = Grant(frozenset({Action.VIEW}), observed)
    both = Scope.of(7, "Учитель", (_grant(ids, ("А",), "school2"), observer))
    with reading(engine) as session:
        own = work_overview(session, teacher(ids, "В", school="school2"), work_id)
        summaries = {one.unit.key: one for one in work_overview(session, both, work_id).units}
    assert own.participants == 3
    key = f"class:{ids['school2']}"
    assert summaries[f"{key}:В"].hidden is Hidden.SMALL
    assert summaries[f"{key}:Б"].hidden is Hidden.PROTECTING
    assert summaries[f"{key}:А"].participants == 25
    assert summaries[f"organisation:{ids['school2']}"].participants == 49


def test_a_teacher_reads_the_decision_on_a_field_of_their_class(town) -> None:
    engine, ids, work_id = town
    with writing(engine, actor="Методист") as session:
        review = review_field(
            session, Scope.local_administrator(), assessment_id=work_id, unit=f"class:{ids['school1']}:А",
            kind=Kind.ELEMENT, key="геометрия", state=ReviewState.CONFIRMED, cause="не хватило времени",
        )
    with reading(engine) as session:
        found = problem_fields(session, teacher(ids, "А"), FieldFilter(kinds=(Kind.ELEMENT,)))
        assert found.fields[0].review is not None
        assert field_history(session, teacher(ids, "А"), review.id or 0)
        with pytest.raises(NotFound):
            field_history(session, teacher(ids, "Б"), review.id or 0)
