"""Passports that hold in a year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.monitoring.passport_tables import Direction, IndicatorKind, IndicatorPassport, Level
from core.people.organisations import natural_key
from core.people.ownership import owners_above, owners_for
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.store.answers import shared_answer


@dataclass(frozen=True, slots=True)
class PassportText:
    """What a passport says of its indicator."""

    goal: str
    name: str
    unit: str
    kind: IndicatorKind
    numerator: str
    denominator: str
    formula: str
    source: str
    method: str
    period: str
    deadline: str
    level: Level
    responsible: str
    direction: Direction
    regulation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport(PassportText):
    """One version of a passport, apart from the database."""

    id: int
    code: str
    basis: str
    automatic: str
    valid_from: int
    valid_to: int | None
    organisation_id: int | None = None
    """Whose own indicator it is; None: of the catalogue."""

    def holds(self, year: int) -> bool:
        """Say whether the version holds in the year."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)

    def is_reported_by(self, kind: OrganisationKind) -> bool:
        """Say whether an organisation of the kind reports the figure by itself."""
        if self.level is Level.BOTH:
            return True
        return (self.level is Level.SCHOOL) == (kind is OrganisationKind.SCHOOL)

    def is_counted(self, kind: OrganisationKind) -> bool:
        """Say whether nobody types the figure: from the records, or above schools the sum of what they entered."""
        if self.automatic:
            return True
        adds_up = self.level is Level.BOTH and self.kind is not IndicatorKind.DOCUMENT
        return adds_up and kind is not OrganisationKind.SCHOOL


@shared_answer
def list_passports(session: Session, scope: Scope, organisation_id: int | None = None) -> tuple[Passport, ...]:
    """Return all versions of the passports that hold for a unit, by code and year: the catalogue, its own, those above.

    Without a unit, those that hold for everything that the actor sees.
    """
    viewing = scope.require(Action.VIEW_INDICATORS)
    owners = owners_for(session, viewing) if organisation_id is None else owners_above(session, organisation_id)
    return held_by(every_passport(session), owners.order)


def every_passport(session: Session) -> tuple[Passport, ...]:
    """Return all versions of all passports, own ones of every organisation too. The caller narrows them."""
    rows = session.exec(select(IndicatorPassport).where(col(IndicatorPassport.deleted_at).is_(None)))
    names = [name for name in Passport.__dataclass_fields__ if name != "id"]
    found = [Passport(id=row.id or 0, **{name: getattr(row, name) for name in names}) for row in rows]
    return tuple(sorted(found, key=lambda one: (natural_key(one.code), one.valid_from)))


def held_by(passports: Iterable[Passport], owners: Collection[int]) -> tuple[Passport, ...]:
    """Return the passports of the catalogue and the own ones of these organisations."""
    return tuple(one for one in passports if one.organisation_id is None or one.organisation_id in owners)


def passports_of_year(passports: Iterable[Passport], year: int) -> Mapping[str, Passport]:
    """Return by code the versions that hold in the year."""
    return {one.code: one for one in passports if one.holds(year)}


def passport_in(session: Session, scope: Scope, code: str, year: int, organisation_id: int | None = None) -> Passport:
    """Return the version that holds in the year for the unit (see `list_passports`); NotFound where there is none."""
    found = passports_of_year(list_passports(session, scope, organisation_id), year).get(code)
    if found is None:
        raise NotFound("Показатель")
    return found
