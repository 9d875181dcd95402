"""Which recommendations the year asks for: which indicator, which organisation, why. Pure; people decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.monitoring.contributions import pulls
from core.monitoring.facts import Fact
from core.monitoring.passport_tables import Direction, IndicatorKind
from core.monitoring.side_by_side import is_judged
from core.monitoring.year_findings import YearFinding
from core.people.academic_year import year_name
from core.words import number

_OF_ONE = 3
"""At most so many organisations are named for one indicator."""
_CAUTION = "Результаты ВПР – повод для помощи: школу и педагогов по ним не оценивают."


@dataclass(frozen=True, slots=True)
class Proposal:
    """One recommendation that the values of the year ask for; a person turns it into a draft or a measure."""

    organisation_id: int
    organisation: str
    code: str
    indicator: str
    year: int
    why: str
    """A whole sentence with the figures."""
    title: str
    text: str
    """The draft of the recommendation."""
    measure: str
    """The title of a measure for a roadmap."""
    target: str
    """What the measure is to reach, in words."""

    @property
    def key(self) -> str:
        """Return what tells it from the others: «П41|3|2026»."""
        return f"{self.code}|{self.organisation_id}|{self.year}"


def proposals_of(
    unit: tuple[int, str], own: Sequence[YearFinding], below: Iterable[tuple[int, str, Sequence[YearFinding]]]
) -> tuple[Proposal, ...]:
    """Return what is proposed to the unit and to the organisations directly below it, plans that were missed first.

    A missed plan or a figure that became worse is traced to the organisations below that draw it down and miss the
    plan themselves; where there is none such, it is proposed to the unit. An organisation below that misses its plan
    is named too where the unit as a whole does not. By results of ВПР no organisation below is named.
    """
    by_code: dict[str, list[tuple[int, str, YearFinding]]] = {}
    for key, name, findings in below:
        for one in findings:
            by_code.setdefault(one.passport.code, []).append((key, name, one))
    found: list[tuple[int, Proposal]] = []
    for one in own:
        among = by_code.get(one.passport.code, []) if is_judged(one.passport) else []
        rank = 0 if one.is_missed else 1 if one.is_worse else 2
        named = [_proposal(key, name, each) for key, name, each in _drawing(one, among)]
        if rank < 2 and not named:
            named = [_proposal(*unit, one)]
        found += [(rank, proposal) for proposal in named]
    return tuple(proposal for _rank, proposal in sorted(found, key=lambda each: each[0]))


def _drawing(
    whole: YearFinding, below: Sequence[tuple[int, str, YearFinding]]
) -> list[tuple[int, str, YearFinding]]:
    """Return the organisations that miss the plan themselves, those that draw the sum most first."""
    facts: dict[int, Fact | None] = {key: one.cell.fact if one.is_known else None for key, _name, one in below}
    worse = -1 if whole.passport.direction is Direction.MORE else 1
    weights = pulls(facts)
    missing = [one for one in below if one[2].is_missed]
    return sorted(missing, key=lambda one: -worse * weights.get(one[0], 0.0))[:_OF_ONE]


def _proposal(organisation_id: int, name: str, one: YearFinding) -> Proposal:
    passport = one.passport
    year = year_name(one.cell.year + 1)
    target = _target(one)
    caution = "" if is_judged(passport) else f" {_CAUTION}"
    if passport.kind is IndicatorKind.DOCUMENT:
        title = f"Принять документ: {passport.name}"
        advice = "Подготовить, утвердить и приложить документ."
        measure = f"Подготовка и утверждение документа по показателю {passport.code}"
    else:
        title = f"Показатель {passport.code}: {passport.name}"
        advice = (
            f"Выяснить причины, выбрать меры и внести их в дорожную карту на {year} учебный год; "
            f"ориентир – {target}."
        )
        measure = f"Меры по показателю {passport.code} «{passport.name}»: анализ причин и адресная помощь"
    return Proposal(
        organisation_id, name, passport.code, passport.name, one.cell.year, one.sentence, title[:300],
        f"{one.sentence}\n\nРекомендуется: {advice[0].lower()}{advice[1:]}{caution}", measure, target,
    )


def _target(one: YearFinding) -> str:
    if one.passport.kind is IndicatorKind.DOCUMENT:
        return "документ утверждён и приложен"
    if one.cell.plan is not None:
        return one.plan
    if one.before is not None:
        unit = " %" if one.passport.kind is IndicatorKind.SHARE else ""
        return f"вернуться к значению прошлого года, {number(one.before.value, 1)}{unit}"
    return "улучшить значение"
