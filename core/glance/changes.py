"""What others have changed since a moment, counted by kind, within the scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select

from core.analysis.tables import FieldReview
from core.intake.tables import Assessment, ClassWork, Upload, UploadState
from core.intake.visible import CLASS_COLUMNS
from core.monitoring.value_tables import IndicatorValue
from core.people.scope import Action, Scope
from core.planning.approval_tables import ApprovalKind, ApprovalStep
from core.planning.meeting_tables import MeetingState
from core.planning.meetings import list_meetings
from core.planning.recommendation_tables import RecommendationState
from core.planning.recommendations.listing import list_recommendations
from core.planning.roadmaps import list_roadmaps
from core.planning.statuses import DONE_STATUSES
from core.planning.tables import Measure
from core.practice.library import find_practices
from core.practice.states import PUBLISHED
from core.store.answers import answer_of
from core.store.audit import CHANGED
from core.store.tables import AuditEntry


class ChangeKind(StrEnum):
    """What happened; the value is a phrase to be counted: «3 загруженных файла»."""

    UPLOAD = "загруженный файл"
    DECISION = "решение по проблемным полям"
    APPROVAL = "утверждённая дорожная карта"
    DONE = "выполненное мероприятие"
    MEETING = "закрытое заседание"
    RECOMMENDATION = "отправленная рекомендация"
    VALUE = "принятый показатель"
    PRACTICE = "опубликованная практика"


@dataclass(frozen=True, slots=True)
class Change:
    """So many things of a kind."""

    kind: ChangeKind
    count: int


def changes_since(session: Session, scope: Scope, since: datetime) -> list[Change]:
    """Return what happened after the moment in what the actor sees, apart from what they did themselves.

    The one person who works without signing in is told of everything: there is nobody else.
    """
    counters: tuple[tuple[ChangeKind, Action, Callable[[Session, Scope, datetime], int]], ...] = (
        (ChangeKind.UPLOAD, Action.VIEW, _uploads),
        (ChangeKind.DECISION, Action.VIEW, _decisions),
        (ChangeKind.APPROVAL, Action.VIEW_ROADMAPS, _approvals),
        (ChangeKind.DONE, Action.VIEW_ROADMAPS, _done),
        (ChangeKind.MEETING, Action.VIEW_ROADMAPS, _meetings),
        (ChangeKind.RECOMMENDATION, Action.VIEW_RECOMMENDATIONS, _recommendations),
        (ChangeKind.VALUE, Action.VIEW_INDICATORS, _values),
        (ChangeKind.PRACTICE, Action.VIEW_PRACTICES, _practices),
    )
    counted = [
        Change(kind, answer_of(session, scope.require(action), count, since))
        for kind, action, count in counters if scope.allows(action)
    ]
    return [one for one in counted if one.count]


def _uploads(session: Session, scope: Scope, since: datetime) -> int:
    query = (
        select(ClassWork.upload_id)
        .join(Upload, col(Upload.id) == ClassWork.upload_id)
        .join(Assessment, col(Assessment.id) == ClassWork.assessment_id)
        .where(
            col(Upload.uploaded_at) > since, Upload.state == UploadState.STORED,
            *_of_others(col(Upload.uploaded_by), scope),
        )
        .distinct()
    )
    return len(session.exec(scope.within_classes(query, CLASS_COLUMNS)).all())


def _decisions(session: Session, scope: Scope, since: datetime) -> int:
    query = (
        select(FieldReview.id)
        .join(Assessment, col(Assessment.id) == FieldReview.assessment_id)
        .where(
            col(FieldReview.decided_at) > since, col(FieldReview.deleted_at).is_(None),
            *_of_others(col(FieldReview.decided_by), scope),
        )
    )
    return len(session.exec(scope.within(query, col(FieldReview.organisation_id), col(Assessment.subject))).all())


def _approvals(session: Session, scope: Scope, since: datetime) -> int:
    query = select(ApprovalStep).where(
        col(ApprovalStep.taken_at) > since, ApprovalStep.kind == ApprovalKind.APPROVED,
    )
    steps = [row for row in session.exec(query) if scope.actor_id is None or row.actor_id != scope.actor_id]
    if not steps:
        return 0
    seen = {row.id for row in answer_of(session, scope, list_roadmaps)}
    return len({row.roadmap_id for row in steps} & seen)


def _done(session: Session, scope: Scope, since: datetime) -> int:
    changed = _turned(session, scope, since, "measure", "status", [one.value for one in DONE_STATUSES])
    if not changed:
        return 0
    seen = {row.id for row in answer_of(session, scope, list_roadmaps)}
    query = select(Measure.id).where(
        col(Measure.id).in_(changed), col(Measure.deleted_at).is_(None), col(Measure.status).in_(DONE_STATUSES),
        col(Measure.roadmap_id).in_(seen),
    )
    return len(session.exec(query).all())


def _meetings(session: Session, scope: Scope, since: datetime) -> int:
    closed = _turned(session, scope, since, "meeting", "state", [MeetingState.CLOSED.value])
    return len(closed & {row.id for row in answer_of(session, scope, list_meetings)}) if closed else 0


def _recommendations(session: Session, scope: Scope, since: datetime) -> int:
    sent = _turned(session, scope, since, "recommendation", "state", [RecommendationState.SENT.value])
    return len(sent & {one.id for one in answer_of(session, scope, list_recommendations)}) if sent else 0


def _values(session: Session, scope: Scope, since: datetime) -> int:
    query = select(func.count()).select_from(IndicatorValue).where(
        col(IndicatorValue.accepted_at) > since, *_of_others(col(IndicatorValue.accepted_by), scope)
    )
    return int(session.exec(scope.within(query, col(IndicatorValue.organisation_id))).one())


def _practices(session: Session, scope: Scope, since: datetime) -> int:
    published = _turned(session, scope, since, "practice", "state", [one.value for one in PUBLISHED])
    return len(published & {card.id for card in answer_of(session, scope, find_practices)}) if published else 0


def _of_others(by: Mapped[str], scope: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that somebody else did it; none for the one person who works without signing in."""
    return [by != scope.actor_name] if scope.actor_id is not None else []


def _turned(
    session: Session, scope: Scope, since: datetime, table: str, field: str, values: Iterable[str]
) -> set[int | None]:
    """Return the rows of a table whose field became one of the values, from the audit trail."""
    query = select(AuditEntry.object_id).where(
        AuditEntry.object_type == table, col(AuditEntry.at) > since, AuditEntry.action == CHANGED,
        AuditEntry.field == field, col(AuditEntry.new).in_(list(values)),
    )
    if scope.actor_id is not None:
        query = query.where(col(AuditEntry.actor_id).is_(None) | (AuditEntry.actor_id != scope.actor_id))
    return set(session.exec(query))
