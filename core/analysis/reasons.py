"""Why a statistic cannot be given: words instead of a zero or a crash."""

from __future__ import annotations

from enum import StrEnum

SMALL_FOR_DISCRIMINATION = 20
"""Below this number of participants indices of discrimination are not given (design §5)."""
APPROXIMATE = 50
"""Below this number of participants a distribution is only a rough guide (ФИОКО 2026: N ≥ 50 is informative)."""
SMALL_GROUP = 10
"""Below this number of participants a group is a «малая выборка» (ФИОКО 2026, p. 24: a mark group needs N ≥ 10)."""


class Reason(StrEnum):
    """Why a number is missing; the value is what the user reads."""

    NOBODY = "задание никому не предлагалось"
    NO_PARTICIPANTS = "нет ни одного участника"
    ONE_PARTICIPANT = "участник один, разброс не определён"
    FEW = "меньше трёх участников"
    ONE_ITEM = "в работе одно задание"
    CONSTANT_ITEM = "все участники получили за задание одинаковый балл"
    CONSTANT_REST = "сумма баллов за остальные задания у всех одинакова"
    CONSTANT_TOTAL = "сумма баллов у всех участников одинакова"
    SMALL = "меньше 20 участников: показатель был бы случайным"
    FEW_TOTALS = "слишком мало разных сумм баллов, чтобы выделить сильную и слабую треть"
    FEW_COMPLETE = "меньше трёх участников, которым предложили все задания"
    TWO_ITEMS = "без этого задания в работе остаётся одно"
    NOTHING_ELSEWHERE = "не с чем сравнить: в других классах меньше 30 участников"
    NO_REST = "в работе нет других заданий, по которым можно подобрать таких же учеников"


def sample_caution(participants: int) -> str:
    """Return the warning that a number of participants deserves, or "" when there is none.

    Borders: 10 and 50 (ФИОКО, recommendations on reading ВПР, 2026); 5 is the rule for showing cells at all, see
    `suppression`.
    """
    if participants < SMALL_GROUP:
        return "малая выборка: меньше 10 участников"
    if participants < APPROXIMATE:
        return "ориентировочно: меньше 50 участников"
    return ""
