"""Where the schools of a work stood on the day of the work."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from core.intake.tables import Assessment
from core.people.organisations import Tree
from core.people.tables import Organisation, OrganisationKind

_DAY_OF_WORKS = (5, 1)


class Place(NamedTuple):
    """A school and what it belongs to; None where the tree does not show it."""

    school: Organisation | None
    municipality: Organisation | None
    region: Organisation | None


def day_of(assessment: Assessment) -> date:
    """Return the day for which the tree of organisations is asked; the first of May where nobody said the day."""
    return assessment.held_on or date(assessment.year, *_DAY_OF_WORKS)


def place_of(tree: Tree, school_id: int) -> Place:
    """Return the school with its municipality and region."""
    above = {unit.kind: unit for unit in tree.above(school_id)}
    return Place(
        tree.organisations.get(school_id), above.get(OrganisationKind.MUNICIPALITY), above.get(OrganisationKind.REGION)
    )
