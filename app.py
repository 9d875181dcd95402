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

from core.analysis.threads import compute_in_one_thread
from core.blueprints.seeding import seed_reference
from core.diagnostics.seeding import seed_diagnostics
from core.errors import QualityError, StoreUnavailable
from core.glance.preparing import prepare_overviews
from core.intake.opening import INSPECTION
from core.monitoring.seeding import seed_indicators
from core.people.first_start import has_accounts, issue_setup_link
from core.people.keys import installation_key
from core.people.sign_in_mode import VARIABLE, is_sign_in_off
from core.store.engine import default_engine
from core.store.settings import backup_interval
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store
from core.web.frame import FramePage, inline_script_hashes, read_frame, russian_frame
from core.web.guard import Guard, Rule, closed_paths, only_this_computer, own_pages_only
from core.web.headers import SecurityHeaders, content_security_policy
from core.web.housekeeping import Housekeeping
from core.web.incidents import record_incident
from core.web.live_session import LiveSessionOnly
from core.web.session_routes import session_routes
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
_WARM = (
    # What is kept about a person is taken out and erased in all tables that are known: those of all rooms, and not only
    # of the screens that somebody has opened since the start.
    "core.tables",
    "pandas",
    "pyarrow",
    "altair",
    "streamlit.elements.vega_charts",
    "streamlit.elements.arrow",
    "streamlit_authenticator",
)
_SCRIPTS = ("russian.js", "session.js", "paper.js", "outcome.js")
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
    # Components that streamlit-authenticator brings along declare themselves outside of a script run; nobody uses them.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    for module in _WARM:
        importlib.import_module(module)
    compute_in_one_thread()
    gc.collect()
    gc.freeze()


def prepare() -> None:
    """Create or upgrade the store, bring the shipped reference data up to date."""
    engine = default_engine()
    prepare_store(engine)
    with writing(engine, "Поставка") as session:
        seed_reference(session)
        seed_diagnostics(session)
        seed_indicators(session)
    backup_interval()


def open_first_start(address: str) -> None:
    """While nobody can sign in, print the one-time link behind which the first administrator is created.

    Refuse to start without signing in where accounts exist or other computers reach the program.
    """
    with writing(default_engine(), "Первый запуск") as session:
        if not is_sign_in_off():
            if not has_accounts(session):
                link = f"{address}/setup?key={issue_setup_link(session, installation_key())}"
                _LOG.warning("Первый запуск: создайте администратора по ссылке (действует сутки): %s", link)
            return
        if has_accounts(session):
            raise SystemExit(f"В системе есть учётные записи, поэтому без входа она не работает: уберите {VARIABLE}.")
    if st.get_option("server.address") not in ("127.0.0.1", "localhost", "::1"):
        raise SystemExit(f"Без входа ({VARIABLE}=off) программа работает только по адресу 127.0.0.1.")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Make everything ready before the first request."""
    check_settings()
    # Streamlit logs the whole text of an error before it asks us, and that text may quote people's data.
    logging.getLogger("streamlit.error_util").setLevel(logging.CRITICAL)
    address = f"http://localhost:{st.get_option('server.port')}"
    try:
        prepare()
        open_first_start(address)
    except StoreUnavailable as refusal:
        raise SystemExit(str(refusal)) from refusal
    prepare_children(INSPECTION)
    warm_up()
    housekeeping = Housekeeping(default_engine(), more=(prepare_overviews,))
    housekeeping.start()
    _LOG.warning("«Цикл качества» открыт: %s", address)
    yield
    housekeeping.end()
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
    read_frame(Path(get_static_dir())),
    "Цикл качества",
    "/assets/icon.png",
    *(f"/assets/{name}" for name in _SCRIPTS),
)


def guards() -> list[Middleware]:
    """Return who is admitted: everybody, with files for people who are signed in; or this computer alone."""
    rules: list[Rule] = [closed_paths, own_pages_only]
    if is_sign_in_off():
        return [Middleware(Guard, rules=[*rules, only_this_computer])]
    return [Middleware(Guard, rules=rules), Middleware(LiveSessionOnly, engine=default_engine)]


def asset(name: str) -> Route:
    """Return the route of a file that everybody may have, also on the page of the sign-in."""
    media_type = "text/javascript" if name.endswith(".js") else "image/png"
    return Route(f"/assets/{name}", lambda _request: FileResponse(ASSETS / name, media_type=media_type))


app = st.App(
    PROGRAM / "pages" / "shell.py",
    lifespan=lifespan,
    routes=[*(asset(name) for name in ("icon.png", "logo.png", *_SCRIPTS)), *session_routes(default_engine)],
    middleware=[
        Middleware(PlainRefusal),
        Middleware(SecurityHeaders, policy=content_security_policy(inline_script_hashes(_FRAME))),
        *guards(),
        Middleware(FramePage, page=_FRAME),
    ],
    on_script_error=show_script_error,
)

if __name__ == "__main__":
    app.run()
