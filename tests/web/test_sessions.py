"""The routes that set and remove the cookie, and files that answer to live sessions only."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.applications import Starlette

from core.people import passwords
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.keys import InstallationKey, installation_key
from core.people.passwords import hash_password
from core.people.role_names import Role
from core.people.session_tables import AuthSession, TicketPurpose
from core.people.sessions import end_all_sessions
from core.people.tickets import issue_ticket
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from core.web.live_session import LiveSessionOnly
from core.web.session_cookie import token_in
from core.web.session_routes import session_routes
from tests.web.running import completed

OWN = {"sec-fetch-site": "same-origin", "content-type": "application/json"}


@pytest.fixture
def engine(sqlite_engine, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(passwords, "COST", 4)
    return sqlite_engine


@pytest.fixture
def account(engine) -> int:
    with writing(engine, "тест") as session:
        account = Account(login="орлова", display_name="Орлова")
        session.add(account)
        session.flush()
        session.add(AccountSecret(account_id=account.id, password_hash=hash_password("x")))
        session.add(RoleGrant(account_id=account.id, role=Role.ADMINISTRATOR))
        return account.id


@pytest.fixture
def post(engine):
    app = Starlette(routes=session_routes(lambda: engine))

    def send_request(path, body=b"", headers=None, scheme="http", method="POST"):
        answer = {"headers": {}, "body": b""}
        connection = {
            "type": "http", "path": path, "raw_path": path.encode(), "method": method, "scheme": scheme,
            "query_string": b"", "root_path": "", "http_version": "1.1", "server": ("localhost", 80),
            "client": ("203.0.113.9", 50000),
            "headers": [(k.encode(), v.encode()) for k, v in {"host": "localhost", **(headers or {})}.items()],
        }  # fmt: skip
        parts = [body[:10], body[10:]]

        async def receive():
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message):
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
                answer["headers"] = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                answer["body"] += message.get("body", b"")

        completed(app(connection, receive, send))
        return answer

    return send_request


def ticket(engine, account) -> str:
    with writing(engine, "тест") as session:
        secret = session.get(AccountSecret, account)
        return issue_ticket(session, installation_key(), TicketPurpose.SESSION, secret, utc_now())


def body(text: str) -> bytes:
    return json.dumps({"ticket": text}).encode()


def cookie(post, engine, account, scheme="http") -> str:
    answer = post("/session/start", body(ticket(engine, account)), OWN, scheme)
    assert answer["status"] == 204
    return answer["headers"]["set-cookie"]


def test_a_ticket_becomes_a_cookie_that_scripts_cannot_read(post, engine, account):
    assert cookie(post, engine, account).split("; ")[1:] == ["Path=/", "HttpOnly", "SameSite=Strict"]
    with reading(engine) as session:
        row = session.exec(select(AuthSession)).one()
    assert row.address == "203.0.113.9"


def test_under_https_the_cookie_is_of_this_host_only(post, engine, account):
    made = cookie(post, engine, account, "https")
    assert made.startswith("__Host-quality_session=")
    assert made.split("; ")[1:] == ["Path=/", "HttpOnly", "SameSite=Strict", "Secure"]
    assert token_in(made.split(";")[0], secure=False) is None, "another name counts only where it was set"


def test_a_ticket_works_once(post, engine, account):
    text = ticket(engine, account)
    assert post("/session/start", body(text), OWN)["status"] == 204
    again = post("/session/start", body(text), OWN)
    assert again["status"] == 403
    assert "set-cookie" not in again["headers"]


@pytest.mark.parametrize(
    "headers",
    [
        {**OWN, "sec-fetch-site": "cross-site"},
        {**OWN, "sec-fetch-site": "same-site"},
        {**OWN, "sec-fetch-site": "none"},
        {**OWN, "content-type": "text/plain"},
        {**OWN, "content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json"},
        {"content-type": "application/json", "origin": "https://evil.example"},
    ],
)
def test_other_sites_and_forms_are_refused(post, engine, account, headers):
    text = ticket(engine, account)
    assert post("/session/start", body(text), headers)["status"] == 403
    assert post("/session/end", b"", headers)["status"] == 403
    assert post("/session/start", body(text), OWN)["status"] == 204, "the ticket was not used up"


def test_an_older_browser_says_where_it_comes_from_by_origin(post, engine, account):
    headers = {"content-type": "application/json", "origin": "http://localhost"}
    assert post("/session/start", body(ticket(engine, account)), headers)["status"] == 204


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]", b'{"ticket": 5}', b'{"ticket": ""}', b'{"ticket": "%s"}' % (b"x" * 5000)]
)
def test_bodies_that_are_no_ticket_are_refused(post, sent):
    assert post("/session/start", sent, OWN)["status"] in (400, 403)


def test_only_posts_change_sessions(post):
    assert post("/session/start", b"", OWN, method="GET")["status"] == 405
    assert post("/session/end", b"", OWN, method="GET")["status"] == 405


def test_the_end_revokes_the_session_and_drops_the_cookie(post, engine, account):
    made = cookie(post, engine, account).split(";")[0]
    answer = post("/session/end", b"{}", {**OWN, "cookie": made})
    assert answer["status"] == 204
    assert "Max-Age=0" in answer["headers"]["set-cookie"]
    with reading(engine) as session:
        assert session.exec(select(AuthSession)).one().revoked_at is not None


@pytest.mark.parametrize("path", ["/media/abc.xlsx", "/_stcore/upload_file/1/2"])
def test_files_and_uploads_answer_to_live_sessions_only(ask, inner, post, engine, account, path):
    guarded = LiveSessionOnly(inner, lambda: engine)
    made = cookie(post, engine, account).split(";")[0]
    forged = made[:-4] + ("AAAA" if not made.endswith("AAAA") else "BBBB")
    assert ask(guarded, path).status == 403
    assert "Войдите" in ask(guarded, path).body.decode()
    assert ask(guarded, path, headers={"cookie": forged}).status == 403
    assert ask(guarded, path, headers={"cookie": "quality_session"}).status == 403
    assert ask(guarded, path, headers={"cookie": f"other=1; {made}"}).status == 200
    assert ask(guarded, "/help").status == 200, "pages show the sign-in by themselves"
    with writing(engine, "тест") as session:
        end_all_sessions(session, account, "смена пароля")
    assert ask(guarded, path, headers={"cookie": made}).status == 403


def test_an_expired_session_and_one_of_another_key_open_no_file(ask, inner, post, engine, account, monkeypatch):
    guarded = LiveSessionOnly(inner, lambda: engine)
    made = cookie(post, engine, account).split(";")[0]
    assert ask(guarded, "/media/x", headers={"cookie": made}).status == 200
    with monkeypatch.context() as other:
        other.setattr("core.web.live_session.installation_key", lambda: InstallationKey(b"k" * 48))
        assert ask(guarded, "/media/x", headers={"cookie": made}).status == 403
    with writing(engine, "тест") as session:
        row = session.exec(select(AuthSession)).one()
        row.expires_at = utc_now() - timedelta(seconds=1)
        session.add(row)
    assert ask(guarded, "/media/x", headers={"cookie": made}).status == 403
