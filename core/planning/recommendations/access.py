"""Who sees, writes and answers recommendations.

One to a teacher is seen by that teacher, the head of their school's association and the school's administration alone;
nobody above the school learns what a single teacher was advised.
"""

from __future__ import annotations

from sqlmodel import Session

from core.errors import NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.planning.access import Actor, actor_of, changes
from core.planning.tables import AddresseeKind, Recommendation, RecommendationState


def sees_recommendation(scope: Scope, actor: Actor, row: Recommendation) -> bool:
    """Say whether the actor sees the recommendation. A draft is seen by those who may write it."""
    if not scope.allows(Action.VIEW_RECOMMENDATIONS):
        return False
    if row.state is RecommendationState.DRAFT:
        return writes_recommendation(scope, row)
    if is_addressee(scope, actor, row):
        return True
    viewing = scope.require(Action.VIEW_RECOMMENDATIONS)
    if row.addressee is AddresseeKind.TEACHER:
        return row.teacher_id is not None and viewing.sees_inside_school(row.teacher_id, row.place_id)
    if row.association_id is not None and viewing.sees_association(row.association_id, row.place_id):
        return True
    return viewing.sees_all_associations(row.place_id) or changes(
        scope, Action.VIEW_RECOMMENDATIONS, row.organisation_id, row.from_association_id
    )


def writes_recommendation(scope: Scope, row: Recommendation) -> bool:
    """Say whether the actor may change, send and withdraw the recommendation."""
    if not changes(scope, Action.EDIT_RECOMMENDATIONS, row.organisation_id, row.from_association_id):
        return False
    return _reaches(scope, row.addressee, row.place_id, row.association_id, row.teacher_id)


def is_addressee(scope: Scope, actor: Actor, row: Recommendation) -> bool:
    """Say whether the actor answers for the addressee: the teacher, the head, the director.

    The director answers for the associations of the school too, and for what parents are told.
    """
    if not scope.allows(Action.ANSWER_RECOMMENDATIONS):
        return False
    answering = scope.require(Action.ANSWER_RECOMMENDATIONS)
    match row.addressee:
        case AddresseeKind.TEACHER:
            own = row.teacher_id is not None and row.teacher_id == actor.teacher_id
            # Who works alone on this computer stands for everybody.
            return own or scope.actor_id is None
        case AddresseeKind.ASSOCIATION:
            leads = any(
                grant.associations is not None and row.association_id in grant.associations
                # A member has the association without its organisations; the head has both.
                and grant.organisations != frozenset()
                for grant in answering.grants
            )
            return leads or answering.sees_all_associations(row.place_id)
        case _:
            return answering.sees_all_associations(row.place_id)


def require_addressee_in_reach(
    scope: Scope, kind: AddresseeKind, place_id: int, association_id: int | None, teacher_id: int | None
) -> None:
    """Raise NotFound for an addressee that the actor may not write to."""
    if not _reaches(scope, kind, place_id, association_id, teacher_id):
        raise NotFound("Адресат")


def visible_recommendation(session: Session, scope: Scope, recommendation_id: int) -> Recommendation:
    """Return the recommendation; raise NotFound when there is none or the actor does not see it."""
    scope.require(Action.VIEW_RECOMMENDATIONS)
    row = session.get(Recommendation, recommendation_id)
    if row is None or row.deleted_at is not None or not sees_recommendation(scope, actor_of(session, scope), row):
        raise NotFound("Рекомендация")
    return row


def writable_recommendation(session: Session, scope: Scope, recommendation_id: int) -> Recommendation:
    """Return a recommendation that the actor may change; NotFound or NotAllowed otherwise."""
    row = visible_recommendation(session, scope, recommendation_id)
    if not writes_recommendation(scope, row):
        raise NotAllowed(
            f"Нет права {Action.EDIT_RECOMMENDATIONS.value} от имени этой организации.",
            "Изменить или снять рекомендацию может тот, кто её подготовил, или администрация.",
        )
    return row


def answerable_recommendation(session: Session, scope: Scope, recommendation_id: int) -> Recommendation:
    """Return a recommendation that the actor may answer as its addressee; NotFound or NotAllowed otherwise."""
    row = visible_recommendation(session, scope, recommendation_id)
    if not is_addressee(scope, actor_of(session, scope), row):
        raise NotAllowed(
            "На рекомендацию отвечает адресат: педагог, руководитель объединения или директор.",
            "Попросите ответить адресата.",
        )
    return row


def _reaches(
    scope: Scope, kind: AddresseeKind, place_id: int, association_id: int | None, teacher_id: int | None
) -> bool:
    if not scope.allows(Action.EDIT_RECOMMENDATIONS):
        return False
    editing = scope.require(Action.EDIT_RECOMMENDATIONS)
    match kind:
        case AddresseeKind.TEACHER:
            return teacher_id is not None and editing.sees_inside_school(teacher_id, place_id)
        case AddresseeKind.ASSOCIATION:
            if association_id is None:
                return False
            return editing.sees_association(association_id, place_id)
        case _:
            # A head writes to the administration and the parents of the schools that the association belongs to.
            return editing.organisations is None or place_id in editing.organisations
