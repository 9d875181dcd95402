"""Screens as somebody who signed in meets them: accounts, and a browser that holds a cookie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from core.people import passwords
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.keys import installation_key
from core.people.passwords import hash_password
from core.people.role_names import Role
from core.people.session_tables import TicketPurpose
from core.people.sessions import start_session
from core.people.tickets import issue_ticket
from core.store.base import utc_now
from core.store.unit_of_work import writing
from tests.pages.conftest import SHELL

PASSWORD = "сто сорок две берёзы"


@dataclass
class Browser:
    """A browser's cookie, as the screens read it."""

    token: str | None = None

    def open(self, file: str | None = None) -> AppTest:
        """Open the first screen, or the one in this file under pages/."""
        run = AppTest.from_file(str(SHELL), default_timeout=30).run()
        return run.switch_page(file).run() if file else run


@contextmanager
def signing_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Switch signing in on, make passwords cheap, and give a browser without a cookie."""
    browser = Browser()
    monkeypatch.setenv("QUALITY_SIGN_IN", "on")
    monkeypatch.setattr(passwords, "COST", 4)
    monkeypatch.setattr("pages.widgets.visitor.cookie_token", lambda: browser.token)
    monkeypatch.setattr("pages.widgets.chrome.cookie_token", lambda: browser.token)
    yield browser


def add_person(
    engine: Engine, login: str = "орлова", role: Role | None = Role.ADMINISTRATOR, *, must_change: bool = False
) -> int:
    """Create an account with the test's password; return its id."""
    with writing(engine, "подготовка теста") as session:
        account = Account(login=login, display_name=login.title())
        session.add(account)
        session.flush()
        secret = AccountSecret(account_id=account.id or 0, password_hash=hash_password(PASSWORD))
        secret.must_change_password = must_change
        session.add(secret)
        if role is not None:
            session.add(RoleGrant(account_id=account.id or 0, role=role))
        return account.id or 0


def cookie_of(engine: Engine, account_id: int) -> str:
    """Return the token of a new session of the account."""
    with writing(engine, "подготовка теста") as session:
        token = start_session(session, installation_key(), ticket_of(session, account_id), address="", user_agent="")
    assert token is not None
    return token


def ticket_of(session: Session, account_id: int) -> str:
    """Return a ticket that stands for a passed sign-in."""
    secret = session.get(AccountSecret, account_id)
    assert secret is not None
    return issue_ticket(session, installation_key(), TicketPurpose.SESSION, secret, utc_now())


def session_step(run: AppTest) -> str:
    """Return what the screen hands to assets/session.js, "" for nothing."""
    bodies = [element.proto.body for element in run.get("html")]
    return next((body for body in bodies if "quality-session" in body), "")
