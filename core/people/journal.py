"""«Журнал изменений» within the scope, and bringing back what was deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, SelectBase, and_, or_
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.people.account_tables import RoleGrant
from core.people.association_tables import Association, AssociationMember
from core.people.charge import charge_of
from core.people.managing import managed_account, may_give
from core.people.scope import Action, Scope
from core.people.sessions import end_all_sessions
from core.people.tables import Organisation
from core.people.teacher_tables import Employment, Teacher, TeachingAssignment
from core.store.history import HistoryLine, journal
from core.store.tables import AuditEntry
from core.words.table_names import tables_called

_PARTS_OF_VALUES = ("numerator", "denominator", "accepted_numerator", "accepted_denominator")
_Restorable: TypeAlias = Organisation | Teacher | Association | TeachingAssignment | RoleGrant


def read_journal(
    session: Session,
    scope: Scope,
    *,
    actor: str | None = None,
    since: datetime | None = None,
    before_id: int | None = None,
    limit: int = 200,
    containing: str = "",
) -> list[HistoryLine]:
    """Return what happened in the organisations of the scope, the latest first; `before_id` turns the page.

    Parts of indicators may be about few people: outside one's own schools they are masked here. The journal of a value
    on the screen of indicators tells those that may be told.

    `containing` is looked for in what happened, in values, names and reasons, and in the names of objects.
    """
    organisations = scope.require(Action.VIEW_AUDIT).organisations
    return journal(
        session,
        organisation_ids=organisations,
        actor=actor,
        since=since,
        before_id=before_id,
        limit=limit,
        containing=containing,
        object_types=tables_called(containing) if containing else (),
        also=_people_of(organisations) if organisations is not None else None,
        unread=_unread(scope),
    )


def restore(session: Session, scope: Scope, object_type: str, object_id: int) -> None:
    """Bring back a deleted organisation, teacher, association, class or role; what is there already stays.

    `object_type` is the name of the table, as the journal gives it. It takes the right to delete such an object.
    Raises NotFound for objects elsewhere and for what cannot be restored here.
    """
    row = _find(session, object_type, object_id)
    if row is None or not _may_restore(session, scope, row):
        raise NotFound("Удалённая запись")
    if row.deleted_at is None:
        return
    row.deleted_at = row.deleted_by = None
    session.add(row)
    if isinstance(row, RoleGrant):
        end_all_sessions(session, row.account_id, "изменение ролей")


def _unread(scope: Scope) -> ColumnElement[bool] | None:
    """Return the condition of entries that tell parts of values of schools that the actor does not own."""
    if scope.own_schools is None:
        return None
    place = col(AuditEntry.organisation_id)
    return and_(
        col(AuditEntry.object_type) == "indicator_value", col(AuditEntry.field).in_(_PARTS_OF_VALUES),
        or_(place.is_(None), place.not_in(scope.own_schools)),
    )


def _people_of(organisations: frozenset[int]) -> dict[str, SelectBase]:
    """Return the rows without an organisation of their own: teachers who work there today, members of associations."""
    day = date.today()
    teachers = select(Employment.teacher_id).where(
        col(Employment.organisation_id).in_(organisations),
        col(Employment.deleted_at).is_(None),
        col(Employment.left_on).is_(None) | (col(Employment.left_on) > day),
    )
    members = (
        select(col(AssociationMember.id))
        .join(Association, col(Association.id) == AssociationMember.association_id)
        .where(col(Association.organisation_id).in_(organisations))
    )
    return {"teacher": teachers, "association_member": members}


def _find(session: Session, object_type: str, object_id: int) -> _Restorable | None:
    """Return the row, None for a table whose rows are not restored here."""
    match object_type:
        case "organisation":
            return session.get(Organisation, object_id)
        case "teacher":
            return session.get(Teacher, object_id)
        case "association":
            return session.get(Association, object_id)
        case "teaching_assignment":
            return session.get(TeachingAssignment, object_id)
        case "role_grant":
            return session.get(RoleGrant, object_id)
        case _:
            return None


def _may_restore(session: Session, scope: Scope, row: _Restorable) -> bool:
    """Say whether the actor could have deleted the row."""
    if isinstance(row, RoleGrant):
        managed_account(session, scope, row.account_id)
        return may_give(session, scope, row.role, row.organisation_id)
    if isinstance(row, Organisation):
        # A deleted organisation has left every subtree, so only the whole system still reaches it.
        scope.require_everywhere(Action.MANAGE_ORGANISATIONS)
        return True
    if isinstance(row, Association):
        return scope.require(Action.MANAGE_ASSOCIATIONS).sees_all_associations(row.organisation_id)
    managing = scope.require(Action.MANAGE_TEACHERS)
    if isinstance(row, TeachingAssignment):
        return managing.sees_organisation(row.school_id)
    return managing.sees_person(row.id or 0, charge_of(session, row.id or 0))
