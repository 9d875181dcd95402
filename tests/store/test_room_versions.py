"""Answers are kept until something changes in their own room or in one before it, and no longer."""

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import update

from core.people.association_tables import Association
from core.people.tables import Organisation, OrganisationKind
from core.planning.roadmap_tables import Roadmap
from core.store.backup import backup, restore
from core.store.data_version import data_version, version_for
from core.store.rooms import ROOMS
from core.store.unit_of_work import reading, writing
from core.tables import ALL_TABLES, tables_of
from pages.widgets.session import read
from tests.store.rows import add_row

LAYERS = Path(__file__).resolve().parents[2] / "pyproject.toml"


def versions(engine: Engine) -> dict[str | None, int]:
    with reading(engine) as session:
        return {room: version_for(session, room) for room in (*ROOMS, None)}


def grown(engine: Engine, before: dict[str | None, int]) -> set[str | None]:
    after = versions(engine)
    return {room for room in after if after[room] > before[room]}


def test_rooms_stand_as_the_layers_that_the_linter_checks() -> None:
    contracts = tomllib.loads(LAYERS.read_text())["tool"]["importlinter"]["contracts"]
    layers = [layer.removeprefix("core.") for layer in reversed(contracts[0]["layers"])]
    assert [layer for layer in layers if layer in ROOMS] == list(ROOMS)
    assert set(tables_of(ROOMS)) == set(ALL_TABLES.tables), "every table has its room"


def test_a_change_reaches_its_room_and_the_later_ones(engine: Engine) -> None:
    with writing(engine, actor="Иванов") as session:
        add_row(session, Roadmap)
    before = versions(engine)
    with writing(engine, actor="Иванов") as session:
        row = session.query(Roadmap).first()
        row.title = "Другая карта"
        session.add(row)
    later = {None, "store", "people", *ROOMS[ROOMS.index("planning"):]}
    assert grown(engine, before) == later, "the trail and personal data go over all tables"
    with reading(engine) as session:
        assert version_for(session, "planning") == data_version(session)


def test_a_change_of_people_reaches_everybody(engine: Engine) -> None:
    before = versions(engine)
    with writing(engine, actor="Иванов") as session:
        session.add(Organisation(code="1", name="Школа", kind=OrganisationKind.SCHOOL))
    assert grown(engine, before) == {*ROOMS, None}


def test_statements_over_many_rows_reach_their_room(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="Иванов") as session:
        add_row(session, Association)
        add_row(session, Roadmap)
    before = versions(sqlite_engine)
    with writing(sqlite_engine, actor="Иванов") as session:
        session.exec(update(Roadmap).values(goal="Цель"), execution_options={"audited_by_caller": True})
    assert "planning" in grown(sqlite_engine, before) and "analysis" not in grown(sqlite_engine, before)


def test_restoring_makes_every_version_greater(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    with writing(engine, actor="Иванов") as session:
        add_row(session, Roadmap)
    backup(engine, tmp_path / "copy.db")
    before = versions(engine)
    restore(tmp_path / "copy.db", engine.url.render_as_string(hide_password=False))
    assert grown(engine, before) == {*ROOMS, None}


def counted(session, scope) -> int:
    """An answer of a screen, which may depend on everything."""
    return data_version(session)


def test_screens_keep_what_no_change_could_alter(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    monkeypatch.setattr("pages.widgets.session.engine", lambda: sqlite_engine)
    asked: list[str] = []

    def of_results(session, scope) -> int:
        asked.append("results")
        return len(asked)

    of_results.__module__ = "core.analysis.problem_fields"
    assert (read(of_results), read(counted)) == (1, 0)
    with writing(sqlite_engine, actor="Иванов") as session:
        add_row(session, Roadmap)
    after_all = (read(of_results), read(counted))
    with writing(sqlite_engine, actor="Иванов") as session:
        row = session.query(Roadmap).first()
        row.title = "Другая карта"
        session.add(row)
    assert (read(of_results), read(counted)) == (after_all[0], after_all[1] + 1)
    assert len(asked) == 2, "adding a roadmap added its organisation too, changing it changed nothing before planning"
