"""Organisations beside each other: words of cells, the workbook, and no verdicts on results of ВПР."""

import pytest

from core.monitoring.cells import Cell, Source
from core.monitoring.facts import fact_of, plan_state
from core.monitoring.passport_tables import Direction
from core.monitoring.passports import Passport
from core.monitoring.reference import load_passports
from core.monitoring.scorecard import scorecard
from core.monitoring.side_by_side import cell_words, change_of, figures_sheet, is_judged, move_words, told_codes
from core.monitoring.trend import step
from core.people.scope import Scope
from core.people.suppression import Hidden
from core.store.unit_of_work import reading
from tests.monitoring.conftest import CODES, YEAR, Monitoring


def _passport(code: str) -> Passport:
    file, record = next(
        (file, one) for file in load_passports().values() for one in file.indicators if one.code == code
    )
    return Passport(id=1, **record.values(file.goal))


def _cell(passport: Passport, above: float, below: float, **given) -> Cell:
    fact = fact_of(passport.kind, above, below)
    plan = given.pop("plan", 90.0)
    return Cell(1, passport.code, YEAR, fact, given.pop("source", Source.ACCEPTED), plan,
                plan_state(fact, plan, passport.direction), None, **given)


@pytest.mark.parametrize(("code", "judged"), [
    ("П42.1", False), ("П42.3", False), ("П46", False), ("П45", False), ("П47", False), ("П42.4", True), ("П01", True),
])
def test_by_results_of_vpr_nobody_is_judged(code: str, judged: bool):
    assert is_judged(_passport(code)) is judged


def test_a_cell_holds_figure_interval_parts_plan_and_what_is_missing():
    passport = _passport("П41")
    text = cell_words(passport, _cell(passport, 80, 100, waiting=2, source=Source.SUM))
    assert text.split(";\n")[0] == "80,0 % (71,1–86,7\xa0%), 80 из 100"
    assert "✗ план не выполнен (90 %)" in text and "ещё не принято школ: 2" in text
    assert "план" not in cell_words(passport, _cell(passport, 80, 100), judged=False)
    hidden = cell_words(passport, _cell(passport, 1, 3, hidden=Hidden.SMALL))
    assert hidden == Hidden.SMALL.words
    assert cell_words(passport, None) == ""


def test_an_arrow_says_neither_better_nor_worse_where_nobody_is_judged():
    passport = _passport("П42.1")
    grown = step(fact_of(passport.kind, 500, 1000), fact_of(passport.kind, 600, 1000))
    same = step(fact_of(passport.kind, 5, 10), fact_of(passport.kind, 6, 10))
    assert move_words(grown, Direction.MORE, judged=False) == "▲ рост"
    assert move_words(grown, Direction.MORE) == "▲ лучше"
    assert move_words(same, Direction.MORE, judged=False) == "≈ без изменений"


def test_the_workbook_holds_numbers_of_every_told_cell(sqlite_monitoring: Monitoring):
    for school, above in (("школа 1", 10), ("школа 2", 30)):
        sqlite_monitoring.enter(school, above, 40)
        sqlite_monitoring.submit(school)
        sqlite_monitoring.accept(school)
    town = sqlite_monitoring.unit("район")
    with reading(sqlite_monitoring.engine) as session:
        card = scorecard(session, Scope.local_administrator(), town, (YEAR - 1, YEAR), CODES, with_children=True)
    units = [key for key, _name in card.units]
    assert told_codes(card, units, (YEAR,)) == CODES and told_codes(card, units, (YEAR - 1,)) == ()
    sheet = figures_sheet(card, units, CODES, (YEAR - 1, YEAR))
    named = [dict(zip([column.header for column in sheet.columns], row, strict=True)) for row in sheet.rows]
    assert [(row["Значение"], row["Числитель"], row["Знаменатель"]) for row in named] == [
        (50.0, 40.0, 80.0), (25.0, 10.0, 40.0), (75.0, 30.0, 40.0)
    ]
    assert all(row["95 % интервал от"] < row["Значение"] < row["до"] for row in named)
    assert change_of(card, town, CODES[0], YEAR - 1, YEAR).move.value == "не с чем сравнить"
