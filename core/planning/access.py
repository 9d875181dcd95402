"""Who sees and changes roadmaps: by organisation and association, by place of work, and by what is one's own to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import NotAllowed, NotFound
from core.people.account_tables import Account
from core.people.scope import Action, Scope
from core.people.teacher_tables import Employment
from core.planning.tables import Measure, Roadmap
from core.store.live import live_row


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a scope: which teacher they are and where that teacher works today."""

    account_id: int | None
    teacher_id: int | None
    workplaces: frozenset[int]

    def owns(self, measure: Measure) -> bool:
        """Say whether the person answers for the measure, alone or with others."""
        if measure.owner_account_id is not None and measure.owner_account_id == self.account_id:
            return True
        return self.teacher_id is not None and (
            measure.owner_teacher_id == self.teacher_id or self.teacher_id in measure.co_owner_teacher_ids
        )


def actor_of(session: Session, scope: Scope) -> Actor:
    """Return who acts; the local administrator is nobody in particular."""
    account = session.get(Account, scope.actor_id) if scope.actor_id is not None else None
    if account is None or account.teacher_id is None:
        return Actor(scope.actor_id, None, frozenset())
    today = date.today()
    places = session.exec(
        select(Employment.organisation_id).where(
            Employment.teacher_id == account.teacher_id,
            col(Employment.deleted_at).is_(None),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > today),
        )
    )
    return Actor(scope.actor_id, account.teacher_id, frozenset(places))


def sees(
    scope: Scope, actor: Actor, organisation_id: int, association_id: int | None = None, subject: str = ""
) -> bool:
    """Say whether what an organisation or association plans may be seen.

    It may from above, by members and by colleagues; a head of an association sees the plans in its subjects too.
    """
    if not scope.allows(Action.VIEW_ROADMAPS):
        return False
    viewing = scope.require(Action.VIEW_ROADMAPS)
    if organisation_id in actor.workplaces or viewing.sees_all_associations(organisation_id):
        return True
    if association_id is not None and viewing.sees_association(association_id, organisation_id):
        return True
    return bool(subject) and any(grant.covers(organisation_id, subject) for grant in viewing.grants)


def changes(scope: Scope, action: Action, organisation_id: int, association_id: int | None) -> bool:
    """Say whether the actor may take an action on what an organisation or association plans.

    A head of an association has it for the plans of that association only.
    """
    if not scope.allows(action):
        return False
    acting = scope.require(action)
    if association_id is not None:
        return acting.sees_association(association_id, organisation_id)
    return acting.sees_all_associations(organisation_id)


def visible_roadmap(session: Session, scope: Scope, roadmap_id: int, *, deleted: bool = False) -> Roadmap:
    """Return the roadmap; raise NotFound when there is none or the actor does not see it."""
    scope.require(Action.VIEW_ROADMAPS)
    roadmap = session.get(Roadmap, roadmap_id)
    if roadmap is None or (roadmap.deleted_at is not None and not deleted):
        raise NotFound("Дорожная карта")
    if not sees(scope, actor_of(session, scope), roadmap.organisation_id, roadmap.association_id, roadmap.subject):
        raise NotFound("Дорожная карта")
    return roadmap


def changeable_roadmap(
    session: Session, scope: Scope, roadmap_id: int, action: Action = Action.EDIT_ROADMAPS, *, deleted: bool = False
) -> Roadmap:
    """Return a roadmap on which the actor may take the action.

    Raises NotFound for one that the actor does not see and NotAllowed for one that they only see.
    """
    roadmap = visible_roadmap(session, scope, roadmap_id, deleted=deleted)
    if not changes(scope, action, roadmap.organisation_id, roadmap.association_id):
        raise NotAllowed(
            f"Нет права {action.value} для «{roadmap.title}».",
            "Карту ведут руководитель её объединения, методист и администрация организации.",
        )
    return roadmap


def visible_measure(session: Session, scope: Scope, measure_id: int) -> tuple[Roadmap, Measure]:
    """Return a measure with its roadmap; raise NotFound when the actor sees neither it nor the roadmap."""
    scope.require(Action.VIEW_ROADMAPS)
    measure = live_row(session, Measure, measure_id, "Мероприятие")
    roadmap = session.get_one(Roadmap, measure.roadmap_id)
    actor = actor_of(session, scope)
    seen = sees(scope, actor, roadmap.organisation_id, roadmap.association_id, roadmap.subject) or actor.owns(measure)
    if roadmap.deleted_at is not None or not seen:
        raise NotFound("Мероприятие")
    return roadmap, measure


def updatable_measure(session: Session, scope: Scope, measure_id: int) -> tuple[Roadmap, Measure]:
    """Return a measure whose status, progress and evidence the actor may change: its owner, or who edits the roadmap.

    Raises NotFound or NotAllowed as `changeable_roadmap` does.
    """
    roadmap, measure = visible_measure(session, scope, measure_id)
    if actor_of(session, scope).owns(measure):
        return roadmap, measure
    if not changes(scope, Action.EDIT_ROADMAPS, roadmap.organisation_id, roadmap.association_id):
        raise NotAllowed(
            "Ход мероприятия отмечают его исполнители и те, кто ведёт дорожную карту.",
            "Обратитесь к руководителю объединения.",
        )
    return roadmap, measure


def id_of(row: Roadmap | Measure) -> int:
    """Return the id of a stored row."""
    if row.id is None:
        raise RuntimeError("a row has no id before it is flushed")
    return row.id
