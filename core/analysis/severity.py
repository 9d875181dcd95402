"""How serious a problem field is: a number 0..100 with its parts, and a word."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from core.analysis.status import PROBABLY

DISTANCE, CERTAINTY, POINTS, CLASSES, REPETITION = 35.0, 15.0, 20.0, 15.0, 15.0
"""Greatest value of each part; together 100."""
_FULL_DISTANCE = 0.30
_FULL_POINTS = 100.0


class SeverityWord(StrEnum):
    """What the number means to people."""

    CRITICAL = "критическое"
    HIGH = "высокое"
    WATCH = "наблюдение"


@dataclass(frozen=True, slots=True)
class Severity:
    """Parts of the severity; the total is their sum, 0..100."""

    distance: float
    """35 · distance / 30 percentage points: how far the probable facility lies below the threshold. For a weak spot
    that is not below the threshold: half of the distance to what such pupils show elsewhere."""
    certainty: float
    """15 · how sure: from «вероятно» (0) to certain (15); a confirmed weak spot counts in full."""
    points: float
    """20 · log(1 + lost) / log(101): lost = points that all pupils together lack to the threshold; 100 give 20."""
    classes: float
    """15 · share of the unit's classes that do badly, for units of two classes and more."""
    repetition: float
    """15 when the same key was a problem field of the same unit in an earlier year."""

    @property
    def total(self) -> float:
        """Return the severity 0..100."""
        return self.distance + self.certainty + self.points + self.classes + self.repetition

    @property
    def word(self) -> SeverityWord:
        """Return «критическое» from 60, «высокое» from 35, else «наблюдение»."""
        if self.total >= 60:
            return SeverityWord.CRITICAL
        return SeverityWord.HIGH if self.total >= 35 else SeverityWord.WATCH

    def repeated(self) -> Severity:
        """Return the severity of the same field where an earlier year had it too."""
        return replace(self, repetition=REPETITION)


def severity(
    *, shortfall: float, is_below: bool, probability: float, confirmed: bool, possible_points: float,
    failing: int, classes: int, repeats: bool,
) -> Severity:
    """Return the severity of one field.

    `shortfall`: threshold − probable (shrunken) facility, or expected − facility for a mere weak spot; share 0..1.
    `possible_points`: Σ maxima of the key over the unit's pupils. The formula is ours (no official one exists).
    """
    gap = max(shortfall, 0.0) * (1.0 if is_below else 0.5)
    sure = (probability - PROBABLY) / (1 - PROBABLY) if is_below else 0.0
    lost = gap * possible_points
    return Severity(
        distance=DISTANCE * min(gap / _FULL_DISTANCE, 1.0),
        certainty=CERTAINTY * (1.0 if confirmed else min(max(sure, 0.0), 1.0)),
        points=POINTS * min(math.log1p(lost) / math.log1p(_FULL_POINTS), 1.0),
        classes=CLASSES * failing / classes if classes > 1 else 0.0,
        repetition=REPETITION if repeats else 0.0,
    )
