"""Editions: what is agreed or approved is not changed; a change of content begins the way anew."""

from __future__ import annotations

from sqlmodel import Session

from core.people.scope import Scope
from core.planning.tables import ApprovalKind, ApprovalStep, Roadmap, RoadmapState

CONTENT_FIELDS = frozenset(
    {
        "title", "kind", "deadline_text", "indicator", "indicator_kind", "target", "unit", "expected_result",
        "owner_post", "owner_teacher_id", "owner_account_id", "co_owners", "co_owner_teacher_ids", "weight",
    }
)
"""Columns of a measure that the document shows; the others say how it is carried out and need no approval."""


def note_content_change(session: Session, scope: Scope, roadmap: Roadmap) -> None:
    """Take note that the content changes: after an approval a new edition begins, after an agreement it is lost.

    The approved edition stays in force, in its snapshot, until the next one is approved.
    """
    if roadmap.state in (RoadmapState.DRAFT, RoadmapState.RETURNED):
        return
    former = roadmap.state
    if former is RoadmapState.APPROVED:
        roadmap.edition += 1
    roadmap.state = RoadmapState.DRAFT
    session.add(roadmap)
    session.add(
        ApprovalStep(
            organisation_id=roadmap.organisation_id,
            roadmap_id=roadmap.id or 0,
            edition=roadmap.edition,
            kind=ApprovalKind.CHANGED,
            remark=f"Было: {former.value}.",
            actor=scope.actor_name,
            actor_id=scope.actor_id,
        )
    )
