import doctest
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core import words
from core.words import dates, kept_values, nouns, numbers


@pytest.mark.parametrize("room", [dates, kept_values, nouns, numbers])
def test_the_examples_of_the_documentation_hold(room):
    result = doctest.testmod(room)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [(0, 0, "0"), (-1234.5, 1, "−1\xa0234,5"), (-0.04, 1, "0,0"), (1e6, 0, "1\xa0000\xa0000"), (2.5, 0, "2")],
)
def test_numbers_have_comma_groups_and_a_true_minus(value, digits, said):
    assert words.number(value, digits) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0\xa0участников"), (1, "1\xa0участник"), (22, "22\xa0участника"), (112, "112\xa0участников")],
)
def test_nouns_go_with_their_numbers(count, said):
    assert words.plural(count, "участник", "участника", "участников") == said


def test_times_are_said_in_the_organisations_zone():
    at = datetime(2026, 11, 2, 21, 30, tzinfo=UTC)
    assert words.moment(at, ZoneInfo("Asia/Yekaterinburg")) == "03.11.2026 02:30"


def test_an_empty_enumeration_is_empty():
    assert words.listing([]) == ""
