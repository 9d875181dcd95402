import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.exc import OperationalError

from core.errors import EditConflict, InvalidInput, StoreUnavailable
from core.people.tables import Organisation, OrganisationKind
from core.store import queue
from core.store.engine import database_address, default_engine, engine_for, open_engine
from core.store.files import database_path
from core.store.queue import WriterQueue
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store


def school(code: str) -> Organisation:
    return Organisation(code=code, name=f"Школа {code}", kind=OrganisationKind.SCHOOL)


def count(engine: Engine) -> int:
    with reading(engine) as session:
        return session.execute(select(func.count()).select_from(Organisation)).scalar_one()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_plain_postgresql_addresses_are_accepted(scheme: str) -> None:
    assert database_address(f"{scheme}://u:p@host/base").drivername == "postgresql+psycopg"


@pytest.mark.parametrize("url", ["mysql://host/base", "не адрес", "oracle://x"])
def test_other_addresses_are_refused_in_words(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="QUALITY_DATABASE_URL"):
        open_engine(url)


def test_one_engine_for_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    assert default_engine() is default_engine()
    assert default_engine() is engine_for(f"sqlite:///{tmp_path / 'quality.db'}")


def test_connections_of_sqlite_are_safe(sqlite_engine: Engine) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "secure_delete")
    with sqlite_engine.connect() as connection:
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 2, 1, 30000, 0, 1]


def test_unit_is_all_or_nothing(engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt), writing(engine, actor="Иванов") as session:
        session.add(school("1"))
        session.flush()
        raise KeyboardInterrupt
    assert count(engine) == 0


def test_reader_sees_one_state_while_others_write(engine: Engine) -> None:
    with reading(engine) as session:
        query = select(func.count()).select_from(Organisation)
        before = session.execute(query).scalar_one()
        with writing(engine, actor="Иванов") as other:
            other.add(school("1"))
        assert (before, session.execute(query).scalar_one()) == (0, 0)
    assert count(engine) == 1


def test_same_key_from_two_people_is_a_conflict_in_words(engine: Engine) -> None:
    for attempt in range(2):
        if attempt == 0:
            with writing(engine, actor="Иванов") as session:
                session.add(school("1"))
        else:
            with pytest.raises(EditConflict, match="уже есть"), writing(engine, actor="Петрова") as session:
                session.add(school("1"))
    assert count(engine) == 1


def test_writing_inside_writing_is_a_mistake_that_is_seen_at_once(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="inside another"), writing(engine, actor="Иванов") as session:
        session.add(school("1"))
        session.flush()
        with writing(engine, actor="Иванов") as inner:
            inner.add(school("2"))
            inner.flush()
    with writing(engine, actor="Иванов") as session:
        session.add(school("3"))
    assert count(engine) == 1


def test_writers_come_in_the_order_of_their_arrival() -> None:
    line, order, threads = WriterQueue(), [], []

    def person(number: int) -> None:
        line.enter(10)
        order.append(number)
        line.leave()

    line.enter(10)
    for number in range(10):
        thread = threading.Thread(target=person, args=(number,))
        thread.start()
        while len(line._waiting) <= number:
            pass
        threads.append(thread)
    line.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(10))


def test_writer_that_waits_too_long_is_told(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.engine.BUSY_SECONDS", 0.05)
    told = []

    def late() -> None:
        with pytest.raises(StoreUnavailable, match="занята"), writing(sqlite_engine, actor="Второй") as other:
            other.add(school("2"))
        told.append("занята")

    with writing(sqlite_engine, actor="Первый") as session:
        session.add(school("1"))
        session.flush()
        thread = threading.Thread(target=late)
        thread.start()
        thread.join()
    assert told
    assert count(sqlite_engine) == 1
    with writing(sqlite_engine, actor="Второй") as session:
        session.add(school("2"))
    assert queue.BUSY_SECONDS == 30


def test_database_locked_by_another_program_is_said_in_words(sqlite_engine: Engine) -> None:
    other = sqlite3.connect(database_path(sqlite_engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    event.listen(sqlite_engine, "connect", lambda connection, _entry: connection.execute("PRAGMA busy_timeout = 1"))
    for _attempt in range(2):
        with pytest.raises(StoreUnavailable, match="занята"), writing(sqlite_engine, actor="Иванов") as session:
            session.add(school("1"))
    other.execute("ROLLBACK")
    other.close()
    with writing(sqlite_engine, actor="Иванов") as session:
        session.add(school("1"))
    assert count(sqlite_engine) == 1, "those who were refused do not stand in the way"


def test_full_disk_is_said_in_words_and_changes_nothing(sqlite_engine: Engine) -> None:
    @event.listens_for(sqlite_engine, "connect")
    def limit(connection, _entry) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")

    def fill(size: int) -> None:
        with writing(sqlite_engine, actor="Иванов") as session:
            session.add_all(school(f"{size}-{number}") for number in range(size))

    fill(1)
    with pytest.raises(StoreUnavailable, match=r"закончилось место\. Данные не изменены"):
        fill(2000)
    assert count(sqlite_engine) == 1
    sqlite_engine.dispose()
    event.remove(sqlite_engine, "connect", limit)
    fill(2000)
    assert count(sqlite_engine) == 2001


def test_store_for_reading_only_is_said_in_words(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailable, match="только для чтения"), writing(sqlite_engine, actor="Иванов") as session:
        session.add(school("1"))


def test_damage_found_while_working_is_said_in_words(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="Иванов") as session:
        session.add_all(school(str(number)) for number in range(500))
    sqlite_engine.dispose()
    path = database_path(sqlite_engine.url.database)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    with pytest.raises(StoreUnavailable, match="повреждена"):
        count(sqlite_engine)


def test_lost_connection_is_said_in_words_and_the_next_unit_works(postgres_engine: Engine) -> None:
    with pytest.raises(StoreUnavailable, match="недоступна"), writing(postgres_engine, actor="Иванов") as session:
        session.add(school("1"))
        session.flush()
        process = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with postgres_engine.connect().execution_options(writes=False) as killer:
            killer.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
        session.add(school("2"))
    assert count(postgres_engine) == 0
    with writing(postgres_engine, actor="Иванов") as session:
        session.add(school("3"))
    assert count(postgres_engine) == 1


def test_server_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    engine = open_engine(f"postgresql://postgres@/quality?host={tmp_path}")
    with pytest.raises(StoreUnavailable, match="База данных недоступна"):
        count(engine)
    with pytest.raises(StoreUnavailable, match="База данных недоступна"):
        prepare_store(engine)


def test_mistakes_of_the_program_are_not_hidden(sqlite_engine: Engine) -> None:
    with pytest.raises(OperationalError, match="no such table"), reading(sqlite_engine) as session:
        session.execute(text("SELECT * FROM nowhere"))


def test_new_database_is_private(tmp_path: Path) -> None:
    prepare_store(open_engine(f"sqlite:///{tmp_path}/new/quality.db"))
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "quality.db").stat().st_mode) == 0o600


def test_an_invisible_sign_in_a_text_is_a_refusal(postgres_engine: Engine) -> None:
    """PostgreSQL keeps no sign with the code 0; SQLite does."""
    with pytest.raises(InvalidInput, match="невидимый знак"), writing(postgres_engine, "Иванов") as session:
        session.add(Organisation(code="1", name="Шко\x00ла", kind=OrganisationKind.SCHOOL))
