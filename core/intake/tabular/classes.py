"""Participants of a table split into the classes of their schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.intake.context import Context
from core.intake.contract import ParsedClass
from core.intake.matrix import NO_MARK, Scores
from core.intake.tabular.marks import mark_column, number_column, variant_column
from core.intake.tabular.schools import Grouping
from core.intake.tabular.spec import TableSpec
from core.workbooks.grid import Cell


@dataclass(frozen=True, slots=True)
class Participants:
    """The participants of one table, all parts parallel; `lines` are their positions in the table's body."""

    lines: NDArray[np.intp]
    codes: Sequence[str]
    schools: Grouping
    class_names: Sequence[str]
    scores: Scores
    totals: NDArray[np.int16]


def split_into_classes(
    people: Participants, columns: Sequence[tuple[Cell, ...]], spec: TableSpec, context: Context
) -> tuple[ParsedClass, ...]:
    """Return the participants by class, in the order in which the classes appear, each class in its rows' order."""
    lines, roles, findings = people.lines, spec.roles, context.findings
    no_marks = np.full(len(lines), NO_MARK, dtype=np.int8)
    marks, journal = (
        no_marks if column is None else mark_column(columns[column], column, lines, spec, findings)
        for column in (roles.mark, roles.journal_mark)
    )
    variants = np.zeros(len(lines), dtype=np.int16)
    if roles.variant is not None:
        variants = variant_column(columns[roles.variant], roles.variant, lines, spec, findings)
    tests = np.full(len(lines), -1, dtype=np.int16)
    if roles.test_score is not None:
        stated = np.nan_to_num(number_column(columns[roles.test_score], lines), nan=-1.0)
        tests = np.where((stated >= 0) & (stated <= 100), stated, -1).astype(np.int16)
    rows = (lines + spec.row(0)).astype(np.int32)

    numbers: dict[tuple[int, str], int] = {}
    keys = zip(people.schools.index.tolist(), people.class_names, strict=True)
    group = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)
    order = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[order], np.arange(len(numbers) + 1))
    parts: list[ParsedClass] = []
    for (school, name), start, end in zip(numbers, edges, edges[1:], strict=False):
        own = order[start:end]
        codes = tuple(people.codes[position] for position in own)
        parts.append(
            ParsedClass(
                people.schools.values[school], name, codes, people.scores[own], people.totals[own], marks[own],
                journal[own], variants[own], tests[own], rows[own],
            )
        )
    return tuple(parts)
