"""Reference data of an organisation: who reads what somebody made for a school or a municipality, who changes it.

A row belongs to an organisation or, with None, to everybody. It is read by its owner and by everybody below; those
above the owner see it in their lists. A row of a school counts for the school alone: where works of several
organisations are looked at together, only rows of what stands above all of them count, the nearest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership

SHARED_WORDS = "общий"


@dataclass(frozen=True, slots=True)
class Owners:
    """The organisations whose rows count for everything that an actor sees, the most specific first."""

    order: tuple[int, ...] = ()

    def among(self, column: Mapped[int | None]) -> ColumnElement[bool]:
        """Return the condition that a row counts: it is shared, or belongs to one of the organisations."""
        return or_(column.is_(None), column.in_(self.order)) if self.order else column.is_(None)

    def rank(self, organisation_id: int | None) -> int:
        """Return 0 for the most specific owner, the greatest number for a shared row."""
        return self.order.index(organisation_id) if organisation_id in self.order else len(self.order)

    def counts(self, organisation_id: int | None) -> bool:
        """Say whether rows of the organisation (None: shared ones) count."""
        return organisation_id is None or organisation_id in self.order


SHARED = Owners()
"""Only what is shared counts: for somebody who sees the whole system."""


def owners_for(session: Session, scope: Scope, day: date | None = None) -> Owners:
    """Return whose rows count for everything in the scope: what stands above all its organisations, or is the one.

    For a school: itself, its municipality, its region. For a municipality with its schools: itself and its region.
    """
    if not scope.organisations:
        return SHARED
    parents = _parents(session, scope.organisations, day or date.today())
    tops = {unit for unit in scope.organisations if parents.get(unit) not in scope.organisations}
    paths = [_upwards(top, parents) for top in sorted(tops)]
    return Owners(tuple(unit for unit in paths[0] if all(unit in path for path in paths)))


def owners_above(session: Session, organisation_id: int, day: date | None = None) -> Owners:
    """Return whose rows count for one organisation: its own, and those of all that stands above it."""
    parents = _parents(session, frozenset({organisation_id}), day or date.today())
    return Owners(tuple(_upwards(organisation_id, parents)))


def readable(session: Session, scope: Scope, column: Mapped[int | None]) -> ColumnElement[bool] | None:
    """Return the condition that the actor may read a row: shared, of their organisations or of those above.

    None stands for «no limit».
    """
    if scope.organisations is None:
        return None
    parents = _parents(session, scope.organisations, date.today())
    return or_(column.is_(None), column.in_(scope.organisations | set(parents.values())))


def may_read(session: Session, scope: Scope, organisation_id: int | None) -> bool:
    """Say whether the actor may read rows of the organisation (None: shared ones)."""
    if organisation_id is None or scope.organisations is None or organisation_id in scope.organisations:
        return True
    return organisation_id in _parents(session, scope.organisations, date.today()).values()


def may_change(scope: Scope, action: Action, organisation_id: int | None, subject: str | None = None) -> bool:
    """Say whether the actor may change rows of the organisation; shared ones only without limit of organisations."""
    if not scope.allows(action):
        return False
    scope = scope.require(action)
    if organisation_id is None:
        return scope.organisations is None and (subject is None or scope.sees_subject(subject))
    if subject is None:
        return scope.sees_organisation(organisation_id)
    return scope.sees_results(organisation_id, subject)


def require_change(
    session: Session, scope: Scope, action: Action, organisation_id: int | None, name: str, subject: str | None = None
) -> None:
    """Raise NotAllowed unless the actor may change rows of the organisation; `name` is the row in the refusal."""
    if may_change(scope, action, organisation_id, subject):
        return
    scope.require(action)
    if organisation_id is None:
        raise NotAllowed(
            f"{name}: это общий справочник, его меняет только администратор всей системы.",
            "Создайте свой: в вашей организации он будет действовать вместо общего.",
        )
    owner = owner_names(session, [organisation_id]).get(organisation_id, "другая организация")
    raise NotAllowed(
        f"{name}: это справочник другой организации ({owner}).",
        "Создайте свой: в вашей организации он будет действовать вместо него.",
    )


def new_owner(session: Session, scope: Scope, action: Action, wanted: int | None = None) -> int | None:
    """Return whose a new row is: of the wanted organisation, else of the first of `owner_choices`.

    Raises NotAllowed for an organisation in which the actor may not take the action, InvalidInput when the actor has
    none of their own.
    """
    choices = owner_choices(session, scope, action)
    if wanted is not None:
        if wanted not in choices:
            raise NotAllowed("В этой организации у вас нет прав на справочники.", "Выберите свою организацию.")
        return wanted
    if not choices:
        raise InvalidInput("Не определить, чей это будет справочник.", "Попросите администратора проверить вашу роль.")
    return next(iter(choices))


def owner_choices(session: Session, scope: Scope, action: Action) -> dict[int | None, str]:
    """Return for whom the actor may make new rows, the widest first: id (None: for everybody) and name."""
    if not scope.allows(action):
        return {}
    scope = scope.require(action)
    everybody: dict[int | None, str] = {None: SHARED_WORDS} if may_change(scope, action, None) else {}
    parents = _parents(session, scope.organisations, date.today()) if scope.organisations is not None else {}
    query = select(Organisation).where(col(Organisation.deleted_at).is_(None))
    units = session.exec(scope.within(query, col(Organisation.id)).order_by(col(Organisation.name))).all()
    depth = {kind: number for number, kind in enumerate(OrganisationKind)}
    own = {unit.id or 0 for unit in units}
    ordered = sorted(units, key=lambda unit: (parents.get(unit.id or 0) in own, depth[unit.kind], unit.name))
    return everybody | {unit.id: unit.name for unit in ordered}


def owner_names(session: Session, organisation_ids: list[int | None]) -> dict[int | None, str]:
    """Return how the owners are called: «общий», else the name of the organisation."""
    wanted = {one for one in organisation_ids if one is not None}
    units = session.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(wanted))).all()
    return {None: SHARED_WORDS, **{key: name for key, name in units if key is not None}}


def _parents(session: Session, units: frozenset[int], day: date) -> dict[int, int]:
    """Return who stands directly above each of the organisations and above those above, on the day."""
    found: dict[int, int] = {}
    asked: set[int] = set(units)
    while asked:
        links = session.exec(
            select(OrganisationMembership.organisation_id, OrganisationMembership.parent_id).where(
                col(OrganisationMembership.organisation_id).in_(asked),
                OrganisationMembership.valid_from <= day,
                or_(col(OrganisationMembership.valid_to).is_(None), col(OrganisationMembership.valid_to) > day),
            )
        ).all()
        above = {child: parent for child, parent in links if parent is not None and child not in found}
        found |= above
        asked = set(above.values()) - set(found) - set(units)
    return found


def _upwards(unit: int, parents: dict[int, int]) -> list[int]:
    path = [unit]
    while path[-1] in parents and parents[path[-1]] not in path:
        path.append(parents[path[-1]])
    return path
