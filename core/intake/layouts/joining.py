"""Works read from several sheets or sections of one file, joined where they are the same work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from core.intake.context import Context
from core.intake.contract import ItemSpec, ParsedClass, ParsedWork, SchoolRef
from core.intake.personal import masked
from core.words.nouns import plural


def join_works(works: Sequence[ParsedWork], context: Context, keeps_latest: bool = False) -> list[ParsedWork]:
    """Return the works, those with the same key and items joined into one.

    A participant who stands in two of them is an error, or with `keeps_latest` another attempt of which the latest
    counts (ГИА: main day, reserve day).
    """
    groups: dict[tuple[object, ...], list[ParsedWork]] = {}
    for work in _with_common_maxima(works, context):
        groups.setdefault((replace(work.assessment, held_on=None), work.items), []).append(work)
    return [group[0] if len(group) == 1 else _join(group, context, keeps_latest) for group in groups.values()]


def _with_common_maxima(works: Sequence[ParsedWork], context: Context) -> list[ParsedWork]:
    """Return the works; where maxima were taken from the scores met, sheets of one work share the greatest."""
    groups: dict[tuple[object, ...], list[ParsedWork]] = {}
    for work in works:
        key = replace(work.assessment, held_on=None)
        groups.setdefault((key, tuple(item.code for item in work.items)), []).append(work)
    shared: dict[int, tuple[ItemSpec, ...]] = {}
    for group in groups.values():
        guessed = {id(work) for work in group if work.sheet in context.guessed_maxima}
        stated = {work.items for work in group if work.sheet not in context.guessed_maxima}
        if len(group) < 2 or not guessed or len(stated) > 1:
            continue
        tops = np.array([[item.max_score for item in work.items] for work in group]).max(axis=0)
        common = tuple(
            replace(item, max_score=int(top)) for item, top in zip(group[0].items, tops, strict=True)
        )
        if not stated or common in stated:
            shared.update(dict.fromkeys(guessed, common))
    return [replace(work, items=shared.get(id(work), work.items)) for work in works]


def _join(works: list[ParsedWork], context: Context, keeps_latest: bool) -> ParsedWork:
    ordered = sorted(works, key=lambda work: work.assessment.held_on or date.min)
    taken: dict[tuple[SchoolRef, str, str], str] = {}
    parts: dict[tuple[SchoolRef, str], list[ParsedClass]] = {}
    repeated = 0
    for work in reversed(ordered):
        for part in work.classes:
            kept: list[int] = []
            for index, code in enumerate(part.codes):
                # Attempts are matched within a school; sheets of one work hold other classes, so within a class.
                key = (part.school, "" if keeps_latest else part.class_name, code)
                if key not in taken:
                    taken[key] = work.sheet
                    kept.append(index)
                    continue
                repeated += 1
                if not keeps_latest:
                    _report_twice(code, int(part.rows[index]), work.sheet, taken[key], context)
            if kept:
                parts.setdefault((part.school, part.class_name), []).append(_pick(part, kept))
    if repeated and keeps_latest:
        context.findings.add(
            "warning", "repeated_attempt",
            f"Несколько попыток у {plural(repeated, 'участника', 'участников', 'участников')}: учтена последняя.",
            "Ничего делать не нужно.", sheet=ordered[-1].sheet,
        )
    order = [key for work in ordered for key in ((part.school, part.class_name) for part in work.classes)]
    classes = tuple(_stack(list(reversed(parts[key]))) for key in dict.fromkeys(order) if key in parts)
    return replace(ordered[0], classes=classes, absent=sum(work.absent for work in works))


def _report_twice(code: str, row: int, sheet: str, other: str, context: Context) -> None:
    context.findings.add(
        "error", "repeated_participant",
        f"Участник с кодом «{masked(code)}» есть и на листе «{sheet}» (строка {row}), и на листе «{other}».",
        "Оставьте одну строку. Если это разные ученики, дайте им разные коды.", sheet=sheet, row=row, value=code,
    )


def _pick(part: ParsedClass, kept: Sequence[int]) -> ParsedClass:
    """Return a class with only the participants at the given positions."""
    own = np.array(kept, dtype=np.intp)
    return replace(
        part, codes=tuple(part.codes[index] for index in kept), scores=part.scores[own], totals=part.totals[own],
        marks=part.marks[own], journal_marks=part.journal_marks[own], variants=part.variants[own],
        test_scores=part.test_scores[own], rows=part.rows[own],
    )


def _stack(parts: Sequence[ParsedClass]) -> ParsedClass:
    """Return one class with the participants of all parts in their order."""
    if len(parts) == 1:
        return parts[0]
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
