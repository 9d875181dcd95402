"""A school beside the others of its group: sums of parts, too few schools, years of the group, hidden schools."""

from datetime import date

import pytest
from sqlmodel import select

from core.errors import NotFound
from core.monitoring.passports import passport_in
from core.monitoring.scorecard import scorecard
from core.monitoring.similar import similar_schools
from core.monitoring.similar_words import similar_words
from core.monitoring.trend import Move
from core.monitoring.value_tables import IndicatorValue, TypicalCluster
from core.people.organisations import create_organisation
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import YEAR, Monitoring

ALL = Scope.local_administrator()
ENTERED, COUNTED, NUMBER = "П41", "П42.1", "П27"
TODAY = date(2026, 11, 22)


def _town(monitoring: Monitoring, parts: dict[str, tuple[float, float]], code: str = ENTERED, group: str = "сельские"):
    """Store schools of one group with accepted values; return their ids by name."""
    ids: dict[str, int] = {}
    with writing(monitoring.engine, "тест") as session:
        for name, (above, below) in parts.items():
            unit = create_organisation(
                session, ALL, code=name, name=name, kind=OrganisationKind.SCHOOL, parent_id=monitoring.unit("район")
            )
            ids[name] = unit.id or 0
            session.add(TypicalCluster(organisation_id=ids[name], name=group, valid_from=2024, valid_to=2026))
            session.add(IndicatorValue(
                organisation_id=ids[name], code=code, year=YEAR, numerator=above, denominator=below,
                accepted_numerator=above, accepted_denominator=below, accepted_at=utc_now(),
            ))
    return ids


def _similar(monitoring: Monitoring, school: int, code: str = ENTERED, year: int = YEAR, scope: Scope = ALL):
    with reading(monitoring.engine) as session:
        return similar_schools(session, scope, school, year, (code,), TODAY).get(code)


def _director(*schools: int) -> Scope:
    return Scope(1, "директор", frozenset(schools), frozenset(schools), None, None, frozenset({Action.VIEW_INDICATORS}))


def test_the_others_are_pooled_by_sums_with_interval_and_number_of_schools(sqlite_monitoring: Monitoring):
    ids = _town(sqlite_monitoring, {"а": (90, 100), "б": (10, 100), "в": (9, 10), "г": (5, 10)})
    found = _similar(sqlite_monitoring, ids["а"], scope=_director(ids["а"]))
    assert (found.cluster, found.others, found.counted, found.withheld) == ("сельские", 3, 3, 0)
    assert (found.pooled.numerator, found.pooled.denominator, found.pooled.value) == (24.0, 120.0, 20.0)
    assert found.pooled.low < 20 < found.pooled.high
    assert found.difference.move is Move.UP and found.difference.difference == 70.0
    with reading(sqlite_monitoring.engine) as session:
        words = similar_words(passport_in(session, ALL, ENTERED, YEAR), found)
    assert words.startswith("«сельские», без этой: 3\xa0школы: 20,0 % (") and "+70,0 п. п. (от " in words
    assert "▲ выше" in words and "лучше" not in words


def test_fewer_than_three_other_schools_are_not_told(sqlite_monitoring: Monitoring):
    ids = _town(sqlite_monitoring, {"а": (9, 10), "б": (1, 10), "в": (5, 10)})
    found = _similar(sqlite_monitoring, ids["а"])
    assert found.is_few and found.pooled is None and found.difference.move is Move.UNKNOWN
    with reading(sqlite_monitoring.engine) as session:
        assert "мало школ" in similar_words(passport_in(session, ALL, ENTERED, YEAR), found)


def test_the_group_is_that_of_the_year_and_only_accepted_values_count(sqlite_monitoring: Monitoring):
    ids = _town(sqlite_monitoring, {"а": (9, 10), "б": (1, 10), "в": (5, 10), "г": (4, 10)})
    assert _similar(sqlite_monitoring, ids["а"], year=2027) is None
    assert _similar(sqlite_monitoring, sqlite_monitoring.unit("школа 1")) is None
    assert _similar(sqlite_monitoring, sqlite_monitoring.unit("район")) is None
    sqlite_monitoring.enter("школа 1", 5, 10)
    with writing(sqlite_monitoring.engine, "тест") as session:
        session.add(TypicalCluster(
            organisation_id=sqlite_monitoring.unit("школа 1"), name="сельские", valid_from=2026, valid_to=None
        ))
    found = _similar(sqlite_monitoring, ids["а"])
    assert (found.others, found.counted) == (4, 3)


def test_a_hidden_school_cannot_be_worked_out_from_the_group(sqlite_monitoring: Monitoring):
    parts = {"а": (9, 10), "б": (8, 20), "в": (15, 30), "г": (4, 40), "д": (2, 3), "е": (20, 50)}
    ids = _town(sqlite_monitoring, parts, COUNTED)
    above = Scope(1, "специалист", None, frozenset(), None, None, frozenset({Action.VIEW_INDICATORS}))
    with reading(sqlite_monitoring.engine) as session:
        card = scorecard(
            session, above, sqlite_monitoring.unit("район"), (YEAR,), (COUNTED,), with_children=True, today=TODAY
        )
    seen = {name: card.cells[key, COUNTED, YEAR].fact for name, key in ids.items()}
    assert seen["д"] is None and seen["е"] is not None
    found = _similar(sqlite_monitoring, ids["е"], COUNTED, scope=above)
    shown = [parts[name] for name in parts if name != "е" and seen[name] is not None]
    assert len(shown) == 3 and found.withheld == 2
    assert found.pooled.numerator == sum(part[0] for part in shown)
    own = _similar(sqlite_monitoring, ids["д"], COUNTED, scope=_director(ids["д"]))
    assert own is not None and own.counted == len(shown) + 1
    assert _similar(sqlite_monitoring, ids["д"], COUNTED, scope=above) is None


def test_numbers_are_compared_as_a_mean_of_schools_and_other_schools_stay_out_of_reach(sqlite_monitoring: Monitoring):
    ids = _town(sqlite_monitoring, dict.fromkeys("абвг", (0, 0)), NUMBER)
    with writing(sqlite_monitoring.engine, "тест") as session:
        for count, key in enumerate(ids.values()):
            row = session.exec(select(IndicatorValue).where(IndicatorValue.organisation_id == key)).one()
            row.accepted_numerator = row.accepted_denominator = None
            row.accepted_fact = float(2 * count)
            session.add(row)
    found = _similar(sqlite_monitoring, ids["а"], NUMBER)
    assert found.pooled.value == 4.0 and found.difference.move is Move.UNKNOWN
    with pytest.raises(NotFound):
        _similar(sqlite_monitoring, ids["б"], scope=_director(ids["а"]))
