"""Competences in the cells of a grid and in lists: people see names, the store keeps numbers."""

from __future__ import annotations

from collections.abc import Iterable

from core.diagnostics.editing import list_competences
from pages.widgets.session import read


def competence_names(stored: Iterable[int] = ()) -> dict[int, str]:
    """Return the competences that a cell offers by id, namesakes told apart by their subject or number.

    `stored` are ids that stand in cells already: of competences that were deleted, or are another organisation's own,
    only the number is known.
    """
    found: dict[int, str] = {}
    for row in read(list_competences):
        key = row.id or 0
        taken = found.values()
        named = f"{row.name} ({row.subject})" if row.name in taken and row.subject else row.name
        found[key] = f"{named} (№ {key})" if named in taken else named
    return found | {key: f"компетенция № {key}" for key in sorted(set(stored) - found.keys())}
