"""What is said of the change after measures, on the screen and in the chain."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from core.analysis.change import Change, GroupShare
from core.monitoring.effects import CAUTION, FieldEffect, effect_of_field
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.planning.chain_contract import ChainKind, ChainLink, Door, Focus
from core.practice.effect_words import beyond_words, points
from core.words import number, percent, plural


def change_words(change: Change | None) -> str:
    """Return «41,0 % (n = 250) → 58,2 % (n = 241), +17,2 п. п. (от +9,1 до +25,0)»; «нет данных» for None."""
    if change is None:
        return "нет данных"
    return (
        f"{_share(change.before)} → {_share(change.after)}, {points(change.difference)} п. п. "
        f"(от {points(change.low)} до {points(change.high)})"
    )


def _share(share: GroupShare) -> str:
    return f"{percent(share.facility)} (n = {number(share.participants)})"


def outcome_words(effect: FieldEffect) -> str:
    """Return «✓ снято (2025/2026)»."""
    year = f" ({year_name(effect.outcome_year)})" if effect.outcome_year is not None else ""
    return f"{effect.outcome.sign} {effect.outcome.value}{year}"


def comparison_words(effect: FieldEffect) -> str:
    """Return how the schools with a carried-out measure changed against those without, and on how many it stands."""
    if not effect.measures:
        return "мероприятий по полю ещё не выполнено"
    measures = plural(effect.measures, "мероприятие", "мероприятия", "мероприятий")
    acted = plural(effect.schools_acted, "школа", "школы", "школ")
    if effect.acted is None:
        return f"выполнено {measures}; изменения ещё не видно"
    words = f"выполнено {measures} ({acted}): {change_words(effect.acted)}"
    if effect.others is None or effect.beyond is None:
        return f"{words}; сравнить не с кем"
    others = plural(effect.schools_others, "школа", "школы", "школ")
    beyond = effect.beyond
    return (
        f"{words}; без мероприятий ({others}): {change_words(effect.others)}; разность изменений "
        f"{points(beyond.difference)} п. п. (от {points(beyond.low)} до {points(beyond.high)}) – {beyond_words(beyond)}"
    )


def effect_links(session: Session, scope: Scope, focus: Focus) -> Sequence[ChainLink]:
    """Return the last step of the chain: what became of the problem fields of the focus, as far as it is seen."""
    links: list[ChainLink] = []
    for key in focus.keys:
        parts = key.split("|", 3)
        if len(parts) != 4 or not parts[0].isdecimal():
            continue
        effect = effect_of_field(session, scope, int(parts[0]), *parts[1:])
        if effect is None or not effect.after_work:
            continue
        note = f"{change_words(effect.unit)}. {comparison_words(effect).capitalize()}. {CAUTION}"
        links.append(
            ChainLink(
                ChainKind.EFFECT, f"{effect.label}, {effect.unit_name}: {effect.before_work} → {effect.after_work}",
                outcome_words(effect), note,
                Door("indicators", "Реестр", (("register", "1"),)),
            )
        )
    return links
