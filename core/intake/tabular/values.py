"""One cell as a whole number of points, and why it is none."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.intake.cells import as_number, as_whole, cell_text, folded
from core.intake.personal import MASK, masked_score
from core.workbooks.grid import Cell

_TRUTH = frozenset({"истина", "ложь", "true", "false"})


def score_value(cell: Cell) -> int | None:
    """Return a cell's whole number, None when it is no whole number."""
    return as_whole(cell)


def why_no_score(cell: Cell, maximum: int | None) -> tuple[str, str, str]:
    """Return (code, sentence, advice) for a cell that holds no acceptable score.

    The sentence names the value, masked where it may be a person's name.
    """
    shown = masked_score(cell_text(cell))
    if isinstance(cell, bool) or folded(cell_text(cell)) in _TRUTH:
        return "boolean_score", f"Вместо балла стоит логическое значение «{shown}».", "Впишите балл числом."
    if isinstance(cell, date | datetime):
        typed = f"{cell.day}.{cell.month}"
        return (
            "date_score",
            f"Вместо балла стоит дата {shown}.",
            f"Вероятно, Excel заменил «{typed}» на дату. Впишите балл и задайте ячейке числовой формат.",
        )
    if isinstance(cell, time | timedelta):
        return "date_score", f"Вместо балла стоит время {shown}.", "Впишите балл и задайте ячейке числовой формат."
    number = as_number(cell)
    if number is None and shown == MASK:
        return (
            "text_score",
            "Вместо балла стоит слово (здесь не показано: оно похоже на имя).",
            "Впишите балл целым числом; если ученик не приступал к заданию, поставьте X.",
        )
    if number is None:
        return (
            "text_score",
            f"Вместо балла стоит «{shown}».",
            "Впишите балл целым числом; если ученик не приступал к заданию, поставьте X.",
        )
    if number < 0:
        return "negative_score", f"Балл {shown} меньше нуля.", "Впишите балл целым числом от нуля."
    if as_whole(cell) is None:
        return "fraction_score", f"Балл {shown} — дробный.", "Баллы за задание — только целые числа."
    limit = f" {maximum}" if maximum is not None else ""
    return "score_above_maximum", f"Балл {shown} больше максимального{limit}.", "Проверьте балл и номер задания."
