"""Steps that roadmaps of the demo share: finding measures by number, writing down an approval."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlmodel import Session

from core.planning.access import id_of
from core.planning.measures import tree_of
from core.planning.tables import ApprovalKind, ApprovalStep, Measure, Roadmap
from core.planning.tree import flat

NOON = time(9, 0, tzinfo=UTC)
METHODIST = "Методист ММК"


def by_number(session: Session, roadmap: Roadmap) -> dict[str, Measure]:
    """Return the rows of a roadmap by their numbers."""
    session.flush()
    return {branch.number: branch.row for branch in flat(tree_of(session, id_of(roadmap)))}


def approval_step(
    session: Session, roadmap: Roadmap, kind: ApprovalKind, day: date, body: str, post: str, person: str, *,
    protocol: str = "", order: str = "",
) -> ApprovalStep:
    """Store a step of the approval, the same in every demo."""
    step = ApprovalStep(
        organisation_id=roadmap.organisation_id, roadmap_id=id_of(roadmap), edition=roadmap.edition, kind=kind,
        body=body, post=post, person=person, protocol_number=protocol, protocol_date=day if protocol else None,
        order_number=order, order_date=day if order else None, taken_at=datetime.combine(day, NOON), actor=METHODIST,
    )
    session.add(step)
    session.flush()
    return step
