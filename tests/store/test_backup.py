import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel, select

from core.errors import StoreUnavailable
from core.people.tables import Organisation, OrganisationKind
from core.store.backup import backup, restore, verify, verify_database
from core.store.data_version import data_version
from core.store.engine import open_engine
from core.store.files import database_path
from core.store.revisions import VERSION_TABLE, differences
from core.store.secrets import secret
from core.store.tables import Operation
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store
from core.tables import ALL_TABLES
from tests.store.rows import add_row, tables


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def add_school(engine: Engine, code: str) -> None:
    with writing(engine, actor="Иванов") as session:
        session.add(Organisation(code=code, name=f"Школа {code}", kind=OrganisationKind.SCHOOL))


def schools(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(session.exec(select(Organisation.code)))


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the data versions, which a restored store has greater."""
    found = {}
    with engine.connect().execution_options(writes=False) as connection:
        for table in ALL_TABLES.sorted_tables:
            if table.name not in {"data_version", "table_version"}:
                rows = connection.execute(table.select().order_by(*table.primary_key))
                found[table.name] = [tuple(row) for row in rows]
    return found


def fill(engine: Engine) -> None:
    """Put rows into every table."""
    with writing(engine, actor="Иванов") as session:
        for table in [*tables(audited=True), *tables(audited=False)]:
            if table.__tablename__ not in {"data_version", "table_version", "audit_entry"}:
                add_row(session, table)


def test_backup_holds_everything_and_is_private(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    summary = backup(engine, tmp_path / "copies" / "store.db")
    path = tmp_path / "copies" / "store.db"
    assert summary == verify(path)
    assert set(summary.rows) == {table.name for table in ALL_TABLES.sorted_tables}
    assert all(summary.rows[name] == len(rows) for name, rows in contents(engine).items())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["store.db"], "no journal and no half copy is left"


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_store_moves_from_either_database_to_either(
    engine: Engine, target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill(engine)
    backup(engine, tmp_path / "store.db")
    url = f"sqlite:///{tmp_path}/other/quality.db" if target == "sqlite" else request.getfixturevalue("postgres_url")
    restore(tmp_path / "store.db", url)
    other = open_engine(url)
    assert contents(other) == contents(engine)
    with pytest.raises(Exception, match="append-only"), other.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))
    with writing(other, actor="Петрова") as session:
        for table in tables(audited=True):
            add_row(session, table)
    other.dispose()


def test_open_store_sees_what_was_restored_and_the_former_one_is_kept(engine: Engine, tmp_path: Path) -> None:
    add_school(engine, "edu1")
    backup(engine, tmp_path / "store.db")
    add_school(engine, "edu2")
    with reading(engine) as session:
        version = data_version(session)
    previous = restore(tmp_path / "store.db", url_of(engine)).previous
    assert schools(engine) == ["edu1"]
    with reading(engine) as session:
        assert data_version(session) > version + 1_000_000, "no cache of the former data is taken for the new"
    add_school(engine, "edu3")
    assert schools(engine) == ["edu1", "edu3"]
    restore(previous, url_of(engine))
    assert schools(engine) == ["edu1", "edu2"]


def test_secrets_are_not_in_the_backup(sqlite_engine: Engine, tmp_path: Path) -> None:
    key = secret("pupil-names")
    add_school(sqlite_engine, "edu1")
    backup(sqlite_engine, tmp_path / "store.db")
    assert key not in (tmp_path / "store.db").read_bytes()


def test_backup_while_twenty_people_write_is_whole(engine: Engine, tmp_path: Path) -> None:
    """Each writer adds two schools in one unit: every copy must hold an even number."""
    stop, raised = Event(), []

    def person(number: int) -> None:
        round_ = 0
        try:
            while not stop.is_set():
                round_ += 1
                with writing(engine, actor=str(number)) as session:
                    for half in "аб":
                        code = f"{number}-{round_}-{half}"
                        session.add(Organisation(code=code, name="Школа", kind=OrganisationKind.SCHOOL))
                        session.flush()
        except BaseException as error:
            raised.append(error)

    threads = [Thread(target=person, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    counts = [backup(engine, tmp_path / f"{number}.db").rows["organisation"] for number in range(4)]
    stop.set()
    for thread in threads:
        thread.join()
    assert raised == []
    assert [count % 2 for count in counts] == [0] * 4
    assert counts == sorted(counts)


def test_older_backup_is_upgraded_on_the_way(engine: Engine, older: Path) -> None:
    before = older.read_bytes()
    restore(older, url_of(engine))
    with engine.connect() as connection:
        assert differences(connection, ALL_TABLES) == []
    with reading(engine) as session:
        assert session.get_one(Operation, "op-1").actor == "Иванов"
    assert older.read_bytes() == before


@pytest.mark.parametrize("fault", ["missing", "empty", "foreign", "damaged", "newer", "orphan"])
def test_backup_that_is_not_sound_is_refused_and_nothing_changes(engine: Engine, tmp_path: Path, fault: str) -> None:
    path = tmp_path / "store.db"
    add_school(engine, "edu1")
    backup(engine, path)
    if fault == "missing":
        path.unlink()
    elif fault == "empty":
        path.write_bytes(b"")
    elif fault == "damaged":
        content = path.read_bytes()
        path.write_bytes(content[:8192] + os.urandom(len(content) - 8192))
    elif fault == "foreign":
        path.unlink()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE other (x)")
    else:
        statement = {
            "newer": f"UPDATE {VERSION_TABLE} SET version_num = '9999'",
            "orphan": "INSERT INTO organisation_membership (version, organisation_id, parent_id, valid_from) "
            "VALUES (1, 77, 78, '1900-01-01')",
        }[fault]
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()
    add_school(engine, "edu2")
    with pytest.raises(StoreUnavailable):
        restore(path, url_of(engine))
    assert schools(engine) == ["edu1", "edu2"]


def test_damaged_database_is_set_aside_and_replaced(sqlite_engine: Engine, tmp_path: Path) -> None:
    add_school(sqlite_engine, "edu1")
    backup(sqlite_engine, tmp_path / "store.db")
    sqlite_engine.dispose()
    path = database_path(sqlite_engine.url.database)
    damaged = os.urandom(20_000)
    path.write_bytes(damaged)
    with pytest.raises(StoreUnavailable):
        verify_database(sqlite_engine)
    previous = restore(tmp_path / "store.db", url_of(sqlite_engine)).previous
    assert previous.read_bytes() == damaged
    prepare_store(sqlite_engine)
    assert schools(sqlite_engine) == ["edu1"]


def test_sound_database_is_verified(engine: Engine) -> None:
    fill(engine)
    verify_database(engine)


def test_failed_backup_leaves_the_earlier_copy(sqlite_engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "store.db"
    backup(sqlite_engine, target)
    before = target.read_bytes()
    sqlite_engine.dispose()
    database_path(sqlite_engine.url.database).write_bytes(os.urandom(20_000))
    with pytest.raises(StoreUnavailable):
        backup(sqlite_engine, target)
    assert target.read_bytes() == before


def test_nothing_to_back_up_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="Базы данных ещё нет"):
        backup(open_engine(f"sqlite:///{tmp_path}/no.db"), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert issubclass(Organisation, SQLModel)
