"""A person at the door of the program."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from core.people import passwords
from core.people.account_tables import AccountSecret
from core.people.keys import InstallationKey
from core.people.scope import Scope
from core.people.sessions import start_session
from core.people.sign_in import Accepted, Answer, sign_in
from core.people.signed_in import SignedIn, who_is_signed_in
from core.store.unit_of_work import writing
from tests.people.conftest import Region

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "зелёный чайник поёт"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"
ADMIN = Scope.local_administrator()


@dataclass
class Door:
    """A person at the door of the program."""

    region: Region
    key: InstallationKey
    login: str = "директор"

    @property
    def account_id(self) -> int:
        return self.region.accounts[self.login]

    def sign_in(self, password: str = PASSWORD, address: str = HOME, now: datetime = NOW) -> Answer:
        return sign_in(self.region.engine, self.key, self.login, password, address=address, now=now)

    def enter(self, ticket: str | None = None, now: datetime = NOW) -> str:
        if ticket is None:
            answer = self.sign_in(now=now)
            assert isinstance(answer, Accepted), answer
            ticket = answer.ticket
        with writing(self.region.engine, "тест") as session:
            token = start_session(session, self.key, ticket, address=HOME, user_agent="Проба", now=now)
        assert token is not None
        return token

    def who(self, token: str | None, now: datetime = NOW) -> SignedIn | None:
        return who_is_signed_in(self.region.engine, self.key, token, now)


@pytest.fixture
def door(region: Region) -> Door:
    with writing(region.engine, "тест") as session:
        for name in ("директор", "администратор", "учитель"):
            secret = session.get(AccountSecret, region.accounts[name])
            assert secret is not None
            secret.password_hash = passwords.hash_password(PASSWORD)
    return Door(region, InstallationKey(b"k" * 48))
