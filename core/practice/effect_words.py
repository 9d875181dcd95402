"""What is said of a change of results, on screens, in documents and in the decision that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.analysis.change import Change, Excess
from core.people.suppression import SMALLEST_SHOWN
from core.practice.effect import PracticeEffect
from core.words import number, percent, plural

CAUTION = (
    "Изменение не доказывает причину: на результат действуют и состав класса, и другая работа, и сами задания. "
    "По нему не оценивают педагогов и школы."
)


def effect_words(effect: PracticeEffect) -> str:
    """Return the change as a line: «дроби: было 41,0 %, стало 58,2 %, изменение +17,2 п. п. (…)»."""
    applied = effect.applied
    people = plural(applied.after.participants, "участник", "участника", "участников")
    words = (
        f"{effect.key}: было {percent(applied.before.facility)}, стало {percent(applied.after.facility)} "
        f"({people}), изменение {points(applied.difference)} п. п. (95 % интервал от {points(applied.low)} до "
        f"{points(applied.high)})"
    )
    if effect.others is None or effect.beyond is None:
        return f"{words}; сравнить с другими классами нельзя"
    return f"{words}; у остальных {points(effect.others.difference)} п. п. – {beyond_words(effect.beyond)}"


def beyond_words(beyond: Excess) -> str:
    """Return how the change compares with that of the others, in words."""
    if not beyond.is_certain:
        return "различие в пределах случайного"
    return "здесь изменение больше" if beyond.difference > 0 else "здесь изменение меньше"


def points(share: float) -> str:
    """Return a difference of shares in percentage points with its sign: «+17,2», «−3,0»."""
    return f"{'+' if share > 0 else ''}{number(100 * share, 1)}"


def frozen_effects(effects: Sequence[PracticeEffect]) -> list[dict[str, object]]:
    """Return what a decision keeps of the changes: words and numbers without classes, of groups of at least five.

    Give it what somebody outside the school would see (`effect.seen_from_outside`): readers of the library do.
    """
    told = [one if _is_large(one.others) else replace(one, others=None, beyond=None) for one in effects]
    return [
        {
            "key": one.key, "words": effect_words(one), "before": one.applied.before.facility,
            "after": one.applied.after.facility, "low": one.applied.low, "high": one.applied.high,
            "participants": one.applied.after.participants, "before_work": one.before_work,
            "after_work": one.after_work, "same_pupils": one.same_pupils,
        }
        for one in told
        if _is_large(one.applied)
    ]


def _is_large(change: Change | None) -> bool:
    """Say whether both groups are large enough to be shown to everybody."""
    return change is None or min(change.before.participants, change.after.participants) >= SMALLEST_SHOWN
