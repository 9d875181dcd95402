"""A change counts for its own tables, and nothing that happens to the store goes uncounted."""

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect
from sqlmodel import Session, SQLModel, select, update

from core.people.association_tables import Association
from core.people.tables import Organisation, OrganisationKind
from core.planning.roadmap_tables import Roadmap
from core.store.audit import is_counted, record_event
from core.store.backup import backup, restore
from core.store.base import SoftDeleted, utc_now
from core.store.data_version import EVERY_TABLE, data_version, table_versions
from core.store.unit_of_work import reading, writing
from core.tables import ALL_TABLES, ROOMS, tables_of
from tests.store.rows import add_row, some_value, tables

LAYERS = Path(__file__).resolve().parents[2] / "pyproject.toml"


def versions(engine: Engine) -> dict[str, int]:
    with reading(engine) as session:
        return table_versions(session)


def grown(engine: Engine, before: dict[str, int]) -> set[str]:
    after = versions(engine)
    return {name for name in after if after[name] > before.get(name, 0)}


def test_rooms_stand_as_the_layers_that_the_linter_checks() -> None:
    contracts = tomllib.loads(LAYERS.read_text())["tool"]["importlinter"]["contracts"]
    layers = [layer.removeprefix("core.") for layer in reversed(contracts[0]["layers"])]
    assert [layer for layer in layers if layer in ROOMS] == list(ROOMS)
    assert set(tables_of(ROOMS)) == set(ALL_TABLES.tables), "every table has its room"


def test_a_change_counts_for_its_table_and_the_trail_alone(engine: Engine) -> None:
    with writing(engine, actor="Иванов") as session:
        add_row(session, Roadmap)
    before = versions(engine)
    with writing(engine, actor="Иванов") as session:
        row = session.query(Roadmap).first()
        row.title = "Другая карта"
        session.add(row)
    assert grown(engine, before) == {"roadmap", "audit_entry"}


def test_new_and_deleted_rows_count(engine: Engine) -> None:
    before = versions(engine)
    with writing(engine, actor="Иванов") as session:
        session.add(Organisation(code="1", name="Школа", kind=OrganisationKind.SCHOOL))
    assert grown(engine, before) == {"organisation", "audit_entry"}
    before = versions(engine)
    with writing(engine, actor="Иванов") as session:
        session.delete(session.query(Organisation).first())
    assert grown(engine, before) == {"organisation", "audit_entry"}


def test_statements_over_many_rows_count(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="Иванов") as session:
        add_row(session, Association)
        add_row(session, Roadmap)
    before = versions(sqlite_engine)
    with writing(sqlite_engine, actor="Иванов") as session:
        session.exec(update(Roadmap).values(goal="Цель"), execution_options={"audited_by_caller": True})
    assert grown(sqlite_engine, before) == {"roadmap", "audit_entry"}


def test_an_event_counts_for_the_trail_and_leaves_the_data_version(engine: Engine) -> None:
    before = versions(engine)
    with writing(engine, actor="Иванов") as session:
        record_event(session, "выгружено", "roadmap", 1)
    assert grown(engine, before) == {"audit_entry"}
    with reading(engine) as session:
        assert data_version(session) == 0


def test_what_was_rolled_back_does_not_count(engine: Engine) -> None:
    before = versions(engine)
    with pytest.raises(ZeroDivisionError), writing(engine, actor="Иванов") as session:
        add_row(session, Roadmap)
        raise ZeroDivisionError
    assert grown(engine, before) == set()


def test_restoring_counts_for_the_whole_store(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    with writing(engine, actor="Иванов") as session:
        add_row(session, Roadmap)
    backup(engine, tmp_path / "copy.db")
    for _again in range(2):
        before = versions(engine)
        restore(tmp_path / "copy.db", engine.url.render_as_string(hide_password=False))
        assert EVERY_TABLE in grown(engine, before)


def test_every_way_to_change_a_row_of_any_table_counts(engine: Engine) -> None:
    """No table is forgotten: what is read from it is kept as long as its count stands."""
    every = [one for one in [*tables(audited=True), *tables(audited=False)] if one.__tablename__ not in _OWN]
    before = versions(engine)
    with writing(engine, actor="Иванов") as session:
        rows = [(one, inspect(add_row(session, one)).identity) for one in every]
    assert grown(engine, before) == {one.__tablename__ for one in every if is_counted(one.__table__)} | {"audit_entry"}
    for change in (_edit, _delete_softly, _restore, _delete):
        before, expected = versions(engine), {"audit_entry"}
        with writing(engine, actor="Иванов") as session:
            for table, key in reversed(rows):
                if change(session, session.get_one(table, key)) and is_counted(table.__table__):
                    expected.add(str(table.__tablename__))
        assert grown(engine, before) == expected, change


def test_what_the_trail_itself_leaves_out_counts_too(sqlite_engine: Engine) -> None:
    """A row whose time of deletion alone is moved has no entry; an answer may tell that time all the same."""
    with writing(sqlite_engine, actor="Иванов") as session:
        row = add_row(session, Roadmap)
        row.deleted_at = utc_now()
    before = versions(sqlite_engine)
    with writing(sqlite_engine, actor="Иванов") as session:
        session.exec(select(Roadmap)).one().deleted_at = utc_now()
    assert "roadmap" in grown(sqlite_engine, before)


_OWN = {"data_version", "table_version", "audit_entry"}


def _edit(_session: Session, row: SQLModel) -> bool:
    """Change a column that is no key; say whether there is one."""
    for column in inspect(type(row)).local_table.columns:
        if column.primary_key or column.foreign_keys or column.name in {"version", "deleted_at", "deleted_by"}:
            continue
        values = (some_value(column) for _again in range(3))
        value = next((one for one in values if one != getattr(row, column.name)), None)
        if value is not None:
            setattr(row, column.name, value)
            return True
    return False


def _delete_softly(_session: Session, row: SQLModel) -> bool:
    if isinstance(row, SoftDeleted):
        row.deleted_at = utc_now()
    return isinstance(row, SoftDeleted)


def _restore(_session: Session, row: SQLModel) -> bool:
    if isinstance(row, SoftDeleted):
        row.deleted_at = row.deleted_by = None
    return isinstance(row, SoftDeleted)


def _delete(session: Session, row: SQLModel) -> bool:
    session.delete(row)
    session.flush()
    return True


def test_of_these_tables_nothing_is_counted() -> None:
    uncounted = {table.__tablename__ for table in tables(audited=False) if not is_counted(table.__table__)}
    assert uncounted == {
        "account_secret", "auth_session", "data_version", "document_made", "draft_wording", "grid_draft",
        "login_attempt", "login_ticket", "operation", "recovery_code", "setup_link", "table_version", "visit",
    }, "what is read from these is worked out each time"
