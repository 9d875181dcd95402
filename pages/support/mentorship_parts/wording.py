"""Words and signs of the screen."""

from __future__ import annotations

from core.support.mentorship_tables import Mentorship, MentorshipState
from core.words import day

_SIGNS = {
    MentorshipState.PREPARED: "◌",
    MentorshipState.ACTIVE: "▶",
    MentorshipState.FINISHED: "✓",
    MentorshipState.ENDED_EARLY: "■",
}


def state_words(row: Mentorship) -> str:
    """Return how far a pair is, with its sign."""
    return f"{_SIGNS[row.state]} {row.state.value}"


def period_words(row: Mentorship) -> str:
    """Return from when to when; the day on which it really ended, where it ended."""
    return f"{day(row.starts_on)} – {day(row.ended_on or row.ends_on)}"


def order_words(row: Mentorship) -> str:
    """Return the order, or that there is none."""
    if not row.order_number or row.order_on is None:
        return "приказа нет"
    return f"приказ № {row.order_number} от {day(row.order_on)}"
