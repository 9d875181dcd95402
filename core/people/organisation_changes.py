"""Organisations change: renamed, moved, merged, closed, each from a day on, so that past reports stay as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed
from core.people.access import organisations_below
from core.people.account_tables import RoleGrant
from core.people.organisations import get_organisation
from core.people.role_names import Role
from core.people.scope import Action, Scope
from core.people.sessions import end_all_sessions
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership, OrganisationName
from core.people.teacher_tables import Employment
from core.store.audit import record_event
from core.store.base import utc_now
from core.words import day as day_in_words

_ROLES_THAT_END = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SCHOOL_METHODIST})
"""Roles that lead a school end with it; everybody else goes on in the school that it is merged into."""


@dataclass(frozen=True, slots=True)
class Merger:
    """What a merger moved."""

    employments: int
    roles_moved: int
    roles_ended: int


def rename_organisation(
    session: Session, scope: Scope, organisation_id: int, name: str, on: date | None = None
) -> Organisation:
    """Give the organisation a new name from a day on (today); reports of earlier days keep the earlier name."""
    unit = _managed(session, scope, organisation_id)
    day, name = on or date.today(), name.strip()
    if not name:
        raise InvalidInput("Название организации не может быть пустым.", "Впишите название.")
    if name == unit.name:
        return unit
    latest = _former_names(session, organisation_id)
    if latest and latest[-1].valid_to > day:
        raise InvalidInput(
            f"Организация уже переименована с {day_in_words(latest[-1].valid_to)}.", "Укажите более позднюю дату."
        )
    session.add(OrganisationName(organisation_id=organisation_id, name=unit.name, valid_to=day))
    unit.name = name[:300]
    session.add(unit)
    return unit


def correct_name(session: Session, scope: Scope, organisation_id: int, name: str) -> Organisation:
    """Correct a mistake in the present name, without a trace in past reports."""
    unit = _managed(session, scope, organisation_id)
    unit.name = name.strip()[:300] or unit.name
    session.add(unit)
    return unit


def name_on(session: Session, scope: Scope, organisation_id: int, day: date) -> str:
    """Return the name that the organisation had on the day."""
    unit = get_organisation(session, scope, organisation_id)
    later = [former for former in _former_names(session, organisation_id) if former.valid_to > day]
    return later[0].name if later else unit.name


def move_organisation(
    session: Session, scope: Scope, organisation_id: int, parent_id: int, on: date | None = None
) -> OrganisationMembership:
    """Put the organisation below another parent from a day on (today); before, it belonged to the earlier one."""
    unit = _managed(session, scope, organisation_id)
    parent = _managed(session, scope, parent_id)
    day = on or date.today()
    if parent_id in organisations_below(session, organisation_id, day):
        raise InvalidInput("Организация не может подчиняться сама себе или своей части.", "Выберите другую.")
    if parent.kind is OrganisationKind.SCHOOL or unit.kind is OrganisationKind.REGION:
        raise InvalidInput(f"{unit.kind} не может входить в организацию вида «{parent.kind}».", "Выберите другую.")
    return _put_below(session, unit, parent_id, day)


def merge_organisations(
    session: Session, scope: Scope, organisation_id: int, into_id: int, on: date | None = None
) -> Merger:
    """Merge a school into another one from a day on (today).

    The school is closed and stands below its successor from that day: its past works, reports and roadmaps stay what
    they were and are seen by the successor and by everybody above. Teachers and their roles go on in the successor;
    roles that led the school end.
    """
    unit, into = _managed(session, scope, organisation_id), _managed(session, scope, into_id)
    day = on or date.today()
    if unit.kind is not OrganisationKind.SCHOOL or into.kind is not OrganisationKind.SCHOOL:
        raise InvalidInput("Объединить можно только школы.", "Выберите две школы.")
    if organisation_id == into_id or organisation_id in organisations_below(session, into_id, day):
        raise InvalidInput("Эти школы уже одно целое.", "Выберите другую школу.")
    if unit.closed_on is not None or into.closed_on is not None:
        raise InvalidInput("Одна из школ уже закрыта.", "Выберите действующие школы.")
    _put_below(session, unit, into_id, day)
    unit.closed_on = day
    session.add(unit)
    moved = _move_employments(session, organisation_id, into_id, day)
    roles_moved, roles_ended = _move_roles(session, organisation_id, into_id, day)
    record_event(
        session,
        "школа объединена",
        "organisation",
        organisation_id,
        organisation_id=organisation_id,
        new=into.name,
        reason=f"с {day_in_words(day)}",
    )
    return Merger(moved, roles_moved, roles_ended)


def close_organisation(session: Session, scope: Scope, organisation_id: int, on: date | None = None) -> Organisation:
    """Close an organisation from a day on (today): it takes no part in new reports, past ones keep it."""
    unit = _managed(session, scope, organisation_id)
    unit.closed_on = on or date.today()
    session.add(unit)
    return unit


def delete_organisation(session: Session, scope: Scope, organisation_id: int) -> None:
    """Delete an organisation that was entered by mistake; it can be undone from the журнал.

    Raises NotAllowed while anything stands below it: a school that existed is closed, not deleted.
    """
    unit = _managed(session, scope, organisation_id)
    if len(organisations_below(session, organisation_id, date.today())) > 1:
        raise NotAllowed(f"В организации «{unit.name}» есть другие организации.", "Сначала переведите или удалите их.")
    unit.deleted_at, unit.deleted_by = utc_now(), scope.actor_name
    session.add(unit)


def _managed(session: Session, scope: Scope, organisation_id: int) -> Organisation:
    """Return the organisation if the actor may change it."""
    scope = scope.require(Action.MANAGE_ORGANISATIONS)
    scope.require_organisation(organisation_id)
    return get_organisation(session, scope, organisation_id)


def _former_names(session: Session, organisation_id: int) -> list[OrganisationName]:
    """Return the former names, the earliest first."""
    query = select(OrganisationName).where(OrganisationName.organisation_id == organisation_id)
    return list(session.exec(query.order_by(col(OrganisationName.valid_to), col(OrganisationName.id))))


def _put_below(session: Session, unit: Organisation, parent_id: int, day: date) -> OrganisationMembership:
    """End the present membership on the day and begin a new one."""
    links = session.exec(
        select(OrganisationMembership).where(
            OrganisationMembership.organisation_id == unit.id,
            col(OrganisationMembership.valid_to).is_(None) | (col(OrganisationMembership.valid_to) > day),
        )
    ).all()
    for link in links:
        if link.valid_from >= day:
            raise NotAllowed(
                f"Подчинение уже меняется с {day_in_words(link.valid_from)}.", "Укажите более позднюю дату."
            )
        link.valid_to = day
        session.add(link)
    made = OrganisationMembership(organisation_id=unit.id or 0, parent_id=parent_id, valid_from=day)
    session.add(made)
    session.flush()
    return made


def _move_employments(session: Session, organisation_id: int, into_id: int, day: date) -> int:
    rows = session.exec(
        select(Employment).where(
            Employment.organisation_id == organisation_id,
            col(Employment.deleted_at).is_(None),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > day),
        )
    ).all()
    for row in rows:
        session.add(
            Employment(
                teacher_id=row.teacher_id,
                organisation_id=into_id,
                position=row.position,
                hired_on=day,
                left_on=row.left_on,
            )
        )
        row.left_on = day
        session.add(row)
    return len(rows)


def _move_roles(session: Session, organisation_id: int, into_id: int, day: date) -> tuple[int, int]:
    """Return how many roles go on in the successor and how many end."""
    rows = session.exec(
        select(RoleGrant).where(
            RoleGrant.organisation_id == organisation_id,
            col(RoleGrant.deleted_at).is_(None),
            col(RoleGrant.association_id).is_(None),
            col(RoleGrant.valid_to).is_(None) | (col(RoleGrant.valid_to) > day),
        )
    ).all()
    moving = [row for row in rows if row.role not in _ROLES_THAT_END]
    for row in moving:
        session.add(
            RoleGrant(
                account_id=row.account_id,
                role=row.role,
                organisation_id=into_id,
                subjects=list(row.subjects),
                valid_from=day,
                valid_to=row.valid_to,
            )
        )
    for row in rows:
        row.valid_to = day
        session.add(row)
    for account_id in {row.account_id for row in rows}:
        end_all_sessions(session, account_id, "изменение ролей")
    return len(moving), len(rows) - len(moving)
