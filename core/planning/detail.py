"""One measure with everything that belongs to it, as the actor may see and change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.planning.access import actor_of, changes, sees, visible_measure
from core.planning.evidence import list_evidence
from core.planning.field_links import LinkedField, fields_of
from core.planning.measures import MeasureRow, rows_of, tree_of
from core.planning.statuses import MeasureStatus
from core.planning.tables import Evidence, Roadmap
from core.planning.tree import flat
from core.planning.updating import closing_cautions, suggested_status


@dataclass(frozen=True, slots=True)
class MeasureDetail:
    """A measure as of a day. `cautions` speak against calling it done."""

    roadmap: Roadmap
    organisation: str
    row: MeasureRow
    evidence: tuple[Evidence, ...]
    removed: tuple[Evidence, ...]
    """Proofs that were taken away and can be brought back."""
    fields: tuple[LinkedField, ...]
    cautions: tuple[str, ...]
    sees_roadmap: bool
    """Whether the whole roadmap may be opened; who answers for one measure sees that one at least."""
    may_update: bool
    """Status, progress, proofs."""
    may_edit: bool
    """Everything."""


def measure_detail(session: Session, scope: Scope, measure_id: int, on: date | None = None) -> MeasureDetail:
    """Return the measure as of the day (today); raise NotFound when the actor does not see it."""
    day = on or date.today()
    roadmap, measure = visible_measure(session, scope, measure_id)
    branches = [one for one in flat(tree_of(session, measure.roadmap_id)) if one.row.id == measure_id]
    (row,) = rows_of(session, scope, roadmap, branches, day)
    actor = actor_of(session, scope)
    may_edit = changes(scope, Action.EDIT_ROADMAPS, roadmap.organisation_id, roadmap.association_id)
    may_update = may_edit or actor.owns(measure)
    evidence = list_evidence(session, scope, measure_id)
    return MeasureDetail(
        roadmap=roadmap,
        organisation=session.get_one(Organisation, roadmap.organisation_id).name,
        row=row,
        evidence=tuple(evidence),
        removed=tuple(list_evidence(session, scope, measure_id, deleted=True)) if may_update else (),
        fields=tuple(fields_of(session, scope, [measure_id])),
        cautions=tuple(closing_cautions(measure, evidence)),
        sees_roadmap=sees(scope, actor, roadmap.organisation_id, roadmap.association_id, roadmap.subject),
        may_update=may_update,
        may_edit=may_edit,
    )


def is_done_late(session: Session, scope: Scope, measure_id: int, done_on: date) -> bool:
    """Say whether the measure is late when it was done on the day; raise NotFound when the actor does not see it."""
    roadmap, measure = visible_measure(session, scope, measure_id)
    return suggested_status(roadmap, measure, done_on) is MeasureStatus.DONE_LATE
