"""Fixtures of the store's own tests."""

from pathlib import Path

import pytest

from core.store.engine import open_engine
from core.store.files import APPLICATION_ID
from core.store.revisions import known_revisions, migrate


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A SQLite store as the program before the last revision left it, not open; its data version is 41."""
    path = tmp_path / "older" / "quality.db"
    path.parent.mkdir()
    engine = open_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection, known_revisions()[-2])
        connection.exec_driver_sql("INSERT INTO data_version (id, value) VALUES (1, 41)")
        connection.exec_driver_sql("INSERT INTO operation VALUES ('op-1', '2026-11-22 14:02:00', 'Иванов', '{}')")
    engine.dispose()
    return path
