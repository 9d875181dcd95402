"""Roadmaps as a list shows them: state, progress, what is overdue, whose they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.planning.access import changes, id_of
from core.planning.periods import deadline_of, lateness, period_of
from core.planning.roadmaps import list_roadmaps
from core.planning.rollup import Rollup, roll_up
from core.planning.tables import Measure, MeasureKind, Roadmap
from core.planning.tree import grow

_SOON = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class RoadmapSummary:
    """One roadmap of the list, as of a day. `due` counts measures that are checked within 31 days and not overdue."""

    roadmap: Roadmap
    organisation: str
    association: str
    """Kind and name; empty where the roadmap is of the whole organisation."""
    progress: Rollup
    overdue: int
    due: int
    next_check: date | None
    may_edit: bool

    @property
    def id(self) -> int:
        """Return the id of the roadmap."""
        return id_of(self.roadmap)


def roadmap_summaries(
    session: Session, scope: Scope, on: date | None = None, *, deleted: bool = False
) -> list[RoadmapSummary]:
    """Return the roadmaps that the actor sees, those with overdue measures first; or the deleted ones."""
    day = on or date.today()
    roadmaps = list_roadmaps(session, scope, deleted=deleted)
    measures = _measures(session, [id_of(row) for row in roadmaps])
    organisations = _names(session, roadmaps)
    associations = _association_names(session, roadmaps)
    found = [
        _summary(
            scope, row, measures.get(id_of(row), []), organisations.get(row.organisation_id, ""),
            associations.get(row.association_id or 0, ""), day,
        )
        for row in roadmaps
    ]
    return sorted(found, key=lambda one: -one.overdue)


def _summary(
    scope: Scope, roadmap: Roadmap, rows: Sequence[Measure], organisation: str, association: str, day: date
) -> RoadmapSummary:
    own = [row for row in rows if row.kind is MeasureKind.MEASURE]
    late = {row.id for row in own if lateness(roadmap, row, day) is not None}
    checks = [
        check
        for row in own
        if (check := deadline_of(row).next_check(day, row.status, row.done_on, period_of(roadmap))) is not None
        and row.id not in late
    ]
    return RoadmapSummary(
        roadmap, organisation, association, roll_up(grow(rows)), len(late),
        sum(check <= day + _SOON for check in checks), min(checks, default=None),
        changes(scope, Action.EDIT_ROADMAPS, roadmap.organisation_id, roadmap.association_id),
    )


def _measures(session: Session, roadmap_ids: Collection[int]) -> dict[int, list[Measure]]:
    query = select(Measure).where(col(Measure.roadmap_id).in_(roadmap_ids), col(Measure.deleted_at).is_(None))
    found: dict[int, list[Measure]] = {}
    for row in session.exec(query):
        found.setdefault(row.roadmap_id, []).append(row)
    return found


def _names(session: Session, roadmaps: Sequence[Roadmap]) -> dict[int, str]:
    query = select(Organisation).where(col(Organisation.id).in_({row.organisation_id for row in roadmaps}))
    return {row.id: row.name for row in session.exec(query) if row.id is not None}


def _association_names(session: Session, roadmaps: Sequence[Roadmap]) -> dict[int, str]:
    ids = {row.association_id for row in roadmaps if row.association_id is not None}
    query = select(Association).where(col(Association.id).in_(ids))
    return {row.id: association_label(row) for row in session.exec(query) if row.id is not None}


def association_label(association: Association) -> str:
    """Return kind and name, the kind only once: «ШМО учителей математики».

    >>> from core.people.association_tables import AssociationKind
    >>> kind = AssociationKind.SCHOOL_ASSOCIATION
    >>> association_label(Association(organisation_id=1, kind=kind, name="учителей математики"))
    'ШМО учителей математики'
    """
    kind = association.kind.value
    return association.name if association.name.casefold().startswith(kind.casefold()) else f"{kind} {association.name}"
