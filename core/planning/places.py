"""For whom somebody may keep a roadmap: organisations and associations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.people.association_tables import Association
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.short_names import short_name
from core.people.tables import Organisation, OrganisationKind
from core.planning.access import changes
from core.planning.overview import association_label

_ORDER = {OrganisationKind.REGION: 0, OrganisationKind.MUNICIPALITY: 1, OrganisationKind.SCHOOL: 2}


@dataclass(frozen=True, slots=True)
class RoadmapPlace:
    """An organisation, or one of its associations with its subjects (empty: all)."""

    organisation_id: int
    association_id: int | None
    label: str
    kind: OrganisationKind
    subjects: tuple[str, ...] = ()


def roadmap_places(session: Session, scope: Scope) -> list[RoadmapPlace]:
    """Return the organisations and associations for which the actor may keep roadmaps, from the top of the tree."""
    scope.require(Action.EDIT_ROADMAPS)
    units = session.exec(select(Organisation).where(col(Organisation.deleted_at).is_(None)))
    known = {unit.id: unit for unit in units if unit.id is not None}
    rows = session.exec(select(Association).where(col(Association.deleted_at).is_(None)))
    below: dict[int, list[Association]] = {}
    for row in sorted(rows, key=lambda one: natural_key(association_label(one))):
        below.setdefault(row.organisation_id, []).append(row)
    found: list[RoadmapPlace] = []
    for unit_id, unit in sorted(known.items(), key=lambda pair: (_ORDER[pair[1].kind], natural_key(pair[1].name))):
        if changes(scope, Action.EDIT_ROADMAPS, unit_id, None):
            found.append(RoadmapPlace(unit_id, None, unit.name, unit.kind))
        found += [
            RoadmapPlace(
                unit_id, row.id, f"{association_label(row)}, {short_name(unit.name)}", unit.kind, tuple(row.subjects)
            )
            for row in below.get(unit_id, [])
            if row.id is not None and changes(scope, Action.EDIT_ROADMAPS, unit_id, row.id)
        ]
    return found
