"""By which blueprint an actor reads a stored work: the one attached to it, or a more specific one of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from core.blueprints.catalogue import preference
from core.blueprints.tables import Blueprint, BlueprintItem
from core.intake.tables import Assessment
from core.people.ownership import Owners, owners_for
from core.people.scope import Scope


def plans_of(session: Session, scope: Scope, works: Sequence[Assessment]) -> dict[int, int]:
    """Return the id of the blueprint by the id of the work; works without one are left out.

    A work is shared by all who wrote it, so the blueprint attached to it may belong to one school of them. It counts
    for those below its owner; everybody else reads the work by the plan that would fit it for them. A plan of one's
    own with the work's items goes before a wider one that is attached. Two queries where nobody has plans of their own.
    """
    owners = owners_for(session, scope)
    attached = {work.id: work.blueprint_id for work in works if work.id is not None and work.blueprint_id is not None}
    owned = _owners_of(session, set(attached.values()))
    plans = {work_id: plan for work_id, plan in attached.items() if owners.counts(owned.get(plan))}
    lost = {work_id for work_id in attached if work_id not in plans}
    if not lost and not (owners.order and _has_any(session, owners)):
        return plans
    candidates = _candidates(session, owners, {work.subject for work in works})
    for work in works:
        if work.id is None:
            continue
        held = owned.get(plans[work.id]) if work.id in plans else None
        better = [
            plan
            for plan, items in candidates
            if (work.id in lost or owners.rank(plan.organisation_id) < owners.rank(held))
            and _holds(plan, work)
            and items == dict(zip(work.item_codes, work.item_maxima, strict=True))
        ]
        if better:
            plans[work.id] = min(better, key=lambda one: preference(one, owners)).id or 0
    return plans


def _owners_of(session: Session, plan_ids: set[int]) -> dict[int, int | None]:
    """Return whose the blueprints are, shared ones left out."""
    query = select(Blueprint.id, Blueprint.organisation_id).where(
        col(Blueprint.id).in_(plan_ids), col(Blueprint.organisation_id).is_not(None)
    )
    return {plan_id: owner for plan_id, owner in session.exec(query) if plan_id is not None}


def _has_any(session: Session, owners: Owners) -> bool:
    query = select(Blueprint.id).where(
        col(Blueprint.organisation_id).in_(owners.order), col(Blueprint.deleted_at).is_(None)
    )
    return session.exec(query.limit(1)).first() is not None


def _candidates(session: Session, owners: Owners, subjects: set[str]) -> list[tuple[Blueprint, dict[str, int]]]:
    """Return the blueprints that count in the subjects, each with its items: code → maximum."""
    plans = session.exec(
        select(Blueprint).where(
            col(Blueprint.subject).in_(subjects),
            col(Blueprint.deleted_at).is_(None),
            owners.among(col(Blueprint.organisation_id)),
        )
    ).all()
    items: dict[int, dict[str, int]] = defaultdict(dict)
    query = select(BlueprintItem.blueprint_id, BlueprintItem.code, BlueprintItem.max_score)
    for plan_id, code, most in session.exec(
        query.where(col(BlueprintItem.blueprint_id).in_([plan.id for plan in plans]))
    ):
        items[plan_id][code] = most
    return [(plan, items[plan.id or 0]) for plan in plans]


def _holds(plan: Blueprint, work: Assessment) -> bool:
    return (
        (plan.procedure, plan.subject, plan.grade) == (work.procedure, work.subject, work.grade)
        and plan.year_from <= work.year <= plan.year_to
    )
