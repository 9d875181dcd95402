"""The guard before every route: rules that may refuse a visit, each with a Russian sentence.

Streamlit answers /media, uploads and metrics to anybody who knows an address, so the guard stands before all of it,
websockets included. A rule is a function `Visit -> sentence or None`. That files and uploads need a live session is
asked of the database, see `core.web.live_session`.
"""

from __future__ import annotations

import html
import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.web.asgi import Application, Connection, Receive, Send, header

_CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
_OWN_SITE_ONLY = ("/media", "/_stcore/upload_file", "/_stcore/stream")
_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Visit:
    """What the rules look at: the address of the client, and what its request says."""

    path: str
    address: str | None
    host: str
    """The header's value without the port."""
    forwarded_for: tuple[str, ...]
    """Addresses for which a proxy says to ask."""
    fetch_site: str
    """Sec-Fetch-Site: same-origin, same-site, cross-site, none, or "" from programs that are no browser."""
    cookies: str


Rule: TypeAlias = Callable[[Visit], str | None]


def closed_paths(visit: Visit) -> str | None:
    """Refuse Streamlit's routes for machines: nobody needs them here, and they tell about all sessions."""
    if visit.path.startswith(_CLOSED):
        return "Этот адрес закрыт."
    return None


def only_this_computer(visit: Visit) -> str | None:
    """Refuse everybody but this computer, where nobody signs in and its user is the administrator.

    The name in the address is checked as well: a foreign page whose name was turned to 127.0.0.1 (DNS rebinding)
    comes from this computer, too.
    """
    if not all(_is_loopback(address) for address in (visit.address, *visit.forwarded_for)):
        return "Программа открыта только для компьютера, на котором она запущена."
    if visit.host not in _LOCAL_NAMES:
        return "Откройте программу по адресу http://localhost с номером порта, который она напечатала при запуске."
    return None


def own_pages_only(visit: Visit) -> str | None:
    """Refuse files, uploads and the live connection to pages of other sites that the same browser shows."""
    if visit.path.startswith(_OWN_SITE_ONLY) and visit.fetch_site in ("cross-site", "same-site"):
        return "Этот адрес отвечает только страницам самой программы."
    return None


class Guard:
    """ASGI middleware that asks every rule in turn; the first sentence refuses the visit with status 403."""

    def __init__(self, app: Application, rules: Sequence[Rule]) -> None:
        self._app = app
        self._rules = tuple(rules)

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        """Pass the connection on, or refuse it."""
        if connection["type"] in ("http", "websocket"):
            visit = visit_of(connection)
            for rule in self._rules:
                sentence = rule(visit)
                if sentence is not None:
                    await refuse(connection, receive, send, sentence)
                    return
        await self._app(connection, receive, send)


def visit_of(connection: Connection) -> Visit:
    """Return what the rules need to know about an ASGI connection."""
    client = connection.get("client")
    return Visit(
        path=str(connection.get("path", "")),
        address=str(client[0]) if client else None,
        host=_without_port(header(connection, "host")),
        forwarded_for=_forwarded_for(connection),
        fetch_site=header(connection, "sec-fetch-site").strip().lower(),
        cookies=header(connection, "cookie"),
    )


def _forwarded_for(connection: Connection) -> tuple[str, ...]:
    addresses = [part.strip() for part in header(connection, "x-forwarded-for").split(",")]
    addresses.append(header(connection, "x-real-ip").strip())
    for part in header(connection, "forwarded").replace(",", ";").split(";"):
        name, _, value = part.strip().partition("=")
        if name.lower() == "for":
            addresses.append(value.strip('" '))
    return tuple(address for address in addresses if address)


def _without_port(host: str) -> str:
    name, colon, port = host.strip().lower().rpartition(":")
    return name if colon and port.isdigit() else host.strip().lower()


def _is_loopback(address: str | None) -> bool:
    try:
        place = ipaddress.ip_address((address or "").strip("[]"))
    except ValueError:
        return False
    mapped = getattr(place, "ipv4_mapped", None)
    return (mapped or place).is_loopback


async def refuse(connection: Connection, receive: Receive, send: Send, sentence: str) -> None:
    """Answer with status 403 and a page that says the sentence; close a websocket before it is accepted."""
    if connection["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    page = (
        '<!doctype html><html lang="ru"><meta charset="utf-8"><title>Нет доступа</title>'
        '<body style="font:18px/1.5 sans-serif;margin:15vh auto;max-width:36em;padding:0 1em;color:#10161F">'
        f"<h1>Нет доступа</h1><p>{html.escape(sentence)}</p></body></html>"
    ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if connection["method"] == "HEAD" else page})
