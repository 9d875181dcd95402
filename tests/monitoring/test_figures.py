"""Facts, trends, checks, contributions, hiding, and the shipped catalogue."""

from datetime import date

import pytest

from core.errors import InvalidInput
from core.monitoring.checks import Entered, findings_of, is_outlier
from core.monitoring.contributions import pulls
from core.monitoring.facts import PlanState, fact_of, plan_state
from core.monitoring.hiding import hidden_of
from core.monitoring.passport_tables import Direction, IndicatorKind
from core.monitoring.reference import load_passports
from core.monitoring.reporting_year import reporting_year
from core.monitoring.trend import Move, step
from core.people.organisations import Tree
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import Organisation, OrganisationKind

SHARE = IndicatorKind.SHARE


def test_the_catalogue_is_whole_and_without_the_forbidden_row():
    files = load_passports()
    records = [one for file in files.values() for one in file.indicators]
    numbers = {int(one.code[1:3]) for one in records}
    assert numbers == set(range(1, 51)) - {13}
    assert all(one.source and one.basis and one.regulation and one.responsible for one in records)
    assert not any("красн" in one.name.casefold() for one in records)


def test_two_versions_of_one_year_are_refused(tmp_path):
    folder = tmp_path / "indicators"
    folder.mkdir()
    record = next(iter(load_passports().values())).indicators[0].model_dump(mode="json", exclude_none=True)
    lines = ["source: проба", "goal: проба", "indicators:"]
    for _copy in range(2):
        for place, (name, value) in enumerate(record.items()):
            text = value if isinstance(value, int) else f'"{value}"'
            lines.append(f"{'  - ' if place == 0 else '    '}{name}: {text}")
    (folder / "проба.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InvalidInput, match="две версии паспорта «П01»"):
        load_passports(tmp_path)


def test_the_running_year_ends_today():
    assert reporting_year(2027, date(2026, 11, 22)).until == date(2026, 11, 22)
    assert not reporting_year(2028, date(2026, 11, 22)).has_begun


def test_an_arrow_needs_more_than_chance():
    assert step(fact_of(SHARE, 5, 10), fact_of(SHARE, 6, 10)).move is Move.SAME
    grown = step(fact_of(SHARE, 500, 1000), fact_of(SHARE, 600, 1000))
    assert grown.move is Move.UP and 0 < grown.low < 10 < grown.high
    assert grown.sign(Direction.MORE) == "▲ лучше" and grown.sign(Direction.LESS) == "▲ хуже"
    assert step(fact_of(SHARE, 5, 10), fact_of(SHARE, 6, 10), same_rules=False).move is Move.BROKEN
    assert step(fact_of(SHARE, 0, 0), fact_of(SHARE, 6, 10)).move is Move.UNKNOWN


def test_a_plan_is_missed_only_beyond_chance():
    assert plan_state(fact_of(SHARE, 80, 100), 75, Direction.MORE) is PlanState.REACHED
    assert plan_state(fact_of(SHARE, 8, 10), 85, Direction.MORE) is PlanState.WITHIN
    assert plan_state(fact_of(SHARE, 800, 1000), 85, Direction.MORE) is PlanState.MISSED
    assert plan_state(fact_of(SHARE, 8, 100), 10, Direction.LESS) is PlanState.REACHED
    assert plan_state(None, 10, Direction.LESS) is PlanState.NO_FACT


def test_outliers_are_found_against_the_own_history_robustly():
    assert is_outlier(95, [50, 51, 49, 52, 90])
    assert not is_outlier(52, [50, 51, 49, 52, 90])
    assert not is_outlier(95, [50, 51, 49])
    history = {year: fact_of(SHARE, 50 + year % 3, 100) for year in range(2020, 2026)}
    texts = [one.text for one in findings_of(Entered(SHARE, 95, 100, None, 50, "", False), history, 2026)]
    assert any("резко отличается" in text for text in texts) and any("Резкое изменение" in text for text in texts)


def test_a_document_must_be_attached_and_a_gap_explained():
    document = Entered(IndicatorKind.DOCUMENT, None, None, 1, 1, "", False)
    assert any(one.is_error and "не приложен" in one.text for one in findings_of(document, {}, 2026))
    empty = Entered(SHARE, None, None, None, 1, "", False)
    assert [one.is_error for one in findings_of(empty, {}, 2026)] == [True]
    explained = Entered(SHARE, None, None, None, 1, "Данных ещё нет", False)
    assert [one.is_error for one in findings_of(explained, {}, 2026)] == [False]


def test_who_copies_results_of_few_into_an_own_indicator_is_told_who_will_see_them():
    def said(**more: object) -> list[bool]:
        found = findings_of(Entered(SHARE, 1, 4, None, 50, "", False, **more), {}, 2026)
        return [one.is_error for one in found if "тот, кто принимает" in one.text]

    assert said(is_handed_on=True) == [False], "told, and not refused: four teachers are no secret"
    assert not said() and not said(is_handed_on=True, is_counted=True)
    assert not findings_of(Entered(SHARE, 1, 5, None, 50, "", False, is_handed_on=True), {}, 2026)


def test_pulls_add_up_to_nothing():
    found = pulls({1: fact_of(SHARE, 1, 10), 2: fact_of(SHARE, 30, 40), 3: None, 4: fact_of(SHARE, 0, 0)})
    assert found.keys() == {1, 2} and sum(found.values()) == pytest.approx(0)


def test_small_groups_are_hidden_with_one_more_and_not_from_their_own_school():
    units = {
        key: Organisation(id=key, code=str(key), name=str(key), kind=OrganisationKind.SCHOOL if key else
                          OrganisationKind.MUNICIPALITY)
        for key in range(4)
    }
    tree = Tree(units, {0: None, 1: 0, 2: 0, 3: 0})
    counts = {1: 3.0, 2: 20.0, 3: 40.0}
    above = Scope(1, "специалист", frozenset(units), frozenset(), None, None, frozenset({Action.VIEW_INDICATORS}))
    assert hidden_of(above, tree, counts, units) == {1: Hidden.SMALL, 2: Hidden.PROTECTING}
    assert hidden_of(Scope.local_administrator(), tree, counts, units) == {}
