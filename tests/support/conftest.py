"""The region of tests/people with a mentor (Иванова), a mentee (Смирнова) and their accounts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import Engine

from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from core.support.mentorship_checks import MentorshipDraft
from core.support.mentorship_states import start_mentorship
from core.support.mentorships import plan_mentorship
from tests.people.conftest import Region, build

TODAY = date(2026, 11, 22)
EVERYBODY = Scope.local_administrator()


@dataclass
class Help:
    """A store with the region, and shortcuts."""

    engine: Engine
    region: Region

    def scope(self, name: str) -> Scope:
        with reading(self.engine) as session:
            account = session.get(Account, self.region.accounts[name])
            assert account is not None
            return scope_for(session, account)

    def teacher(self, surname: str) -> int:
        return self.region.teachers[surname]

    def draft(self, **changed: object) -> MentorshipDraft:
        draft = MentorshipDraft(
            organisation_id=self.region.units["школа 1"], mentor_teacher_id=self.teacher("Иванова"),
            mentees={self.teacher("Смирнова"): date(2026, 8, 28)}, starts_on=date(2026, 9, 1),
            ends_on=date(2027, 5, 31), mentor_consent_on=date(2026, 8, 27), order_number="105",
            order_on=date(2026, 8, 31), subject="Математика",
        )
        return replace(draft, **changed)  # type: ignore[arg-type]

    def planned(self, scope: Scope = EVERYBODY, **changed: object) -> int:
        with writing(self.engine, "методист") as session:
            return plan_mentorship(session, scope, self.draft(**changed)).id or 0

    def started(self, scope: Scope = EVERYBODY, **changed: object) -> int:
        mentorship_id = self.planned(scope, **changed)
        with writing(self.engine, "методист") as session:
            start_mentorship(session, scope, mentorship_id, 1, TODAY)
        return mentorship_id


@pytest.fixture
def help_(engine: Engine) -> Iterator[Help]:
    yield Help(engine, build(engine))


@pytest.fixture
def sqlite_help(sqlite_engine: Engine) -> Iterator[Help]:
    yield Help(sqlite_engine, build(sqlite_engine))
