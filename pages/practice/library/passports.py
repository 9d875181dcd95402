"""Passports of the library, of a change of results, of a questionnaire."""

from __future__ import annotations

from core.practice.effect_words import CAUTION
from pages.widgets.passport import VPR_LINE, Passport

_AUDIENCE = "педагогу, руководителю методического объединения, методисту"


def library_passport(chosen: str) -> Passport:
    """Return the passport of the list."""
    return Passport(
        _AUDIENCE, f"практики муниципалитета: {chosen}",
        "практику описывает автор, решение принимает объединение или методист по протоколу; «применили» – отметки "
        "коллег",
        (
            "Список не рейтинг: порядок – по состоянию и дате, результаты на него не влияют.",
            "Отметка «помогло» – мнение того, кто применил, а не измерение.",
        ),
    )


def effect_passport(source: str) -> Passport:
    """Return the passport of the change of results before and after."""
    return Passport(
        _AUDIENCE, source,
        "доля набранных баллов от возможных до и после, разность с 95 % интервалом Ньюкомба; рядом – изменение там, "
        "где практику не отмечали, и разность изменений (MOVER)",
        (CAUTION, VPR_LINE),
    )


def feedback_passport(source: str) -> Passport:
    """Return the passport of a questionnaire after an event."""
    return Passport(
        "руководителю клуба, методисту", source,
        "средняя оценка по шкале 1–5 с 95 % интервалом (Уилсон на эффективном числе ответов); меньше пяти ответов не "
        "показываются",
        ("Отвечают те, кто захотел: мнение остальных неизвестно.",),
    )
