"""Kinds of deadlines."""

from __future__ import annotations

from enum import StrEnum


class DeadlineKind(StrEnum):
    """What sort of deadline it is."""

    DAY = "день"
    MONTH = "месяц"
    RANGE = "период"
    YEAR = "год"
    YEARLY = "ежегодно"
    TERM = "четверть, триместр, полугодие или квартал"
    TIMES = "несколько раз за период"
    SEVERAL = "несколько сроков"
    SCHEDULE = "по графику или плану"
    ALL_YEAR = "в течение года"
    CYCLES = "методические циклы"
    UNTIL_ASSESSMENT = "до следующей оценочной процедуры"
    CONTINUOUS = "постоянно"
    AS_NEEDED = "по мере необходимости"
    EVENT = "после события"
    UNKNOWN = "не понято"
    EMPTY = "не указан"
