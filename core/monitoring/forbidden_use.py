"""Indicators that must not exist: results of ВПР never rate teachers or schools. Pure.

Рособрнадзор and ФИОКО exclude ВПР as grounds for judging teachers and organisations; so row 13 of the field's usual
catalogue («доля педагогов, снизивших число «красных» заданий в своих классах») is left out, and its like is refused.
"""

from __future__ import annotations

import re

from core.errors import InvalidInput

_WORKS = re.compile(r"\bвпр\b|всероссийск\w*\s+проверочн\w*|«?красн\w*»?\s+задани\w*", re.IGNORECASE)
_TEACHERS = re.compile(r"\b(?:педагог|учител|преподавател|классн\w+\s+руководител)\w*", re.IGNORECASE)
_SCHOOLS = re.compile(r"\b(?:школ|образовательн\w+\s+организац)\w*|\bОО\b", re.IGNORECASE)
_RATING = re.compile(
    r"рейтинг\w*|ранжир\w*|\bмест[оа]\s+(?:школ|учител|педагог|в\s+районе|среди)\w*"
    r"|(?:лучш|худш)\w*\s+(?:школ|учител|педагог)\w*"
    r"|(?:оценк|эффективност|результативност)\w*\s+(?:труда\s+|работы\s+)?(?:педагог|учител|школ)\w*",
    re.IGNORECASE,
)
_BY_PUPILS = re.compile(
    r"в\s+(?:своих|их|чьих)\s+классах|чь(?:и|их|ими)\s+(?:ученик|обучающ|класс)\w*"
    r"|у\s+(?:которых|чьих)\s+(?:ученик|обучающ|класс)\w*"
    r"|(?:ученик|обучающи|класс)\w*\s+котор\w+|снизивш\w*|повысивш\w*\s+(?:результат|качеств|успеваемост)\w*"
    r"|\bпо\s+(?:каждому\s+)?(?:учител|педагог)\w*|подтвердивш\w*|показавш\w*",
    re.IGNORECASE,
)


def forbidden_reason(*texts: str) -> str:
    """Return why an indicator with these texts must not exist, as a whole sentence; "" where nothing is against it.

    >>> forbidden_reason("Доля педагогов, снизивших число «красных» заданий в своих классах")[:34]
    'Результаты ВПР не применяют для оц'
    >>> forbidden_reason("Доля педагогов, обученных анализу результатов ВПР")
    ''
    """
    said = " ".join(texts)
    if not _WORKS.search(said):
        return ""
    if _TEACHERS.search(said) and (_RATING.search(said) or _BY_PUPILS.search(said)):
        return "Результаты ВПР не применяют для оценки и сравнения педагогов."
    if _SCHOOLS.search(said) and _RATING.search(said):
        return "Результаты ВПР не применяют для рейтинга и оценки школ."
    return ""


def require_allowed(*texts: str) -> None:
    """Raise InvalidInput for an indicator that judges teachers or schools by results of ВПР."""
    reason = forbidden_reason(*texts)
    if reason:
        raise InvalidInput(
            f"Такого показателя быть не может. {reason}",
            "Возьмите показатель о помощи и мерах, например долю проблемных полей, обеспеченных мероприятием (П23).",
        )
