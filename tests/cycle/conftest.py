"""The region of tests/people with shortcuts to cycles."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from core.cycle.cycles import open_cycle
from core.cycle.opened import OpenedCycle, opened_cycle
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region, build

Answer = TypeVar("Answer")
YEAR = 2027


@dataclass
class Cycles:
    """A store with the region, and shortcuts."""

    engine: Engine
    region: Region

    def unit(self, name: str) -> int:
        return self.region.units[name]

    def scope(self, who: str) -> Scope:
        with reading(self.engine) as session:
            account = session.get(Account, self.region.accounts[who])
            assert account is not None
            return scope_for(session, account, DAY)

    def write(self, who: str, use_case: Callable[..., Answer], *given, **options) -> Answer:
        scope = self.scope(who)
        with writing(self.engine, scope.actor_name, scope.actor_id) as session:
            return use_case(session, scope, *given, **options)

    def read(self, who: str, use_case: Callable[..., Answer], *given, **options) -> Answer:
        with reading(self.engine) as session:
            return use_case(session, self.scope(who), *given, **options)

    def open(self, who: str = "директор", place: str = "школа 1", model: str = "napolnovskaya") -> OpenedCycle:
        self.write(who, open_cycle, self.unit(place), model, YEAR, today=DAY)
        return self.opened(who, place)

    def opened(self, who: str = "директор", place: str = "школа 1") -> OpenedCycle:
        found = self.read(who, opened_cycle, self.unit(place), YEAR)
        assert found is not None
        return found


@pytest.fixture
def cycles(sqlite_engine: Engine) -> Cycles:
    """Return the region on SQLite."""
    return Cycles(sqlite_engine, build(sqlite_engine))


@pytest.fixture
def cycles_on_both(engine: Engine) -> Cycles:
    """Return the region, once on each database."""
    return Cycles(engine, build(engine))
