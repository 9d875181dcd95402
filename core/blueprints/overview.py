"""Blueprints at a glance: how large they are and what is not known of their items."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.blueprints.editing import list_blueprints
from core.blueprints.tables import Blueprint, BlueprintItem
from core.people.ownership import may_change, owner_names
from core.people.scope import Action, Scope


@dataclass(frozen=True, slots=True)
class BlueprintSummary:
    """A blueprint with figures of its items; `without_…` count the items of which that is not known."""

    blueprint: Blueprint
    items: int = 0
    max_score: int = 0
    without_level: int = 0
    without_element: int = 0
    without_task_type: int = 0
    owner: str = ""
    """«общий», or the name of the organisation whose it is."""
    may_change: bool = False
    """Whether the actor may change it."""

    @property
    def id(self) -> int:
        """Return the id of the blueprint."""
        return self.blueprint.id or 0

    @property
    def years(self) -> str:
        """Return «2026» or «2021–2022»."""
        first, last = self.blueprint.year_from, self.blueprint.year_to
        return str(first) if first == last else f"{first}–{last}"


def list_summaries(session: Session, scope: Scope, *, deleted: bool = False) -> list[BlueprintSummary]:
    """Return the blueprints that the actor sees (or the deleted ones) in the order of `list_blueprints`."""
    blueprints = list_blueprints(session, scope, deleted=deleted)
    items: dict[int, list[BlueprintItem]] = defaultdict(list)
    for item in session.exec(
        select(BlueprintItem).where(col(BlueprintItem.blueprint_id).in_([one.id for one in blueprints]))
    ):
        items[item.blueprint_id].append(item)
    names = owner_names(session, [one.organisation_id for one in blueprints])
    return [
        _summary(
            one, items[one.id or 0], names.get(one.organisation_id, ""),
            may_change(scope, Action.EDIT_BLUEPRINTS, one.organisation_id, one.subject),
        )
        for one in blueprints
    ]


def _summary(blueprint: Blueprint, items: list[BlueprintItem], owner: str, is_changeable: bool) -> BlueprintSummary:
    return BlueprintSummary(
        blueprint,
        len(items),
        sum(item.max_score for item in items),
        sum(item.level is None for item in items),
        sum(not item.element for item in items),
        sum(not item.task_type for item in items),
        owner,
        is_changeable,
    )
