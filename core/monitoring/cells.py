"""The cells of the scorecard and where their figures come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.monitoring.facts import Fact, PlanState
from core.monitoring.passports import Passport
from core.monitoring.value_tables import ValueState
from core.people.suppression import Hidden


class Source(StrEnum):
    """Where a figure comes from; the value is what the user reads."""

    ACCEPTED = "принято"
    RECORDS = "по записям программы"
    ENTERED = "внесено, ещё не принято"
    SUM = "сумма по организациям"
    NOTHING = "нет данных"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one unit in one year."""

    organisation_id: int
    code: str
    year: int
    fact: Fact | None
    source: Source
    plan: float | None
    """The target that holds: the unit's own, else the nearest one set for it above (see `core.monitoring.targets`)."""
    plan_state: PlanState
    state: ValueState | None
    """Of the unit's own value; None where there is none."""
    waiting: int = 0
    """Organisations below whose value is not accepted yet, and so not in the sum."""
    hidden: Hidden = Hidden.NO
    plan_origin: str = ""
    """Whose the target is, in words: «цель муниципалитета для всех школ»; "" where there is none."""

    @property
    def is_told(self) -> bool:
        """Say whether there is anything to tell: a figure, a plan, or why the figure is hidden."""
        return self.hidden is not Hidden.NO or (self.fact is not None and self.fact.is_known) or self.plan is not None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The cells by (organisation, code, year), with the units in the order asked for."""

    units: tuple[tuple[int, str], ...]
    """Ids and names."""
    years: tuple[int, ...]
    passports: Mapping[int, Mapping[str, Passport]]
    """By year and code."""
    cells: Mapping[tuple[int, str, int], Cell]

    def codes(self) -> tuple[str, ...]:
        """Return the codes of all years in the order of the catalogue."""
        return tuple(dict.fromkeys(code for year in reversed(self.years) for code in self.passports[year]))

    def passport(self, code: str) -> Passport:
        """Return the latest version of the passport among the years."""
        return next(self.passports[year][code] for year in reversed(self.years) if code in self.passports[year])

    def same_rules(self, code: str, year: int, later: int) -> bool:
        """Say whether the same version of the passport holds in both years."""
        first, second = self.passports[year].get(code), self.passports[later].get(code)
        return first is not None and second is not None and first.id == second.id
