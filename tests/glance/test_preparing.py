"""The first screen of those who see many schools is ready before they come, and says the same."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.analysis import problem_fields, standings
from core.glance.preparing import prepare_overviews
from core.monitoring.automatic import records
from core.people.access import scope_for
from core.people.account_tables import Account, RoleGrant
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.visit_tables import Visit
from core.store.answers import forget_answers
from core.store.base import utc_now
from core.store.engine import open_engine
from core.store.unit_of_work import reading, writing
from tests.pages.conftest import SHELL


@pytest.fixture
def town(demo_store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give a store of one's own with the demo."""
    shutil.copytree(demo_store.folder, tmp_path / "store")
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    engine = open_engine(f"sqlite:///{tmp_path / 'store' / 'quality.db'}")
    forget_answers()
    yield engine
    engine.dispose()


def person(engine: Engine, role: Role, kind: OrganisationKind, days_ago: int) -> Scope:
    """Add somebody who was here so many days ago; return what they may see."""
    with writing(engine, "тест") as session:
        unit = session.exec(select(Organisation).where(Organisation.kind == kind)).first()
        account = Account(login=f"{role.name}{days_ago}", display_name="Иванова Мария Петровна")
        session.add(account)
        session.flush()
        session.add(RoleGrant(account_id=account.id, role=role, organisation_id=unit.id, valid_from=date(2026, 9, 1)))
        session.add(Visit(account_id=account.id, seen_at=utc_now() - timedelta(days=days_ago)))
        session.flush()
        return scope_for(session, account)


def looks(monkeypatch: pytest.MonkeyPatch, engine: Engine, scope: Scope) -> AppTest:
    """Open the first screen as this person."""
    monkeypatch.setattr("pages.widgets.session.engine", lambda: engine)
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: scope)
    return AppTest.from_file(str(SHELL), default_timeout=60).run()


def nobody_loads_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(*_given, **_options) -> None:
        raise AssertionError("works are read again")

    for module in (problem_fields, standings, records):
        monkeypatch.setattr(module, "load_works", loaded)


def test_the_first_screen_of_a_specialist_is_ready(town: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    specialist = person(town, Role.MUNICIPAL_SPECIALIST, OrganisationKind.MUNICIPALITY, 3)
    plainly = looks(monkeypatch, town, specialist)
    assert not plainly.exception
    forget_answers()
    monkeypatch.delenv("QUALITY_SIGN_IN")
    prepare_overviews(town)
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    nobody_loads_works(monkeypatch)
    prepared = looks(monkeypatch, town, specialist)
    assert not prepared.exception
    assert [one.value for one in prepared.markdown] == [one.value for one in plainly.markdown]


def test_who_works_alone_finds_it_ready_too(town: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    prepare_overviews(town)
    nobody_loads_works(monkeypatch)
    assert not looks(monkeypatch, town, Scope.local_administrator()).exception


def test_nothing_is_prepared_for_one_school_or_for_who_was_long_away(
    town: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALITY_SIGN_IN", raising=False)
    person(town, Role.DIRECTOR, OrganisationKind.SCHOOL, 1)
    person(town, Role.MUNICIPAL_SPECIALIST, OrganisationKind.MUNICIPALITY, 15)
    nobody_loads_works(monkeypatch)
    prepare_overviews(town)
    person(town, Role.MUNICIPAL_SPECIALIST, OrganisationKind.MUNICIPALITY, 13)
    with pytest.raises(AssertionError):
        prepare_overviews(town)


def test_an_empty_store_has_nothing_to_prepare(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    prepare_overviews(sqlite_engine)
    with reading(sqlite_engine) as session:
        assert session.exec(select(Visit)).first() is None
