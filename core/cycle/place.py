"""Whose cycle in which year: the organisation with what is below it, and the days of the academic year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.people.access import organisations_below
from core.people.organisations import get_organisation
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind


@dataclass(frozen=True, slots=True)
class CyclePlace:
    """The organisation, the units whose records count, the year by its spring, its first and last day."""

    organisation: Organisation
    units: frozenset[int]
    year: int

    @property
    def since(self) -> date:
        """Return the first of September."""
        return date(self.year - 1, 9, 1)

    @property
    def until(self) -> date:
        """Return the last day of August."""
        return date(self.year, 8, 31)

    @property
    def result_years(self) -> tuple[int, int]:
        """Return the years whose results the cycle works with: those of the spring before it, and its own."""
        return self.year - 1, self.year

    @property
    def is_school(self) -> bool:
        """Say whether it is a school."""
        return self.organisation.kind is OrganisationKind.SCHOOL

    def has(self, organisation_id: int) -> bool:
        """Say whether records of the organisation count."""
        return organisation_id in self.units

    def holds(self, first: date | None, last: date | None = None) -> bool:
        """Say whether a day, or a stretch with both its ends, touches the year."""
        if first is None:
            return False
        return first <= self.until and (last or first) >= self.since


def cycle_place(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> CyclePlace:
    """Return the place; raise NotFound for an organisation that the actor must not know.

    What belongs to the organisation is asked for the end of the year, for the running year today.
    """
    organisation = get_organisation(session, scope, organisation_id)
    day = min(date(year, 8, 31), today or date.today())
    return CyclePlace(organisation, organisations_below(session, organisation_id, day) | {organisation_id}, year)
