"""Problem fields: content elements, task types and levels that are below the threshold, or weak spots of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.analysis.elements import Key, Kind
from core.analysis.groups import Pattern, group_results, pattern_of
from core.analysis.measuring import Measures
from core.analysis.partition import Partition
from core.analysis.reasons import sample_caution
from core.analysis.severity import Severity, severity
from core.analysis.status import Status
from core.analysis.work import Unit, UnitLevel, Work

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FieldKey = tuple[str, Kind, str]
"""Unit key, kind, name of the key: what a field is recognised by in other years and in people's decisions."""

_FEW_UNITS = 8
_RATHER = 0.5
_STATUSES = tuple(Status)


class Reach(StrEnum):
    """How widely the problem is spread; the values are those of `problem-fields --json`."""

    LOCAL = "local"
    SYSTEMIC = "systemic"

    @property
    def words(self) -> str:
        """Return the Russian word."""
        return "системное" if self is Reach.SYSTEMIC else "локальное"


class WeakSpot(StrEnum):
    """Whether the unit does worse than pupils with the same rest score elsewhere; the value is what the user reads."""

    NONE = ""
    POSSIBLE = "возможное слабое место"
    CONFIRMED = "слабое место"


@dataclass(frozen=True, slots=True)
class ProblemField:
    """One problem field. Shares are 0..1."""

    assessment_id: int
    unit: Unit
    kind: Kind
    key: str
    """Name of the element, task type or level."""
    items: tuple[str, ...]
    """Codes of the contributing items."""
    participants: int
    facility: float
    low: float
    high: float
    shrunken: float
    """Facility drawn toward the level's mean; lists are sorted by severity, which is built on it."""
    threshold: float
    insufficient: float
    status: Status
    probability: float
    """P(true facility < threshold)."""
    weak_spot: WeakSpot
    residual: float
    """Standardised weak-spot residual, NaN where there was nobody to compare with."""
    expected: float
    """Facility of pupils with the same rest scores elsewhere, NaN likewise."""
    severity: Severity
    reach: Reach
    failing_classes: int
    classes: int
    """Of how many classes `failing_classes` speaks: those whose own result may be shown."""
    repeats: tuple[int, ...]
    """Earlier years in which the same key was a field of the same unit."""
    pattern: Pattern
    failing_groups: tuple[str, ...]
    has_plan: bool
    known_level: bool
    mixed_levels: bool
    compared_units: int

    @property
    def field_key(self) -> FieldKey:
        """Return what the field is recognised by."""
        return self.unit.key, self.kind, self.key

    @property
    def single_item(self) -> bool:
        """Say whether the field rests on one item only."""
        return len(self.items) == 1

    @property
    def finding(self) -> str:
        """Return what was found: status and weak spot, each said apart."""
        parts = [self.status.words] if self.status.is_below else []
        if self.weak_spot is not WeakSpot.NONE:
            parts.append(self.weak_spot.value)
        return ", ".join(parts)

    @property
    def cautions(self) -> tuple[str, ...]:
        """Return in words what makes the field less certain."""
        found = [sample_caution(self.participants)]
        if self.single_item and self.kind is not Kind.ITEM:
            found.append("по одному заданию")
        if self.kind is Kind.ITEM and not self.has_plan:
            found.append("план работы не задан, поле найдено по заданию")
        if not self.known_level:
            found.append("уровень сложности не указан, применён порог базового уровня")
        if self.mixed_levels:
            found.append("задания разных уровней, порог взвешен по максимальным баллам")
        if self.weak_spot is not WeakSpot.NONE and self.compared_units < _FEW_UNITS:
            found.append("сравнение меньше чем с семью другими: слабое место показано приблизительно")
        return tuple(text for text in found if text)


def are_fields(
    below: Flags, probability: Floats, possible: Flags, confirmed: Flags, with_every_possible: bool = False
) -> Flags:
    """Say which cells are problem fields.

    They are: вероятно or достоверно ниже (`below`); a confirmed weak spot; a possible weak spot that is also rather
    below the threshold than not (`probability` ≥ ½), because two weak signs that agree are worth one strong one.
    Simulated (tests/bench): 4.9 % false alarms and power 0.78 with 40 classes, against 3.8 % and 0.59 of the
    threshold alone. `with_every_possible` adds the other possible weak spots, of which many are chance.
    """
    with np.errstate(invalid="ignore"):
        agreeing = possible if with_every_possible else possible & (probability >= _RATHER)
    return below | confirmed | agreeing


def field_cells(measures: Measures, with_every_possible: bool = False) -> Flags:
    """Say which cells of the measured units are listed as problem fields."""
    return without_repeated(measures.units, are_fields(
        measures.status >= Status.PROBABLY_BELOW, measures.probability, measures.possible, measures.confirmed,
        with_every_possible,
    ))


def without_repeated(units: Sequence[Unit], cells: Flags) -> Flags:
    """Return the cells without those of classes that are all their school has, where the school stands beside them."""
    if any(unit.level is UnitLevel.SCHOOL for unit in units):
        cells[[unit.is_whole_school for unit in units]] = False
    return cells


def find_problem_fields(
    work: Work, measures: Measures, repeats: Mapping[FieldKey, tuple[int, ...]] | None = None,
    with_every_possible: bool = False,
) -> tuple[ProblemField, ...]:
    """Return the fields of the measured units, the most serious first.

    What a field is, `are_fields` says. It is systemic when at least half of the unit's classes, and at least two, share
    the trouble. A class that is all its school has is told of once, as the school.
    """
    levels = {unit.level for unit in measures.units}
    counts = {level: sum(unit.level is level for unit in measures.units) for level in levels}
    rows, columns = np.nonzero(field_cells(measures, with_every_possible))
    if not rows.size:
        return ()
    sums, estimates = measures.sums, measures.estimates
    shown, place = np.unique(rows, return_inverse=True)
    members = Partition([measures.units[row].classes for row in shown])
    hidden = work.suppression.groups([measures.units[row] for row in shown], sums.grouping.keys)
    groups = group_results(sums.groups.combine(members), work.group_labels, sums.sufficient, hidden)
    traits = [_key_traits(work, key.items) for key in sums.grouping.keys]
    arrays = (
        estimates.participants, estimates.facility, estimates.low, estimates.high, measures.shrunken,
        measures.probability, measures.residual, measures.expected, estimates.possible, measures.failing,
        measures.counted, measures.status, measures.possible, measures.confirmed,
    )
    patterns = groups.codes[place, columns].tolist()
    cells = zip(*(part[rows, columns].tolist() for part in arrays), patterns, strict=True)
    below = groups.below.transpose(0, 2, 1)[place, columns].tolist()
    limits = list(zip(sums.sufficient.tolist(), sums.insufficient.tolist(), strict=True))
    found = [
        _field(
            work, measures.units[row], sums.grouping.keys[column], _Cell(*cell), traits[column], limits[column],
            tuple(compress(work.group_labels, low)), counts[measures.units[row].level],
        )
        for row, column, cell, low in zip(rows.tolist(), columns.tolist(), cells, below, strict=True)
    ]
    return with_repeats(sorted(found, key=_order), repeats or {})


def with_repeats(
    fields: Sequence[ProblemField], repeats: Mapping[FieldKey, tuple[int, ...]]
) -> tuple[ProblemField, ...]:
    """Return sorted fields with the earlier years in which each was one too, sorted again: repetition is serious."""
    if not repeats:
        return tuple(fields)
    found = [_repeated(field, repeats.get(field.field_key, ())) for field in fields]
    return tuple(sorted(found, key=_order))


def _repeated(field: ProblemField, years: tuple[int, ...]) -> ProblemField:
    return replace(field, repeats=years, severity=field.severity.repeated()) if years else field


def _order(field: ProblemField) -> tuple[float, str, Kind, str]:
    return -field.severity.total, field.unit.key, field.kind, field.key


class _Cell(NamedTuple):
    participants: int
    facility: float
    low: float
    high: float
    shrunken: float
    probability: float
    residual: float
    expected: float
    possible_points: float
    failing: int
    classes: int
    status: int
    is_possible: bool
    is_confirmed: bool
    pattern: int


class _KeyTraits(NamedTuple):
    codes: tuple[str, ...]
    known_level: bool
    mixed_levels: bool


def _key_traits(work: Work, items: tuple[int, ...]) -> _KeyTraits:
    found = [work.items[item] for item in items]
    limits = {work.thresholds.of_level(item.level) for item in found}
    return _KeyTraits(tuple(item.code for item in found), all(item.level for item in found), len(limits) > 1)


def _field(
    work: Work, unit: Unit, key: Key, cell: _Cell, traits: _KeyTraits, limits: tuple[float, float],
    failing_groups: tuple[str, ...], compared: int,
) -> ProblemField:
    threshold, insufficient = limits
    is_below = cell.status >= Status.PROBABLY_BELOW
    weak = WeakSpot.NONE
    if cell.is_possible:
        weak = WeakSpot.CONFIRMED if cell.is_confirmed else WeakSpot.POSSIBLE
    return ProblemField(
        assessment_id=work.assessment_id, unit=unit, kind=key.kind, key=key.name, items=traits.codes,
        participants=cell.participants, facility=cell.facility, low=cell.low, high=cell.high, shrunken=cell.shrunken,
        threshold=threshold, insufficient=insufficient, status=_STATUSES[cell.status], probability=cell.probability,
        weak_spot=weak, residual=cell.residual, expected=cell.expected,
        severity=severity(
            shortfall=threshold - cell.shrunken if is_below else cell.expected - cell.facility, is_below=is_below,
            probability=cell.probability, confirmed=cell.is_confirmed, possible_points=cell.possible_points,
            failing=cell.failing, classes=cell.classes, repeats=False,
        ),
        reach=Reach.SYSTEMIC if cell.failing >= 2 and 2 * cell.failing >= cell.classes else Reach.LOCAL,
        failing_classes=cell.failing, classes=cell.classes, repeats=(), pattern=pattern_of(cell.pattern),
        failing_groups=failing_groups, has_plan=work.has_plan, known_level=traits.known_level,
        mixed_levels=traits.mixed_levels, compared_units=compared,
    )
