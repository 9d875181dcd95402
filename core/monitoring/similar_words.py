"""What is said of a school beside the others of its group."""

from __future__ import annotations

import math

from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport
from core.monitoring.similar import FEWEST_SCHOOLS, Similar
from core.monitoring.trend import Move
from core.monitoring.wording import fact_words
from core.words import number, plural, signed

_SAYS = {Move.UP: "▲ выше", Move.DOWN: "▼ ниже", Move.SAME: "≈ в пределах случайного"}


def group_words(similar: Similar) -> str:
    """Return «городские школы, без этой: 3 школы»."""
    count = plural(similar.counted, "школа", "школы", "школ")
    left = f"; не учтены {plural(similar.withheld, 'школа', 'школы', 'школ')}, значения которых скрыты" \
        if similar.withheld else ""
    return f"«{similar.cluster}», без этой: {count}{left}"


def pooled_words(passport: Passport, similar: Similar) -> str:
    """Return the figure of the others with its interval, or why there is none."""
    if similar.is_few:
        return f"мало школ: сравнение показывается, когда данные есть не меньше чем у {FEWEST_SCHOOLS} других"
    if similar.pooled is None:
        return "нет данных"
    if passport.kind is IndicatorKind.NUMBER:
        return f"в среднем на школу {number(similar.pooled.value, 1)} {passport.unit}"
    return fact_words(passport, similar.pooled)


def difference_words(passport: Passport, similar: Similar) -> str:
    """Return «+5,1 п. п. (от −2,0 до 12,3), ≈ в пределах случайного»; "" where nothing can be said.

    A mean is stored without its spread, and numbers depend on the size of a school: of them no difference is judged.
    """
    change = similar.difference
    if math.isnan(change.difference) or passport.kind is not IndicatorKind.SHARE:
        return ""
    edges = f" (от {number(change.low, 1)} до {number(change.high, 1)})" if not math.isnan(change.low) else ""
    return f"{signed(change.difference)} п. п.{edges}, {_SAYS.get(change.move, '')}"


def similar_words(passport: Passport, similar: Similar) -> str:
    """Return the whole sentence: group, figure of the others, difference."""
    difference = difference_words(passport, similar)
    return f"{group_words(similar)}: {pooled_words(passport, similar)}" + (
        f"; отличие от них {difference}" if difference else ""
    )
