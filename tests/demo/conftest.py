"""The demo municipality, filled once for all tests that only read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from core.demo.filling import DemoSummary, fill_demo
from core.people.scope import Scope
from core.store.engine import open_engine
from core.store.unit_of_work import writing


class Demo(NamedTuple):
    engine: Engine
    summary: DemoSummary


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Give a filled store; tests must not change it."""
    folder = tmp_path_factory.mktemp("demo")
    path = folder / "quality.db"
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALITY_STORE", str(folder))
        with writing(engine, "Учебные данные") as session:
            summary = fill_demo(session, Scope.local_administrator())
        yield Demo(engine, summary)
    engine.dispose()


@pytest.fixture(autouse=True)
def store_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Keep attached files of a store that a test fills by itself away from those of the program."""
    if "demo" not in request.fixturenames:
        monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
