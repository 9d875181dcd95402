"""Reading a deadline: from the text as typed to the rules that give its dates."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from core.planning.deadlines.deadline import Deadline
from core.planning.deadlines.kinds import DeadlineKind
from core.planning.deadlines.phrases import PhraseReader
from core.planning.deadlines.rules import DatedSpan, Frequency, Rule, TermSpan, UntilAssessment, WholeYear, YearSpan
from core.planning.deadlines.tokens import plain, tokens_of

EXAMPLE = "Напишите, например: «октябрь 2026 г.», «ежегодно, октябрь–ноябрь», «до 15 ноября», «2 раза в год»."
_BARE_TERMS = ("четверти", "триместра", "полугодия", "квартала", "месяца")
_AFTER = ("по итогам ", "по результатам ", "по окончании ", "по завершении ", "после окончания ", "после ")


@lru_cache(maxsize=16384)
def read_deadline(text: str, written_on: date | None = None) -> Deadline:
    """Return the deadline that the text says; never raises.

    `written_on` is the day of writing, against which «в течение текущей четверти» is worked out. What is not understood
    is said in `hint`; a text of which nothing is understood has the kind `UNKNOWN`.
    """
    if not plain(text).strip(" .,;-"):
        return Deadline(text, DeadlineKind.EMPTY)
    reader = PhraseReader(tokens_of(text), written_on)
    reader.read()
    impossible = " ".join(reader.problems)
    hints = [*reader.problems, *reader.hints]
    if "EVENT" in reader.special and not reader.rules:
        return _after_event(text, written_on)
    if not reader.rules:
        hints.append(f"Срок не понят. {EXAMPLE}")
        return Deadline(text, DeadlineKind.UNKNOWN, hint=" ".join(hints), impossible=impossible)
    if reader.leftover:
        hints.append(f"Не учтено: «{' '.join(reader.leftover)}».")
    rules = tuple(dict.fromkeys(reader.rules))
    kind = _kind(rules, reader)
    if kind is DeadlineKind.SCHEDULE and all(isinstance(rule, WholeYear) for rule in rules):
        hints.append("Даты стоят в графике или плане: впишите их, чтобы программа напоминала о каждой.")
    if kind is DeadlineKind.UNTIL_ASSESSMENT:
        hints.append("День следующей процедуры не назван: для напоминания взято обычное начало ВПР, 20 апреля.")
    return Deadline(text, kind, rules, reader.yearly, " ".join(hints), impossible)


def _after_event(text: str, written_on: date | None) -> Deadline:
    """Return «по итогам I полугодия» as the term; what depends on an event without a date is not datable."""
    plainly = plain(text)
    for words in _AFTER:
        if plainly.startswith(words):
            rest = plainly.removeprefix(words)
            inner = read_deadline(f"каждая {rest}" if rest in _BARE_TERMS else rest, written_on)
            if inner.rules and not inner.hint and inner.kind not in (DeadlineKind.AS_NEEDED, DeadlineKind.CONTINUOUS):
                return Deadline(text, inner.kind, inner.rules, inner.yearly)
    hint = "Срок отсчитывается от события, дата которого неизвестна. Впишите дату, например «до 15 ноября»."
    return Deadline(text, DeadlineKind.EVENT, hint=hint)


def _kind(rules: tuple[Rule, ...], reader: PhraseReader) -> DeadlineKind:
    """Return the kind of what was understood."""
    for name in ("AS_NEEDED", "CYCLES", "UNTIL_ASSESSMENT"):
        if name in reader.special and len(rules) == 1:
            return DeadlineKind[name]
    if any(isinstance(rule, UntilAssessment) for rule in rules):
        return DeadlineKind.UNTIL_ASSESSMENT
    is_whole = all(isinstance(rule, WholeYear) for rule in rules)
    if is_whole and "SCHEDULE" in reader.special:
        return DeadlineKind.SCHEDULE
    if is_whole and "CONTINUOUS" in reader.special:
        return DeadlineKind.CONTINUOUS
    if any(isinstance(rule, Frequency) for rule in rules):
        return DeadlineKind.TIMES
    if reader.yearly:
        return DeadlineKind.YEARLY
    if is_whole:
        dated = any(isinstance(rule, WholeYear) and rule.year is not None for rule in rules)
        return DeadlineKind.YEAR if dated else DeadlineKind.ALL_YEAR
    if len(rules) > 1:
        return DeadlineKind.SEVERAL
    return _kind_of_one(rules[0], reader)


def _kind_of_one(rule: Rule, reader: PhraseReader) -> DeadlineKind:
    if isinstance(rule, TermSpan):
        return DeadlineKind.TERM
    if reader.has_until:
        return DeadlineKind.DAY
    if isinstance(rule, DatedSpan):
        if rule.first == rule.last:
            return DeadlineKind.DAY
        same = (rule.first.year, rule.first.month) == (rule.last.year, rule.last.month)
        return DeadlineKind.MONTH if same and rule.first.day == 1 else DeadlineKind.RANGE
    if isinstance(rule, YearSpan):
        if (rule.first_month, rule.first_day) == (rule.last_month, rule.last_day):
            return DeadlineKind.DAY
        if rule.first_month == rule.last_month and (rule.first_day, rule.last_day) == (1, 0):
            return DeadlineKind.MONTH
    return DeadlineKind.RANGE
