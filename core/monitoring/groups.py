"""Groups of schools in like circumstances: who belongs to which from a reporting year on; earlier years stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from core.errors import InvalidInput
from core.monitoring.access import require_accepting, seen_unit
from core.monitoring.reporting_year import reporting_year
from core.monitoring.targets import clusters_in
from core.monitoring.value_tables import TypicalCluster
from core.people.organisations import get_organisation, load_tree
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.store.base import utc_now

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class GroupedSchool:
    """A school and the group to which it belongs in a year; "" where to none."""

    organisation_id: int
    name: str
    group: str


def grouped_schools(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> tuple[GroupedSchool, ...]:
    """Return the schools below a unit as of the year with their groups, by name.

    Raises NotAllowed or NotFound for a unit whose figures the actor does not see.
    """
    seen_unit(session, scope, organisation_id)
    tree = load_tree(session, Scope.local_administrator(), reporting_year(year, today).day)
    below, groups = tree.below(organisation_id), clusters_in(session, year)
    return tuple(
        GroupedSchool(school.id or 0, school.name, groups.get(school.id or 0, ""))
        for school in tree.schools() if school.id in below
    )


def assign_group(session: Session, scope: Scope, schools: Sequence[int], year: int, group: str) -> int:
    """Put schools into a group from a reporting year on, "" takes them out; return how many were changed.

    A membership that began earlier ends with the year before; one that begins later stays. Raises NotAllowed or
    NotFound unless the actor accepts the values of each school, InvalidInput without schools or with too long a name.
    """
    name = " ".join(group.split())
    if not schools:
        raise InvalidInput("Не выбрано ни одной школы.", "Выберите школы, которые входят в группу.")
    if len(name) > _LONGEST:
        raise InvalidInput("Название группы слишком длинное.", f"Сократите его до {_LONGEST} знаков.")
    for school in schools:
        require_accepting(session, scope, school)
        unit = get_organisation(session, scope, school)
        if unit.kind is not OrganisationKind.SCHOOL:
            raise InvalidInput(f"«{unit.name}» – не школа.", "Выберите школы, которые входят в группу.")
    changed = sum(_assign(session, scope, school, year, name) for school in schools)
    session.flush()
    return changed


def _assign(session: Session, scope: Scope, school: int, year: int, name: str) -> bool:
    """Put one school into the group; say whether anything changed."""
    query = select(TypicalCluster).where(TypicalCluster.organisation_id == school)
    # Rows taken away keep their year: one of the same year is brought back rather than doubled.
    everything = {row.valid_from: row for row in session.exec(query)}
    alive = [row for row in everything.values() if row.deleted_at is None]
    now = next((row for row in alive if row.valid_from <= year <= (row.valid_to or year)), None)
    if (now.name if now is not None else "") == name:
        return False
    last = min((row.valid_from for row in alive if row.valid_from > year), default=None)
    until = last - 1 if last is not None else None
    if now is not None:
        until = now.valid_to
        if now.valid_from < year:
            now.valid_to = year - 1
        elif not name:
            now.deleted_at, now.deleted_by = utc_now(), scope.actor_name
        session.add(now)
    if name:
        row = everything.get(year) or TypicalCluster(organisation_id=school, name=name, valid_from=year)
        row.name, row.valid_to, row.deleted_at, row.deleted_by = name, until, None, None
        session.add(row)
    return True
