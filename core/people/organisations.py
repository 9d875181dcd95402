"""The tree of organisations: finding, naming, creating."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.store.answers import shared_answer


@dataclass(frozen=True, slots=True)
class Tree:
    """The organisations of a scope on one day: rows by id, and each one's parent (None at the top)."""

    organisations: dict[int, Organisation]
    parents: dict[int, int | None]
    day: date = field(default_factory=date.today)

    def schools(self) -> list[Organisation]:
        """Return the schools open on the day, sorted as people read them (№ 2 before № 10)."""
        found = [
            unit
            for unit in self.organisations.values()
            if unit.kind is OrganisationKind.SCHOOL and (unit.closed_on is None or unit.closed_on > self.day)
        ]
        return sorted(found, key=lambda unit: natural_key(unit.name))

    def below(self, organisation_id: int) -> frozenset[int]:
        """Return the ids of an organisation and of everything below it."""
        found = {organisation_id}
        grown = True
        while grown:
            more = {child for child, parent in self.parents.items() if parent in found} - found
            grown = bool(more)
            found |= more
        return frozenset(found)

    def above(self, organisation_id: int) -> list[Organisation]:
        """Return the parents of an organisation, the nearest first."""
        found: list[Organisation] = []
        parent = self.parents.get(organisation_id)
        while parent is not None and parent in self.organisations:
            found.append(self.organisations[parent])
            parent = self.parents.get(parent)
        return found


class _Link(NamedTuple):
    """Who belonged to whom, and when."""

    organisation_id: int
    parent_id: int
    valid_from: date
    valid_to: date | None


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that counts numbers by value and puts ё beside е.

    >>> sorted(["№ 10", "№ 2"], key=natural_key)
    ['№ 2', '№ 10']
    """
    parts = re.split(r"(\d+)", text.casefold().replace("ё", "е"))
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)


def normal_name(name: str) -> str:
    """Return a name for comparison: case, quotes, spaces and ё do not count."""
    text = name.casefold().replace("ё", "е")
    return re.sub(r"[\s«»\"'„“”.,]+", " ", text).replace("№ ", "№").strip()


def load_tree(session: Session, scope: Scope, on: date | None = None) -> Tree:
    """Return the organisations that the scope sees, and who belonged to whom on the day (today by default)."""
    day = on or date.today()
    return load_trees(session, scope, [day])[day]


def load_trees(session: Session, scope: Scope, days: Iterable[date]) -> dict[date, Tree]:
    """Return `load_tree` of several days, read once."""
    organisations, links = _organisations(session, scope), _links(session, scope)
    return {day: _tree_on(day, organisations, links) for day in set(days)}


@shared_answer
def _organisations(session: Session, scope: Scope) -> dict[int, Organisation]:
    query = select(Organisation).where(col(Organisation.deleted_at).is_(None))
    return {unit.id: unit for unit in session.exec(scope.within_known(query, col(Organisation.id))) if unit.id}


@shared_answer
def _links(session: Session, _scope: Scope) -> tuple[_Link, ...]:
    columns = (getattr(OrganisationMembership, name) for name in _Link._fields)
    return tuple(_Link(*row) for row in session.execute(select(*columns)))


def _tree_on(day: date, organisations: dict[int, Organisation], links: Iterable[_Link]) -> Tree:
    tree = Tree(organisations, dict.fromkeys(organisations), day)
    for link in links:
        is_valid = link.valid_from <= day and (link.valid_to is None or link.valid_to > day)
        if is_valid and link.organisation_id in organisations:
            tree.parents[link.organisation_id] = link.parent_id
    return tree


class SchoolIndex:
    """The schools of a scope by code and by name, looked up many times after one query."""

    def __init__(self, schools: Iterable[Organisation]) -> None:
        self._by_code: dict[str, Organisation] = {}
        self._by_name: dict[str, list[Organisation]] = {}
        for school in schools:
            self._by_code[school.code.casefold()] = school
            self._by_name.setdefault(normal_name(school.name), []).append(school)

    def __len__(self) -> int:
        return len(self._by_code)

    def only(self) -> Organisation | None:
        """Return the only school, None when there are several or none."""
        return next(iter(self._by_code.values())) if len(self) == 1 else None

    def find(self, code: str | None, name: str | None) -> Organisation | None:
        """Return the school with this code, else the only one with this name; None when there is none such."""
        if code:
            return self._by_code.get(code.strip().casefold())
        named = self._by_name.get(normal_name(name), []) if name else []
        return named[0] if len(named) == 1 else None


def school_index(session: Session, scope: Scope) -> SchoolIndex:
    """Return the schools that the scope sees, ready to be looked up."""
    schools = select(Organisation).where(
        Organisation.kind == OrganisationKind.SCHOOL, col(Organisation.deleted_at).is_(None)
    )
    return SchoolIndex(session.exec(scope.within(schools, col(Organisation.id))))


def time_zone(session: Session, scope: Scope) -> str:
    """Return the time zone in which times are shown: that of most organisations in the scope, Moscow's by default."""
    zones = session.exec(
        scope.within(select(Organisation.time_zone).where(col(Organisation.deleted_at).is_(None)), col(Organisation.id))
    )
    counted = Counter(zones).most_common(1)
    return counted[0][0] if counted else "Europe/Moscow"


def get_organisation(session: Session, scope: Scope, organisation_id: int) -> Organisation:
    """Return the organisation; raise NotFound when there is none or the scope does not see it."""
    unit = session.get(Organisation, organisation_id)
    if unit is None or unit.deleted_at is not None or not scope.knows_organisation(organisation_id):
        raise NotFound("Организация")
    return unit


def create_organisation(
    session: Session, scope: Scope, *, code: str, name: str, kind: OrganisationKind, parent_id: int | None = None
) -> Organisation:
    """Create an organisation below `parent_id`; raise InvalidInput when the code is taken or the name is empty.

    Without a parent it stands at the top, which takes the right over the whole system. The scope does not know the
    new organisation yet: go on with `scope.with_child(parent_id, unit.id)`.
    """
    scope = scope.require(Action.MANAGE_ORGANISATIONS)
    if parent_id is None:
        scope.require_everywhere(Action.MANAGE_ORGANISATIONS)
    else:
        scope.require_organisation(parent_id)
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise InvalidInput("У организации должны быть код и название.", "Заполните оба поля.")
    taken = session.exec(select(Organisation).where(Organisation.code == code)).first()
    if taken is not None:
        raise InvalidInput(f"Код «{code}» уже занят: {taken.name}.", "Укажите другой код.")
    unit = Organisation(code=code, name=name, kind=kind)
    session.add(unit)
    session.flush()
    if parent_id is not None and unit.id is not None:
        session.add(OrganisationMembership(organisation_id=unit.id, parent_id=parent_id))
    return unit


def find_or_create_above(
    session: Session, scope: Scope, name: str, kind: OrganisationKind, parent_id: int | None
) -> Organisation:
    """Return the region or municipality of this name, creating it when there is none."""
    for unit in session.exec(select(Organisation).where(Organisation.kind == kind)):
        if unit.deleted_at is None and normal_name(unit.name) == normal_name(name):
            return unit
    return create_organisation(session, scope, code=free_code(session, kind), name=name, kind=kind, parent_id=parent_id)


def only_municipality(session: Session, scope: Scope) -> int | None:
    """Return the municipality of an actor who has exactly one, below which their new schools stand; else None.

    None also for an actor without limit: nobody can say which municipality they mean.
    """
    if scope.organisations is None:
        return None
    query = select(Organisation).where(
        Organisation.kind == OrganisationKind.MUNICIPALITY, col(Organisation.deleted_at).is_(None)
    )
    found = session.exec(scope.within(query, col(Organisation.id))).all()
    return found[0].id if len(found) == 1 else None


def free_code(session: Session, kind: OrganisationKind) -> str:
    """Return a code nobody has, for an organisation whose own code is not known."""
    prefix = {"регион": "Р", "муниципалитет": "М", "школа": "ОО"}[kind.value]
    taken = set(session.exec(select(Organisation.code).where(col(Organisation.code).startswith(f"{prefix}-"))))
    number = 1
    while f"{prefix}-{number:03d}" in taken:
        number += 1
    return f"{prefix}-{number:03d}"
