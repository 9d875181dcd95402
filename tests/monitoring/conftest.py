"""The region of tests/people with the shipped passports, and shortcuts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.monitoring.lifecycle import accept_values, submit_values
from core.monitoring.seeding import seed_indicators
from core.monitoring.value_tables import IndicatorValue
from core.monitoring.values import prepare_values
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.people.conftest import Region, build

YEAR = 2026
CODES = ("П41",)
"""An indicator that people enter: a share of pupils."""


@dataclass
class Monitoring:
    """A store with the region, and shortcuts."""

    engine: Engine
    region: Region

    def unit(self, name: str) -> int:
        return self.region.units[name]

    def scope(self, name: str) -> Scope:
        with reading(self.engine) as session:
            account = session.get(Account, self.region.accounts[name])
            assert account is not None
            return scope_for(session, account)

    def enter(self, school: str, numerator: float, denominator: float, code: str = CODES[0]) -> None:
        """Let the specialist enter a value that is open."""
        with writing(self.engine, "специалист") as session:
            prepare_values(session, self.scope("специалист"), self.unit(school), YEAR)
            row = self.row(session, school, code)
            row.numerator, row.denominator = numerator, denominator
            session.add(row)

    def row(self, session: Session, school: str, code: str = CODES[0]) -> IndicatorValue:
        return session.exec(
            select(IndicatorValue).where(
                IndicatorValue.organisation_id == self.unit(school), col(IndicatorValue.code) == code,
                IndicatorValue.year == YEAR,
            )
        ).one()

    def submit(self, school: str, who: str = "специалист") -> int:
        with writing(self.engine, who) as session:
            return submit_values(session, self.scope(who), self.unit(school), YEAR, CODES)

    def accept(self, school: str, who: str = "специалист") -> int:
        with writing(self.engine, who) as session:
            return accept_values(session, self.scope(who), self.unit(school), YEAR)


@pytest.fixture
def monitoring(engine: Engine) -> Iterator[Monitoring]:
    yield _built(engine)


@pytest.fixture
def sqlite_monitoring(sqlite_engine: Engine) -> Iterator[Monitoring]:
    yield _built(sqlite_engine)


def _built(engine: Engine) -> Monitoring:
    region = build(engine)
    with writing(engine, "Поставка") as session:
        seed_indicators(session)
    return Monitoring(engine, region)
