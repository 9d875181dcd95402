"""Words of the screen: state, clock, addressee, numbers."""

from __future__ import annotations

from core.planning.recommendations.listing import RecommendationRow
from core.planning.tables import RecommendationState
from core.words import day

_SIGNS = {
    RecommendationState.DRAFT: "✎", RecommendationState.SENT: "→", RecommendationState.RECEIVED: "●",
    RecommendationState.ACCEPTED: "✓", RecommendationState.NOT_APPLICABLE: "✗", RecommendationState.DONE: "✓✓",
    RecommendationState.WITHDRAWN: "–",
}


def state_words(state: RecommendationState) -> str:
    """Return a state with its sign: «→ отправлена»."""
    return f"{_SIGNS[state]} {state.value}"


def clock_words(one: RecommendationRow) -> str:
    """Return what is awaited and how long is left: «ответить: осталось 3 дня»; when it was closed."""
    if one.clock is not None:
        late = "! " if one.clock.is_late else ""
        return f"{late}{one.clock.awaited}: {one.clock.words}"
    if one.row.closed_at is not None:
        return f"закрыта {day(one.row.closed_at.date())}"
    return f"срок: {one.row.deadline_text}" if one.row.deadline_text else ""


def basis_words(one: RecommendationRow) -> str:
    """Return the first basis, and how many more there are."""
    if not one.bases:
        return ""
    first = one.bases[0]
    more = f" и ещё {len(one.bases) - 1}" if len(one.bases) > 1 else ""
    return f"{first.label}, {first.unit_name}: {first.numbers.partition(', порог')[0]}{more}"
