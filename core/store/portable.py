"""The rows of a PostgreSQL store to a SQLite file of the same schema and back.

The tables are those of the SQLite file, which our own migrations have made, so both sides have the same columns.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Connection, DateTime, Engine, Integer, MetaData, Table, event, insert, select, text
from sqlalchemy.engine.interfaces import ReflectedColumn

from core.errors import StoreUnavailable
from core.store.base import UtcDateTime
from core.store.revisions import VERSION_TABLE, newest_revision, revision_of

_BATCH = 500


def dump_postgresql(source: Engine, target: Engine) -> None:
    """Copy all rows of a PostgreSQL store, as they are at one moment, into a new SQLite store."""
    tables = _tables(target)
    options = {"writes": False, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with source.connect().execution_options(**options) as reader, target.begin() as writer:
        _require_newest(reader)
        reader.execute(text("SET LOCAL statement_timeout = 0"))
        for table in tables:
            _copy_rows(reader, writer, table)


def load_postgresql(source: Engine, target: Engine) -> None:
    """Put all rows of a SQLite store in place of those of a PostgreSQL store: all of them or none."""
    tables = _tables(source)
    names = ", ".join(f'"{table.name}"' for table in tables)
    with source.connect().execution_options(writes=False) as reader, target.begin() as writer:
        _require_newest(writer)
        writer.execute(text("SET LOCAL statement_timeout = 0"))
        writer.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        writer.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        for table in tables:
            _copy_rows(reader, writer, table)
            _continue_ids(writer, table)
        writer.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))


def read_everything(engine: Engine) -> None:
    """Read every row of a PostgreSQL store once: the server reports what it cannot read."""
    with engine.connect().execution_options(writes=False, postgresql_readonly=True) as reader:
        _require_newest(reader)
        reader.execute(text("SET LOCAL statement_timeout = 0"))
        tables = MetaData()
        tables.reflect(reader)
        for table in tables.sorted_tables:
            for _rows in reader.execution_options(yield_per=_BATCH).execute(select(table)).partitions():
                continue


def _tables(sqlite: Engine) -> list[Table]:
    """Return the tables of the SQLite store, referred ones before referring ones, with types for both databases."""
    metadata = MetaData()

    @event.listens_for(metadata, "column_reflect")
    def _generalise(_inspector: object, _table: Table, column: ReflectedColumn) -> None:
        column["type"] = column["type"].as_generic()
        if isinstance(column["type"], DateTime):
            column["type"] = UtcDateTime()
        if isinstance(column["type"], JSON):
            column["type"] = JSON(none_as_null=column["nullable"])

    with sqlite.connect().execution_options(writes=False) as connection:
        metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def _require_newest(connection: Connection) -> None:
    """Refuse to copy between different schemas."""
    if revision_of(connection) != newest_revision():
        raise StoreUnavailable(
            "Схема базы данных не обновлена до версии этой программы.", "Обновите её: python -m core init."
        )


def _copy_rows(reader: Connection, writer: Connection, table: Table) -> None:
    """Copy the rows of one table in the order of their ids, some hundred at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    for rows in reader.execution_options(yield_per=_BATCH).execute(query).mappings().partitions():
        writer.execute(insert(table), [dict(row) for row in rows])


def _continue_ids(writer: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the greatest id that was copied."""
    keys: list[Column[object]] = [column for column in table.primary_key.columns if isinstance(column.type, Integer)]
    if len(keys) != 1:
        return
    writer.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence(:name, :key), max({keys[0].name})) "
            f'FROM "{table.name}" HAVING max({keys[0].name}) IS NOT NULL'
        ),
        {"name": table.name, "key": keys[0].name},
    )
