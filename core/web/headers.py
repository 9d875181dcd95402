"""Security headers on every answer, and no copies of people's files on disk."""

from __future__ import annotations

from collections.abc import Sequence

from core.web.asgi import Application, Connection, Message, Receive, Send

_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"SAMEORIGIN",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def content_security_policy(script_hashes: Sequence[str] = ()) -> str:
    """Return the policy under which Streamlit's page works and nothing leaves the server.

    `script_hashes` are of inline scripts that the frame page itself holds ("sha256-…"). Styles must stay inline:
    Streamlit makes them while it draws.
    """
    scripts = " ".join(["'self'", *(f"'{one}'" for one in script_hashes)])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "form-action 'self'",
        )
    )


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer."""

    def __init__(self, app: Application, policy: str) -> None:
        self._app = app
        self._headers = {**_ALWAYS, b"content-security-policy": policy.encode()}

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        """Pass the connection on; its answer goes out with the headers."""
        if connection["type"] != "http":
            await self._app(connection, receive, send)
            return
        added = dict(self._headers)
        if str(connection.get("path", "")).startswith("/media"):
            added[b"cache-control"] = b"no-store"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in added]
                message = {**message, "headers": [*kept, *added.items()]}
            await send(message)

        await self._app(connection, receive, send_with_headers)
