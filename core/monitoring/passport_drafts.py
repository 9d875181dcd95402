"""What a person says of an own indicator, and whether it may be one. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from core.errors import InvalidInput
from core.intake.cells import without_invisible
from core.monitoring.forbidden_use import require_allowed
from core.monitoring.passport_tables import IndicatorKind, Level
from core.monitoring.passports import Passport, PassportText
from core.people.tables import OrganisationKind

_LONGEST = {
    "goal": 200, "name": 300, "unit": 40, "numerator": 600, "denominator": 600, "formula": 600, "source": 600,
    "method": 600, "period": 120, "deadline": 200, "responsible": 300, "regulation": 600,
}
_NEEDED = {
    "goal": "Цель", "name": "Наименование", "unit": "Единица", "formula": "Формула словами", "source": "Источник",
    "period": "Период", "deadline": "Срок", "responsible": "Ответственный",
}


@dataclass(frozen=True, slots=True)
class PassportDraft(PassportText):
    """What a person says of an own indicator."""


def draft_of(passport: Passport) -> PassportDraft:
    """Return what a copy begins with: what the passport says, to be entered by people."""
    draft = PassportDraft(**{name: getattr(passport, name) for name in PassportDraft.__dataclass_fields__})
    if not passport.automatic:
        return draft
    return PassportDraft(**{**asdict(draft), "method": "вносит организация, вышестоящая принимает"})


def checked_draft(draft: PassportDraft, unit: OrganisationKind) -> dict[str, object]:
    """Return the columns of a passport; raise InvalidInput naming the first thing that is missing or forbidden."""
    values: dict[str, object] = {
        name: without_invisible(value).strip() if type(value) is str else value for name, value in asdict(draft).items()
    }
    for name, title in _NEEDED.items():
        if not values[name]:
            raise InvalidInput(f"Не заполнено поле «{title}».", "Заполните его: без него показатель нельзя посчитать.")
    for name, most in _LONGEST.items():
        if len(str(values[name])) > most:
            raise InvalidInput(f"В поле «{_NEEDED.get(name, name)}» больше {most} знаков.", "Сократите текст.")
    if draft.kind in (IndicatorKind.SHARE, IndicatorKind.MEAN) and not (values["numerator"] and values["denominator"]):
        raise InvalidInput(
            "У доли и среднего должны быть числитель и знаменатель.", "Скажите словами, кто в них входит."
        )
    if unit is OrganisationKind.SCHOOL and draft.level is not Level.SCHOOL:
        raise InvalidInput("Показатель школы вносит сама школа.", "Выберите уровень «школа».")
    require_allowed(*(str(values[name]) for name in ("name", "numerator", "denominator", "formula", "source", "goal")))
    if draft.kind is IndicatorKind.SHARE:
        values["unit"] = "%"
    return values
