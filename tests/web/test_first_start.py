"""What the start says about signing in: the link, and when it refuses to go on without it."""

import re

import pytest
from sqlmodel import select

import app
from core.people.account_tables import Account
from core.people.first_start import is_setup_link_valid
from core.people.keys import installation_key
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing


@pytest.fixture
def store(sqlite_engine, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    monkeypatch.setenv("QUALITY_SIGN_IN", "on")
    yield sqlite_engine
    default_engine().dispose()


def add_account(engine) -> None:
    with writing(engine, "тест") as session:
        session.add(Account(login="орлова", display_name="Орлова"))


def test_an_empty_store_prints_a_link_that_works_and_the_next_start_another(store, caplog):
    links = []
    for _start in range(2):
        caplog.clear()
        app.open_first_start("http://localhost:8501")
        links.append(re.search(r"http://localhost:8501/setup\?key=(\S+)", caplog.text)[1])
    with reading(store) as session:
        assert [is_setup_link_valid(session, installation_key(), link) for link in links] == [False, True]


def test_with_accounts_nothing_is_printed(store, caplog):
    add_account(store)
    app.open_first_start("http://localhost:8501")
    assert "setup" not in caplog.text


def test_without_signing_in_the_program_starts_only_while_there_are_no_accounts(store, monkeypatch, caplog):
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    app.open_first_start("http://localhost:8501")
    assert "setup" not in caplog.text
    add_account(store)
    with pytest.raises(SystemExit, match="есть учётные записи"):
        app.open_first_start("http://localhost:8501")


def test_without_signing_in_the_program_starts_only_on_this_computer(store, monkeypatch):
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    monkeypatch.setattr(app.st, "get_option", lambda _name: "0.0.0.0")
    with pytest.raises(SystemExit, match=r"127\.0\.0\.1"):
        app.open_first_start("http://localhost:8501")
    with reading(store) as session:
        assert session.exec(select(Account)).first() is None
