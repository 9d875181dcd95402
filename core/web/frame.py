"""The frame page of the single-page application, in Russian: language, title, icon, and our translating script."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from core.web.asgi import Application, Connection, Receive, Send, header

_ROUTES_OF_MACHINES = ("/_stcore", "/media", "/static", "/component", "/assets", "/auth", "/oauth2callback")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_POINTER_TO_AGENTS = re.compile(r'<link rel="service-desc"[^>]*>')


def russian_frame(source: str, title: str, icon: str, *scripts: str) -> str:
    """Return Streamlit's index.html said in Russian.

    `source` is the shipped page, `icon` and `scripts` are addresses on this server. Our scripts, the translating one
    among them, are put before Streamlit's own, so that they watch from the first word on.
    """
    page = _POINTER_TO_AGENTS.sub("", _COMMENT.sub("", source))
    page = page.replace('<html lang="en">', '<html lang="ru" translate="no">')
    page = re.sub(r"<title>.*?</title>", f"<title>{title}</title>", page)
    page = page.replace('href="./favicon.png"', f'href="{icon}"')
    page = _NO_SCRIPT.sub("<noscript><p>Для работы программы включите JavaScript в браузере.</p></noscript>", page)
    ours = "".join(f'<script src="{script}"></script>' for script in scripts)
    return page.replace("<script>", f"{ours}<script>", 1)


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """Return the hashes of the page's inline scripts for the content security policy, such as "sha256-…"."""
    digests = (hashlib.sha256(body.encode()).digest() for body in _INLINE_SCRIPT.findall(page))
    return tuple(f"sha256-{base64.b64encode(digest).decode()}" for digest in digests)


class FramePage:
    """ASGI middleware that answers every address of a screen with the Russian frame page."""

    def __init__(self, app: Application, page: str) -> None:
        self._app = app
        self._page = page.encode()

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        """Answer an address of a screen; pass everything else on."""
        if not _asks_for_screen(connection):
            await self._app(connection, receive, send)
            return
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(self._page)).encode()),
            (b"cache-control", b"no-cache"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if connection["method"] == "HEAD" else self._page})


def _asks_for_screen(connection: Connection) -> bool:
    """Say whether a request is for a page that a person opens: one word after the slash, or none.

    A name with a dot is a file for machines (robots.txt), unless a browser asks for a page.
    """
    if connection["type"] != "http" or connection["method"] not in ("GET", "HEAD"):
        return False
    path = str(connection.get("path", ""))
    if path.startswith(_ROUTES_OF_MACHINES):
        return False
    asks_for_page = "text/html" in header(connection, "accept")
    return re.fullmatch(r"/[^/]*" if asks_for_page else r"/[\w-]*", path) is not None


def read_frame(static_directory: Path) -> str:
    """Return the shipped index.html of the given folder of Streamlit."""
    return (static_directory / "index.html").read_text(encoding="utf-8")
