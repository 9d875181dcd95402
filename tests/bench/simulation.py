"""Simulated classes with one planted weakness each: false alarms and power of the rules that find problem fields.

The work: 15 elements, one item each, eight of one point and seven of two (24 points in 15 items is ВПР Ру 4, 2026).
Classes of 10–30 pupils with abilities N(class mean, 1); class means N(0, 0.2). Each element's facility lies in
0.62–0.85 in every class; in one element of each class the items are 1.3 logits harder. The threshold is 0.60.
A false alarm is a mark on an element that was not planted, power the share of planted ones that are marked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.elements import ItemTraits, Kind, estimate_keys, group_items, key_points, key_sums
from core.analysis.fields import are_fields
from core.analysis.intervals import wilson
from core.analysis.status import PROBABLY, SURELY, probability_below
from core.analysis.weakspot import rest_tables, weak_spots

ELEMENTS = 15
THRESHOLD = 0.60
SOUND = (0.62, 0.85)
WEAKNESS = 1.3
_MAXIMA = np.array([1] * 8 + [2] * 7)
_CLASS_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class SimulatedWork:
    """Scores participants × elements, first rows of the classes, and which class × element was made weak."""

    scores: NDArray[np.int8]
    starts: NDArray[np.intp]
    planted: NDArray[np.bool_]


def _facility(difficulty: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of the logistic curve over abilities N(0, 1)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    curve = 1 / (1 + np.exp(difficulty[..., None] - nodes))
    result: NDArray[np.float64] = curve @ (weights / weights.sum())
    return result


_GRID = np.linspace(-6, 6, 1201)
_CURVE = _facility(_GRID)


def simulate(random: np.random.Generator, classes: int) -> SimulatedWork:
    """Return one work of so many classes."""
    sizes = random.integers(10, 31, classes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    elements = np.interp(random.uniform(*SOUND, ELEMENTS), _CURVE[::-1], _GRID[::-1])
    difficulty = elements - random.normal(0, _CLASS_SPREAD, classes)[:, None]
    difficulty = np.interp(np.clip(_facility(difficulty), *SOUND), _CURVE[::-1], _GRID[::-1])
    planted = np.zeros((classes, ELEMENTS), dtype=np.bool_)
    planted[np.arange(classes), random.integers(0, ELEMENTS, classes)] = True
    ability = random.normal(0, 1, sizes.sum())
    chance = 1 / (1 + np.exp((difficulty + WEAKNESS * planted).repeat(sizes, axis=0) - ability[:, None]))
    return SimulatedWork(random.binomial(_MAXIMA, chance).astype(np.int8), starts.astype(np.intp), planted)


def marks(work: SimulatedWork) -> dict[str, NDArray[np.bool_]]:
    """Return what each rule marks, classes × elements."""
    items = [ItemTraits(str(i + 1), int(most), "Б", elements=(str(i + 1),)) for i, most in enumerate(_MAXIMA)]
    grouping = group_items(items, (Kind.ELEMENT,))
    points, possible = key_points(work.scores, grouping)
    found = estimate_keys(key_sums(points, possible, work.starts))
    chance = probability_below(found.facility, found.effective_n, THRESHOLD)
    total = work.scores.sum(axis=1).astype(np.float64)
    spots = weak_spots(rest_tables(points, possible, total, np.array([float(_MAXIMA.sum())]), work.starts))
    return {
        "процент ниже порога": found.facility < THRESHOLD,
        "весь интервал ниже порога": wilson(found.facility, found.effective_n)[1] < THRESHOLD,
        "достоверно ниже": chance >= SURELY,
        "вероятно ниже или хуже": chance >= PROBABLY,
        "слабое место, возможное": spots.possible,
        "слабое место, подтверждённое": spots.confirmed,
        "проблемное поле (как в списке)": are_fields(chance >= PROBABLY, chance, spots.possible, spots.confirmed),
    }


def measure(classes: int, works: int, seed: int = 1) -> dict[str, tuple[float, float]]:
    """Return rule → (share of false alarms, power) over so many simulated works."""
    random = np.random.default_rng(seed)
    alarms: dict[str, list[float]] = {}
    power: dict[str, list[float]] = {}
    for _ in range(works):
        work = simulate(random, classes)
        for rule, marked in marks(work).items():
            alarms.setdefault(rule, []).append(float(marked[~work.planted].mean()))
            power.setdefault(rule, []).append(float(marked[work.planted].mean()))
    return {rule: (float(np.mean(alarms[rule])), float(np.mean(power[rule]))) for rule in alarms}


def table(works_of_40: int = 200) -> str:
    """Return the table of false alarms and power with 8 and with 40 classes, as text."""
    few, many = measure(8, works_of_40 * 5), measure(40, works_of_40)
    head = f"{'ложных    мощность':>20}"
    lines = [f"{'правило':<32}{'8 классов':>20}{'40 классов':>20}", " " * 32 + head + head]
    for rule in many:
        cells = "".join(f"{100 * alarms:>9.1f} %{power:>9.2f}" for alarms, power in (few[rule], many[rule]))
        lines.append(f"{rule:<32}{cells}")
    return "\n".join(lines)
