"""The collection that holds for a unit and a year: its dates, its plan, whether values may still be entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from core.errors import NotAllowed
from core.monitoring.passports import Passport
from core.monitoring.plan_tables import CollectionStep, Reporting
from core.monitoring.value_tables import Campaign
from core.people.academic_year import year_name
from core.people.organisations import Tree, load_tree
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.words import day


class CollectionState(StrEnum):
    """How far a collection is; the value is what the user reads."""

    PLANNED = "ещё не открыт"
    OPEN = "идёт"
    LATE = "срок прошёл, не закрыт"
    CLOSED = "закрыт"

    @property
    def sign(self) -> str:
        """Return the sign that stands before the word."""
        return {"ещё не открыт": "○", "идёт": "●", "закрыт": "✓"}.get(self, "△")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the plan, apart from the database; "" for goal and kind stands for all."""

    units: Reporting
    goal: str
    kind: str
    responsible: str
    due_on: date

    def is_about(self, passport: Passport, unit: OrganisationKind) -> bool:
        """Say whether the line is about the values of such a unit for the indicator."""
        is_school = unit is OrganisationKind.SCHOOL
        is_whose = self.units is Reporting.EVERYBODY or (self.units is Reporting.SCHOOLS) == is_school
        return is_whose and self.goal in ("", passport.goal) and self.kind in ("", passport.kind)

    @property
    def narrowness(self) -> int:
        """Return how many things the line names: the narrower one wins."""
        return (self.units is not Reporting.EVERYBODY) + bool(self.goal) + bool(self.kind)


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection with its plan, apart from the database."""

    id: int
    version: int
    organisation_id: int
    year: int
    opens_on: date
    closes_on: date
    responsible: str
    closed_at: datetime | None
    closed_by: str
    reopened_at: datetime | None
    reopened_by: str
    reopened_reason: str
    steps: tuple[Step, ...]

    def state(self, today: date) -> CollectionState:
        """Return how far the collection is on the day."""
        if self.closed_at is not None:
            return CollectionState.CLOSED
        if today < self.opens_on:
            return CollectionState.PLANNED
        return CollectionState.OPEN if today <= self.closes_on else CollectionState.LATE

    def step_for(self, passport: Passport, unit: OrganisationKind) -> Step | None:
        """Return the line of the plan for the values of such a unit: the narrowest, of equal ones the earliest."""
        found = [one for one in self.steps if one.is_about(passport, unit)]
        return min(found, key=lambda one: (-one.narrowness, one.due_on), default=None)

    def due_on(self, passport: Passport, unit: OrganisationKind) -> date:
        """Return until when such a unit hands in its value of the indicator."""
        step = self.step_for(passport, unit)
        return self.closes_on if step is None else step.due_on


def collections_of_year(session: Session, year: int) -> dict[int, Collection]:
    """Return the collections of the year by the organisation that planned them. The caller has asked for the right."""
    rows = session.exec(select(Campaign).where(Campaign.year == year, col(Campaign.deleted_at).is_(None))).all()
    query = select(CollectionStep).where(
        col(CollectionStep.campaign_id).in_([row.id for row in rows]), col(CollectionStep.deleted_at).is_(None)
    )
    steps: dict[int, list[Step]] = {}
    for one in session.exec(query.order_by(col(CollectionStep.due_on), col(CollectionStep.id))):
        steps.setdefault(one.campaign_id, []).append(
            Step(one.units, one.goal, one.kind, one.responsible, one.due_on)
        )
    return {
        row.organisation_id: Collection(
            row.id or 0, row.version, row.organisation_id, row.year, row.opens_on, row.closes_on, row.responsible,
            row.closed_at, row.closed_by, row.reopened_at, row.reopened_by, row.reopened_reason,
            tuple(steps.get(row.id or 0, ())),
        )
        for row in rows
    }


def path_of(tree: Tree, organisation_id: int) -> list[int]:
    """Return a unit and everything above it, the nearest first."""
    return [organisation_id, *(one.id or 0 for one in tree.above(organisation_id))]


def nearest(collections: Mapping[int, Collection], path: Sequence[int]) -> Collection | None:
    """Return the collection that holds at the beginning of the path: its own, else the nearest above."""
    return next((collections[key] for key in path if key in collections), None)


def collection_of(session: Session, organisation_id: int, year: int) -> Collection | None:
    """Return the collection that holds for a unit; None where nobody planned one. The caller asks for the right."""
    return nearest(*_around(session, organisation_id, year))


def held_collection(session: Session, scope: Scope, organisation_id: int, year: int) -> Collection | None:
    """Return the collection that holds for a unit whose indicators the actor sees; NotFound out of reach."""
    scope.require(Action.VIEW_INDICATORS).require_organisation(organisation_id)
    return collection_of(session, organisation_id, year)


def closed_for(session: Session, organisation_id: int, year: int) -> Collection | None:
    """Return the closed collection that keeps a unit from entering: its own or any above; None where there is none."""
    collections, path = _around(session, organisation_id, year)
    return nearest({key: one for key, one in collections.items() if one.closed_at is not None}, path)


def closed_among(session: Session, organisations: Iterable[int], year: int) -> dict[int, Collection]:
    """Return `closed_for` of many units, read once; those that may enter are left out."""
    closed = {key: one for key, one in collections_of_year(session, year).items() if one.closed_at is not None}
    if not closed:
        return {}
    tree = load_tree(session, Scope.local_administrator())
    found = {key: nearest(closed, path_of(tree, key)) for key in organisations}
    return {key: one for key, one in found.items() if one is not None}


def require_collecting(
    session: Session, organisation_id: int, year: int, returned: Iterable[datetime | None] = (None,)
) -> None:
    """Raise NotAllowed where the collection of the year is closed for the unit.

    `returned` are the times at which the values that are meant were returned: what was returned after the closing was
    opened from above, with a reason, and may be mended.
    """
    require_open(closed_for(session, organisation_id, year), returned)


def require_open(closed: Collection | None, returned: Iterable[datetime | None]) -> None:
    """Raise NotAllowed where the collection is closed, as `require_collecting` does for many values of one unit."""
    if closed is None or closed.closed_at is None or all(is_open(closed, one) for one in returned):
        return
    on = day(closed.closed_at.date())
    raise NotAllowed(
        f"Сбор показателей за {year_name(closed.year)} закрыт {on}: вносить и сдавать нельзя.",
        "Попросите вышестоящую организацию снова открыть сбор или вернуть показатель с причиной.",
    )


def is_open(closed: Collection | None, returned_at: datetime | None) -> bool:
    """Say whether a value may be entered: nothing is closed, or it was returned after the closing."""
    if closed is None or closed.closed_at is None:
        return True
    return returned_at is not None and returned_at > closed.closed_at


def require_begun(session: Session, organisation_id: int, year: int, today: date) -> None:
    """Raise NotAllowed while the collection of the year has not begun: until then values are drafts."""
    found = collection_of(session, organisation_id, year)
    if found is not None and found.state(today) is CollectionState.PLANNED:
        raise NotAllowed(
            f"Сбор показателей за {year_name(year)} откроется {day(found.opens_on)}.",
            "Внесённое сохранено черновиком: сдайте его, когда сбор откроется.",
        )


def _around(session: Session, organisation_id: int, year: int) -> tuple[dict[int, Collection], list[int]]:
    """Return the collections of the year, and the unit with everything above it."""
    collections = collections_of_year(session, year)
    if not collections:
        return {}, [organisation_id]
    return collections, path_of(load_tree(session, Scope.local_administrator()), organisation_id)
