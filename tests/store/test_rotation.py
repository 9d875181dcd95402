"""Which copies stay."""

from datetime import UTC, datetime, timedelta

from core.store.rotation import kept

NOON = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def hourly(count: int) -> list[datetime]:
    return [NOON - timedelta(hours=number) for number in range(count)]


def test_nothing_of_the_last_day_goes() -> None:
    assert kept(hourly(24)) == frozenset(hourly(24))


def test_of_two_years_hours_days_and_months_stay() -> None:
    copies = hourly(2 * 365 * 24)
    stay = sorted(kept(copies), reverse=True)
    assert stay[:24] == copies[:24], "every hour of the last day"
    days = {moment.date() for moment in stay}
    assert {NOON.date() - timedelta(days=number) for number in range(14)} <= days
    months = {(moment.year, moment.month) for moment in stay}
    assert len(months) == 12 and (2025, 12) in months and (2025, 11) not in months
    assert len(stay) == 24 + 12 + 11, "two days have all their hours, and the newest month is a day's copy"
    assert datetime(2026, 3, 31, 23, 30, tzinfo=UTC) in stay, "of a month its newest copy"


def test_several_in_an_hour_leave_the_newest() -> None:
    copies = [NOON, NOON - timedelta(minutes=5), NOON - timedelta(minutes=10)]
    assert kept(copies) == {NOON}


def test_after_a_long_pause_nothing_is_lost() -> None:
    copies = [NOON - timedelta(days=300 * number) for number in range(5)]
    assert kept(copies) == frozenset(copies)


def test_nothing_of_nothing() -> None:
    assert kept([]) == frozenset()
