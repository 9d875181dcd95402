"""Names of what an ASGI server hands over, and reading of headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

Connection: TypeAlias = MutableMapping[str, Any]
"""ASGI's connection scope: its values are of many kinds by the standard (asgi.readthedocs.io)."""
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Connection, Receive, Send], Awaitable[None]]


def header(connection: Connection, name: str) -> str:
    """Return the values of a request header joined by commas, "" when it was not sent; `name` in lower case."""
    wanted = name.encode("latin-1")
    return ",".join(value.decode("latin-1") for key, value in connection.get("headers", ()) if key == wanted)
