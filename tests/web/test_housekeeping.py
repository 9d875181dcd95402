"""What the server does by itself: copies that are due, traces of ended sessions."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.errors import NotFound
from core.people.account_tables import Account
from core.people.session_tables import AuthSession
from core.store.base import utc_now
from core.store.scheduled import backups_of
from core.store.unit_of_work import reading, writing
from core.web import housekeeping
from core.web.housekeeping import Housekeeping, do_chores


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))


def copies(engine: Engine) -> int:
    return len(list(backups_of(engine).glob("*.db")))


def test_a_copy_is_made_and_ended_sessions_go(engine: Engine) -> None:
    with writing(engine, "тест") as session:
        account = Account(login="учитель", display_name="Учитель")
        session.add(account)
        session.flush()
        for number, days in enumerate((-40, 1)):
            session.add(
                AuthSession(
                    token_hash=str(number), account_id=account.id or 0, idle_seconds=60, auth_version=1,
                    expires_at=utc_now() + timedelta(days=days),
                )
            )
    do_chores(engine)
    do_chores(engine)
    assert copies(engine) == 1
    with reading(engine) as session:
        assert [row.token_hash for row in session.exec(select(AuthSession))] == ["1"]


def test_copies_can_be_switched_off(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_BACKUP_HOURS", "0")
    do_chores(engine)
    assert copies(engine) == 0


def test_what_cannot_be_done_is_said_and_the_rest_done(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("QUALITY_BACKUP_HOURS", "полдня")
    done = []
    monkeypatch.setattr(housekeeping, "_tidy_up", done.append)
    do_chores(sqlite_engine)
    assert "«полдня» непонятна" in caplog.text and done == [sqlite_engine]


def test_chores_are_repeated_until_the_end(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    chores = []
    keeper = Housekeeping(sqlite_engine, pause=timedelta(milliseconds=1))

    def count(engine: Engine) -> None:
        chores.append(engine)
        if len(chores) == 3:
            keeper.end()

    monkeypatch.setattr(housekeeping, "do_chores", count)
    keeper.start()
    keeper.wait()
    assert chores == [sqlite_engine] * 3


def test_what_others_have_to_do_is_done_too_and_a_refusal_stops_nothing(
    sqlite_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[Engine] = []

    def refused(_engine: Engine) -> None:
        raise NotFound("Организация")

    do_chores(sqlite_engine, refused, done.append)
    assert done == [sqlite_engine] and copies(sqlite_engine) == 1
    assert "Организация" in caplog.text
