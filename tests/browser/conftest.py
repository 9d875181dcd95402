"""The program as people meet it: its own server process and a real Chromium.

    server      address of a running program with a store of its own, one for all tests of a process
    fresh_server  the same, started for the one test
    page        a page of a fresh browser context, 1366×768, every request noted in `page_requests`
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60
_BROWSER_OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Server:
    """A running program: its address, its folder of run-time files, and the file with what it printed."""

    url: str
    store: Path
    log: Path


@contextmanager
def started(
    folder: Path, *, sign_in: str = "off", port: int | None = None, options: Sequence[str] = ()
) -> Iterator[Server]:
    """Run the program with its store in the folder; fail with its own words when it does not come up.

    With `sign_in` "off" the one person at this computer works without an account. `options` are the server's.
    """
    port = port or free_port()
    server = Server(f"http://127.0.0.1:{port}", folder / "store", folder / "server.log")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", *options]
    environment = {name: value for name, value in os.environ.items() if name != "QUALITY_DATABASE_URL"}
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment, "QUALITY_STORE": str(server.store), "QUALITY_SIGN_IN": sign_in},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(process, server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_healthy(process: subprocess.Popen[bytes], server: Server) -> None:
    """Poll the health address until it answers; print the log when the process has ended or is too slow."""
    deadline = time.monotonic() + _START_SECONDS
    gap = 0.05
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            try:
                process.wait(gap)
            except subprocess.TimeoutExpired:
                gap = min(gap * 1.5, 0.5)
    pytest.fail(f"the program did not start:\n{server.log.read_text(errors='replace')}")


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with started(tmp_path_factory.mktemp("program")) as running:
        yield running


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "install Chromium: apt-get install chromium"
    options = [*_BROWSER_OPTIONS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=options)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US", accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


@pytest.fixture
def page_requests(page: Page) -> list[str]:
    """Addresses of all requests of the page, of its sockets too, in their order."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda socket_: addresses.append(socket_.url))
    return addresses
