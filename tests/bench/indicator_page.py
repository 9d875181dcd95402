"""The screen «Показатели» of a municipality of a hundred schools: a whole run of its script, answers computed anew."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.testing.v1 import AppTest

from core.store.answers import forget_answers
from tests.pages.conftest import SHELL

PAGE = "monitor/indicators.py"
WAYS = ("Показатели организации", "Организации по годам", "Организации за год")


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Let the program find its store in the folder, without signing in, and keep AppTest's warnings to itself."""
    wanted = {"QUALITY_STORE": str(folder), "QUALITY_SIGN_IN": "off"}
    before = {name: os.environ.get(name) for name in (*wanted, "QUALITY_DATABASE_URL")}
    os.environ.pop("QUALITY_DATABASE_URL", None)
    os.environ.update(wanted)
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def opened(year: int, way: str) -> Callable[[], object]:
    """Open the screen in a way and return what runs it again as after a change of data.

    Raises RuntimeError where the screen shows an error.
    """
    run = AppTest.from_file(str(SHELL), default_timeout=120).run().switch_page(PAGE)
    run.session_state["indicators_year"] = year
    run.session_state["indicators_way"] = way

    def again() -> object:
        forget_answers()
        run.run()
        if run.exception or not run.dataframe:
            raise RuntimeError(f"«{way}»: {run.exception}")
        return run

    again()
    return again
