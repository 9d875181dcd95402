"""An input that names one kind of works, or tests apart from questionnaires, is marked from those alone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from core.cycle.derived import marks_of
from core.cycle.marks import Mark, MarkState
from core.cycle.models import model_by_code
from core.cycle.overview import cycle_view
from core.cycle.records import Derived, Input, Source
from core.cycle.sources import SourceCount, mark_of_sources, source_counts
from core.people.scope import Action, Scope
from core.store.unit_of_work import reading
from tests.analysis.attacked_town import build
from tests.diagnostics.stored_answers import build_district

ALL, END = Scope.local_administrator(), date(2026, 6, 20)


def inputs(engine: Engine, unit: int, model: str, year: int, scope: Scope = ALL) -> dict[str, str]:
    """Return what stands beside the inputs of the first stage."""
    with reading(engine) as session:
        marks, counts = marks_of(session, scope, unit, year), source_counts(session, scope, unit, year)
    stage = cycle_view(model_by_code(model).file, marks, sources=counts).stages[0]
    return {one.item.name: f"{one.mark.state.value} {one.mark.words}".replace("\xa0", " ") for one in stage.inputs}


def test_works_of_one_kind_do_not_stand_for_those_of_another(sqlite_engine: Engine):
    town = build(sqlite_engine, {(1, "А"): 24, (1, "Б"): 22})
    found = inputs(town.engine, town.ids["school1"], "isadskaya", 2026)
    assert found["Всероссийские проверочные работы (ВПР)"] == "есть 1 работа"
    for name in ("Государственная итоговая аттестация (ГИА)", "Национальные исследования качества образования (НИКО)",
                 "Международные исследования, в которых участвует ОО",
                 "Другие мониторинговые исследования различных уровней"):
        assert found[name].split()[0] == "нет", name
    assert inputs(town.engine, town.ids["school2"], "isadskaya", 2026).keys() == found.keys()


def test_a_questionnaire_is_no_test_and_no_remark_of_experts(sqlite_engine: Engine):
    district = build_district(sqlite_engine)
    found = inputs(sqlite_engine, district.units["школа 1"], "sasovo-106", 2027)
    assert found["Анкетирование слушателей курсов: докурсовое, входное, промежуточное, итоговое"] == (
        "есть 1 анкета, 8 ответов")
    for name in ("Результаты предметной оценки учителей (тестирование)",
                 "Затруднения, выявленные экспертными группами при аттестации"):
        assert found[name].split()[0] == "нет", name


def test_who_may_not_see_answers_is_told_so(sqlite_engine: Engine):
    district = build_district(sqlite_engine)
    school = frozenset({district.units["школа 1"]})
    guest = Scope(5, "Гость", school, frozenset(), None, None, frozenset({Action.VIEW}))
    found = inputs(sqlite_engine, district.units["школа 1"], "sasovo-106", 2027, guest)
    assert found["Результаты предметной оценки учителей (тестирование)"].startswith("не видно вашей роли")


@pytest.mark.parametrize("derived", [Derived.MANUAL, Derived.WORKS_UPLOADED])
def test_a_source_of_other_records_than_the_input_follows_from_says_nothing(derived):
    item = Input(name="Тесты", screens=("deficits",), derived=derived, sources=(Source.TEST,))
    whole = Mark(MarkState.DONE, "10 работ")
    assert mark_of_sources(item, whole, {Source.TEST: SourceCount(1)}) is whole
