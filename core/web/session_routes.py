"""The two routes that set and remove the cookie of a session; everything else about sessions is in `core.people`."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.errors import QualityError
from core.people.keys import installation_key
from core.people.sessions import sign_out, start_session
from core.people.sign_in import ACTOR
from core.store.unit_of_work import writing
from core.web.session_cookie import cookie_with, cookie_without, token_in

START, END = "/session/start", "/session/end"
_LONGEST_BODY = 4096


def session_routes(engine: Callable[[], Engine]) -> list[Route]:
    """Return the routes: a ticket becomes a session with its cookie; a session ends and the cookie goes."""

    async def start(request: Request) -> Response:
        if not _is_own_page(request):
            return _refused("Войти можно только со страницы самой программы.")
        ticket = await _ticket(request)
        if ticket is None:
            return _refused("Запрос на вход составлен неверно.", 400)
        address = request.client.host if request.client else ""
        try:
            token = await run_in_threadpool(_start, engine(), ticket, address, request.headers.get("user-agent", ""))
        except QualityError as refusal:
            return _refused(str(refusal), 503)
        if token is None:
            return _refused("Время на вход истекло. Войдите ещё раз.")
        return _done(cookie_with(token, _is_secure(request)))

    async def end(request: Request) -> Response:
        if not _is_own_page(request):
            return _refused("Выйти можно только со страницы самой программы.")
        cookies = request.headers.get("cookie", "")
        token = token_in(cookies, secure=True) or token_in(cookies, secure=False)
        try:
            await run_in_threadpool(_end, engine(), token)
        except QualityError as refusal:
            return _refused(str(refusal), 503)
        return _done(cookie_without(_is_secure(request)))

    return [Route(START, start, methods=["POST"]), Route(END, end, methods=["POST"])]


def _start(engine: Engine, ticket: str, address: str, user_agent: str) -> str | None:
    with writing(engine, ACTOR) as session:
        return start_session(session, installation_key(), ticket, address=address, user_agent=user_agent)


def _end(engine: Engine, token: str | None) -> None:
    if token is not None:
        with writing(engine, ACTOR) as session:
            sign_out(session, installation_key(), token)


def _is_own_page(request: Request) -> bool:
    """Say whether a page of this program asks: no other site's page can send such a request without our consent.

    Browsers say where a request comes from by Sec-Fetch-Site; older ones by Origin. JSON cannot come from a form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    return bool(origin) and origin.partition("://")[2] == request.headers.get("host")


async def _ticket(request: Request) -> str | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            return None
    try:
        read = json.loads(body)
    except ValueError:
        return None
    ticket = read.get("ticket") if isinstance(read, dict) else None
    return ticket if isinstance(ticket, str) and ticket else None


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _done(cookie: str) -> Response:
    return Response(status_code=204, headers={"set-cookie": cookie, "cache-control": "no-store"})


def _refused(sentence: str, status: int = 403) -> Response:
    return JSONResponse({"error": sentence}, status, headers={"cache-control": "no-store"})
