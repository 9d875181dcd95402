"""The entry: the ASGI application around pages/shell.py.

`streamlit run app.py`, `python app.py` and any ASGI server (`app:app`) serve the same. The script that Streamlit runs
is pages/shell.py and not this file: beside a running script Streamlit serves the files of a folder `pages/` by
itself, past every check.
"""

from __future__ import annotations

import gc
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Route
from streamlit.file_util import get_static_dir

from core.blueprints.seeding import seed_reference
from core.errors import QualityError, StoreUnavailable
from core.intake.opening import INSPECTION
from core.store.engine import default_engine
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store
from core.web.frame import FramePage, inline_script_hashes, read_frame, russian_frame
from core.web.guard import Guard, closed_paths, only_this_computer, own_pages_only
from core.web.headers import SecurityHeaders, content_security_policy
from core.web.incidents import record_incident
from core.web.startup import PlainRefusal
from core.workbooks.pool import close_children, prepare_children

PROGRAM = Path(__file__).resolve().parent
ASSETS = PROGRAM / "pages" / "widgets" / "assets"

_REQUIRED_SETTINGS = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "runner.magicEnabled": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
}
_WARM = ("pandas", "pyarrow", "altair", "streamlit.elements.vega_charts", "streamlit.elements.arrow")
_LOG = logging.getLogger("quality")


def check_settings() -> None:
    """Refuse to start when a setting that protects people's data is not in force (.streamlit/config.toml not read)."""
    wrong = [name for name, value in _REQUIRED_SETTINGS.items() if st.get_option(name) != value]
    if wrong:
        raise SystemExit(
            f"Настройки не действуют: {', '.join(wrong)}. "
            "Запускайте программу из её папки, в которой лежит .streamlit/config.toml."
        )


def warm_up() -> None:
    """Do before the first visitor what would otherwise make them wait.

    What is in memory now stays for ever, so it is taken out of the garbage collector's walks: Streamlit collects after
    every run, and walking pandas and Altair each time was measured as two thirds of a page switch.
    """
    for module in _WARM:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()


def prepare() -> None:
    """Create or upgrade the store and bring the shipped reference data up to date."""
    engine = default_engine()
    prepare_store(engine)
    with writing(engine, "Поставка") as session:
        seed_reference(session)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Make everything ready before the first request."""
    check_settings()
    # Streamlit logs the whole text of an error before it asks us, and that text may quote people's data.
    logging.getLogger("streamlit.error_util").setLevel(logging.CRITICAL)
    try:
        prepare()
    except StoreUnavailable as refusal:
        raise SystemExit(str(refusal)) from refusal
    prepare_children(INSPECTION)
    warm_up()
    _LOG.warning("«Цикл качества» открыт: http://localhost:%s", st.get_option("server.port"))
    yield
    close_children()


def show_script_error(error: Exception) -> bool:
    """Say in Russian what went wrong, and keep Streamlit's own message away."""
    if isinstance(error, QualityError):
        from pages.widgets.refusals import show_refusal

        show_refusal(error)
        return True
    code = record_incident(error)
    st.error(
        f"Произошла ошибка программы. Код обращения: {code}. "
        "Обновите страницу; если ошибка повторится, сообщите код администратору.",
        icon=":material/error:",
    )
    return True


_FRAME = russian_frame(
    read_frame(Path(get_static_dir())), title="Цикл качества", icon="/assets/icon.png", script="/assets/russian.js"
)

app = st.App(
    PROGRAM / "pages" / "shell.py",
    lifespan=lifespan,
    routes=[
        Route("/assets/icon.png", lambda _request: FileResponse(ASSETS / "icon.png")),
        Route("/assets/russian.js", lambda _request: FileResponse(ASSETS / "russian.js", media_type="text/javascript")),
    ],
    middleware=[
        Middleware(PlainRefusal),
        Middleware(SecurityHeaders, policy=content_security_policy(inline_script_hashes(_FRAME))),
        Middleware(Guard, rules=(closed_paths, only_this_computer, own_pages_only)),
        Middleware(FramePage, page=_FRAME),
    ],
    on_script_error=show_script_error,
)

if __name__ == "__main__":
    app.run()
