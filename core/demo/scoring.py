"""From abilities to scores: a graded response model with one slope an item.

P(score ≥ k) = 1 / (1 + exp(−(a·(θ − b_k) + d))), θ the pupil's ability, a the slope, b_k the step, d a planted shift.
Source: Samejima F. (1969), Estimation of latent ability using a response pattern of graded scores, Psychometrika 34.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.blueprints.tables import AnswerFormat, BlueprintItem
from core.intake.matrix import NOT_ATTEMPTED, Scores

Floats = NDArray[np.float64]

SKIPPED_SHORT, SKIPPED_EXTENDED = 0.14, 0.30
"""Which part of the zero scores is «X — не приступал»."""
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
_BISECTIONS = 40


@dataclass(frozen=True, slots=True)
class ItemModel:
    """Parameters of I items. `steps` is I × greatest maximum, +inf beyond an item's own maximum."""

    maxima: NDArray[np.int64]
    slopes: Floats
    steps: Floats
    skipped: Floats

    def probabilities(self, abilities: Floats, shifts: Floats) -> Floats:
        """Return P(score ≥ k) as n × I × K; `shifts` are added logits of each item (I)."""
        logits = self.slopes[:, None] * (abilities[:, None, None] - self.steps) + shifts[:, None]
        with np.errstate(over="ignore"):
            return np.asarray(1.0 / (1.0 + np.exp(-logits)))

    def expected_share(self, abilities: Floats) -> Floats:
        """Return the expected part of the greatest total of each pupil (n), without planted shifts."""
        points = self.probabilities(abilities, np.zeros(len(self.maxima))).sum(axis=(1, 2))
        return np.asarray(points / self.maxima.sum())


def build_model(items: Sequence[BlueprintItem], targets: Floats, slopes: Floats) -> ItemModel:
    """Return the model of I items in which pupils with abilities N(0, 1) reach the target facilities (I, 0..1)."""
    maxima = np.array([item.max_score for item in items], dtype=np.int64)
    extended = np.array([item.answer_format is AnswerFormat.EXTENDED for item in items])
    shape = _step_shape(maxima)
    steps = shape + _locations(targets, slopes, shape, maxima)[:, None]
    return ItemModel(maxima, slopes, steps, np.where(extended, SKIPPED_EXTENDED, SKIPPED_SHORT))


def _step_shape(maxima: NDArray[np.int64]) -> Floats:
    """Return the steps of each item around 0: the more points, the wider they lie; +inf beyond the maximum."""
    shape = np.full((len(maxima), int(maxima.max())), np.inf)
    for row, maximum in enumerate(maxima):
        half = min(0.9 + 0.25 * (maximum - 1), 3.0) / 2 if maximum > 1 else 0.0
        shape[row, :maximum] = np.linspace(-half, half, maximum)
    return shape


def _locations(targets: Floats, slopes: Floats, shape: Floats, maxima: NDArray[np.int64]) -> Floats:
    """Return the difficulty of each item that gives the target facility for abilities N(0, 1), by bisection."""
    weights = _WEIGHTS / _WEIGHTS.sum()
    low, high = np.full(len(targets), -8.0), np.full(len(targets), 8.0)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        logits = slopes[:, None] * (_NODES[:, None, None] - shape - middle[:, None])
        share = (weights[:, None] * (1.0 / (1.0 + np.exp(-logits))).sum(axis=2)).sum(axis=0) / maxima
        too_easy = share > targets
        low, high = np.where(too_easy, middle, low), np.where(too_easy, high, middle)
    return np.asarray((low + high) / 2)


def draw_scores(model: ItemModel, abilities: Floats, shifts: Floats, rng: np.random.Generator, skips: bool) -> Scores:
    """Return the scores of n pupils in I items; with `skips` a part of the zeros is «не приступал»."""
    drawn = rng.random((len(abilities), len(model.maxima)))
    scores: Scores = (drawn[:, :, None] < model.probabilities(abilities, shifts)).sum(axis=2).astype(np.int8)
    left_out = rng.random(scores.shape) < model.skipped
    if skips:
        scores[left_out & (scores == 0)] = NOT_ATTEMPTED
    return scores


def lift_to_cuts(scores: Scores, maxima: NDArray[np.int64], cuts: Sequence[int], rng: np.random.Generator) -> None:
    """Give pupils who lack one or two points to a cut score the points that they lack, in place, for most of them."""
    for row in scores:
        total = int(row.clip(min=0).sum())
        lacking = next((cut - total for cut in cuts if 1 <= cut - total <= 2), 0)
        if not lacking or rng.random() > 0.85:
            continue
        for item in rng.permutation(len(row)):
            if lacking and 0 <= row[item] < maxima[item]:
                row[item] += 1
                lacking -= 1
