"""Files and uploads answer to people who are signed in only: Streamlit gives them to whoever knows an address."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from core.errors import QualityError
from core.people.keys import installation_key
from core.people.sessions import check_session
from core.store.unit_of_work import reading
from core.web.asgi import Application, Connection, Receive, Send, header
from core.web.guard import refuse
from core.web.session_cookie import token_in

_FOR_PEOPLE = ("/media", "/_stcore/upload_file")


class LiveSessionOnly:
    """ASGI middleware that refuses files and uploads with status 403 unless the cookie's session is live."""

    def __init__(self, app: Application, engine: Callable[[], Engine]) -> None:
        self._app = app
        self._engine = engine

    async def __call__(self, connection: Connection, receive: Receive, send: Send) -> None:
        """Pass the connection on, or refuse it."""
        if connection["type"] == "http" and str(connection.get("path", "")).startswith(_FOR_PEOPLE):
            cookies = header(connection, "cookie")
            token = token_in(cookies, secure=True) or token_in(cookies, secure=False)
            if not await run_in_threadpool(self._is_live, token):
                await refuse(connection, receive, send, "Войдите в программу, чтобы открыть этот адрес.")
                return
        await self._app(connection, receive, send)

    def _is_live(self, token: str | None) -> bool:
        """Say whether the token opens a session; while the database cannot be asked, it does not."""
        if token is None:
            return False
        try:
            with reading(self._engine()) as session:
                return check_session(session, installation_key(), token) is not None
        except QualityError:
            return False
