"""The demo municipality, filled once for all tests that only read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from core.demo.filling import DemoSummary
from core.store.engine import open_engine
from tests.conftest import DemoStore


class Demo(NamedTuple):
    engine: Engine
    summary: DemoSummary


@pytest.fixture(scope="module")
def demo(demo_store: DemoStore) -> Iterator[Demo]:
    """Give the filled store; tests must not change it."""
    engine = open_engine(f"sqlite:///{demo_store.folder / 'quality.db'}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALITY_STORE", str(demo_store.folder))
        yield Demo(engine, demo_store.summary)
    engine.dispose()


@pytest.fixture(autouse=True)
def store_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Keep attached files of a store that a test fills by itself away from those of the program."""
    if "demo" not in request.fixturenames:
        monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
