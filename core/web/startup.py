"""A start that was refused says one sentence instead of the program's inner places."""

from __future__ import annotations

from core.web.asgi import Application, Connection, Message, Receive, Send

_REFUSED = "SystemExit: "


class PlainRefusal:
    """ASGI middleware: when the start ended with SystemExit("sentence"), the server prints only the sentence."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        """Pass everything on; shorten the message of a refused start."""
        if connection["type"] != "lifespan":
            await self._app(connection, receive, send)
            return

        async def send_plainly(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                trace = str(message.get("message", ""))
                if f"\n{_REFUSED}" in trace:
                    message = {**message, "message": trace.rpartition(f"\n{_REFUSED}")[2].strip()}
            await send(message)

        await self._app(connection, receive, send_plainly)
