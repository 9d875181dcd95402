"""Deadlines as people write them: what is understood, on which days it is checked, what is overdue."""

import random
from datetime import date

import pytest

from core.planning.deadlines import DeadlineKind, PlanPeriod, PlanYear, YearKind, read_deadline, shift_years
from core.planning.statuses import MeasureStatus

SCHOOL = PlanYear.school(2027)
Kind = DeadlineKind
MONTH_ENDS = "30.09.26 31.10.26 30.11.26 31.12.26 31.01.27 28.02.27 31.03.27 30.04.27 31.05.27"

SEEDS = [
    # text, kind, year, check dates in that year
    ("Май 2020 г.", Kind.MONTH, PlanYear.calendar(2020), "31.05.20"),
    ("Сентябрь- октябрь\n\n2020 г.", Kind.RANGE, PlanYear.calendar(2020), "31.10.20"),
    ("Ежегодно,\n\nоктябрь-ноябрь ", Kind.YEARLY, SCHOOL, "30.11.26"),
    ("ежегодно, декабрь ", Kind.YEARLY, SCHOOL, "31.12.26"),
    ("В течение года", Kind.ALL_YEAR, SCHOOL, "31.05.27"),
    ("в течение года", Kind.ALL_YEAR, PlanYear.calendar(2020), "31.12.20"),
    ("не реже 2 раз в год", Kind.TIMES, SCHOOL, "31.12.26 31.05.27"),
    ("не реже 2 раз в год", Kind.TIMES, PlanYear.calendar(2021), "30.06.21 31.12.21"),
    ("Ежегодно, август", Kind.YEARLY, SCHOOL, "31.08.27"),
    ("2020 г.", Kind.YEAR, PlanYear.calendar(2020), "31.12.20"),
    ("октябрь-ноябрь 2020 г.,\n\nоктябрь-ноябрь, 2021 г.", Kind.SEVERAL, PlanYear.calendar(2020), "30.11.20"),
    ("октябрь-ноябрь 2020 г.,\n\nоктябрь-ноябрь, 2021 г.", Kind.SEVERAL, PlanYear.calendar(2021), "30.11.21"),
    ("В течение года, по графику", Kind.SCHEDULE, SCHOOL, "31.05.27"),
    ("В течение года по плану", Kind.SCHEDULE, SCHOOL, "31.05.27"),
    ("в течение текущей четверти/триместра", Kind.TERM, SCHOOL, "31.10.26"),
    ("1-2 методических цикла", Kind.CYCLES, PlanYear.school(2028), ""),
    ("до следующей оценочной процедуры", Kind.UNTIL_ASSESSMENT, SCHOOL, "19.04.27"),
    ("", Kind.EMPTY, SCHOOL, ""),
]
"""Every deadline of the five seed documents and of the dossier, §5.1."""

VARIANTS = [
    ("2026-2027 учебный год", Kind.YEAR, "31.05.27"),
    ("2026/27 уч. г.", Kind.YEAR, "31.05.27"),
    ("до 15 ноября", Kind.DAY, "15.11.26"),
    ("До 15 Ноября 2026 г.", Kind.DAY, "15.11.26"),
    ("до 01.09.2026г.", Kind.DAY, "01.09.26"),
    ("не позднее 15.11", Kind.DAY, "15.11.26"),
    ("к 1 сентября", Kind.DAY, "01.09.26"),
    ("до ноября", Kind.DAY, "31.10.26"),
    ("не позднее ноября", Kind.DAY, "30.11.26"),
    ("до конца ноября", Kind.DAY, "30.11.26"),
    ("до 2027 года", Kind.DAY, "31.12.26"),
    ("15.11.2026", Kind.DAY, "15.11.26"),
    ("2026-11-15", Kind.DAY, "15.11.26"),
    ("1 сентября 2026", Kind.DAY, "01.09.26"),
    ("I полугодие", Kind.TERM, "31.12.26"),
    ("1-е полугодие", Kind.TERM, "31.12.26"),
    ("II полугодие 2026-2027 учебного года", Kind.TERM, "31.05.27"),
    ("IV четверть", Kind.TERM, "31.05.27"),
    ("вторая четверть", Kind.TERM, "31.12.26"),
    ("2 триместр", Kind.TERM, "28.02.27"),
    ("1 квартал 2027 года", Kind.TERM, "31.03.27"),
    ("I, III четверти", Kind.SEVERAL, "31.10.26 31.03.27"),
    ("1 раз в четверть", Kind.TIMES, "31.10.26 31.12.26 31.03.27 31.05.27"),
    ("по итогам каждой четверти", Kind.TIMES, "31.10.26 31.12.26 31.03.27 31.05.27"),
    ("по полугодиям", Kind.TIMES, "31.12.26 31.05.27"),
    ("два раза в год", Kind.TIMES, "31.12.26 31.05.27"),
    ("2-3 раза в год", Kind.TIMES, "31.12.26 31.05.27"),
    ("не менее четырёх раз в год", Kind.TIMES, "31.10.26 31.12.26 31.03.27 31.05.27"),
    ("раз в полгода", Kind.TIMES, "31.12.26 31.05.27"),
    ("ежемесячно", Kind.TIMES, MONTH_ENDS),
    ("еженедельно", Kind.TIMES, MONTH_ENDS),
    ("не реже одного раза в месяц", Kind.TIMES, MONTH_ENDS),
    ("последняя пятница месяца", Kind.TIMES, MONTH_ENDS),
    ("ежеквартально", Kind.TIMES, "30.09.26 31.12.26 31.03.27 30.06.27"),
    ("постоянно", Kind.CONTINUOUS, "31.05.27"),
    ("по мере необходимости", Kind.AS_NEEDED, "31.05.27"),
    ("по отдельному графику", Kind.SCHEDULE, "31.05.27"),
    ("сентябрь, январь, май", Kind.SEVERAL, "30.09.26 31.01.27 31.05.27"),
    ("сентябрь, январь, май 2027 г.", Kind.SEVERAL, "30.09.26 31.01.27 31.05.27"),
    ("август, ноябрь, январь, март, май", Kind.SEVERAL, "30.11.26 31.01.27 31.03.27 31.05.27 31.08.27"),
    ("сентябрь 2026 – май 2027", Kind.RANGE, "31.05.27"),
    ("с сентября по май", Kind.RANGE, "31.05.27"),
    ("с 1 по 15 октября", Kind.RANGE, "15.10.26"),
    ("10—15 ноября 2026", Kind.RANGE, "15.11.26"),
    ("01.09.2026-31.05.2027", Kind.RANGE, "31.05.27"),
    ("5, 20 октября", Kind.SEVERAL, "05.10.26 20.10.26"),
    ("МАЙ\u00a0—\u00a0ИЮНЬ", Kind.RANGE, "30.06.27"),
    ("сент. 2026", Kind.MONTH, "30.09.26"),
    ("05.2027", Kind.MONTH, "31.05.27"),
    ("2026 г., октябрь", Kind.MONTH, "31.10.26"),
    ("первая неделя сентября", Kind.RANGE, "07.09.26"),
    ("конец мая", Kind.RANGE, "31.05.27"),
    ("осенние каникулы", Kind.RANGE, "08.11.26"),
    ("весной 2027 года", Kind.RANGE, "31.05.27"),
    ("в начале и в конце учебного года", Kind.SEVERAL, "30.09.26 31.05.27"),
    ("до конца учебного года", Kind.ALL_YEAR, "31.05.27"),
    ("ежегодно до 1 октября", Kind.YEARLY, "01.10.26"),
    ("октябрь 2026-2028 гг.", Kind.SEVERAL, "31.10.26"),
    ("в течение всего периода реализации программы", Kind.ALL_YEAR, "31.05.27"),
    ("по итогам I полугодия", Kind.TERM, "31.12.26"),
    ("апрель/май", Kind.RANGE, "31.05.27"),
    ("в теч. года", Kind.ALL_YEAR, "31.05.27"),
    ("по необходимости", Kind.AS_NEEDED, "31.05.27"),
    ("в 2026 году, 2 раза", Kind.TIMES, "31.12.26"),
    ("12 раз в год", Kind.TIMES, MONTH_ENDS),
]

NOT_DATABLE = [
    "в течение 10 дней после педсовета",
    "в течение десяти рабочих дней со дня получения результатов",
    "после проведения ВПР",
    "по итогам мониторинга",
    "незамедлительно",
    "в течение месяца",
]
NOT_UNDERSTOOD = [
    "как получится", "на заседаниях ШМО", "Иванова А. П.", "31 февраля", "???", "V четверть", "2027-2024 гг.",
    "31.12.9999", "до 01.01.0001", "0000-01-01",
]


def days(text: str) -> tuple[date, ...]:
    parts = [one.split(".") for one in text.split()]
    return tuple(date(2000 + int(year), int(month), int(number)) for number, month, year in parts)


@pytest.mark.parametrize(("text", "kind", "year", "expected"), SEEDS)
def test_deadlines_of_the_seeds(text: str, kind: Kind, year: PlanYear, expected: str) -> None:
    deadline = read_deadline(text)
    assert (deadline.text, deadline.kind) == (text, kind)
    assert deadline.is_understood
    assert deadline.check_dates(year) == days(expected)
    assert deadline.explanation


@pytest.mark.parametrize(("text", "kind", "expected"), VARIANTS)
def test_usual_variants(text: str, kind: Kind, expected: str) -> None:
    deadline = read_deadline(text)
    assert (deadline.kind, deadline.check_dates(SCHOOL)) == (kind, days(expected))
    assert "Не учтено" not in deadline.hint


@pytest.mark.parametrize("text", NOT_DATABLE)
def test_what_depends_on_an_event_says_so_and_is_never_overdue(text: str) -> None:
    deadline = read_deadline(text)
    assert deadline.kind is Kind.EVENT
    assert deadline.is_understood and not deadline.is_datable
    assert "Впишите дату" in deadline.hint
    assert not deadline.is_overdue(date(2099, 1, 1), MeasureStatus.PLANNED, None)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_not_understood_comes_with_an_example(text: str) -> None:
    deadline = read_deadline(text)
    assert not deadline.is_understood
    assert "Напишите, например" in deadline.hint
    assert deadline.text == text
    assert not deadline.is_overdue(date(2099, 1, 1), MeasureStatus.PLANNED, None)


def test_a_day_that_does_not_exist_is_named() -> None:
    assert "31.02" in read_deadline("до 31 февраля").hint


def test_what_was_left_out_is_said() -> None:
    deadline = read_deadline("октябрь (педсовет)")
    assert deadline.check_dates(SCHOOL) == (date(2026, 10, 31),)
    assert "педсовет" in deadline.hint


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("Сентябрь- октябрь 2020 г.", "Сентябрь–октябрь 2020 г., проверка 31.10.2020."),
        ("Ежегодно, октябрь-ноябрь", "Ежегодно, октябрь–ноябрь, проверка 30 ноября."),
        ("до 15 ноября", "До 15 ноября. Год – по плану."),
        ("не реже 2 раз в год", "2 раза в год: год делится на 2 равные части, проверка в конце каждой."),
        ("II полугодие 2026/2027 уч. г.", "II полугодие 2026/2027 учебного года, проверка 31 мая."),
        ("2026-2027 учебный год", "2026/2027 учебный год, проверка 31.05.2027."),
        ("", "Срок не указан."),
    ],
)
def test_explanations(text: str, explanation: str) -> None:
    assert read_deadline(text).explanation == explanation


def test_a_window_that_has_passed_is_overdue_until_it_is_done() -> None:
    deadline = read_deadline("октябрь 2026 г.")
    planned = MeasureStatus.PLANNED
    assert deadline.is_due(date(2026, 10, 31)) and not deadline.is_overdue(date(2026, 10, 31), planned, None)
    assert deadline.is_overdue(date(2026, 11, 1), planned, None)
    assert deadline.overdue_since(date(2026, 11, 1), MeasureStatus.IN_PROGRESS, None) == date(2026, 10, 31)
    for status in (MeasureStatus.DONE, MeasureStatus.DONE_LATE, MeasureStatus.NOT_DONE, MeasureStatus.CANCELLED):
        assert not deadline.is_overdue(date(2026, 11, 1), status, date(2026, 9, 20))
    assert not deadline.is_due(date(2026, 10, 5), MeasureStatus.DONE, date(2026, 10, 1))


def test_a_yearly_measure_is_due_again_next_year() -> None:
    deadline = read_deadline("Ежегодно, октябрь-ноябрь")
    period = PlanPeriod(date(2025, 9, 1), date(2028, 5, 31))
    done, when = MeasureStatus.DONE, date(2025, 11, 10)
    assert not deadline.is_overdue(date(2026, 9, 1), done, when, period)
    assert deadline.is_due(date(2026, 10, 1), done, when, period)
    assert deadline.overdue_since(date(2026, 12, 1), done, when, period) == date(2026, 11, 30)
    assert deadline.next_check(date(2026, 12, 1), done, date(2026, 12, 1), period) == date(2027, 11, 30)


def test_twice_a_year_is_overdue_after_the_half_in_which_nothing_was_done() -> None:
    deadline = read_deadline("не реже 2 раз в год")
    period = PlanPeriod.of_year(SCHOOL)
    status = MeasureStatus.IN_PROGRESS
    assert deadline.is_overdue(date(2027, 1, 10), status, None, period)
    assert not deadline.is_overdue(date(2027, 1, 10), status, date(2026, 10, 5), period)
    assert deadline.is_overdue(date(2027, 6, 1), status, date(2026, 10, 5), period)


def test_a_month_without_a_year_is_the_first_one_of_the_plan() -> None:
    deadline = read_deadline("октябрь")
    period = PlanPeriod(date(2026, 9, 1), date(2029, 5, 31))
    assert deadline.check_dates(period) == (date(2026, 10, 31),)
    assert read_deadline("ежегодно, октябрь").check_dates(period) == days("31.10.26 31.10.27 31.10.28")


def test_a_deadline_before_the_plan_is_told_by_its_windows() -> None:
    period = PlanPeriod(date(2026, 11, 1), date(2027, 5, 31))
    assert read_deadline("октябрь 2026 г.").check_dates(period) == (date(2026, 10, 31),)
    assert read_deadline("октябрь").check_dates(PlanPeriod(date(2026, 11, 1), date(2027, 5, 31))) == (
        date(2026, 10, 31),
    )


def test_the_next_assessment_makes_a_date_when_it_is_known() -> None:
    deadline = read_deadline("до следующей оценочной процедуры")
    unknown = PlanPeriod.of_year(SCHOOL)
    known = PlanPeriod.of_year(SCHOOL, next_assessment=date(2027, 4, 13))
    on, planned = date(2027, 5, 1), MeasureStatus.PLANNED
    assert not deadline.is_overdue(on, planned, None, unknown)
    assert deadline.overdue_since(on, planned, None, known) == date(2027, 4, 12)


def test_the_present_term_is_that_of_the_day_of_writing() -> None:
    deadline = read_deadline("в течение текущей четверти", date(2027, 2, 3))
    assert deadline.check_dates(PlanPeriod.of_year(SCHOOL)) == (date(2027, 3, 31),)


def test_plans_by_calendar_years() -> None:
    period = PlanPeriod(date(2020, 10, 13), date(2022, 12, 31), YearKind.CALENDAR)
    assert read_deadline("в течение года").check_dates(period) == days("31.12.20 31.12.21 31.12.22")
    assert read_deadline("Ежегодно, август").check_dates(period) == days("31.08.21 31.08.22")


@pytest.mark.parametrize(
    ("text", "by", "moved"),
    [
        ("Май 2020 г.", 6, "Май 2026 г."),
        ("октябрь-ноябрь 2020 г., октябрь-ноябрь, 2021 г.", 1, "октябрь-ноябрь 2021 г., октябрь-ноябрь, 2022 г."),
        ("2025-26 уч. год", 1, "2026-27 уч. год"),
        ("01.09.2026", 1, "01.09.2027"),
        ("в течение года", 5, "в течение года"),
    ],
)
def test_years_are_moved_for_a_copy(text: str, by: int, moved: str) -> None:
    assert shift_years(text, by) == moved


def test_reading_never_raises() -> None:
    """Whatever is typed: words of deadlines and signs in any order, and plain noise."""
    words = [text for text, *_rest in (*SEEDS, *VARIANTS)] + NOT_DATABLE + NOT_UNDERSTOOD
    pieces = sorted({piece for text in words for piece in text.split()}) + list("-–/.,;()0123456789 IVХхмзa\n\t\0«ё☃")
    generator = random.Random(20261122)
    periods = [PlanPeriod.of_year(SCHOOL), PlanPeriod(date(2020, 10, 13), date(2022, 12, 31), YearKind.CALENDAR)]
    for _ in range(4000):
        chosen = [generator.choice(pieces) for _ in range(generator.randint(1, 9))]
        text = generator.choice(["", " ", ", "]).join(chosen)
        deadline = read_deadline(text)
        assert deadline.explanation
        for period in periods:
            deadline.check_dates(period)
            deadline.overdue_since(date(2027, 1, 1), MeasureStatus.DONE, date(2026, 11, 1), period)
