"""A store for screens, and screens as AppTest runs them: pages/shell.py with one page switched to."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.store.engine import default_engine
from tests.conftest import DemoStore

ROOT = Path(__file__).resolve().parents[2]
SHELL = ROOT / "pages" / "shell.py"

Open = Callable[[str], AppTest]


@pytest.fixture
def screen_store(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Give the store on which screens work: prepared and empty, the test's own."""
    shutil.copyfile(sqlite_template, tmp_path / "quality.db")
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    if "QUALITY_DATABASE_URL" in os.environ:
        monkeypatch.delenv("QUALITY_DATABASE_URL")
    engine = default_engine()
    yield engine
    engine.dispose()


@pytest.fixture
def open_screen(screen_store: Engine) -> Open:
    """Give a function that opens a screen by its file under pages/, such as "manage/help.py"."""

    def opened(file: str) -> AppTest:
        run = AppTest.from_file(str(SHELL), default_timeout=30).run()
        return run.switch_page(file).run()

    return opened


@pytest.fixture(scope="module")
def filled(demo_store: DemoStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the tests of a file a store of their own with the demo."""
    folder = shutil.copytree(demo_store.folder, tmp_path_factory.mktemp("filled") / "store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALITY_STORE", str(folder))
        patch.setenv("QUALITY_SIGN_IN", "off")
        patch.delenv("QUALITY_DATABASE_URL", raising=False)
        yield
        default_engine().dispose()
