"""Marks of the work, marks of the journal and test scores of the simulated pupils."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.blueprints.marks import MarkRule, marks_by_rule
from core.blueprints.tables import BlueprintItem, MarkScale
from core.demo.works import DemoWork
from core.intake.matrix import NO_MARK, Scores

Floats = NDArray[np.float64]

JOURNAL_NOISE = 0.042
"""Standard deviation of the teacher's judgement, as a share of the greatest score."""
WITHOUT_JOURNAL_MARK = 0.015
MERCY = 0.8
"""How often a «2» becomes a «3» in the journal."""

TEST_SCORES = {
    "Русский язык": ((0, 0), (0.2, 24), (0.32, 36), (0.72, 67), (0.9, 86), (1, 100)),
    "Математика профильная": ((0, 0), (0.16, 27), (0.375, 70), (0.6, 84), (1, 100)),
}
"""Share of the greatest primary score -> test score: corners of an invented scale close to those of recent years."""


def marks(scale: MarkScale, items: Sequence[BlueprintItem], scores: Scores) -> NDArray[np.int8]:
    """Return the marks 2..5 by the scale with its conditions; 0 for everybody where it has no marks (ЕГЭ)."""
    totals = scores.clip(min=0).sum(axis=1, dtype=np.int64)
    return marks_by_rule(MarkRule.of(scale), totals, scores, [item.code for item in items])


def journal_marks(scale: MarkScale, shares: Floats, rng: np.random.Generator) -> NDArray[np.int8]:
    """Return the marks of the journal from the pupils' true shares of the greatest score, as a teacher sees them."""
    seen = shares + rng.normal(0.0, JOURNAL_NOISE, len(shares))
    found = 2 + np.searchsorted(np.array(_cuts(scale)) / (scale.max_score or 1), seen, side="right")
    forgiven = rng.random(len(shares)) < MERCY
    found[(found == 2) & forgiven] = 3
    found[rng.random(len(shares)) < WITHOUT_JOURNAL_MARK] = NO_MARK
    return found.astype(np.int8)


def test_scores(work: DemoWork, scale: MarkScale, totals: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return the test scores 0..100 of ЕГЭ; -1 for works without them."""
    if work.procedure != "ЕГЭ":
        return np.full(len(totals), -1, dtype=np.int16)
    shares, points = zip(*TEST_SCORES[work.subject], strict=True)
    found: NDArray[np.int16] = np.rint(np.interp(totals / (scale.max_score or 1), shares, points)).astype(np.int16)
    return found


def _cuts(scale: MarkScale) -> list[int]:
    return [cut for cut in (scale.from_3, scale.from_4, scale.from_5) if cut is not None]
