"""The same exam several times in a file (main day, reserve day, another sheet): one work, the latest attempt kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from core.intake.context import Context
from core.intake.contract import ParsedClass, ParsedWork, SchoolRef
from core.intake.wording import counted


def merge_attempts(works: Sequence[ParsedWork], context: Context) -> list[ParsedWork]:
    """Return the works with those of the same exam and items joined into one; a participant's latest attempt stays."""
    groups: dict[tuple[object, ...], list[ParsedWork]] = {}
    for work in works:
        key = replace(work.assessment, held_on=None)
        groups.setdefault((key, work.items), []).append(work)
    return [group[0] if len(group) == 1 else _join(group, context) for group in groups.values()]


def _join(works: list[ParsedWork], context: Context) -> ParsedWork:
    """Join works of one exam. Codes of a school are compared, whatever class each protocol names."""
    ordered = sorted(works, key=lambda work: work.assessment.held_on or date.min)
    taken: set[tuple[SchoolRef, str]] = set()
    parts: dict[tuple[SchoolRef, str], list[ParsedClass]] = {}
    repeated = 0
    for work in reversed(ordered):
        for part in work.classes:
            kept = [index for index, code in enumerate(part.codes) if (part.school, code) not in taken]
            repeated += len(part.codes) - len(kept)
            taken.update((part.school, code) for code in part.codes)
            if kept:
                parts.setdefault((part.school, part.class_name), []).append(pick(part, kept))
    if repeated:
        context.findings.add(
            "warning", "repeated_attempt",
            f"Экзамен сдавали не один раз {counted(repeated, 'участник', 'участника', 'участников')}: "
            "учтена последняя попытка.",
            "Ничего делать не нужно.", sheet=ordered[-1].sheet,
        )
    classes = tuple(stack(list(reversed(group))) for group in parts.values())
    return replace(
        ordered[0], classes=classes, absent=sum(work.absent for work in works),
        assessment=replace(ordered[0].assessment, held_on=ordered[0].assessment.held_on),
    )


def pick(part: ParsedClass, kept: Sequence[int]) -> ParsedClass:
    """Return a class with only the participants at the given positions."""
    own = np.array(kept, dtype=np.intp)
    return replace(
        part, codes=tuple(part.codes[index] for index in kept), scores=part.scores[own], totals=part.totals[own],
        marks=part.marks[own], journal_marks=part.journal_marks[own], variants=part.variants[own],
        test_scores=part.test_scores[own], rows=part.rows[own],
    )


def stack(parts: Sequence[ParsedClass]) -> ParsedClass:
    """Return one class with the participants of all parts in their order."""
    return replace(
        parts[0],
        codes=tuple(code for part in parts for code in part.codes),
        scores=np.concatenate([part.scores for part in parts]),
        totals=np.concatenate([part.totals for part in parts]),
        marks=np.concatenate([part.marks for part in parts]),
        journal_marks=np.concatenate([part.journal_marks for part in parts]),
        variants=np.concatenate([part.variants for part in parts]),
        test_scores=np.concatenate([part.test_scores for part in parts]),
        rows=np.concatenate([part.rows for part in parts]),
    )
