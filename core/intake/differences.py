"""Cell-by-cell difference between a stored class and the same class in a corrected file."""

from __future__ import annotations

import numpy as np

from core.intake.contract import ItemSpec, ParsedClass
from core.intake.matrix import NOT_ADMINISTERED, NOT_ATTEMPTED
from core.intake.packing import ClassColumns
from core.intake.preview import CellChange, ClassDifference


def score_text(score: int) -> str:
    """Return a score as the user knows it: «X» for an item left out, «не пройд.» for one not administered."""
    if score == NOT_ATTEMPTED:
        return "X"
    return "не пройд." if score == NOT_ADMINISTERED else str(score)


def mark_text(mark: int) -> str:
    """Return a mark, or «нет» where there is none."""
    return str(mark) if mark else "нет"


def compare_class(stored: ClassColumns, part: ParsedClass, items: tuple[ItemSpec, ...]) -> ClassDifference:
    """Return what differs, participant by participant (matched by code), in the order of the corrected file."""
    old_index = {code: index for index, code in enumerate(stored.codes)}
    new_index = {code: index for index, code in enumerate(part.codes)}
    added = tuple(code for code in part.codes if code not in old_index)
    removed = tuple(code for code in stored.codes if code not in new_index)
    common = [code for code in part.codes if code in old_index]
    if not common:
        return ClassDifference(added, removed)
    old_rows = np.array([old_index[code] for code in common])
    new_rows = np.array([new_index[code] for code in common])
    changed: list[CellChange] = []
    before, after = stored.scores[old_rows], part.scores[new_rows]
    for row, column in zip(*np.nonzero(before != after), strict=True):
        name = f"задание {items[column].code}"
        changed.append(
            CellChange(common[row], name, score_text(int(before[row, column])), score_text(int(after[row, column])))
        )
    for name, old, new in (
        ("отметка", stored.marks, part.marks),
        ("отметка по журналу", stored.journal_marks, part.journal_marks),
    ):
        was, now = old[old_rows], new[new_rows]
        changed.extend(
            CellChange(common[row], name, mark_text(int(was[row])), mark_text(int(now[row])))
            for row in np.nonzero(was != now)[0]
        )
    was_total, now_total = stored.totals[old_rows], part.totals[new_rows]
    changed.extend(
        CellChange(common[row], "первичный балл", str(int(was_total[row])), str(int(now_total[row])))
        for row in np.nonzero(was_total != now_total)[0]
    )
    was_variant, now_variant = stored.variants[old_rows], part.variants[new_rows]
    changed.extend(
        CellChange(common[row], "вариант", str(int(was_variant[row])), str(int(now_variant[row])))
        for row in np.nonzero(was_variant != now_variant)[0]
    )
    return ClassDifference(added, removed, tuple(changed))
