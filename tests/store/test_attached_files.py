"""Attached files belong to a copy: copied with it, missed when they are gone, put back with it."""

import hashlib
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.errors import StoreUnavailable
from core.people.tables import Organisation, OrganisationKind
from core.planning.roadmap_tables import Evidence
from core.store import attached_files
from core.store.attached_files import files_beside
from core.store.attachments import attachments_directory, keep
from core.store.backup import backup, restore, verify, verify_database
from core.store.evidence import EvidenceKind
from core.store.files import database_path
from core.store.scheduled import back_up_when_due, backups_of, thin_out
from core.store.unit_of_work import writing
from tests.store.rows import add_row

PAPER = b"%PDF-1.4 " + bytes(range(256)) * 9000
"""Larger than one piece of the copying."""


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def attach(engine: Engine, content: bytes = PAPER, shown: str = "справка") -> str:
    """Attach a file to a measure; return the name in the store."""
    name = keep(content, "pdf")
    with writing(engine, "Иванов") as session:
        row = add_row(session, Evidence)
        row.kind, row.stored_name, row.file_name = EvidenceKind.FILE, name, shown
        row.size, row.sha256 = len(content), hashlib.sha256(content).hexdigest()
        session.add(row)
    return name


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_attached_files_are_part_of_a_copy_and_come_back_with_it(engine: Engine, tmp_path: Path) -> None:
    name = attach(engine)
    copy = tmp_path / "copies" / "store.db"
    summary = backup(engine, copy)
    assert (summary.files, summary.lost) == (1, ())
    kept = copy.parent / "backup-attachments" / name
    assert kept.read_bytes() == PAPER and kept.stat().st_mode & 0o777 == 0o600
    verify(copy)
    (attachments_directory() / name).unlink()
    with pytest.raises(StoreUnavailable, match="не найдены: «справка»"):
        verify_database(engine)
    assert restore(copy, url_of(engine)).lost == ()
    assert (attachments_directory() / name).read_bytes() == PAPER
    verify_database(engine)


@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_a_lost_file_is_named_and_stands_in_nobodys_way(engine: Engine, tmp_path: Path, fault: str) -> None:
    name = attach(engine)
    attach(engine, b"%PDF whole", "протокол")
    copy = tmp_path / "copies" / "store.db"
    backup(engine, copy)
    for folder in (copy.parent / "backup-attachments", attachments_directory()):
        if fault == "missing":
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(PAPER[:-1] + b"!")
    words = {"missing": "не найдены", "damaged": "повреждены"}[fault]
    with pytest.raises(StoreUnavailable, match=f"{words}: «справка»") as refused:
        verify(copy)
    assert "протокол" not in str(refused.value)
    with pytest.raises(StoreUnavailable, match=f"{words}: «справка»"):
        verify_database(engine)
    assert restore(copy, url_of(engine)).lost == ("справка",), "the database comes back all the same"
    assert backup(engine, tmp_path / "other" / "store.db").lost == ("справка",)


def test_a_damaged_file_is_healed_from_the_copy(sqlite_engine: Engine, tmp_path: Path) -> None:
    name = attach(sqlite_engine)
    backup(sqlite_engine, tmp_path / "store.db")
    (attachments_directory() / name).write_bytes(b"x" * len(PAPER))
    restore(tmp_path / "store.db", url_of(sqlite_engine))
    assert (attachments_directory() / name).read_bytes() == PAPER


def test_a_copy_that_breaks_off_leaves_no_half_file(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(sqlite_engine)

    def full_disk(_descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(attached_files.os, "fsync", full_disk)
    wanted = attached_files.named_in_store(sqlite_engine)
    with pytest.raises(StoreUnavailable, match="место на диске"):
        attached_files.copy_files(wanted, attachments_directory(), tmp_path / "there", trust_size=True)
    assert list((tmp_path / "there").iterdir()) == []


def test_a_copy_of_a_store_without_attachments_makes_no_folder(sqlite_engine: Engine, tmp_path: Path) -> None:
    with writing(sqlite_engine, "Иванов") as session:
        session.add(Organisation(code="1", name="Школа", kind=OrganisationKind.SCHOOL))
    backup(sqlite_engine, tmp_path / "copies" / "store.db")
    assert [one.name for one in (tmp_path / "copies").iterdir()] == ["store.db"]


def aged(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_copy_is_made_when_the_last_good_one_is_too_old(engine: Engine) -> None:
    first = back_up_when_due(engine, timedelta(hours=6))
    assert first is not None and verify(first).files == 0
    aged(first, datetime.now() - timedelta(hours=5))
    assert back_up_when_due(engine, timedelta(hours=6)) is None
    aged(first, datetime.now() - timedelta(hours=7))
    second = back_up_when_due(engine, timedelta(hours=6))
    assert second is not None and first.exists()


def test_old_copies_go_with_the_files_that_only_they_name(sqlite_engine: Engine) -> None:
    noon, folder = datetime(2026, 11, 22, 12, 0), backups_of(sqlite_engine)
    old, newer, by_hand = folder / "1_scheduled.db", folder / "2_scheduled.db", folder / "by-hand.db"
    attach(sqlite_engine)
    backup(sqlite_engine, old)
    with writing(sqlite_engine, "Иванов") as session:
        session.delete(session.exec(select(Evidence)).one())
    other = attach(sqlite_engine, b"%PDF other")
    backup(sqlite_engine, newer)
    backup(sqlite_engine, by_hand)
    for path, moment in ((old, noon), (newer, noon + timedelta(minutes=5)), (by_hand, noon - timedelta(days=4000))):
        aged(path, moment)
    assert thin_out(folder) == [old]
    assert [path.name for path in files_beside(newer).iterdir()] == [other]
    assert sorted(path.name for path in folder.glob("*.db")) == ["2_scheduled.db", "by-hand.db"]


def test_copying_leaves_the_journal_of_an_open_store_alone(sqlite_engine: Engine) -> None:
    """A file that the process itself opened and closed loses its locks: the next program would take the journal."""
    with writing(sqlite_engine, "Иванов") as session:
        session.add(Organisation(code="1", name="Школа", kind=OrganisationKind.SCHOOL))
    path = database_path(sqlite_engine.url.database)
    assert path is not None
    backup(sqlite_engine, path.with_name("copy.db"))
    other = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM organisation'); c.close()"
    subprocess.run([sys.executable, "-c", other, str(path)], check=True)
    assert path.with_name(path.name + "-wal").exists(), "the store is still open here"
    with writing(sqlite_engine, "Иванов") as session:
        session.add(Organisation(code="2", name="Школа", kind=OrganisationKind.SCHOOL))
    verify_database(sqlite_engine)
