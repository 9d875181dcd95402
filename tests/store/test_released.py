"""Stores of the released program: whatever rows they hold, the present program upgrades them and loses none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import JSON, Connection, Date, DateTime, Float, Integer, LargeBinary, MetaData, Numeric, Table, select
from sqlalchemy import Boolean as Flag

from core.store.engine import open_engine
from core.store.files import APPLICATION_ID
from core.store.revisions import differences, migrate, newest_revision, revision_of
from core.store.upgrade import prepare_store
from core.tables import ALL_TABLES, RELEASED
from tests.store.test_upgrade import VERSION_TABLE

COUNTS = {"room_version"}
"""Counts of changes, which begin anew with `table_version`: nothing that people entered."""


def some_value(column) -> object:
    """Return a value that the column takes; a reference goes to the one row of the other table."""
    kinds = {
        JSON: [], Flag: False, DateTime: datetime(2026, 9, 1, tzinfo=UTC), Date: date(2026, 9, 1), LargeBinary: b"1",
        Integer: 1, Float: 1.0, Numeric: 1,
    }
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), "1")


def fill(connection: Connection) -> dict[str, Table]:
    """Put one row into every table; a reference to the own table stays empty where it may."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if table.name == VERSION_TABLE:
            continue
        row = {}
        for column in table.columns:
            own = any(key.column.table is table for key in column.foreign_keys)
            if not (own and column.nullable):
                row[column.name] = some_value(column)
        if connection.execute(select(table).limit(1)).first() is None:
            connection.execute(table.insert().values(row))
    return {table.name: table for table in metadata.sorted_tables if table.name != VERSION_TABLE}


def test_a_released_store_full_of_rows_is_upgraded_and_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    engine = open_engine(f"sqlite:///{tmp_path / 'quality.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection, RELEASED)
        tables = fill(connection)
        before = {name: connection.execute(select(table)).mappings().all() for name, table in tables.items()}
    assert len(before) > 40 and all(before.values()), "a row in each table"
    prepare_store(engine)
    with engine.connect() as connection:
        assert revision_of(connection) == newest_revision() != RELEASED
        assert differences(connection, ALL_TABLES) == []
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        for name, table in tables.items():
            if name in COUNTS:
                continue
            kept = [dict(row) for row in connection.execute(select(table)).mappings()]
            assert [dict(row) for row in before[name]] == kept[: len(before[name])], name
    engine.dispose()
