"""What each unit still owes for a reporting year: values to enter, to hand in, to mend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import inspect, select
from sqlmodel import Session

from core.monitoring.access import seen_unit
from core.monitoring.collection import Collection as Collecting
from core.monitoring.collection import collection_of, collections_of_year, nearest, path_of
from core.monitoring.passports import Passport, every_passport, held_by, list_passports, passports_of_year
from core.monitoring.reporting_year import reporting_year
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.monitoring.values import EDITABLE
from core.people.organisations import load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.words import plural


@dataclass(frozen=True, slots=True)
class OwedValue:
    """A value that was not handed in: its indicator, whether anything was entered, whether it was returned, its day."""

    code: str
    is_entered: bool
    is_returned: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Owing:
    """What one organisation still owes; nothing where `values` is empty."""

    organisation_id: int
    name: str
    values: tuple[OwedValue, ...]
    expected: int
    """How many values it has to hand in, all in all."""

    @property
    def due_on(self) -> date | None:
        """Return the nearest day on which something of it is due."""
        return min((one.due_on for one in self.values if one.due_on is not None), default=None)

    def is_late(self, today: date) -> bool:
        """Say whether something should have been handed in already."""
        return self.due_on is not None and self.due_on < today

    @property
    def words(self) -> str:
        """Return «внести 12 значений, сдать 3, исправить возвращённые: П41»; «всё сдано» where nothing is owed."""
        empty = sum(not one.is_entered for one in self.values if not one.is_returned)
        ready = sum(one.is_entered for one in self.values if not one.is_returned)
        returned = [one.code for one in self.values if one.is_returned]
        parts = [f"внести {plural(empty, 'значение', 'значения', 'значений')}"] if empty else []
        parts += [f"сдать {plural(ready, 'значение', 'значения', 'значений')}"] if ready else []
        parts += [f"исправить возвращённые: {_named(returned)}"] if returned else []
        return ", ".join(parts) or "всё сдано"


def owing(session: Session, scope: Scope, organisation_id: int, year: int) -> tuple[Owing, ...]:
    """Return for the unit and every open organisation below it what is not handed in, itself first.

    Raises NotAllowed without the right, NotFound for a unit out of reach.
    """
    seen_unit(session, scope, organisation_id)
    reach = scope.require(Action.VIEW_INDICATORS)
    tree = load_tree(session, Scope.local_administrator(), reporting_year(year).day)
    units = {
        key: unit for key in tree.below(organisation_id)
        if (unit := tree.organisations.get(key)) is not None
        and reach.sees_organisation(key) and _is_open(unit, tree.day)
    }
    stored, collections = _stored(session, units, year), collections_of_year(session, year)
    passports = passports_of_year(every_passport(session), year).values()
    found = []
    for key, unit in units.items():
        path = path_of(tree, key)
        reported = [one for one in held_by(passports, path) if one.is_reported_by(unit.kind)]
        values = _owed(reported, unit.kind, stored.get(key, {}), nearest(collections, path))
        found.append(Owing(key, unit.name, values, len(reported)))
    return tuple(sorted(found, key=lambda one: (one.organisation_id != organisation_id, natural_key(one.name))))


def due_days(session: Session, scope: Scope, organisation_id: int, year: int) -> tuple[date, ...]:
    """Return the days until which the unit hands in its values of the year by the plan of the collection, in order.

    Empty where no collection is planned. Raises NotAllowed without the right, NotFound for a unit out of reach.
    """
    unit = seen_unit(session, scope, organisation_id)
    held = collection_of(session, organisation_id, year)
    if held is None:
        return ()
    passports = passports_of_year(list_passports(session, scope, organisation_id), year).values()
    return tuple(sorted({held.due_on(one, unit.kind) for one in passports if one.is_reported_by(unit.kind)}))


def _owed(
    reported: Collection[Passport], kind: OrganisationKind, stored: Mapping[str, tuple[ValueState, bool]],
    collecting: Collecting | None,
) -> tuple[OwedValue, ...]:
    found = []
    for passport in reported:
        state, is_entered = stored.get(passport.code, (ValueState.DRAFT, False))
        if state in EDITABLE:
            due = None if collecting is None else collecting.due_on(passport, kind)
            is_entered = is_entered or passport.is_counted(kind)
            found.append(OwedValue(passport.code, is_entered, state is ValueState.RETURNED, due))
    return tuple(sorted(found, key=lambda one: natural_key(one.code)))


def _stored(
    session: Session, organisations: Collection[int], year: int
) -> dict[int, dict[str, tuple[ValueState, bool]]]:
    """Return by organisation and code the state, and whether a figure or an explanation was entered."""
    columns = inspect(IndicatorValue).local_table.c
    query = select(
        columns.organisation_id, columns.code, columns.state, columns.numerator, columns.fact, columns.comment
    ).where(columns.year == year, columns.organisation_id.in_(organisations))
    found: dict[int, dict[str, tuple[ValueState, bool]]] = {}
    for unit, code, state, numerator, fact, comment in session.connection().execute(query):
        found.setdefault(unit, {})[code] = state, numerator is not None or fact is not None or bool(comment)
    return found


def _is_open(unit: Organisation, on: date) -> bool:
    return unit.closed_on is None or unit.closed_on > on


def _named(codes: list[str]) -> str:
    return ", ".join(codes) if len(codes) <= 5 else f"{', '.join(codes[:5])} и ещё {len(codes) - 5}"
