"""Blueprints made and changed by people: create, copy for other years, rename, delete and restore."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session, col, select

from core.blueprints.catalogue import items_of
from core.blueprints.dictionaries import procedure_named
from core.blueprints.drafts import BlueprintDraft, DraftItem
from core.blueprints.naming import canonical_subject
from core.blueprints.tables import Blueprint, Origin
from core.blueprints.validating import BLUEPRINT_FIELDS, blueprint_value, require_unique_code
from core.blueprints.values import text_of
from core.errors import InvalidInput, NotFound
from core.people.ownership import may_read, new_owner, readable, require_change
from core.people.scope import Action, Scope
from core.store.base import utc_now
from core.store.edits import CellEdit, EditOutcome, apply_edits

_FIRST_YEAR: Final = 2010


def list_blueprints(session: Session, scope: Scope, *, deleted: bool = False) -> list[Blueprint]:
    """Return the blueprints that the actor may read, in their subjects, the newest years first; or the deleted ones."""
    scope = scope.require(Action.VIEW)
    there = col(Blueprint.deleted_at)
    query = select(Blueprint).where(there.is_not(None) if deleted else there.is_(None))
    limit = readable(session, scope, col(Blueprint.organisation_id))
    if limit is not None:
        query = query.where(limit)
    found = session.exec(query.order_by(col(Blueprint.year_to).desc(), col(Blueprint.procedure), col(Blueprint.grade)))
    return [blueprint for blueprint in found if scope.sees_subject(blueprint.subject)]


def get_blueprint(session: Session, scope: Scope, blueprint_id: int) -> Blueprint:
    """Return a blueprint, a deleted one too; raise NotFound when there is none or it lies out of scope."""
    return _found(session, scope.require(Action.VIEW), blueprint_id)


def create_blueprint(
    session: Session, scope: Scope, draft: BlueprintDraft, origin: Origin = Origin.ENTERED,
    organisation_id: int | None = None,
) -> Blueprint:
    """Store a draft as a blueprint of people's own; from now on it goes before the shipped one of the same work.

    It belongs to the organisation; without one to the widest for which the actor may make it: everybody for somebody
    unlimited, else their own. Raise InvalidInput when the draft does not say which work it is, has no items or the
    same number twice, or when the owner has a blueprint for this work and one of these years already.
    """
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    procedure, subject, grade, first, last = _work_of(draft)
    if not scope.sees_subject(subject):
        raise NotFound("Предмет")
    owner = new_owner(session, scope, Action.EDIT_BLUEPRINTS, organisation_id)
    require_change(session, scope, Action.EDIT_BLUEPRINTS, owner, f"План по предмету «{subject}»", subject)
    _require_free(session, procedure, subject, grade, first, last, owner)
    if not draft.items:
        raise InvalidInput("В плане нет ни одного задания.", "Добавьте хотя бы одно задание с номером и баллом.")
    codes = [item.code for item in draft.items]
    for item in draft.items:
        require_unique_code(item.code, codes)
        require_criteria(item)
    blueprint = Blueprint(
        procedure=procedure, subject=subject, grade=grade, year_from=first, year_to=last, origin=origin,
        title=draft.title or f"{procedure}, {subject[0].lower()}{subject[1:]}, {grade} класс, {_years(first, last)}",
        source=draft.source, organisation_id=owner,
    )
    session.add(blueprint)
    session.flush()
    session.add_all(item.row(_id(blueprint), position) for position, item in enumerate(draft.items))
    session.flush()
    return blueprint


def copy_blueprint(
    session: Session, scope: Scope, blueprint_id: int, year_from: int, year_to: int, organisation_id: int | None = None
) -> Blueprint:
    """Store a copy of a blueprint for other years or for an organisation of one's own, to be edited.

    Whose it is and what is refused: as `create_blueprint` says.
    """
    original = get_blueprint(session, scope, blueprint_id)
    draft = BlueprintDraft(
        procedure=original.procedure, subject=original.subject, grade=original.grade, year_from=year_from,
        year_to=year_to, source=f"Копия плана «{original.title}»"[:600],
        items=tuple(DraftItem.of(item) for item in items_of(session, blueprint_id)),
    )
    return create_blueprint(session, scope, draft, organisation_id=organisation_id)


def save_blueprints(session: Session, scope: Scope, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save cells of the grid of blueprints (title, years, grade, source); nobody's change is overwritten."""
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    for row_id in {edit.row_id for edit in edits}:
        _changeable(session, scope, row_id)
    outcome = apply_edits(session, Blueprint, edits, BLUEPRINT_FIELDS, blueprint_value)
    for row_id in {edit.row_id for edit in outcome.saved}:
        blueprint = session.get_one(Blueprint, row_id)
        if blueprint.year_from > blueprint.year_to:
            raise InvalidInput(
                f"План «{blueprint.title}»: год начала {blueprint.year_from} позже года окончания {blueprint.year_to}.",
                "Исправьте годы: ничего не сохранено.",
            )
    return outcome


def delete_blueprint(session: Session, scope: Scope, blueprint_id: int) -> Blueprint:
    """Delete a blueprint; it can be restored, and a new delivery does not bring it back by itself."""
    blueprint = editable_blueprint(session, scope, blueprint_id)
    blueprint.deleted_at = utc_now()
    session.add(blueprint)
    return blueprint


def restore_blueprint(session: Session, scope: Scope, blueprint_id: int) -> Blueprint:
    """Bring a deleted blueprint back; raise InvalidInput when people have made another one for the work meanwhile."""
    blueprint = _changeable(session, scope.require(Action.EDIT_BLUEPRINTS), blueprint_id)
    if blueprint.deleted_at is not None and blueprint.origin is not Origin.SHIPPED:
        _require_free(
            session, blueprint.procedure, blueprint.subject, blueprint.grade, blueprint.year_from, blueprint.year_to,
            blueprint.organisation_id,
        )
    blueprint.deleted_at = None
    session.add(blueprint)
    return blueprint


def _found(session: Session, scope: Scope, blueprint_id: int) -> Blueprint:
    blueprint = session.get(Blueprint, blueprint_id)
    if blueprint is None or not scope.sees_subject(blueprint.subject):
        raise NotFound("План работы")
    if not may_read(session, scope, blueprint.organisation_id):
        raise NotFound("План работы")
    return blueprint


def _changeable(session: Session, scope: Scope, blueprint_id: int) -> Blueprint:
    """Return a blueprint that the actor may change; raise NotFound out of sight, NotAllowed for one of others."""
    blueprint = _found(session, scope, blueprint_id)
    require_change(
        session, scope, Action.EDIT_BLUEPRINTS, blueprint.organisation_id, f"План «{blueprint.title}»",
        blueprint.subject,
    )
    return blueprint


def editable_blueprint(session: Session, scope: Scope, blueprint_id: int) -> Blueprint:
    """Return a blueprint that the actor may edit; raise NotFound for a deleted one, NotAllowed for one of others."""
    blueprint = _changeable(session, scope.require(Action.EDIT_BLUEPRINTS), blueprint_id)
    if blueprint.deleted_at is not None:
        raise NotFound("План работы")
    return blueprint


def _work_of(draft: BlueprintDraft) -> tuple[str, str, int, int, int]:
    """Return procedure, subject, grade and years of a draft; refuse what is missing or impossible."""
    procedure = procedure_named(draft.procedure or "")
    if procedure is None:
        raise InvalidInput("Не указана процедура, для которой этот план.", "Выберите её из списка: ВПР, ОГЭ, ЕГЭ, …")
    subject = canonical_subject(draft.subject or "", procedure.name) or text_of(draft.subject)
    if not subject or len(subject) > 120:
        raise InvalidInput("Не указан предмет, для которого этот план.", "Выберите предмет из списка.")
    grade = draft.grade or procedure.grade
    if grade is None or not 1 <= grade <= 12:
        raise InvalidInput("Не указан класс, для которого этот план.", "Укажите класс от 1 до 11.")
    first, last = draft.year_from, draft.year_to or draft.year_from
    if first is None or last is None or not _FIRST_YEAR <= first <= last <= 2100:
        raise InvalidInput(
            "Не указаны годы, в которые план действует, или год начала позже года окончания.",
            "Укажите год весны, например 2026.",
        )
    return procedure.name, subject, grade, first, last


def _require_free(
    session: Session, procedure: str, subject: str, grade: int, first: int, last: int, owner: int | None
) -> None:
    """Refuse a second blueprint of the same owner for the same work and year."""
    query = select(Blueprint).where(
        Blueprint.procedure == procedure, Blueprint.subject == subject, Blueprint.grade == grade,
        col(Blueprint.year_from) <= last, col(Blueprint.year_to) >= first, col(Blueprint.deleted_at).is_(None),
        Blueprint.origin != Origin.SHIPPED, Blueprint.organisation_id == owner,
    )
    taken = session.exec(query).first()
    if taken is not None:
        raise InvalidInput(
            f"План для этой работы уже есть: «{taken.title}», {_years(taken.year_from, taken.year_to)}.",
            "Измените его, удалите или укажите другие годы.",
        )


def require_criteria(item: DraftItem) -> None:
    """Refuse an item whose criteria do not add up to its greatest score."""
    total = sum(maximum for _, maximum in item.criteria)
    if item.criteria and total != item.max_score:
        raise InvalidInput(
            f"Критерии задания «{item.code}» дают {total}, а его наибольший балл — {item.max_score}.",
            "Исправьте критерии или наибольший балл.",
        )


def _years(first: int, last: int) -> str:
    return f"{first} год" if first == last else f"{first}–{last} годы"


def _id(row: Blueprint) -> int:
    if row.id is None:
        raise RuntimeError("a row has no id before it is flushed")
    return row.id
