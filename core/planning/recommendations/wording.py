"""Placeholders of the texts: what can stand in them, and how they are filled so that the sentence stays Russian."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.errors import InvalidInput
from core.planning.recommendations.bases import numbers_in_words
from core.planning.tables import BasisKind, RecommendationBasis
from core.words import Case, decline, percent, plural

VPR_LINE = "Результаты ВПР не используются для оценки деятельности педагогов, школ и органов управления образованием."
"""The federal reservation (ПП РФ 30.04.2024 № 556); it stands under every text that speaks of ВПР."""
PLACEHOLDERS: Mapping[str, str] = {
    "поле": "«по теме «дроби»», «по заданиям типа «графики»»",
    "поля": "список полей с долями, для текста о нескольких полях",
    "предмет": "название предмета",
    "по предмету": "предмет в дательном падеже: «математике»",
    "работа": "работа или анкета",
    "где": "класс, школа или муниципалитет",
    "выполнение": "доля с интервалом и числом участников",
    "порог": "порог в процентах",
    "вывод": "«достоверно ниже порога»",
    "причина": "предложение о предполагаемой причине или ничего",
    "доля": "доля педагогов с дефицитом",
    "педагоги": "сколько педагогов опрошено",
    "срок": "срок рекомендации",
}
"""What may stand in braces, and what it becomes."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_GAPS = re.compile(r"[ \t]+")


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and is no placeholder, and a brace that is alone.

    >>> unknown_placeholders("{поле} и {тема}"), unknown_placeholders("{поле")
    (['тема'], ['{поле'])
    """
    unknown = [name for name in _BRACES.findall(text) if name.strip() not in PLACEHOLDERS]
    rest = _BRACES.sub("", text)
    alone = re.search(r"[{}][^{}\s]*", rest)
    return [*unknown, *([alone.group(0)] if alone else [])]


def require_placeholders(text: str) -> str:
    """Return the text; raise InvalidInput naming what stands in braces and is unknown."""
    unknown = unknown_placeholders(text)
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise InvalidInput(f"В тексте неизвестная подстановка «{unknown[0]}».", f"Можно использовать: {known}.")
    return text


def values_of(basis: RecommendationBasis, subject: str, deadline: str) -> dict[str, str]:
    """Return the words of a basis for each placeholder. Numbers of small groups are not among them."""
    numbers = numbers_in_words(basis)
    is_field, is_deficit = basis.kind is BasisKind.FIELD, basis.kind is BasisKind.DEFICIT
    cause = basis.cause[:1].lower() + basis.cause[1:]
    return {
        "поле": basis.label,
        "поля": line_of(basis),
        "предмет": subject.lower() if subject else "все предметы",
        "по предмету": decline(subject, Case.DATIVE).lower() if subject else "всем предметам",
        "работа": basis.source,
        "где": basis.unit_name,
        "выполнение": numbers.partition(", порог")[0] if is_field else "",
        "порог": percent(basis.threshold, 0) if basis.threshold is not None else "не задан",
        "вывод": basis.finding,
        "причина": f"Предполагаемая причина: {cause.rstrip('.')}." if cause else "",
        "доля": numbers if not is_field else "",
        "педагоги": plural(basis.participants or 0, "педагог", "педагога", "педагогов") if is_deficit else "",
        "срок": deadline or "по договорённости",
    }


def line_of(basis: RecommendationBasis) -> str:
    """Return a basis as one line of a list, with what it is, where, and its numbers."""
    return f"– {basis.label} ({basis.source}; {basis.unit_name}): {numbers_in_words(basis)} – {basis.finding}"


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the words in place of the braces, without the gaps that empty ones leave.

    >>> fill("Тема {поле}. {причина} Срок: {срок}.", {"поле": "А", "причина": "", "срок": "май"})
    'Тема А. Срок: май.'
    """
    filled = _BRACES.sub(lambda found: values.get(found.group(1).strip(), ""), text)
    return _GAPS.sub(" ", filled).strip()
