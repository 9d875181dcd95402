"""From answers to deficits, resources and shares of points. Arrays in, arrays out; no database.

An answer on a scale is a deficit when the instrument says so («Необходима помощь»). An item that is scored, as in a
test, is a deficit when the share of its points lies below the instrument's cut. The share of points counts from the
lowest score of the scale, so that the worst answers are 0 % and the best 100 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.intervals import Floats, effective_n, wilson
from core.diagnostics.contract import WaveAnswers

Marks = NDArray[np.bool_]

_HAIR = 1e-9
"""A share that arithmetic left a hair below the cut reaches it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares 0..1 with Wilson's 95 % interval and the number of answers behind each; NaN where nobody answered."""

    share: Floats
    low: Floats
    high: Floats
    n: NDArray[np.int64]


def deficits(wave: WaveAnswers) -> Marks:
    """Return respondents × items: True where the answer shows a deficit (False where there is no answer)."""
    scale = wave.instrument.answers
    if scale:
        bad = np.array([answer.score for answer in scale if answer.is_deficit], dtype=np.int8)
        return np.isin(wave.scores, bad) & wave.answered
    below: Marks = item_shares_of_points(wave) < wave.instrument.deficit_below - _HAIR
    return below


def resources(wave: WaveAnswers) -> Marks:
    """Return respondents × items: True where the respondent can help others.

    On a scale the instrument says which answers mean it; in a test it is the full score.
    """
    scale = wave.instrument.answers
    if scale:
        good = np.array([answer.score for answer in scale if answer.is_resource], dtype=np.int8)
        return np.isin(wave.scores, good) & wave.answered
    full: Marks = item_shares_of_points(wave) >= 1 - _HAIR
    return full


def item_shares_of_points(wave: WaveAnswers) -> Floats:
    """Return respondents × items: (score − lowest) / (maximum − lowest), NaN where there is no answer."""
    lowest = np.array([item.lowest for item in wave.items], dtype=np.float64)
    span = np.array([item.maximum - item.lowest for item in wave.items], dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(wave.answered & (span > 0), (wave.scores - lowest) / span, np.nan)
    return found


def shares_of_points(wave: WaveAnswers, items: Sequence[int] | None = None) -> Floats:
    """Return each respondent's Σ(score − lowest) / Σ(maximum − lowest) over the answered ones of the items.

    `items` are columns, all by default. NaN for somebody who answered none of them.
    """
    chosen = np.arange(len(wave.items)) if items is None else np.asarray(items, dtype=np.intp)
    lowest = np.array([wave.items[index].lowest for index in chosen], dtype=np.float64)
    span = np.array([wave.items[index].maximum for index in chosen], dtype=np.float64) - lowest
    answered = wave.answered[:, chosen]
    points = np.where(answered, wave.scores[:, chosen] - lowest, 0.0).sum(axis=1)
    possible = np.where(answered, span, 0.0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(possible > 0, points / possible, np.nan)
    return found


def shares_marked(marks: Marks, answered: Marks) -> Shares:
    """Return for each item the share of those who answered it and are marked: of `deficits` or `resources`."""
    n = answered.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(n > 0, (marks & answered).sum(axis=0) / n, np.nan)
    low, high = wilson(share, n)
    return Shares(share, low, high, n.astype(np.int64))


def mean_share(values: Floats) -> Shares:
    """Return the mean of the respondents' shares of points, with an interval from their spread (arrays of length 1).

    Wilson's interval on the effective number of answers, as everywhere for shares of points.
    """
    known = values[~np.isnan(values)]
    n = known.size
    mean = float(known.mean()) if n else np.nan
    variance = float(known.var(ddof=1)) if n > 1 else np.nan
    low, high = wilson([mean], effective_n([mean], [variance], [n], [1.0]) if n else [0.0])
    return Shares(np.array([mean]), low, high, np.array([n], dtype=np.int64))


def columns_by_section(wave: WaveAnswers) -> dict[str, list[int]]:
    """Return the columns of each section of the questionnaire, in its order."""
    found: dict[str, list[int]] = {}
    for index, item in enumerate(wave.items):
        found.setdefault(item.section, []).append(index)
    return found


def columns_by_competence(wave: WaveAnswers) -> dict[int, list[int]]:
    """Return the columns of each competence by its id; items without a competence are left out."""
    found: dict[int, list[int]] = {}
    for index, item in enumerate(wave.items):
        if item.competence is not None:
            found.setdefault(item.competence.id, []).append(index)
    return found
