"""«Журнал» of a roadmap: everything that happened to it, its measures, proofs, remarks and approvals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.people.scope import Scope
from core.planning.access import visible_roadmap
from core.planning.tables import ApprovalStep, Evidence, Measure, MeasureField, Remark, Roadmap
from core.store.history import HistoryLine, history_of

_SHORT = 60


@dataclass(frozen=True, slots=True)
class RoadmapEvent:
    """One line: who did what when, to what («Мероприятие «…»»), and which column from what to what."""

    at: datetime
    actor: str
    action: str
    object_type: str
    about: str
    """Title of the measure; empty for the roadmap itself."""
    field: str | None
    old: str
    new: str


def roadmap_history(session: Session, scope: Scope, roadmap_id: int, limit: int = 300) -> list[RoadmapEvent]:
    """Return what happened to the roadmap and all that hangs on it, deleted rows too, the latest first."""
    visible_roadmap(session, scope, roadmap_id)
    measures = {
        row_id: title
        for row_id, title in session.exec(select(Measure.id, Measure.title).where(Measure.roadmap_id == roadmap_id))
        if row_id is not None
    }
    named: dict[str, dict[int, str]] = {
        str(Roadmap.__tablename__): {roadmap_id: ""},
        str(Measure.__tablename__): measures,
        str(Evidence.__tablename__): _below(session, Evidence, measures),
        str(MeasureField.__tablename__): _below(session, MeasureField, measures),
        str(Remark.__tablename__): _of_roadmap(session, Remark, roadmap_id),
        str(ApprovalStep.__tablename__): _of_roadmap(session, ApprovalStep, roadmap_id),
    }
    lines = history_of(session, {table: rows.keys() for table, rows in named.items()}, limit=limit)
    return [_event(line, named) for line in lines]


def _event(line: HistoryLine, named: Mapping[str, Mapping[int, str]]) -> RoadmapEvent:
    title = " ".join(named[line.object_type].get(line.object_id or 0, "").split())
    return RoadmapEvent(
        line.at, line.actor, line.action, line.object_type,
        title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…", line.field, line.old or "", line.new or "",
    )


def _below(
    session: Session, table: type[Evidence] | type[MeasureField], measures: Mapping[int, str]
) -> dict[int, str]:
    query = select(table.id, table.measure_id).where(col(table.measure_id).in_(measures))
    return {row_id: measures[measure_id] for row_id, measure_id in session.exec(query) if row_id is not None}


def _of_roadmap(session: Session, table: type[Remark] | type[ApprovalStep], roadmap_id: int) -> dict[int, str]:
    query = select(table.id).where(table.roadmap_id == roadmap_id)
    return {row_id: "" for row_id in session.exec(query) if row_id is not None}
