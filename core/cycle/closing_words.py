"""The closing note written by rules: sentences with numbers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.cycle.closing_contract import ClosingItem, Findings, NoteRow
from core.cycle.closing_tables import Decision, ItemKind, Outcome
from core.people.academic_year import year_name
from core.words import plural, without_advice

YEAR_RESULT: Final = "Итог года"
SOLVED: Final = "Что решено"
REPEATS: Final = "Что повторяется"
GOES_ON: Final = "Что продолжается"
INCOMPARABLE: Final = "Что нельзя сравнить"
CARRIED: Final = "Что переносится в следующий цикл"
DROPPED: Final = "Что не переносится"
OPEN_POINTS: Final = "Что осталось незавершённым на этапах"
TITLES: Final = (YEAR_RESULT, SOLVED, REPEATS, GOES_ON, INCOMPARABLE, CARRIED, DROPPED, OPEN_POINTS)

_OUTCOMES: Final = {SOLVED: Outcome.SOLVED, REPEATS: Outcome.REPEATS, GOES_ON: Outcome.GOES_ON,
                    INCOMPARABLE: Outcome.INCOMPARABLE}
_WITHOUT_FEW: Final = "Результаты групп меньше пяти человек в числах заключения не учтены."
"""Said in every note: said only where it holds, it would tell that there is something to hide."""
_SOLVED_WORDS: Final = {
    ItemKind.FIELD: "Проблемных полей снято: {done} из {whole}.",
    ItemKind.MEASURE: "Мероприятий дорожных карт выполнено: {done} из {whole}.",
    ItemKind.RECOMMENDATION: "Рекомендаций исполнено или признано неприменимыми: {done} из {whole}.",
    ItemKind.DEFICIT: "Корпоративных дефицитов преодолено: {done} из {whole}.",
    ItemKind.INDICATOR: "Показателей с выполненным планом (или в пределах точности): {done} из {whole}.",
    ItemKind.MENTORSHIP: "",
}
_MANY: Final = {
    ItemKind.FIELD: ("проблемное поле", "проблемных поля", "проблемных полей"),
    ItemKind.MEASURE: ("мероприятие", "мероприятия", "мероприятий"),
    ItemKind.RECOMMENDATION: ("рекомендация", "рекомендации", "рекомендаций"),
    ItemKind.DEFICIT: ("корпоративный дефицит", "корпоративных дефицита", "корпоративных дефицитов"),
    ItemKind.INDICATOR: ("показатель", "показателя", "показателей"),
    ItemKind.MENTORSHIP: ("запись о наставничестве", "записи о наставничестве", "записей о наставничестве"),
}


def draft_note(
    organisation: str, model: str, year: int, stages: tuple[int, int], found: Findings, open_points: Sequence[str]
) -> str:
    """Return the note: titles on lines of their own, sentences below them, parts divided by an empty line.

    `stages` are those done and all of them.
    """
    parts: list[tuple[str, list[str]]] = [
        (YEAR_RESULT, [
            f"Цикл {year_name(year)} учебного года, {organisation}, модель «{model}».",
            f"Завершено {stages[0]} из {plural(stages[1], 'этапа', 'этапов', 'этапов')}.",
            _WITHOUT_FEW,
        ]),
        (SOLVED, _solved(found)),
        (REPEATS, _listed(found.with_outcome(Outcome.REPEATS), "Встретилось снова")),
        (GOES_ON, _listed(found.with_outcome(Outcome.GOES_ON), "Не завершено")),
        (INCOMPARABLE, _listed(found.with_outcome(Outcome.INCOMPARABLE), "Работы разных лет не позволяют судить")),
        (CARRIED, _carried(found)),
        (DROPPED, _listed(found.decided(Decision.DROPPED), "Снято с контроля")),
        (OPEN_POINTS, [without_advice(one) for one in open_points]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in parts if lines)


def parts_of(note: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the parts of a note, as people may have changed it: title and sentences.

    What stands before the first known title belongs to the first part.
    """
    parts: list[tuple[str, list[str]]] = []
    for line in (one.strip() for one in note.splitlines()):
        if line in TITLES:
            parts.append((line, []))
        elif line:
            if not parts:
                parts.append((YEAR_RESULT, []))
            parts[-1][1].append(line)
    return [(title, tuple(lines)) for title, lines in parts]


def rows_of_part(title: str, found: Findings) -> tuple[NoteRow, ...]:
    """Return the things that a part of the note is about."""
    if title in _OUTCOMES:
        return tuple(_row(one) for one in found.with_outcome(_OUTCOMES[title]))
    if title == CARRIED:
        return tuple(_row(one) for one in found.decided(Decision.CARRIED))
    if title == DROPPED:
        return tuple(_row(one) for one in found.decided(Decision.DROPPED))
    return ()


def years_words(years: int) -> str:
    """Return how long a thing has gone on: «впервые», «3-й год подряд»."""
    return "впервые" if years <= 1 else f"{years}-й год подряд"


def _solved(found: Findings) -> list[str]:
    lines = [
        _SOLVED_WORDS[kind].format(done=done, whole=whole)
        for kind, (done, whole) in found.counts().items() if _SOLVED_WORDS[kind]
    ]
    return lines + [
        f"{_capital(one.item.words)}." for one in found.solved if one.item.kind is ItemKind.MENTORSHIP
    ]


def _listed(items: Sequence[ClosingItem], begin: str) -> list[str]:
    """Return «Не завершено в этом году: 2 мероприятия, 1 рекомендация.»; nothing for nothing."""
    counts = {kind: sum(one.item.kind is kind for one in items) for kind in ItemKind}
    said = [plural(count, *_MANY[kind]) for kind, count in counts.items() if count]
    return [f"{begin}: {', '.join(said)}."] if said else []


def _carried(found: Findings) -> list[str]:
    carried = found.decided(Decision.CARRIED)
    if not carried:
        return ["Переносить нечего."]
    lines = [f"К переносу: {plural(len(carried), 'вопрос', 'вопроса', 'вопросов')}."]
    longest = max(one.years for one in carried)
    if longest > 1:
        lasting = sum(one.years > 1 for one in carried)
        lines.append(f"Дольше одного года решается {lasting} из них, дольше всего – {years_words(longest)}.")
    return lines


def _row(one: ClosingItem) -> NoteRow:
    remark = one.reason if one.decision is Decision.DROPPED else years_words(one.years)
    if one.is_of_few:
        remark = f"{remark}; группа мала: не показывайте вне школы"
    return NoteRow(one.item.kind.value, one.item.words, remark)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
