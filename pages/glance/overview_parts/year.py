"""Everything that the first screen says of one year, asked once."""

from __future__ import annotations

from dataclasses import dataclass

from core.analysis.elements import Kind
from core.analysis.fields import Reach
from core.analysis.problem_fields import FieldFilter, FoundField, problem_fields
from core.analysis.status import Status
from core.analysis.told_once import told_once
from core.intake.history import WorkSummary, list_works
from core.intake.missing import MissingResults, YearSize, missing_results, year_size
from pages.widgets.session import read


@dataclass(frozen=True, slots=True)
class Year:
    """The newest year that has works."""

    year: int
    works: tuple[WorkSummary, ...]
    size: YearSize
    fields: tuple[FoundField, ...]
    """Fields of content elements, each told once, the most serious first."""
    missing: tuple[MissingResults, ...]

    @property
    def surely(self) -> int:
        """Return how many of the fields are surely below the threshold."""
        return sum(one.field.status is Status.SURELY_BELOW for one in self.fields)

    @property
    def systemic(self) -> int:
        """Return how many of the fields are systemic."""
        return sum(one.field.reach is Reach.SYSTEMIC for one in self.fields)

    @property
    def repeated(self) -> int:
        """Return how many of the fields repeat from earlier years."""
        return sum(bool(one.field.repeats) for one in self.fields)

    @property
    def undecided(self) -> tuple[FoundField, ...]:
        """Return the fields on which nobody has decided."""
        return tuple(one for one in self.fields if one.review is None)

    @property
    def without_plan(self) -> tuple[WorkSummary, ...]:
        """Return the works without a plan."""
        return tuple(work for work in self.works if not work.has_blueprint)


def newest_year() -> Year | None:
    """Return the newest year with works, None while there are none."""
    works = read(list_works)
    if not works:
        return None
    year = max(work.year for work in works)
    found = read(problem_fields, FieldFilter(years=(year,), kinds=(Kind.ELEMENT,)))
    return Year(
        year, tuple(work for work in works if work.year == year), read(year_size, year), told_once(found.fields),
        read(missing_results, year),
    )
