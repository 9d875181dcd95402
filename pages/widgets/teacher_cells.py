"""Teachers, or other named rows, in the cells of a grid: people see names, the store keeps numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.people.teachers import list_teachers
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.widgets.session import read


def teacher_names(organisation_id: int | None) -> dict[int, str]:
    """Return the teachers of the organisation (None: all whom the person sees) by id, namesakes told apart."""
    names = {card.id: card.name for card in read(list_teachers, organisation_id)}
    several = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {key: f"{name} (№ {key})" if name in several else name for key, name in names.items()}


def with_ids(changes: GridChanges, names: Mapping[int, str], field: str = "teacher_id") -> GridChanges:
    """Return the changes with numbers in the field in place of names; unknown names stay to be refused.

    A cell with several names becomes a list of numbers.
    """
    ids: dict[object, object] = {name: key for key, name in names.items()}
    edits = [
        replace(edit, value=_swapped(edit.value, ids), value_seen=_swapped(edit.value_seen, ids))
        if edit.field == field
        else edit
        for edit in changes.edits
    ]
    added = [{**row, field: _swapped(row.get(field), ids)} for row in changes.added]
    return replace(changes, edits=edits, added=added)


def with_names(outcome: EditOutcome, names: Mapping[int, str], field: str = "teacher_id") -> EditOutcome:
    """Return the outcome with names in the conflicts of the field in place of numbers."""
    by_id: dict[object, object] = dict(names.items())
    conflicts = [
        replace(one, mine=_swapped(one.mine, by_id), theirs=_swapped(one.theirs, by_id))
        if one.field == field
        else one
        for one in outcome.conflicts
    ]
    return replace(outcome, conflicts=conflicts)


def _swapped(value: object, known: Mapping[object, object]) -> object:
    """Return what stands for the value, or for each of several; what is not known stays."""
    if isinstance(value, list | tuple):
        return [known.get(one, one) for one in value]
    return known.get(value, value)
