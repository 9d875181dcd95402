"""Indicators that must not exist: results of ВПР never rate teachers or schools. Pure.

Рособрнадзор and ФИОКО exclude ВПР as grounds for judging teachers and organisations; so row 13 of the field's usual
catalogue («доля педагогов, снизивших число «красных» заданий в своих классах») is left out, and its like is refused.
"""

from __future__ import annotations

import re
import unicodedata

from core.errors import InvalidInput
from core.intake.cells import without_invisible

_VPR = re.compile(
    r"\bв[\s.·-]{0,2}п[\s.·-]{0,2}р\b|всероссийск\w*\s+проверочн\w*|проверочн\w*\s+работ\w*", re.IGNORECASE
)
_RED = re.compile(r"«?красн\w*»?\s+задани\w*", re.IGNORECASE)
_TEACHERS = re.compile(r"\b(?:педагог|учител|преподавател|классн\w+\s+руководител)\w*", re.IGNORECASE)
_SCHOOLS = re.compile(r"\b(?:школ|образовательн\w+\s+организац)\w*|\bОО\b", re.IGNORECASE)
_RATING = re.compile(
    r"рейтинг\w*|ранжир\w*|\bмест[оа]\s+(?:школ|учител|педагог|в\s+районе|среди)\w*"
    r"|(?:лучш|худш)\w*\s+(?:школ|учител|педагог)\w*"
    r"|(?:индекс|балл)\w*\s+(?:педагог|учител|школ)\w*|\bтоп\b"
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
_BETTER = re.compile(
    r"улучш\w*|повыс\w*|повыш\w*|(?:при)?рост(?:а|у|ом|е)?\b|сниз\w*|снижен\w*|высок\w*|низк\w*|\b(?:выше|ниже)\b|динамик\w*",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"обуч(?:ен|ивш)\w*|прошедш\w*|освоивш\w*|анализ\w*|использ\w*|применя\w*|подготов\w*|учитыва\w*|участ\w*|охвачен\w*"
    r"|обеспечен\w*|получивш\w*|повысивш\w*\s+квалификац\w*|повышен\w*\s+квалификац\w*|квалификационн\w*",
    re.IGNORECASE,
)
_LOOK_ALIKE = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
"""Latin letters that look like Cyrillic ones: a mixed «BПP» is read as «ВПР»."""


def is_of_vpr(*texts: str) -> bool:
    """Say whether any of the texts of an indicator names ВПР."""
    return any(_VPR.search(_plain(text)) for text in texts)


def forbidden_reason(*texts: str) -> str:
    """Return why an indicator with these texts must not exist, as a whole sentence; "" where nothing is against it.

    >>> forbidden_reason("Доля педагогов, снизивших число «красных» заданий в своих классах")[:34]
    'Результаты ВПР не применяют для оц'
    >>> forbidden_reason("Доля педагогов, обученных анализу результатов ВПР")
    ''
    """
    plain = [_plain(text) for text in texts]
    said = " ".join(plain)
    if not (_VPR.search(said) or _RED.search(said)):
        return ""
    judges = _RATING.search(said) or _BY_PUPILS.search(said) or any(_judges_by_results(text) for text in plain)
    if _TEACHERS.search(said) and judges:
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


def _judges_by_results(text: str) -> bool:
    """Say whether a text tells teachers apart by better or worse results, not by what they learnt."""
    return bool(_TEACHERS.search(text) and _BETTER.search(text)) and not _HELPED.search(text)


def _plain(text: str) -> str:
    """Return a text without invisible characters, and with Cyrillic letters where Latin ones only look like them."""
    return without_invisible(unicodedata.normalize("NFKC", text)).translate(_LOOK_ALIKE)
