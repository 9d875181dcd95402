"""Groups of schools in like circumstances: put into, moved, taken out; earlier years stay as they were."""

import pytest

from core.errors import InvalidInput, NotAllowed, NotFound
from core.monitoring.groups import assign_group, grouped_schools
from core.store.history import history
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import Monitoring


def _assign(monitoring: Monitoring, year: int, group: str, *names: str, who: str = "специалист") -> int:
    with writing(monitoring.engine, who) as session:
        return assign_group(session, monitoring.scope(who), [monitoring.unit(name) for name in names], year, group)


def _groups(monitoring: Monitoring, year: int) -> list[str]:
    with reading(monitoring.engine) as session:
        found = grouped_schools(session, monitoring.scope("специалист"), monitoring.unit("район"), year)
    return [one.group for one in found]


def test_a_school_moves_from_a_year_on_and_earlier_years_stay(monitoring: Monitoring):
    assert _assign(monitoring, 2024, "сельские", "школа 1", "школа 2") == 2
    assert _assign(monitoring, 2026, "  городские   школы ", "школа 1") == 1
    assert [_groups(monitoring, year) for year in (2023, 2025, 2026, 2027)] == [
        ["", ""], ["сельские", "сельские"], ["городские школы", "сельские"], ["городские школы", "сельские"]
    ]
    assert _assign(monitoring, 2026, "городские школы", "школа 1") == 0, "nothing changes twice"
    assert _assign(monitoring, 2026, "", "школа 1") == 1
    assert _groups(monitoring, 2025) == ["сельские", "сельские"] and _groups(monitoring, 2026) == ["", "сельские"]
    assert _assign(monitoring, 2026, "основные", "школа 1") == 1
    assert _assign(monitoring, 2025, "иная", "школа 1") == 1
    assert [_groups(monitoring, year)[0] for year in (2024, 2025, 2026)] == ["сельские", "иная", "основные"]
    with reading(monitoring.engine) as session:
        assert any(line.actor == "специалист" for line in history(session, "typical_cluster", 1))


def test_only_who_accepts_above_puts_schools_into_groups(sqlite_monitoring: Monitoring):
    with pytest.raises(NotAllowed):
        _assign(sqlite_monitoring, 2026, "сельские", "школа 1", who="директор")
    with pytest.raises(NotFound):
        _assign(sqlite_monitoring, 2026, "сельские", "школа 3")
    with pytest.raises(InvalidInput, match="ни одной школы"):
        _assign(sqlite_monitoring, 2026, "сельские")
    with pytest.raises(InvalidInput, match="не школа"):
        _assign(sqlite_monitoring, 2026, "сельские", "район", who="администратор")
