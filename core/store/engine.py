"""The engine: SQLite with BEGIN IMMEDIATE for writers, or PostgreSQL. One engine per address in a process."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import StoreUnavailable
from core.store.files import database_path
from core.store.queue import BUSY_SECONDS, WriterQueue, queue_for
from core.store.read_tables import note_statements
from core.store.settings import database_url

_PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "trusted_schema=OFF",
    "secure_delete=ON",
)
_POSTGRESQL_TIMEOUTS = "-c statement_timeout=15s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
_POSTGRESQL_WRITERS = 0x51435957
"""Key of the advisory lock that writers of all processes hold; its queue is fair."""


def database_address(url: str) -> URL:
    """Return SQLAlchemy's address; «postgresql://» and «postgres://» mean our driver, psycopg 3.

    Raises StoreUnavailable when the text is no address of a SQLite or PostgreSQL database.
    """
    advice = "Проверьте переменную QUALITY_DATABASE_URL: нужен адрес вида sqlite:///файл или postgresql://узел/база."
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable("Адрес базы данных записан с ошибкой.", advice) from error
    if address.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in {"sqlite", "sqlite+pysqlite"}:
        return address
    raise StoreUnavailable(f"База данных вида «{address.drivername}» не поддерживается.", advice)


def open_engine(url: str) -> Engine:
    """Return a new engine for the address. Connections are made when first used.

    A transaction is a writing one unless the execution option `writes=False` is given, and writers of one database
    work one after the other, in order of arrival: by a queue in this process, between processes by BEGIN IMMEDIATE on
    SQLite and by an advisory lock on PostgreSQL. So what a writer checks is still true when it commits. The measured
    reason: with SQLAlchemy's default deferred BEGIN concurrent edits were lost or refused. Use `default_engine()` in
    the program.
    """
    address = database_address(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address, foreign_keys=True)
    options = f"{_POSTGRESQL_TIMEOUTS} {address.query.get('options', '')}".strip()
    engine = create_engine(
        address,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_size=20,
        pool_timeout=BUSY_SECONDS,
        connect_args={"connect_timeout": 5, "options": options, "application_name": "quality"},
    )
    queue = queue_for(address.render_as_string(hide_password=True))
    _let_writers_queue(engine, queue, read="", write=f"SELECT pg_advisory_xact_lock({_POSTGRESQL_WRITERS})")
    note_statements(engine)
    return engine


def open_migration_engine(engine: Engine) -> Engine:
    """Return an engine to the same database for a migration: no foreign keys while tables are rebuilt on SQLite."""
    if engine.dialect.name == "sqlite":
        return _open_sqlite(engine.url, foreign_keys=False)
    return open_engine(engine.url.render_as_string(hide_password=False))


@cache
def engine_for(url: str) -> Engine:
    """Return the one engine of this process for the address."""
    return open_engine(url)


def default_engine() -> Engine:
    """Return the one engine of this process for the configured database (`settings.database_url`)."""
    return engine_for(database_url())


def _open_sqlite(address: URL, *, foreign_keys: bool) -> Engine:
    """Return a SQLite engine whose transactions are begun by us, not by the driver."""
    # Waiting writers hold connections too; readers must not run out of them.
    engine = create_engine(address, pool_size=20, max_overflow=40, pool_timeout=BUSY_SECONDS)
    pragmas = (*_PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    path = database_path(address.database)
    queue = queue_for(str(path.resolve())) if path else WriterQueue()
    _let_writers_queue(engine, queue, read="BEGIN", write="BEGIN IMMEDIATE")
    note_statements(engine)
    return engine


def _let_writers_queue(engine: Engine, queue: WriterQueue, *, read: str, write: str) -> None:
    """Begin each transaction with a statement of its kind; a writer waits for its turn before and leaves at the end."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("writes", True):
            if read:
                connection.exec_driver_sql(read)
            return
        held = connection.connection.record_info
        if held is not None and not held.get("writer"):
            queue.enter(BUSY_SECONDS)
            held["writer"] = True
        connection.exec_driver_sql(write)

    @event.listens_for(engine, "checkin")
    def _checkin(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        if entry.record_info is not None and entry.record_info.pop("writer", False):
            queue.leave()
