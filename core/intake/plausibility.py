"""Results that can be stored but look odd: everybody has the same score, or the day lies in the future."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.intake.context import Context
from core.intake.contract import ParsedWork
from core.intake.identifying import today

_FEWEST = 5


def report_implausible(works: Sequence[ParsedWork], context: Context) -> None:
    """Warn about works in which all totals are equal and about days to come."""
    for work in works:
        totals = np.concatenate([part.totals for part in work.classes]) if work.classes else np.zeros(0)
        if len(totals) >= _FEWEST and (totals == totals[0]).all():
            context.findings.add(
                "warning", "equal_totals", f"У всех {len(totals)} участников одинаковый итог: {int(totals[0])}.",
                "Проверьте, заполнена ли таблица.", sheet=work.sheet,
            )
        day = work.assessment.held_on
        if day is not None and day > today():
            context.findings.add(
                "warning", "future_day", f"Дата работы {day:%d.%m.%Y} ещё не наступила.", "Проверьте дату в файле.",
                sheet=work.sheet,
            )
