"""What a value of the year says, as sentences by rules: against the plan and against the year before. Pure.

Not met is said only where the whole 95 % interval lies on the wrong side of the plan (`facts.plan_state`), better or
worse only where the change is larger than chance allows (`trend.step`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.monitoring.cells import Cell
from core.monitoring.facts import NO, Fact, PlanState
from core.monitoring.passport_tables import Direction, IndicatorKind
from core.monitoring.passports import Passport
from core.monitoring.trend import Move, Step, step
from core.monitoring.wording import fact_words
from core.people.academic_year import year_name
from core.people.suppression import Hidden
from core.words import noun, number, plural, signed

_SMALL = 10
"""Fewer people than this are a small sample (design: n < 10 is marked)."""
_PLAN_WORDS = {
    PlanState.REACHED: "выполнен",
    PlanState.MISSED: "не выполнен",
    PlanState.WITHIN: "не достигнут, но отличие в пределах точности",
}


@dataclass(frozen=True, slots=True)
class YearFinding:
    """The value of one indicator of a unit in a year with everything that can be said of it."""

    passport: Passport
    cell: Cell
    before: Fact | None
    """The figure of the year before; None where there is none that may be shown."""
    same_rules: bool

    @property
    def change(self) -> Step:
        """Return the change since the year before. It is counted when asked for: of most schools nobody asks."""
        if self.before is None:
            return Step(Move.UNKNOWN)
        now = self.cell.fact if self.cell.hidden is Hidden.NO else None
        return step(self.before, now, same_rules=self.same_rules)

    @property
    def is_known(self) -> bool:
        """Say whether there is a figure that may be shown."""
        return self.cell.hidden is Hidden.NO and self.cell.fact is not None and self.cell.fact.is_known

    @property
    def is_missed(self) -> bool:
        """Say whether the plan is surely not met; a document that is expected and does not exist counts as missed."""
        if self.passport.kind is IndicatorKind.DOCUMENT and self.is_known and self.cell.fact is not None:
            return self.cell.fact.value == NO and self.passport.direction is Direction.MORE
        return self.is_known and self.cell.plan_state is PlanState.MISSED

    @property
    def is_reached(self) -> bool:
        """Say whether the plan is met."""
        return self.is_known and self.cell.plan_state is PlanState.REACHED

    @property
    def is_within(self) -> bool:
        """Say whether the plan is not reached, but chance alone could explain it."""
        return self.is_known and self.cell.plan_state is PlanState.WITHIN

    @property
    def is_better(self) -> bool:
        """Say whether the figure improved more than chance allows."""
        return self.change.move is (Move.UP if self.passport.direction is Direction.MORE else Move.DOWN)

    @property
    def is_worse(self) -> bool:
        """Say whether the figure became worse by more than chance allows."""
        return self.change.move is (Move.DOWN if self.passport.direction is Direction.MORE else Move.UP)

    @property
    def verdict(self) -> str:
        """Return the finding in a few words with its sign: «✗ план не выполнен; ▼ хуже»."""
        if self.cell.hidden is not Hidden.NO:
            return self.cell.hidden.words
        if not self.is_known:
            return f"{PlanState.NO_FACT.sign} {PlanState.NO_FACT.value}"
        state = PlanState.MISSED if self.is_missed else self.cell.plan_state
        said = "документа нет" if self.is_missed and self.cell.plan is None else state.value
        return "; ".join(part for part in (f"{state.sign} {said}", self.change.sign(self.passport.direction)) if part)

    @property
    def plan(self) -> str:
        """Return the target with its unit and whose it is: «50 % (цель муниципалитета)»; "" where there is none."""
        if self.cell.plan is None:
            return ""
        return f"{_figure(self.passport, self.cell.plan)} ({self.cell.plan_origin or 'цель организации'})"

    @property
    def against_before(self) -> str:
        """Return the change since the year before: «+5,2 п. п. (от 1,0 до 9,4)»; why there is none otherwise."""
        if math.isnan(self.change.difference):
            return self.change.move.value
        unit = "п. п." if self.passport.kind is IndicatorKind.SHARE else self.passport.unit
        words = f"{signed(self.change.difference)} {unit}"
        if math.isnan(self.change.low):
            return words
        return f"{words} (от {number(self.change.low, 1)} до {number(self.change.high, 1)})"

    @property
    def sentence(self) -> str:
        """Return everything about the value in whole sentences, with the counts and the interval."""
        name = f"{self.passport.code}. {self.passport.name}"
        if self.cell.hidden is not Hidden.NO:
            return f"{name}: {self.cell.hidden.words}."
        if not self.is_known:
            return f"{name}: {fact_words(self.passport, self.cell.fact)}."
        said = [f"{name}: {fact_words(self.passport, self.cell.fact)}.", *self._about_plan(), *self._about_change()]
        if self.passport.kind is not IndicatorKind.DOCUMENT and 0 < (self._count or _SMALL) < _SMALL:
            said.append("Малая выборка: вывод ориентировочный.")
        if self.cell.waiting:
            verb = noun(self.cell.waiting, "вошла", "вошли", "вошли")
            said.append(f"В сумму ещё не {verb} {plural(self.cell.waiting, 'школа', 'школы', 'школ')}.")
        return " ".join(said)

    @property
    def _count(self) -> float | None:
        return self.cell.fact.denominator if self.cell.fact is not None else None

    def _about_plan(self) -> list[str]:
        words = _PLAN_WORDS.get(self.cell.plan_state)
        return [f"План {self.plan} {words}."] if words and self.plan else []

    def _about_change(self) -> list[str]:
        year = f"{year_name(self.cell.year - 1)} годом"
        match self.change.move:
            case Move.UNKNOWN:
                return []
            case Move.BROKEN:
                return [f"Сравнить с {year} нельзя: правила счёта изменились."]
            case Move.SAME:
                return [f"По сравнению с {year} заметных изменений нет ({self.against_before})."]
        way = "лучше" if self.is_better else "хуже"
        was = _counted_figure(self.passport, self.before) if self.before is not None else ""
        return [f"По сравнению с {year} ({was}) стало {way}: {self.against_before}, больше случайного."]


def finding_of(passport: Passport, cell: Cell, before: Cell | None, *, same_rules: bool) -> YearFinding:
    """Return what the cell says; `before` is the cell of the year before, None where there is none."""
    earlier = before.fact if before is not None and before.hidden is Hidden.NO else None
    return YearFinding(passport, cell, earlier if earlier is not None and earlier.is_known else None, same_rules)


def _figure(passport: Passport, value: float) -> str:
    if passport.kind is IndicatorKind.DOCUMENT:
        return "нет" if value == NO else "да"
    digits = 1 if value % 1 else 0
    return f"{number(value, digits)} %" if passport.kind is IndicatorKind.SHARE else number(value, digits)


def _counted_figure(passport: Passport, fact: Fact) -> str:
    """Return the figure, of a share with its counts: «50 %, 60 из 120»."""
    said = _figure(passport, fact.value)
    if fact.kind is not IndicatorKind.SHARE:
        return said
    return f"{said}, {number(fact.numerator or 0)} из {number(fact.denominator or 0)}"
