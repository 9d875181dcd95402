"""Columns and lines that the workbooks of notes share: a share always comes with its number and its interval. Pure."""

from __future__ import annotations

from typing import Final, TypeAlias

from core.analysis.marks import Mean, Share
from core.planning.recommendations.wording import VPR_LINE
from core.workbooks.writing import TableColumn, TableValue

Line: TypeAlias = list[TableValue]

PEOPLE: Final = TableColumn("Участников", "integer", 12)
BOUNDS: Final = (TableColumn("Нижняя граница", "percent"), TableColumn("Верхняя граница", "percent"))
"""Of the 95 % interval of the share before them."""
POINT_BOUNDS: Final = (TableColumn("Нижняя граница", "decimal"), TableColumn("Верхняя граница", "decimal"))
"""Of the 95 % interval of the mean before them."""


def bounded(found: Share | Mean) -> tuple[float, float, float]:
    """Return value and bounds; what is not a number becomes an empty cell."""
    return found.value, found.low, found.high


def passport_notes(about: str, source: str, method: str, *limits: str, is_vpr: bool) -> tuple[str, ...]:
    """Return the «паспорт» of a workbook: for whom, from what, how computed, what not to conclude."""
    warnings = " ".join((*limits, *((VPR_LINE,) if is_vpr else ())))
    return (
        f"Для кого: тем, кто готовит и обсуждает справку: {about}.",
        f"Из каких данных: {source}.",
        f"Как посчитано: {method}",
        f"Чего нельзя заключить: {warnings}",
    )
