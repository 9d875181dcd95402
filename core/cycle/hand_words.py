"""What a mark by hand means beside what the records say. Pure.

Records speak first: where the system knows of a thing, its state follows from the records alone, and the words of
people stand beside it without changing it. Where only people know, their mark is the state.
"""

from __future__ import annotations

from core.cycle.cycle_tables import HandState
from core.cycle.marks import Mark, MarkState
from core.cycle.opened import HandMark
from core.words import day as day_in_words

_STATES = {
    HandState.DONE: MarkState.DONE, HandState.PART: MarkState.PART, HandState.MISSING: MarkState.MISSING,
}


def with_hand(mark: Mark, hand: HandMark | None, item: str, *, must_be_marked: bool) -> Mark:
    """Return the mark of a thing in an opened cycle.

    What only people know and nobody has marked is not there yet where the stage has to give it (`must_be_marked`).
    """
    if mark.state is not MarkState.BY_HAND:
        return mark
    if hand is None:
        return Mark(MarkState.MISSING, "", f"Не отмечено: «{item}».") if must_be_marked else mark
    state = _STATES[hand.state]
    missing = {
        HandState.DONE: "", HandState.PART: f"Сделано частично: «{item}».", HandState.MISSING: f"Нет: «{item}».",
    }[hand.state]
    return Mark(state, hand_words(hand), missing)


def hand_words(hand: HandMark) -> str:
    """Return who marked it, when, what they wrote and how much proves it."""
    said = f"отметка: {hand.marked_by}, {day_in_words(hand.marked_at.date())}"
    parts = [said, hand.comment.rstrip(" ."), f"подтверждений: {hand.evidence}" if hand.evidence else ""]
    return "; ".join(part for part in parts if part)


def beside(hand: HandMark) -> str:
    """Return what people say of a thing whose state follows from records: «люди отмечают: есть; …».

    It adds to the records and does not change the state.
    """
    return f"люди отмечают: {hand.state.value}; {hand_words(hand)}"
