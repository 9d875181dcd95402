"""A small ASGI client: one request, the whole answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.web.running import completed


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    messages: list[dict] = field(default_factory=list)


Ask = Callable[..., Answer]


@pytest.fixture
def ask() -> Ask:
    """Give a function that sends one request to an ASGI application."""

    def send_request(app, path="/", *, address="127.0.0.1", headers=None, kind="http", method="GET") -> Answer:
        answer = Answer()
        sent = {"host": "localhost:8501", **(headers or {})}
        connection = {
            "type": kind,
            "path": path,
            "method": method,
            "client": (address, 50000) if address else None,
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        }

        async def receive() -> dict:
            return {"type": f"{kind}.connect" if kind == "websocket" else "http.request", "body": b""}

        async def send(message: dict) -> None:
            answer.messages.append(message)
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            elif message["type"] == "http.response.body":
                answer.body += message.get("body", b"")

        completed(app(connection, receive, send))
        return answer

    return send_request


async def plain_app(connection, receive, send) -> None:
    """Answer everything with «ok» and a cookie header of its own."""
    if connection["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        return
    headers = [(b"content-type", b"text/plain"), (b"Cache-Control", b"public")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def inner():
    """Give an application behind the middleware under test."""
    return plain_app
