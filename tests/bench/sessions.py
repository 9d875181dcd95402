"""Fifty signed-in people at once on a municipality of a hundred schools: how long a switch of the screen takes each.

The clients speak Streamlit's own protocol to a server process, so nothing is left out but the drawing in the browser.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.keys import InstallationKey, installation_key
from core.people.role_names import Role
from core.people.session_tables import TicketPurpose
from core.people.sessions import start_session
from core.people.tables import Organisation, OrganisationKind
from core.people.tickets import issue_ticket
from core.store.base import utc_now
from core.store.engine import open_engine
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store
from core.web.session_cookie import cookie_name
from tests.bench.glance import save_measure, store_results
from tests.bench.hundred_schools import fill_hundred
from tests.browser.conftest import Server, started

SPECIALISTS, DIRECTORS, METHODISTS = 5, 30, 15
ARRIVING, SECONDS, THINKING = 30.0, 120.0, 8.0
"""They come within half a minute; then is counted. Each thinks eight seconds between two screens on average."""
GOAL_MS = 500.0
_SAVES = ((save_measure, 5.0), (store_results, 30.0))
"""What is saved meanwhile, and every how many seconds."""


@dataclass(slots=True)
class Person:
    """Somebody with a browser: the cookie, and how long each switch took, in milliseconds, by screen."""

    cookie: str
    times: dict[str, list[float]] = field(default_factory=dict)


def table() -> str:
    """Return the report as text."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store")
        store.mkdir()
        with patch.dict(os.environ, {"QUALITY_STORE": str(store)}):
            engine = open_engine(f"sqlite:///{store / 'quality.db'}")
            prepare_store(engine)
            town = fill_hundred(engine, store)
            people = _people(engine, town)
            with started(Path(folder), sign_in="on") as server:
                asyncio.run(_use(server, engine, people))
            engine.dispose()
    return _report(people)


def _report(people: Sequence[Person]) -> str:
    by_screen: dict[str, list[float]] = {}
    for person in people:
        for screen, times in person.times.items():
            by_screen.setdefault(screen, []).extend(times)
    everything = [time for times in by_screen.values() for time in times]
    head = f"{'Экран':<34}{'раз':>6}{'середина':>10}{'p95':>10}{'доля цели':>12}"
    lines = [_line(screen, times) for screen, times in sorted(by_screen.items())]
    return "\n".join([
        head, *lines, _line("Все экраны", everything),
        f"{len(people)} человек, пауза в среднем {THINKING:.0f} с, рядом сохраняют",
        f"цель: p95 не больше {GOAL_MS:.0f} мс",
    ])


def _line(name: str, times: Sequence[float]) -> str:
    p95 = float(np.quantile(times, 0.95))
    return f"{name:<34}{len(times):>6}{statistics.median(times):>10.0f}{p95:>10.0f}{p95 / GOAL_MS:>12.2f}"


async def _use(server: Server, engine: Engine, people: Sequence[Person]) -> None:
    """Let everybody open the program, then work for some time while others save."""
    addresses = server.url.replace("http", "ws") + "/_stcore/stream"
    async with asyncio.TaskGroup() as group:
        group.create_task(_save(engine))
        for number, person in enumerate(people):
            group.create_task(_work(addresses, server.url, person, random.Random(number)))


async def _save(engine: Engine) -> None:
    async def again(save: object, every: float) -> None:
        assert callable(save)
        for _time in range(int((ARRIVING + SECONDS) / every)):
            await asyncio.sleep(every)
            await asyncio.to_thread(save, engine)

    await asyncio.gather(*(again(save, every) for save, every in _SAVES))


async def _work(address: str, origin: str, person: Person, chance: random.Random) -> None:
    """Come, open the program and go from screen to screen until the time is over."""
    beginning = time.monotonic()
    await asyncio.sleep(chance.uniform(0, ARRIVING))
    async with connect(
        address, additional_headers={"Cookie": person.cookie}, origin=origin, max_size=None,  # type: ignore[arg-type]
        subprotocols=[Subprotocol("streamlit")],
    ) as line:
        screens = await _opened(line, "")
        while (begun := time.monotonic()) < beginning + ARRIVING + SECONDS:
            name = chance.choice(sorted(screens))
            await _opened(line, screens[name])
            if begun > beginning + ARRIVING:
                person.times.setdefault(name, []).append(1000 * (time.monotonic() - begun))
            await asyncio.sleep(chance.expovariate(1 / THINKING))


async def _opened(line: ClientConnection, page: str) -> dict[str, str]:
    """Ask for a screen and return when it is all there; return the screens of the menu by name."""
    asked = BackMsg()
    asked.rerun_script.page_script_hash = page
    await line.send(asked.SerializeToString())
    screens: dict[str, str] = {}
    while True:
        said = ForwardMsg.FromString(await line.recv(decode=False))
        kind = said.WhichOneof("type")
        if kind == "navigation":
            screens = {one.page_name: one.page_script_hash for one in said.navigation.app_pages}
        elif kind == "delta" and said.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(said.delta.new_element.exception.message)
        elif kind == "script_finished":
            return screens


def _people(engine: Engine, town: int) -> list[Person]:
    """Make the accounts, each with a session that has begun."""
    key = installation_key()
    with writing(engine, "замер") as session:
        schools = [
            one.id or 0 for one in session.exec(
                select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL).order_by(Organisation.id)
            )
        ]
        roles = [(Role.MUNICIPAL_SPECIALIST, town)] * SPECIALISTS
        roles += [(Role.DIRECTOR, school) for school in schools[:DIRECTORS]]
        roles += [(Role.SCHOOL_METHODIST, school) for school in schools[:METHODISTS]]
        return [_person(session, key, number, role, unit) for number, (role, unit) in enumerate(roles)]


def _person(session: Session, key: InstallationKey, number: int, role: Role, unit: int) -> Person:
    account = Account(login=f"bench{number}", display_name=f"Человек {number}")
    session.add(account)
    session.flush()
    secret = AccountSecret(account_id=account.id or 0, totp_enabled=True)
    session.add(secret)
    since = date.today() - timedelta(days=1)
    session.add(RoleGrant(account_id=account.id or 0, role=role, organisation_id=unit, valid_from=since))
    session.flush()
    ticket = issue_ticket(session, key, TicketPurpose.SESSION, secret, utc_now(), second_factor=True)
    token = start_session(session, key, ticket, address="127.0.0.1", user_agent="замер")
    return Person(f"{cookie_name(secure=False)}={token}")
