"""What is wrong or strange about a value before it is handed in. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.monitoring.facts import Fact, fact_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.trend import Move, step
from core.people.suppression import SMALLEST_SHOWN
from core.words import number

_FEWEST_YEARS = 4
"""Earlier years from which a value may be called an outlier."""
_FAR = 3.5
"""Iglewicz B., Hoaglin D. (1993), How to detect and handle outliers: modified z-score from the median and the MAD."""
_TO_SIGMA = 1.4826
_TO_SIGMA_OF_MEAN = 1.2533
"""In place of the MAD where more than half of the history is one number: the mean absolute deviation."""
_JUMP = 15.0
"""Per cent points of a share that are looked at; of numbers a change to the double or the half."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a value; an error keeps it from being handed in, anything else asks for a comment."""

    is_error: bool
    text: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in a row of the entry table."""

    kind: IndicatorKind
    numerator: float | None
    denominator: float | None
    fact: float | None
    plan: float | None
    comment: str
    has_evidence: bool
    is_counted: bool = False
    is_handed_on: bool = False
    """A school enters it by an own passport, and somebody outside the school accepts it."""

    @property
    def says(self) -> Fact | None:
        """Return the figure that the row says; None for an empty one."""
        return fact_of(self.kind, self.numerator, self.denominator, self.fact)


def findings_of(entered: Entered, history: Mapping[int, Fact], year: int) -> tuple[Finding, ...]:
    """Return what to mend (errors) and what to explain; `history` holds the figures of earlier years."""
    found: list[Finding] = []
    if entered.kind is IndicatorKind.SHARE:
        found += _parts(entered)
    found += _few(entered)
    says = entered.says
    if says is None and not entered.is_counted:
        found.append(Finding(not entered.comment, "Значения нет. Внесите его или объясните в комментарии, почему нет."))
    if entered.kind is IndicatorKind.DOCUMENT and entered.fact == 1 and not entered.has_evidence:
        found.append(Finding(True, "Сказано «да», но документ не приложен."))
    if entered.plan is None:
        found.append(Finding(False, "План не задан."))
    if says is not None and says.is_known:
        found += _against_history(says, {key: fact for key, fact in history.items() if fact.is_known}, year)
    return tuple(found)


def is_outlier(value: float, history: list[float]) -> bool:
    """Say whether the value lies far from its own history, robustly; never with fewer than four earlier years.

    >>> is_outlier(90.0, [50.0, 52.0, 49.0, 51.0]), is_outlier(53.0, [50.0, 52.0, 49.0, 51.0])
    (True, False)
    """
    if len(history) < _FEWEST_YEARS:
        return False
    known = np.array(history)
    middle = float(np.median(known))
    away = np.abs(known - middle)
    scale = _TO_SIGMA * float(np.median(away)) or _TO_SIGMA_OF_MEAN * float(away.mean())
    return abs(value - middle) > _FAR * scale if scale else value != middle


def _parts(entered: Entered) -> list[Finding]:
    above, below = entered.numerator, entered.denominator
    if (above is None) != (below is None):
        missing = "числителя" if above is None else "знаменателя"
        return [Finding(True, f"Нет {missing}: доля складывается из двух чисел.")]
    if above is not None and below is not None and above > below:
        return [Finding(True, f"Числитель {number(above)} больше знаменателя {number(below)}.")]
    return []


def _few(entered: Entered) -> list[Finding]:
    """Return what to think of before figures on few people leave the school.

    An own passport says in free words only who is counted, so what people copy into it by hand cannot be hidden as a
    figure of the records is: four teachers of a small school are no secret, marks of four pupils are. Whoever enters
    the figure knows which it is. Of the catalogue, nothing that people enter is a result.
    """
    below = entered.denominator
    parts = (IndicatorKind.SHARE, IndicatorKind.MEAN)
    if not entered.is_handed_on or entered.is_counted or entered.kind not in parts:
        return []
    if below is None or not 0 < below < SMALLEST_SHOWN:
        return []
    return [Finding(
        False,
        f"В знаменателе {number(below)}: значение увидит и тот, кто принимает. Если это результаты учеников или ответы "
        "педагогов, за пределы школы их не передают: уберите числа и напишите причину в комментарии.",
    )]


def _against_history(says: Fact, history: Mapping[int, Fact], year: int) -> list[Finding]:
    found: list[Finding] = []
    if is_outlier(says.value, [fact.value for fact in history.values()]):
        found.append(Finding(False, f"Значение {number(says.value, 1)} резко отличается от прежних лет."))
    before = history.get(year - 1)
    if before is not None and _jumps(before, says):
        found.append(
            Finding(False, f"Резкое изменение за год: было {number(before.value, 1)}, стало {number(says.value, 1)}.")
        )
    return found


def _jumps(before: Fact, after: Fact) -> bool:
    change = step(before, after)
    if change.move not in (Move.UP, Move.DOWN):
        return False
    if after.kind is IndicatorKind.SHARE:
        return abs(change.difference) >= _JUMP
    if after.kind is IndicatorKind.NUMBER:
        ratio = after.value / before.value if before.value else math.inf
        return ratio >= 2 or ratio <= 0.5
    return False
