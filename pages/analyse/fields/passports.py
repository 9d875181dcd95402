"""Passports of the list, of the map and of one field."""

from __future__ import annotations

from core.analysis.problem_fields import FoundField
from core.words import number, plural
from pages.analyse.fields.choice import Choice, Show
from pages.widgets.passport import VPR_LINE, Passport

_AUDIENCE = "методисту, руководителю методического объединения, заместителю директора"
_METHOD = (
    "выполнение — доля набранных баллов от возможных, 95 % интервал Уилсона; статус — по вероятности того, что "
    "действительное выполнение ниже порога (0,975 — достоверно, 0,78 — вероятно); слабое место — сравнение с учениками "
    "других классов, набравшими столько же за остальные задания"
)
_HYPOTHESIS = "Поле показывает, что не усвоено, но не почему: причину называют и проверяют люди."


def list_passport(choice: Choice) -> Passport:
    """Return the passport of the list and of the map."""
    limits = [_HYPOTHESIS, "Результаты разных предметов и работ не усредняются."]
    if choice.show is Show.WEAK and choice.expected_by_chance >= 1:
        limits.append(
            f"Среди возможных слабых мест около {number(choice.expected_by_chance)} по всем работам года могли "
            "появиться случайно."
        )
    if any(work.procedure.startswith("ВПР") for work in choice.works):
        limits.append(VPR_LINE)
    presets = ", ".join(sorted({work.preset for work in choice.works}))
    works = plural(len(choice.works), "работа", "работы", "работ")
    return Passport(_AUDIENCE, f"{choice.words()}; {works}; пороги: {presets}", _METHOD, tuple(limits))


def field_passport(one: FoundField) -> Passport:
    """Return the passport of one field."""
    field = one.field
    people = plural(field.participants, "участник", "участника", "участников")
    return Passport(
        _AUDIENCE,
        f"{one.work.name}: {field.unit.full_name}, {people}; "
        f"задания {', '.join(field.items)}; пороги: {one.work.preset}",
        _METHOD,
        (*(f"{text[0].upper()}{text[1:]}." for text in field.cautions), _HYPOTHESIS),
        procedure=one.work.procedure,
    )
