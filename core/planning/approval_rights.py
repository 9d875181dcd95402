"""Which step on the way to approval comes next, and whether the actor may take it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from core.people.scope import Action, Scope
from core.planning.access import changes, visible_roadmap
from core.planning.tables import ApprovalKind, Roadmap, RoadmapState


@dataclass(frozen=True, slots=True)
class ApprovalTurn:
    """The next step (None after the approval), whether the actor may take it, and whether they may send it back."""

    kind: ApprovalKind | None
    may_take: bool
    may_return: bool


def approval_turn(session: Session, scope: Scope, roadmap_id: int) -> ApprovalTurn:
    """Return whose turn it is; raise NotFound when the actor does not see the roadmap."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    kind = _next(roadmap)
    organisation, association = roadmap.organisation_id, roadmap.association_id
    may_return = roadmap.state in (
        RoadmapState.DRAFT, RoadmapState.AGREED_BY_ASSOCIATION, RoadmapState.AGREED_BY_COUNCIL
    ) and (
        changes(scope, Action.APPROVE_ROADMAPS, organisation, None)
        if scope.allows(Action.APPROVE_ROADMAPS)
        else changes(scope, Action.HOLD_MEETINGS, organisation, association)
    )
    match kind:
        case ApprovalKind.AGREED_BY_ASSOCIATION:
            return ApprovalTurn(kind, changes(scope, Action.HOLD_MEETINGS, organisation, association), may_return)
        case ApprovalKind.AGREED_BY_COUNCIL:
            return ApprovalTurn(kind, changes(scope, Action.HOLD_MEETINGS, organisation, None), may_return)
        case ApprovalKind.APPROVED:
            return ApprovalTurn(kind, changes(scope, Action.APPROVE_ROADMAPS, organisation, None), may_return)
    return ApprovalTurn(None, False, may_return)


def _next(roadmap: Roadmap) -> ApprovalKind | None:
    match roadmap.state:
        case RoadmapState.APPROVED:
            return None
        case RoadmapState.AGREED_BY_COUNCIL:
            return ApprovalKind.APPROVED
        case RoadmapState.AGREED_BY_ASSOCIATION:
            return ApprovalKind.AGREED_BY_COUNCIL
    if roadmap.association_id is not None:
        return ApprovalKind.AGREED_BY_ASSOCIATION
    return ApprovalKind.AGREED_BY_COUNCIL
