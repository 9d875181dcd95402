"""How a deadline was understood, in Russian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.planning.deadlines.kinds import DeadlineKind
from core.planning.deadlines.periods import PlanYear, YearKind, last_day
from core.planning.deadlines.rules import (
    LAST_DAY,
    DatedSpan,
    Frequency,
    FromStart,
    Per,
    Rule,
    TermSpan,
    UntilAssessment,
    WholeYear,
    YearSpan,
)
from core.planning.deadlines.terms import TermKind
from core.words import day, noun

_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)
_MONTHS_OF_SCHOOL_YEAR = 9
_ROMAN = ("I", "II", "III", "IV")
_NAMES = {
    TermKind.SCHOOL_QUARTER: "четверть",
    TermKind.TRIMESTER: "триместр",
    TermKind.SCHOOL_HALF: "полугодие",
    TermKind.CALENDAR_QUARTER: "квартал",
    TermKind.CALENDAR_HALF: "полугодие",
}
_CHECKS = {
    Per.WEEK: "проверка в конце каждого месяца",
    Per.MONTH: "проверка в конце каждого месяца",
    Per.CALENDAR_QUARTER: "проверка в конце каждого квартала",
    Per.SCHOOL_QUARTER: "проверка в конце каждой четверти",
    Per.TRIMESTER: "проверка в конце каждого триместра",
    Per.HALF_YEAR: "проверка в конце каждого полугодия",
}


def explain(kind: DeadlineKind, rules: Sequence[Rule], yearly: bool, hint: str) -> str:
    """Return how the deadline was understood, when it is checked, and the hint."""
    return " ".join(part for part in (_said(kind, rules, yearly), hint) if part)


def _said(kind: DeadlineKind, rules: Sequence[Rule], yearly: bool) -> str:
    match kind:
        case DeadlineKind.EMPTY:
            return "Срок не указан."
        case DeadlineKind.UNKNOWN | DeadlineKind.EVENT:
            return ""
        case DeadlineKind.CONTINUOUS:
            return "Постоянно: итог подводится в конце года, просроченным не считается."
        case DeadlineKind.AS_NEEDED:
            return "По мере необходимости: итог подводится в конце года, просроченным не считается."
        case DeadlineKind.SCHEDULE:
            return "По графику или плану: проверка в конце года."
    spoken = "; ".join(_rule(rule) for rule in rules)
    if not yearly and any(isinstance(rule, YearSpan) for rule in rules):
        spoken += ". Год – по плану"
    spoken = f"ежегодно, {spoken}" if yearly and kind is DeadlineKind.YEARLY else spoken
    return f"{spoken[:1].upper()}{spoken[1:]}."


def _rule(rule: Rule) -> str:
    """Return one rule in words, beginning with a small letter."""
    match rule:
        case DatedSpan():
            return _dated(rule)
        case YearSpan():
            return _any_year(rule)
        case Frequency():
            return _frequency(rule)
        case TermSpan():
            return _term(rule)
        case WholeYear():
            return _whole(rule)
        case FromStart():
            years = noun(rule.count, "года", "лет", "лет")
            return f"в течение {rule.count} {years} от начала плана, просроченным не считается"
        case UntilAssessment():
            return "до следующей оценочной процедуры"


def _dated(rule: DatedSpan) -> str:
    first, last = rule.first, rule.last
    if rule.is_until or first == last:
        return f"{'до ' if rule.is_until else ''}{day(last)}"
    if first.day == 1 and last == last_day(last.year, last.month):
        return f"{_months(first, last)}, проверка {day(last)}"
    return f"с {day(first)} по {day(last)}, проверка {day(last)}"


def _months(first: date, last: date) -> str:
    """Return whole months: «май 2027 г.», «сентябрь–октябрь 2026 г.», «сентябрь 2026 г. – май 2027 г.»."""
    begin, end = _MONTHS[first.month - 1], f"{_MONTHS[last.month - 1]} {last.year} г."
    if first.year != last.year:
        return f"{begin} {first.year} г. – {end}"
    return end if first.month == last.month else f"{begin}–{end}"


def _any_year(rule: YearSpan) -> str:
    last = _month_day(rule.last_month, rule.last_day)
    if rule.is_until:
        return f"до {last}"
    if (rule.first_month, rule.first_day) == (rule.last_month, rule.last_day):
        return last
    if (rule.first_day, rule.last_day) == (1, LAST_DAY):
        begin, end = _MONTHS[rule.first_month - 1], _MONTHS[rule.last_month - 1]
        return f"{end if begin == end else f'{begin}–{end}'}, проверка {last}"
    return f"с {_month_day(rule.first_month, rule.first_day)} по {last}, проверка {last}"


def _month_day(month: int, number: int) -> str:
    """Return a day of any year; the last of February is said in words."""
    if number == LAST_DAY:
        return "в конце февраля" if month == 2 else f"{last_day(2023, month).day} {_GENITIVE[month - 1]}"
    return f"{number} {_GENITIVE[month - 1]}"


def _frequency(rule: Frequency) -> str:
    times = f"{rule.count} {noun(rule.count, 'раз', 'раза', 'раз')}"
    where = "" if rule.year is None else f" ({_year_named(rule.year)})"
    if rule.per is Per.YEAR:
        every = "в год" if rule.every == 1 else f"в {rule.every} {noun(rule.every, 'год', 'года', 'лет')}"
        return f"{times} {every}{where}: {_checks_in_year(rule)}"
    every = f"в {rule.per.value}" if rule.every == 1 else f"за каждые {rule.every} {_units(rule)}"
    check = _CHECKS[rule.per] if rule.every == 1 else f"проверка раз в {rule.every} {_units(rule)}"
    return f"{times} {every}{where}: {check}"


def _checks_in_year(rule: Frequency) -> str:
    if rule.count == 1:
        return "проверка в конце года" if rule.every == 1 else "проверка в конце последнего из этих лет"
    if rule.count > _MONTHS_OF_SCHOOL_YEAR:
        return "проверка в конце каждого месяца"
    parts = noun(rule.count, "равную часть", "равные части", "равных частей")
    return f"год делится на {rule.count} {parts}, проверка в конце каждой"


def _units(rule: Frequency) -> str:
    forms = {
        Per.WEEK: ("неделю", "недели", "недель"),
        Per.MONTH: ("месяц", "месяца", "месяцев"),
        Per.CALENDAR_QUARTER: ("квартал", "квартала", "кварталов"),
        Per.SCHOOL_QUARTER: ("четверть", "четверти", "четвертей"),
        Per.TRIMESTER: ("триместр", "триместра", "триместров"),
        Per.HALF_YEAR: ("полугодие", "полугодия", "полугодий"),
        Per.YEAR: ("год", "года", "лет"),
    }
    return noun(rule.every, *forms[rule.per])


def _term(rule: TermSpan) -> str:
    name = _NAMES[rule.kind]
    if rule.kind is TermKind.SCHOOL_HALF and rule.year is None and rule.number:
        name = "полугодие учебного года"
    if rule.number == 0:
        return f"{name}, в которой вписан срок" if name == "четверть" else f"{name}, в котором вписан срок"
    numbers = _ROMAN[rule.number - 1]
    if rule.last_number != rule.number:
        numbers += f"–{_ROMAN[rule.last_number - 1]}"
    year = "" if rule.year is None else f" {_year(PlanYear(rule.kind.year_kind, rule.year))}"
    month = (rule.kind.months(rule.last_number)[1] - 1) % 12 + 1
    return f"{numbers} {name}{year}, проверка {_month_day(month, LAST_DAY)}"


def _whole(rule: WholeYear) -> str:
    if rule.year is None:
        return "в течение года, проверка в конце года плана"
    last = (rule.through or rule.year).working.last
    years = _year_named(rule.year)
    if rule.through is not None:
        years = f"{rule.year.number}–{rule.through.number} годы"
    return f"{years}, проверка {day(last)}"


def _year(year: PlanYear) -> str:
    if year.kind is YearKind.SCHOOL:
        return f"{year.number - 1}/{year.number} учебного года"
    return f"{year.number} года"


def _year_named(year: PlanYear) -> str:
    return _year(year).replace("учебного", "учебный").replace("года", "год")
