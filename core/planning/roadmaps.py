"""Roadmaps: list, make, change, delete, restore."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.planning.access import actor_of, changeable_roadmap, changes, sees, visible_roadmap
from core.planning.deadlines import YearKind
from core.planning.editions import note_content_change
from core.planning.tables import Roadmap
from core.store.base import utc_now
from core.store.edits import CellEdit, EditOutcome, apply_edits

_LONGEST_YEARS = 10
_YEARS = range(2000, 2101)
_FIELDS = ("title", "goal", "subject", "starts_on", "ends_on", "next_assessment")


@dataclass(frozen=True, slots=True)
class RoadmapDraft:
    """What a new roadmap is to be."""

    organisation_id: int
    title: str
    starts_on: date
    ends_on: date
    association_id: int | None = None
    subject: str = ""
    goal: str = ""
    year_kind: YearKind = YearKind.SCHOOL


def list_roadmaps(
    session: Session,
    scope: Scope,
    organisation_id: int | None = None,
    association_id: int | None = None,
    subject: str | None = None,
    *,
    deleted: bool = False,
) -> list[Roadmap]:
    """Return the roadmaps that the actor sees, the latest period first; or the deleted ones."""
    scope.require(Action.VIEW_ROADMAPS)
    there = col(Roadmap.deleted_at)
    query = select(Roadmap).where(there.is_not(None) if deleted else there.is_(None))
    if organisation_id is not None:
        query = query.where(Roadmap.organisation_id == organisation_id)
    if association_id is not None:
        query = query.where(Roadmap.association_id == association_id)
    if subject is not None:
        query = query.where(Roadmap.subject == subject)
    actor = actor_of(session, scope)
    found = session.exec(query.order_by(col(Roadmap.starts_on).desc(), col(Roadmap.title)))
    return [row for row in found if sees(scope, actor, row.organisation_id, row.association_id, row.subject)]


def get_roadmap(session: Session, scope: Scope, roadmap_id: int, *, deleted: bool = False) -> Roadmap:
    """Return a roadmap; raise NotFound when there is none or the actor does not see it."""
    return visible_roadmap(session, scope, roadmap_id, deleted=deleted)


def may_edit(session: Session, scope: Scope, roadmap_id: int, action: Action = Action.EDIT_ROADMAPS) -> bool:
    """Say whether the actor may take the action on the roadmap, so that a screen shows the right buttons."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    return changes(scope, action, roadmap.organisation_id, roadmap.association_id)


def create_roadmap(session: Session, scope: Scope, draft: RoadmapDraft) -> Roadmap:
    """Store a new, empty roadmap. Raises InvalidInput for a missing title or a period that cannot be."""
    scope.require(Action.EDIT_ROADMAPS)
    _require_place(session, scope, draft.organisation_id, draft.association_id)
    title = draft.title.strip()
    _require_title(title)
    require_period(draft.starts_on, draft.ends_on)
    roadmap = Roadmap(
        organisation_id=draft.organisation_id,
        association_id=draft.association_id,
        subject=draft.subject.strip()[:120],
        title=title,
        goal=draft.goal.strip(),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        year_kind=draft.year_kind,
        created_by=scope.actor_name,
    )
    session.add(roadmap)
    session.flush()
    return roadmap


def change_roadmap(session: Session, scope: Scope, roadmap_id: int, edits: list[CellEdit]) -> EditOutcome:
    """Save changed head fields: title, goal, subject, starts_on, ends_on, next_assessment. Conflicts as in grids.

    A change of an agreed or approved roadmap begins a new edition.
    """
    roadmap = changeable_roadmap(session, scope, roadmap_id)
    outcome = apply_edits(session, Roadmap, edits, _FIELDS, _head_value, col(Roadmap.id) == roadmap_id)
    if outcome.refused:
        return outcome
    require_period(roadmap.starts_on, roadmap.ends_on)
    if any(edit.field != "next_assessment" for edit in outcome.saved):
        note_content_change(session, scope, roadmap)
        session.flush()
        outcome.versions[roadmap_id] = roadmap.version
    return outcome


def delete_roadmap(session: Session, scope: Scope, roadmap_id: int) -> Roadmap:
    """Delete a roadmap with all that hangs on it; it can be restored."""
    roadmap = changeable_roadmap(session, scope, roadmap_id)
    if roadmap.approved_edition is not None and not changes(
        scope, Action.APPROVE_ROADMAPS, roadmap.organisation_id, roadmap.association_id
    ):
        raise InvalidInput(
            f"«{roadmap.title}» утверждена приказом, поэтому удалить её может только тот, кто утверждает.",
            "Обратитесь к руководителю организации.",
        )
    roadmap.deleted_at = utc_now()
    session.add(roadmap)
    return roadmap


def restore_roadmap(session: Session, scope: Scope, roadmap_id: int) -> Roadmap:
    """Bring a deleted roadmap back."""
    roadmap = changeable_roadmap(session, scope, roadmap_id, deleted=True)
    roadmap.deleted_at = None
    session.add(roadmap)
    return roadmap


def require_period(starts_on: date, ends_on: date) -> None:
    """Raise InvalidInput for a period that ends before it begins, lasts longer than ten years or lies far away."""
    if starts_on.year not in _YEARS or ends_on.year not in _YEARS:
        raise InvalidInput("В датах дорожной карты опечатка в годе.", "Исправьте даты.")
    if ends_on <= starts_on:
        raise InvalidInput(
            f"Дорожная карта кончается ({ends_on:%d.%m.%Y}) раньше, чем начинается ({starts_on:%d.%m.%Y}).",
            "Исправьте даты.",
        )
    if ends_on.year - starts_on.year > _LONGEST_YEARS:
        raise InvalidInput(
            f"Период с {starts_on:%d.%m.%Y} по {ends_on:%d.%m.%Y} длиннее {_LONGEST_YEARS} лет.", "Исправьте даты."
        )


def _require_place(session: Session, scope: Scope, organisation_id: int, association_id: int | None) -> None:
    """Raise NotFound unless the actor may keep roadmaps of the organisation, or of the association."""
    if association_id is not None:
        association = session.get(Association, association_id)
        if association is None or association.deleted_at is not None or association.organisation_id != organisation_id:
            raise NotFound("Объединение")
    if not changes(scope, Action.EDIT_ROADMAPS, organisation_id, association_id):
        raise NotFound("Организация" if association_id is None else "Объединение")


def _head_value(_roadmap: Roadmap, field: str, value: object) -> object:
    if field in ("starts_on", "ends_on"):
        if not isinstance(value, date):
            raise InvalidInput("Не указана дата.", "Выберите день.")
        return value
    if field == "next_assessment":
        if value is not None and not isinstance(value, date):
            raise InvalidInput("Это не дата.", "Выберите день или оставьте пустым.")
        return value
    text = str(value or "").strip()
    if field == "title":
        _require_title(text)
    return text[:120] if field == "subject" else text


def _require_title(title: str) -> None:
    if not title:
        raise InvalidInput("У дорожной карты должно быть название.", "Впишите его.")
    if len(title) > 300:
        raise InvalidInput(f"Название длиной {len(title)} знаков не помещается.", "Сократите до 300 знаков.")
