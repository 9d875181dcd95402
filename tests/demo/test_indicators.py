"""The automatic indicators of the demo equal a recomputation by hand from the exported tables, school by school.

Nothing of the calculations is used here: rows come by SELECT *, packed columns are unpacked anew, every rule of the
passports is written down a second time. Two things are taken as the screens show them: the last day of a deadline in
human words, and which problem fields a work has.
"""

import pytest

from core.monitoring.automatic.computing import compute
from core.monitoring.automatic.registry import automatic_keys
from core.monitoring.reference import load_passports
from core.monitoring.scorecard import scorecard
from core.store.unit_of_work import reading
from tests.demo.by_hand.export import ALL, TODAY, Export
from tests.demo.by_hand.results import OF_RESULTS
from tests.demo.by_hand.staff import OF_STAFF
from tests.demo.conftest import Demo

YEARS = (2024, 2025, 2026)
RUNNING = 2027
BY_HAND = OF_STAFF | OF_RESULTS


def test_every_automatic_indicator_of_the_catalogue_is_recomputed():
    named = {one.automatic for file in load_passports().values() for one in file.indicators if one.automatic}
    assert BY_HAND.keys() == automatic_keys() == named
    assert len(named) >= 37


@pytest.mark.parametrize("year", [*YEARS, RUNNING])
def test_automatic_indicators_equal_the_recomputation(demo: Demo, year: int):
    with reading(demo.engine) as session:
        export = Export(session, year)
        region = next(row["id"] for row in export["organisation"] if row["kind"] == "REGION")
        found = compute(session, [region], year, sorted(automatic_keys()), TODAY)
        for key, by_hand in BY_HAND.items():
            parts = {place: (one.numerator, one.denominator) for place, one in found.parts[key].items()}
            expected = {place: parts_ for place, parts_ in by_hand(export).items() if parts_ != (0, 0)}
            assert {place: one for place, one in parts.items() if one != (0, 0)} == expected, (key, year)


def test_the_municipality_is_the_sum_of_its_schools(demo: Demo):
    with reading(demo.engine) as session:
        export = Export(session, 2026)
        town = next(row["id"] for row in export["organisation"] if row["kind"] == "MUNICIPALITY")
        card = scorecard(session, ALL, town, YEARS, with_children=True, today=TODAY)
        passed = [card.cells[key, "П42.1", 2026].fact for key, _name in card.units]
        by_hand = BY_HAND["passed_vpr"](export)
        assert passed[0].numerator == sum(above for above, _below in by_hand.values())
        assert passed[0].denominator == sum(below for _above, below in by_hand.values())
        assert passed[0].value == pytest.approx(100 * passed[0].numerator / passed[0].denominator)
        assert passed[0].numerator == sum(one.numerator for one in passed[1:])
