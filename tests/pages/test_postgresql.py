"""Every screen opens on PostgreSQL with the demo municipality: what only that database refuses is noticed here."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.demo.filling import fill_demo
from core.people.scope import Scope
from core.store import answers
from core.store.engine import default_engine
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store
from pages.widgets.screens import SCREENS
from tests.pages.conftest import SHELL


def test_every_screen_opens_with_the_demo(postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    monkeypatch.setenv("QUALITY_DATABASE_URL", postgres_url)
    engine = default_engine()
    prepare_store(engine)
    with writing(engine, "Учебные данные") as session:
        fill_demo(session, Scope.local_administrator())
    refused, seen = {}, {}
    keep = answers._keep

    def note(key: tuple[object, ...], kept: answers._Kept) -> None:
        seen[key] = kept, repr(kept.answer)
        keep(key, kept)

    monkeypatch.setattr(answers, "_keep", note)
    for screen in SCREENS:
        run = AppTest.from_file(str(SHELL), default_timeout=60).run()
        run = run.switch_page(screen.file).run() if screen.path else run
        said = [str(error.value) for error in run.error]
        # The second look is made of kept answers, whose rows no session holds any more.
        if run.exception or said or run.run().exception:
            refused[screen.path] = said
    engine.dispose()
    assert refused == {}
    assert [key[0] for key, (kept, told) in seen.items() if repr(kept.answer) != told] == [], "nobody changes an answer"
