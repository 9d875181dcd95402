"""What people type for a value: as a number of the indicator, or why it cannot stand there. Pure."""

from __future__ import annotations

import math
import re

from core.errors import InvalidInput
from core.intake.cells import without_invisible
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport
from core.people.tables import OrganisationKind

_COUNTED = "Показатель считает программа по своим записям."
_SUMMED = "Показатель складывается из принятых значений школ."
_YES_OR_NO = {"да": 1.0, "есть": 1.0, "true": 1.0, "нет": 0.0, "false": 0.0}
_NUMBER = re.compile(r"\d+(?:[.,]\d*)?(?:e[+-]?\d{1,3})?", re.ASCII)
_SPACES = re.compile(r"\s+")
_LARGEST = 1e9
"""Nothing that a region counts is larger; sums of such numbers stay exact."""
_LONGEST_COMMENT = 4000


def checked_value(passport: Passport, unit: OrganisationKind, name: str, value: object) -> float | str | None:
    """Return what is stored for a typed cell; raise InvalidInput for what cannot stand there."""
    if not passport.is_reported_by(unit):
        raise InvalidInput(
            f"Показатель «{passport.code}» вносит не эта организация (уровень: {passport.level.value}).",
            "Уберите строку или укажите другую организацию.",
        )
    if name == "comment":
        return without_invisible(str(value or "")).strip()[:_LONGEST_COMMENT]
    typed = _typed(value, answers=name == "fact" and passport.kind is IndicatorKind.DOCUMENT)
    if name == "plan":
        if typed is not None and passport.kind is IndicatorKind.SHARE and typed > 100:
            raise InvalidInput(f"План «{passport.code}» больше 100 %.", "Внесите процент от 0 до 100.")
        return typed
    if passport.is_counted(unit) and typed is not None:
        why = _COUNTED if passport.automatic else _SUMMED
        raise InvalidInput(f"{why} Внести можно план и комментарий.", "Если число неверно, исправьте то, из чего оно.")
    parts = passport.kind in (IndicatorKind.SHARE, IndicatorKind.MEAN)
    if typed is not None and parts and name == "fact":
        raise InvalidInput("Доля и среднее считаются из числителя и знаменателя.", "Внесите их, факт появится сам.")
    if typed is not None and not parts and name != "fact":
        raise InvalidInput("У этого показателя нет числителя и знаменателя.", "Внесите число в столбец «Факт».")
    if passport.kind is IndicatorKind.DOCUMENT and typed not in (None, 0.0, 1.0):
        raise InvalidInput("По документу отвечают «да» (1) или «нет» (0).", "Внесите 1 или 0.")
    return typed


def _typed(value: object, *, answers: bool) -> float | None:
    """Return a number; «да» and «нет» only where the answer is about a document. None for an empty cell."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    text = str(value).strip().lower()
    if answers and text in _YES_OR_NO:
        return _YES_OR_NO[text]
    plain = _SPACES.sub("", text).removesuffix("%").replace("−", "-")
    if plain.startswith("-") or plain in ("nan", "inf", "infinity"):
        raise InvalidInput(f"«{value}» не может быть значением.", "Внесите число не меньше нуля.")
    if not _NUMBER.fullmatch(plain):
        raise InvalidInput(f"«{value}» – не число.", "Внесите число, например 12 или 12,5.")
    found = float(plain.replace(",", "."))
    if not math.isfinite(found) or found > _LARGEST:
        raise InvalidInput(f"Число «{value}» слишком велико.", "Проверьте, нет ли лишних цифр.")
    return found
