"""Indicative indicators as people write them: a document that must exist, or a number that must be reached."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.planning.roadmap_tables import IndicatorKind

_TARGET = re.compile(
    r"(?:не (?:менее|ниже|меньше)|до|≥|>=|—|–|-|:|=)\s*(?P<number>\d{1,7}(?:[.,]\d+)?)\s*"
    r"(?P<unit>%|процент\w*|балл\w*|педагог\w*|учител\w*|школ\w*|урок\w*|мероприяти\w*|раз\w?|час\w*|чел\w*|шт\w*)?",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\s*(?P<number>\d{1,7}(?:[.,]\d+)?)\s*(?P<unit>%|[а-яё]+)", re.IGNORECASE)
_SHARE = re.compile(
    r"^\s*(?:не (?:менее|ниже|меньше)|доля|процент|количество|число|охват|средн\w+ балл|увеличени\w+|рост"
    r"|снижени\w+)\b",
    re.IGNORECASE,
)


class Indicator(NamedTuple):
    """What kind of indicator a text is, and its target where it says one."""

    kind: IndicatorKind
    target: float | None = None
    unit: str = ""


def read_indicator(text: str) -> Indicator:
    """Return what closes the indicator; whatever is no number is a document.

    >>> read_indicator("Наличие плана работы РМО")
    Indicator(kind=<IndicatorKind.DOCUMENT: 'документ'>, target=None, unit='')
    >>> read_indicator("Доля выполнения заданий не ниже 60 %")
    Indicator(kind=<IndicatorKind.NUMBER: 'число'>, target=60.0, unit='%')
    """
    is_number = _SHARE.match(text) is not None
    found = _LEADING.match(text) or (_TARGET.search(text) if is_number else None)
    if found is None:
        return Indicator(IndicatorKind.NUMBER) if is_number else Indicator(IndicatorKind.DOCUMENT)
    unit = (found["unit"] or "").lower()
    return Indicator(
        IndicatorKind.NUMBER, float(found["number"].replace(",", ".")), "%" if unit.startswith("процент") else unit
    )
