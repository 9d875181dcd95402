"""What was planted is found by the analysis at its place; elsewhere little is found."""

from collections.abc import Iterator

import numpy as np
import pytest
from sqlmodel import select

from core.analysis.elements import Kind
from core.analysis.fields import ProblemField, Reach, WeakSpot, find_problem_fields
from core.analysis.loading import load_works
from core.analysis.measuring import measure
from core.analysis.objectivity import heaping
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.status import Status
from core.analysis.sums import work_sums
from core.analysis.tables import ReviewState
from core.analysis.work import UnitLevel, Work
from core.demo.municipality import SCHOOLS
from core.demo.planted import PLANTED, PlantedField
from core.demo.works import YEARS
from core.intake.tables import Assessment
from core.people.scope import Scope
from core.people.tables import Organisation
from core.store.unit_of_work import reading
from tests.demo.conftest import Demo

KINDS = (Kind.ELEMENT, Kind.TASK_TYPE, Kind.LEVEL)


class Analysed:
    """Every work of the demo with its problem fields, and the ids of the schools by code."""

    def __init__(self, demo: Demo) -> None:
        with reading(demo.engine) as session:
            works = load_works(session, Scope.local_administrator(), session.exec(select(Assessment)).all())
            self.schools = {unit.code: unit.id or 0 for unit in session.exec(select(Organisation))}
        self.works = {(one.procedure, one.subject, one.grade, one.year): one for one in works}
        self.fields = {
            key: find_problem_fields(work, measure(work, work_sums(work, KINDS))) for key, work in self.works.items()
        }

    def of(self, planted: PlantedField, year: int) -> dict[str, ProblemField]:
        """Return the fields found under the planted key in a year, by unit."""
        key = (planted.work.procedure, planted.work.subject, planted.work.grade, year)
        return {
            field.unit.key: field
            for field in self.fields[key]
            if (field.kind.value, field.key) == (planted.kind, planted.key)
        }

    def unit(self, planted: PlantedField) -> str:
        """Return the key of the unit in which the weakness was planted."""
        if planted.level == "class":
            return f"class:{self.schools[planted.school or '']}:{planted.class_name}"
        return f"organisation:{self.schools[planted.school or 'reg99_m001']}"


@pytest.fixture(scope="module")
def analysed(demo: Demo) -> Iterator[Analysed]:
    """Give the analysed demo."""
    yield Analysed(demo)


def cells(work: Work) -> int:
    """Return in how many places a field could have been found."""
    return len(work.units) * len(work_sums(work, KINDS).grouping.keys)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: f"{one.work.subject}-{one.work.grade}-{one.key}")
def test_every_planted_field_is_found_in_its_unit(analysed: Analysed, planted: PlantedField) -> None:
    for year in planted.years:
        found = analysed.of(planted, year).get(analysed.unit(planted))
        assert found is not None, (planted.meaning, year)
        assert found.status is Status.SURELY_BELOW
        assert found.reach is (Reach.LOCAL if planted.level == "class" else Reach.SYSTEMIC)


def test_local_weaknesses_are_told_from_weak_classes(analysed: Analysed) -> None:
    """A topic that one class lacks is a weak spot: pupils as strong in the rest do it elsewhere."""
    for planted in PLANTED:
        if planted.level in ("class", "school"):
            field = analysed.of(planted, planted.years[-1])[analysed.unit(planted)]
            assert field.weak_spot is WeakSpot.CONFIRMED


def test_a_local_weakness_stays_local(analysed: Analysed) -> None:
    for planted in (one for one in PLANTED if one.level != "municipality"):
        found = analysed.of(planted, planted.years[-1])
        assert f"organisation:{analysed.schools['reg99_m001']}" not in found


def test_the_systemic_field_lasts_two_years_and_another_one_is_solved(analysed: Analysed) -> None:
    municipality = f"organisation:{analysed.schools['reg99_m001']}"
    seen = {
        planted.key: [year for year in YEARS if municipality in analysed.of(planted, year)]
        for planted in PLANTED
        if planted.level == "municipality"
    }
    assert seen == {"площадь и периметр": [2025, 2026], "обыкновенные дроби": [2024, 2025], "текстовая задача": [2026]}


def test_the_methodist_sees_what_repeats_and_what_was_decided(demo: Demo) -> None:
    with reading(demo.engine) as session:
        newest = FieldFilter(years=(2026,), kinds=KINDS)
        listed = problem_fields(session, Scope.local_administrator(), newest).fields
    district = {one.field.key: one.field.repeats for one in listed if one.field.unit.level is UnitLevel.MUNICIPALITY}
    assert district == {"площадь и периметр": (2025,), "текстовая задача": ()}
    decided = {(one.work.subject, one.field.key): one.review.state for one in listed if one.review is not None}
    assert decided == {
        ("Математика", "геометрия"): ReviewState.CONFIRMED,
        ("Физика", "анализ графиков и таблиц"): ReviewState.REJECTED,
    }


def test_the_municipality_has_no_other_field(analysed: Analysed) -> None:
    planted = {(one.work.subject, one.work.grade, one.kind, one.key) for one in PLANTED if one.level == "municipality"}
    others = [
        (key, field.key)
        for key, fields in analysed.fields.items()
        for field in fields
        if field.unit.level is UnitLevel.MUNICIPALITY and (key[1], key[2], field.kind.value, field.key) not in planted
    ]
    assert others == []


def test_few_other_fields_are_certain(analysed: Analysed) -> None:
    """«Достоверно ниже» where nothing was planted in the work is rare: below half a per cent of the places."""
    clean = analysed.works.keys() - {
        (one.work.procedure, one.work.subject, one.work.grade, year) for one in PLANTED for year in one.years
    }
    certain = sum(field.status is Status.SURELY_BELOW for key in clean for field in analysed.fields[key])
    assert certain <= 0.005 * sum(cells(analysed.works[key]) for key in clean)


def test_the_school_that_lifts_pupils_over_the_cut_shows_it(analysed: Analysed) -> None:
    signs = {school.code: 0 for school in SCHOOLS}
    for year in YEARS:
        for subject in ("Русский язык", "Математика"):
            work = analysed.works["ВПР", subject, 4, year]
            for school in SCHOOLS:
                own = analysed.schools[school.code]
                places = [place for place, one in enumerate(work.classes) if one.school_id == own]
                totals = work.totals[work.rows(places)]
                signs[school.code] += bool(heaping(np.bincount(totals, minlength=60), work.cut_scores))
    assert signs["edu990104"] >= 3
    assert all(count <= 1 for code, count in signs.items() if code != "edu990104")
