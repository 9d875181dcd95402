"""Revisions of the schema: which ones the program knows, which one a database has, and going from one to the other."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.schema import SchemaItem

VERSION_TABLE = "schema_revision"
_MIGRATIONS = Path(__file__).with_name("migrations")


def _config(connection: Connection | None = None, metadata: MetaData | None = None) -> Config:
    """Return Alembic's configuration; it has no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata, version_table=VERSION_TABLE)
    return config


@cache
def known_revisions() -> tuple[str, ...]:
    """Return the revisions of this program, oldest first."""
    script = ScriptDirectory.from_config(_config())
    return tuple(revision.revision for revision in script.walk_revisions())[::-1]


def newest_revision() -> str:
    """Return the revision that this program works with."""
    return known_revisions()[-1]


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the connected database, None when it was never prepared."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the connected database to the revision inside the transaction that the caller has begun."""
    command.upgrade(_config(connection), revision)


def forget_known() -> None:
    """Look at the files of revisions again the next time: they were changed."""
    known_revisions.cache_clear()


def differences(
    connection: Connection, metadata: MetaData, only_tables: Collection[str] | None = None
) -> list[str]:
    """Return in what the connected database differs from the tables, empty when they agree.

    `only_tables` limits the comparison to tables of these names.
    """

    def included(_item: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: SchemaItem | None) -> bool:
        return kind != "table" or only_tables is None or name in only_tables

    options = {"version_table": VERSION_TABLE, "compare_type": True, "include_object": included}
    context = MigrationContext.configure(connection, opts=options)
    return [repr(difference) for difference in compare_metadata(context, metadata)]


def write_revision(
    connection: Connection, metadata: MetaData, message: str, only_tables: Collection[str] | None = None
) -> Path:
    """Compare the connected database with the tables and write the difference as the next revision.

    `only_tables` limits the comparison to tables of these names. Returns the new file.
    """
    forget_known()
    config = _config(connection, metadata)
    config.attributes["only_tables"] = None if only_tables is None else frozenset(only_tables)
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    written = command.revision(config, message, autogenerate=True, rev_id=f"{len(known_revisions()) + 1:04d}")
    forget_known()
    if written is None or isinstance(written, list):
        raise RuntimeError("Alembic wrote no single revision")
    return Path(written.path)
