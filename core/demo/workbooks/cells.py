"""What scores look like in a cell."""

from __future__ import annotations

from core.blueprints.tables import BlueprintItem
from core.demo.workbooks.sheets import Value
from core.intake.matrix import NOT_ADMINISTERED, NOT_ATTEMPTED


def score_cell(score: int) -> Value:
    """Return a score as ФИС ОКО writes it: a number, «X», «не пройд.»."""
    return {NOT_ATTEMPTED: "X", NOT_ADMINISTERED: "не пройд."}.get(score, score)


def item_header(item: BlueprintItem) -> str:
    """Return the header of an item: «9.1 (1б)»."""
    return f"{item.code} ({item.max_score}б)"
