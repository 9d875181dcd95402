"""Sums of a work by class: all that screens of keys need, independent of the number of pupils once computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.elements import Grouping, KeySums, Kind, group_items, key_points, key_sums
from core.analysis.items import offered_points
from core.analysis.status import key_thresholds
from core.analysis.weakspot import RestTables, rest_tables
from core.analysis.work import Work

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KeyedSums:
    """Sums of C classes × K keys, and the thresholds of the keys (K): what the status of a unit stands on."""

    grouping: Grouping
    classes: KeySums
    sufficient: Floats
    insufficient: Floats


@dataclass(frozen=True, slots=True)
class WorkSums(KeyedSums):
    """Sums of C classes × K keys; rebuilt bit for bit from the matrices, so it may be cached and thrown away."""

    groups: KeySums
    """Classes × groups of participants (marks or bands, weakest first) × keys."""
    rest: RestTables


def work_sums(work: Work, kinds: Sequence[Kind]) -> WorkSums:
    """Return the sums of the work for keys of these kinds. Cost: some passes over participants × keys."""
    grouping = group_items(work.items, kinds)
    points, possible = key_points(work.scores, grouping, work.absent_as_zero)
    x, offered = offered_points(work.scores, work.absent_as_zero)
    most = work.maxima.astype(np.float64)
    total_possible = np.array([most.sum()]) if offered is None else offered.astype(np.float64) @ most
    sufficient, insufficient = key_thresholds(work.items, grouping, work.thresholds)
    return WorkSums(
        grouping=grouping, classes=key_sums(points, possible, work.starts), groups=_by_group(work, points, possible),
        rest=rest_tables(points, possible, x.sum(axis=1), total_possible, work.starts),
        sufficient=sufficient, insufficient=insufficient,
    )


def keyed_sums(work: Work, kinds: Sequence[Kind]) -> KeyedSums:
    """Return the part of `work_sums` that statuses stand on, without mark groups and weak spots."""
    grouping = group_items(work.items, kinds)
    points, possible = key_points(work.scores, grouping, work.absent_as_zero)
    sufficient, insufficient = key_thresholds(work.items, grouping, work.thresholds)
    return KeyedSums(grouping, key_sums(points, possible, work.starts), sufficient, insufficient)


def item_group_sums(work: Work) -> tuple[KeySums, Floats]:
    """Return the sums of classes × groups of participants × items, and the threshold of each item.

    The part of `work_sums` that the screen of items needs, without what heat maps and lists are made from.
    """
    grouping = group_items(work.items, (Kind.ITEM,))
    points, possible = key_points(work.scores, grouping, work.absent_as_zero)
    sufficient, _ = key_thresholds(work.items, grouping, work.thresholds)
    return _by_group(work, points, possible), sufficient


def _by_group(work: Work, points: Floats, possible: Floats) -> KeySums:
    """Return the sums of each class's groups, empty groups as zeros."""
    labels = len(work.group_labels)
    cells = len(work.classes) * labels
    groups = work.groups
    class_of = np.repeat(np.arange(len(work.classes)), [part.participants for part in work.classes])
    known = np.nonzero(groups >= 0)[0]
    cell = class_of[known] * labels + groups[known]
    order = np.argsort(cell, kind="stable")
    ordered = cell[order]
    firsts = np.nonzero(np.diff(ordered, prepend=-1))[0].astype(np.intp)
    rows = known[order]
    found = key_sums(points[rows], possible if possible.shape[0] == 1 else possible[rows], firsts)
    parts = np.zeros((found.parts.shape[0], cells, points.shape[1]))
    parts[:, ordered[firsts]] = found.parts
    return KeySums(parts.reshape(parts.shape[0], len(work.classes), labels, points.shape[1]))
