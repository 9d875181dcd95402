"""Everything that the first screen says of one year, asked once."""

from __future__ import annotations

from dataclasses import dataclass

from core.analysis.problem_fields import FieldList, FoundField, problem_fields
from core.analysis.told_once import told_once
from core.glance.low_elements import low_elements, of_year
from core.glance.numbers import results_received
from core.glance.portion import Number
from core.glance.preparing import fields_of_two_years
from core.intake.history import WorkSummary, list_works
from core.intake.missing import Received, received_results
from pages.widgets.session import read


@dataclass(frozen=True, slots=True)
class Year:
    """The newest year that has works."""

    year: int
    works: tuple[WorkSummary, ...]
    received: Received
    fields: tuple[FoundField, ...]
    """Fields of content elements, each told once, the most serious first."""
    low: Number
    """Elements surely below the threshold among those examined."""
    came: Number
    """Sets of results that came among those expected."""

    @property
    def without_plan(self) -> tuple[WorkSummary, ...]:
        """Return the works without a plan."""
        return tuple(work for work in self.works if not work.has_blueprint)


def newest_year() -> Year | None:
    """Return the newest year with works, None while there are none."""
    works: list[WorkSummary] = read(list_works)
    if not works:
        return None
    year = max(work.year for work in works)
    found: FieldList = read(problem_fields, fields_of_two_years(year))
    now, before = of_year(found, year), of_year(found, year - 1)
    received: Received = read(received_results, year)
    return Year(
        year, tuple(work for work in works if work.year == year), received, told_once(now.fields),
        low_elements(now, before), results_received(received, read(received_results, year - 1)),
    )
