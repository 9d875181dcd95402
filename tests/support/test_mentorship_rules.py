"""What makes a mentorship impossible, each with its sentence."""

from dataclasses import replace
from datetime import date

import pytest

from core.support.mentorship_rules import Pairing, Period, end_faults, plan_faults, start_faults
from core.support.mentorship_tables import MentorshipKind
from core.support.working_days import after_working_days

GOOD = Pairing(
    mentor=1, mentees={2: date(2026, 8, 28)}, starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 31),
    mentor_consent_on=date(2026, 8, 27), order_number="105", order_on=date(2026, 8, 31),
    names={1: "Иванова А. П.", 2: "Смирнова О. И."},
)
TODAY = date(2026, 11, 22)


def said(faults) -> str:
    return " | ".join(fault.message for fault in faults)


def test_a_sound_pair_has_no_fault():
    assert plan_faults(GOOD, [], 1) == [] and start_faults(GOOD, TODAY) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"mentees": {}}, "Не выбран наставляемый"),
        ({"mentees": {1: None}}, "наставником самому себе"),
        ({"mentees": {2: None, 3: None}}, "Наставляемых 2, а вид – «традиционное"),
        ({"kind": MentorshipKind.GROUP}, "не меньше двух"),
        ({"ends_on": date(2026, 9, 1)}, "кончается (01.09.2026) не позже, чем начинается (01.09.2026)"),
        ({"ends_on": date(2207, 5, 31)}, "опечатка в годе"),
        ({"ends_on": date(2036, 5, 31)}, "длиннее 5\xa0лет"),
    ],
)
def test_a_pair_that_cannot_be_planned(changed, words):
    assert words in said(plan_faults(replace(GOOD, **changed), []))


def test_a_mentee_has_one_main_mentor_at_a_time():
    other = Period(5, frozenset({2}), date(2027, 5, 31), date(2027, 12, 31))
    assert "У наставляемого Смирнова О. И. уже есть основной наставник с 31.05.2027" in said(plan_faults(GOOD, [other]))
    assert not plan_faults(GOOD, [replace(other, starts_on=date(2027, 6, 1))]), "the day after is free"
    assert not plan_faults(replace(GOOD, is_main=False), [other]), "a second one helps on a single question"
    assert not plan_faults(GOOD, [replace(other, is_main=False)])


def test_a_mentor_takes_no_more_than_the_register_says():
    others = [Period(1, frozenset({7, 8}), date(2026, 9, 1), date(2027, 5, 31))]
    assert "3\xa0наставляемых одновременно" in said(plan_faults(GOOD, others, 2))
    assert not plan_faults(GOOD, others, 3)
    assert not plan_faults(GOOD, others, None), "not in the register: nobody said how many"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"mentor_consent_on": None}, "Нет письменного согласия наставника (Иванова А. П.)"),
        ({"mentees": {2: None}}, "Нет письменного согласия наставляемого (Смирнова О. И.)"),
        ({"mentees": {2: date(2026, 9, 2)}}, "Согласие наставляемого дано 02.09.2026, позже начала 01.09.2026"),
        ({"order_number": " "}, "Нет приказа о закреплении"),
        ({"order_on": None}, "Нет приказа о закреплении"),
        ({"order_on": date(2026, 9, 2)}, "Приказ от 02.09.2026 позже начала"),
        ({"starts_on": date(2026, 11, 23)}, "этот день ещё не наступил"),
    ],
)
def test_a_pair_that_cannot_start(changed, words):
    assert words in said(start_faults(replace(GOOD, **changed), TODAY))


def test_an_early_end_needs_a_notice_of_three_working_days():
    friday = date(2026, 11, 20)
    assert after_working_days(friday, 3) == date(2026, 11, 25), "Saturday and Sunday do not count"
    early = end_faults(GOOD, date(2026, 11, 24), friday, "переезд", TODAY)
    assert "не раньше 25.11.2026" in said(early)
    assert not end_faults(GOOD, date(2026, 11, 25), friday, "переезд", TODAY)
    assert after_working_days(date(2026, 12, 29), 3) == date(2027, 1, 12), "nor do the holidays of the New Year"


def test_an_early_end_needs_a_reason_and_a_day_inside():
    words = said(end_faults(GOOD, date(2027, 6, 1), None, " ", TODAY))
    assert "причина" in words and "с 01.09.2026 по 31.05.2027, а указано 01.06.2027" in words
    assert "когда предупредили" in words
    assert "ещё не сделано" in said(end_faults(GOOD, date(2026, 12, 30), date(2026, 11, 23), "переезд", TODAY))
