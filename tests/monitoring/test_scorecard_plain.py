"""The quick scorecard equals a plain one, row by row, to the last bit."""

import math
from datetime import date

import numpy as np
import pytest
from sqlmodel import Session, select

from core.analysis.intervals import wilson, wilson_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import list_passports, passports_of_year
from core.monitoring.scorecard import Source, scorecard
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.people.scope import Scope
from core.people.tables import OrganisationMembership
from core.store.audit import insert_created
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import Monitoring

ALL = Scope.local_administrator()
YEARS = (2024, 2025, 2026)
TODAY = date(2026, 11, 22)
SCHOOLS = ("школа 1", "школа 2", "школа 3")


def _fill(monitoring: Monitoring) -> None:
    """Store values of all indicators: parts in quarters, so that sums are exact in any order; some not accepted."""
    rng = np.random.default_rng(11)
    with writing(monitoring.engine, "тест") as session:
        rows = []
        for year in YEARS:
            for code, passport in passports_of_year(list_passports(session, ALL), year).items():
                for unit in (*SCHOOLS, "район"):
                    row = IndicatorValue(organisation_id=monitoring.unit(unit), code=code, year=year)
                    row.plan = float(rng.integers(0, 100)) if rng.random() < 0.5 else None
                    if passport.kind in (IndicatorKind.SHARE, IndicatorKind.MEAN):
                        row.denominator = float(rng.integers(0, 40))
                        row.numerator = row.denominator * float(rng.integers(0, 5)) / 4
                    else:
                        row.fact = float(rng.integers(0, 2))
                    if rng.random() < (0.7 if unit in SCHOOLS else 0.2):
                        row.state, row.accepted_at = ValueState.ACCEPTED, utc_now()
                        row.accepted_numerator, row.accepted_denominator = row.numerator, row.denominator
                        row.accepted_fact = row.fact
                    rows.append(row.model_dump(exclude={"id"}))
        insert_created(session, IndicatorValue, rows)


def _plain(session: Session, units: list[int], kind: IndicatorKind, code: str, year: int):
    """Return (value, low, high) of accepted parts summed, and whether anything was accepted."""
    rows = [row for row in session.exec(select(IndicatorValue).where(IndicatorValue.code == code))
            if row.year == year and row.organisation_id in units and row.accepted_at is not None]
    parts = [(row.accepted_fact if row.accepted_numerator is None and kind is IndicatorKind.NUMBER
              else row.accepted_numerator, row.accepted_denominator or 0.0) for row in rows]
    parts = [part for part in parts if part[0] is not None]
    above, below = sum(part[0] for part in parts), sum(part[1] for part in parts)
    if not parts or kind is IndicatorKind.DOCUMENT:
        return None
    if kind is IndicatorKind.NUMBER:
        return above, math.nan, math.nan
    if not below:
        return math.nan, math.nan, math.nan
    if kind is IndicatorKind.MEAN:
        return above / below, math.nan, math.nan
    low, high = wilson(above / below, below)
    return 100 * (above / below), 100 * float(low), 100 * float(high)


def test_every_figure_equals_the_plain_way(sqlite_monitoring: Monitoring):
    _fill(sqlite_monitoring)
    town = sqlite_monitoring.unit("район")
    with reading(sqlite_monitoring.engine) as session:
        card = scorecard(session, ALL, town, YEARS, with_children=True, today=TODAY)
        schools = [key for key, _name in card.units[1:]]
        assert schools == [sqlite_monitoring.unit(name) for name in SCHOOLS[:2]]
        summed = 0
        for (key, code, year), cell in card.cells.items():
            passport = card.passports[year][code]
            if cell.source not in (Source.SUM, Source.ACCEPTED) or (passport.automatic and key == town):
                continue
            units = [key] if cell.source is Source.ACCEPTED else schools
            expected = _plain(session, units, passport.kind, code, year)
            if expected is not None:
                summed += cell.source is Source.SUM
                np.testing.assert_array_equal((cell.fact.value, cell.fact.low, cell.fact.high), expected)
        assert summed > 20
        assert {cell.source for cell in card.cells.values()} >= set(Source) - {Source.NOTHING}
        alone = scorecard(session, ALL, town, (2025,), ("П41",), today=TODAY).cells[town, "П41", 2025]
        assert alone == card.cells[town, "П41", 2025]


def test_schools_belong_as_of_the_year(sqlite_monitoring: Monitoring):
    _fill(sqlite_monitoring)
    town, moved = sqlite_monitoring.unit("район"), sqlite_monitoring.unit("школа 2")
    with writing(sqlite_monitoring.engine, "тест") as session:
        link = session.exec(
            select(OrganisationMembership).where(OrganisationMembership.organisation_id == moved)
        ).one()
        link.valid_from, link.valid_to = date(2000, 1, 1), date(2025, 9, 1)
        session.add(link)
    with reading(sqlite_monitoring.engine) as session:
        card = scorecard(session, ALL, town, YEARS, ("П41",), with_children=True, today=TODAY)
    assert {year for key, _code, year in card.cells if key == moved} == {2024, 2025}


@pytest.mark.parametrize("n", [0, 1, 7, 1627])
def test_one_interval_is_that_of_the_array(n: int):
    for share in (0.0, 1 / 3, 0.25, 0.999, 1.0):
        np.testing.assert_array_equal(wilson_of(share, n), [float(edge) for edge in wilson(share, n)])
