import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from core.errors import StoreUnavailable
from core.people.tables import Organisation, OrganisationKind
from core.store import upgrade
from core.store.engine import open_engine
from core.store.files import APPLICATION_ID
from core.store.revisions import VERSION_TABLE, differences, known_revisions, migrate, newest_revision, revision_of
from core.store.settings import PROGRAM
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store
from core.tables import ALL_TABLES


def sqlite_at(path: Path) -> Engine:
    return open_engine(f"sqlite:///{path}")


@pytest.fixture
def store(tmp_path: Path, sqlite_template: Path) -> Path:
    """A SQLite store with one school in it, not open."""
    path = tmp_path / "store" / "quality.db"
    path.parent.mkdir()
    shutil.copyfile(sqlite_template, path)
    engine = sqlite_at(path)
    with writing(engine, actor="Иванов") as session:
        session.add(Organisation(code="edu1", name="Школа 1", kind=OrganisationKind.SCHOOL))
    engine.dispose()
    return path


def schools(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT code FROM organisation")]


def refusal(path: Path) -> str:
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable) as raised:
        prepare_store(sqlite_at(path))
    assert path.read_bytes() == before, "a refused database stays as it was"
    assert raised.value.advice
    return str(raised.value)


def test_migrations_and_tables_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        assert differences(connection, ALL_TABLES) == []
        assert revision_of(connection) == newest_revision()


def test_store_is_created_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "quality.db"
    for _start in range(2):
        engine = sqlite_at(path)
        prepare_store(engine)
        with reading(engine) as session:
            session.execute(text("SELECT * FROM class_work"))
        engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert {one.name for one in path.parent.iterdir()} == {"quality.db", "quality.db.lock"}


def test_store_in_postgresql_is_created_once(postgres_url: str) -> None:
    for _start in range(2):
        engine = open_engine(postgres_url)
        prepare_store(engine)
        with engine.connect() as connection:
            assert "class_work" in inspect(connection).get_table_names()
        engine.dispose()


def test_two_processes_start_at_once(tmp_path: Path) -> None:
    command = f"""
from core.store.engine import open_engine
from core.store.upgrade import prepare_store
prepare_store(open_engine("sqlite:///{tmp_path}/quality.db"))
"""
    starts = [subprocess.Popen([sys.executable, "-c", command], cwd=PROGRAM) for _ in range(3)]
    assert [start.wait() for start in starts] == [0, 0, 0]


def test_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quality.db"
    path.touch()
    assert "пуст (0 байт)" in refusal(path)


def test_folder_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "quality.db.lock").mkdir()
    with pytest.raises(StoreUnavailable, match="нельзя записывать"):
        prepare_store(sqlite_at(tmp_path / "quality.db"))
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="Не удалось создать папку"):
        prepare_store(sqlite_at(tmp_path / "file" / "store" / "quality.db"))


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quality.db"
    path.write_bytes(b"PK\x03\x04" + bytes(5000))
    assert "не является базой данных" in refusal(path)


def test_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quality.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (x)")
    assert "другой программы" in refusal(path)


def test_postgresql_of_another_program_is_refused(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (x int)"))
    with pytest.raises(StoreUnavailable, match="другой программы"):
        prepare_store(engine)
    engine.dispose()


@pytest.mark.parametrize("damage", ["header", "middle", "end"])
def test_damaged_database_is_refused_and_the_last_copy_named(store: Path, damage: str) -> None:
    copy = store.parent / "backups" / "2026-11-21_18-00.db"
    copy.parent.mkdir()
    copy.touch()
    content = bytearray(store.read_bytes())
    if damage == "header":
        content[:100] = bytes(100)
    elif damage == "middle":
        content[len(content) // 2 :] = os.urandom(len(content) - len(content) // 2)
    else:
        del content[len(content) // 2 :]
    store.write_bytes(content)
    words = refusal(store)
    assert "поврежд" in words
    assert copy.name in words


def test_database_held_by_another_program_is_not_called_damaged(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.files.connect_plainly", lambda path: sqlite3.connect(path, timeout=0))
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="занят другой программой"):
            prepare_store(sqlite_at(store))


def test_rubbish_in_the_journal_does_no_harm(store: Path) -> None:
    store.with_name("quality.db-wal").write_bytes(os.urandom(50_000))
    engine = sqlite_at(store)
    prepare_store(engine)
    engine.dispose()
    assert schools(store) == ["edu1"]


def test_lost_database_beside_its_journal_is_not_replaced_by_a_new_one(store: Path) -> None:
    store.with_name("quality.db-wal").write_bytes(b"journal")
    store.unlink()
    with pytest.raises(StoreUnavailable, match="журнал"):
        prepare_store(sqlite_at(store))
    assert not store.exists()


def newer(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))


def test_newer_database_is_refused(engine: Engine) -> None:
    newer(engine)
    with pytest.raises(StoreUnavailable, match="более новой версией"):
        prepare_store(engine)


def state(path: Path) -> tuple[str, int]:
    """Revision and data version of a SQLite file that must be whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        revision = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()[0]
        return revision, connection.execute("SELECT value FROM data_version").fetchone()[0]


def test_older_database_is_copied_and_upgraded(older: Path) -> None:
    engine = sqlite_at(older)
    prepare_store(engine)
    with engine.connect() as connection:
        assert differences(connection, ALL_TABLES) == []
    engine.dispose()
    (copy,) = (older.parent / "backups").glob("*.db")
    assert state(older) == (newest_revision(), 41)
    assert state(copy) == (known_revisions()[-2], 41)
    with closing(sqlite3.connect(older)) as connection:
        counted = connection.execute("SELECT value FROM table_version WHERE name = '*'").fetchall()
    assert counted == [(1,)], "what was read by another program from the old rows is not given any more"


def test_older_postgresql_is_upgraded(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.begin() as connection:
        migrate(connection, known_revisions()[-2])
    prepare_store(engine)
    with engine.connect() as connection:
        assert differences(connection, ALL_TABLES) == []
    engine.dispose()


def test_failed_upgrade_changes_nothing_and_names_the_copy(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: Connection) -> None:
        migrate(connection)
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(upgrade, "migrate", fail)
    with pytest.raises(StoreUnavailable, match="Данные не изменены") as raised:
        prepare_store(sqlite_at(older))
    assert "backups" in raised.value.advice
    assert state(older) == (known_revisions()[-2], 41)


def test_upgrade_that_would_leave_orphans_is_taken_back(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def orphan(connection: Connection) -> None:
        migrate(connection)
        connection.exec_driver_sql(
            "INSERT INTO organisation_membership (version, organisation_id, parent_id, valid_from) "
            "VALUES (1, 777, 778, '1900-01-01')"
        )

    monkeypatch.setattr(upgrade, "migrate", orphan)
    with pytest.raises(StoreUnavailable, match="поэтому отменено"):
        prepare_store(sqlite_at(older))
    assert state(older) == (known_revisions()[-2], 41)


def test_reference_to_nothing_is_damage_too(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(
            "INSERT INTO organisation_membership (version, organisation_id, parent_id, valid_from) "
            "VALUES (1, 777, 778, '1900-01-01')"
        )
        connection.commit()
    assert "нет записи в organisation" in refusal(store)


_KILLED = """
import os, signal, sys
from sqlalchemy import event
from core.store import upgrade
from core.store.engine import open_engine
number, maker = 0, upgrade.{maker}
def count(*_):
    global number
    number += 1
    if number == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
def watched(source):
    engine = maker(source)
    event.listen(engine, "before_cursor_execute", count)
    return engine
upgrade.{maker} = watched
upgrade.prepare_store(open_engine("sqlite:///" + sys.argv[1]))
"""


def prepare_and_die(path: Path, maker: str, statement: int) -> bool:
    """Prepare the store in a process that is killed before the statement; say whether it came that far."""
    command = [sys.executable, "-c", _KILLED.format(maker=maker), str(path), str(statement)]
    code = subprocess.run(command, cwd=PROGRAM, check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


def test_killed_upgrade_leaves_the_old_schema_and_can_be_repeated(older: Path) -> None:
    kills = 0
    for statement in (2**power for power in range(12)):
        if not prepare_and_die(older, "open_migration_engine", statement):
            break
        kills += 1
        assert state(older) == (known_revisions()[-2], 41), f"killed before statement {statement}"
    assert kills >= 3
    assert state(older) == (newest_revision(), 41)


@pytest.mark.parametrize("statement", [1, 30, 100])
def test_killed_creation_leaves_nothing_in_the_way(tmp_path: Path, statement: int) -> None:
    path = tmp_path / "quality.db"
    assert prepare_and_die(path, "open_engine", statement)
    assert not path.exists()
    engine = sqlite_at(path)
    prepare_store(engine)
    engine.dispose()
    assert schools(path) == []


def test_no_room_for_the_copy_stops_the_upgrade(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.copies.shutil.disk_usage", lambda _path: SimpleNamespace(free=0))
    with pytest.raises(StoreUnavailable, match="нет места для резервной копии"):
        prepare_store(sqlite_at(older))
    assert state(older) == (known_revisions()[-2], 41)
