"""Tickets and sessions: what opens one, what ends it, what a cookie taken before is worth."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from core.errors import InvalidInput
from core.people.account_tables import RoleGrant
from core.people.accounts import disable_account, enable_account, reset_password
from core.people.keys import InstallationKey, installation_key, new_token
from core.people.my_account import change_password
from core.people.role_grants import grant_role, revoke_role
from core.people.role_names import Role
from core.people.session_tables import AuthSession
from core.people.sessions import MOST_SESSIONS, end_session, list_sessions, sign_out, sign_out_everywhere, start_session
from core.people.sign_in import Accepted, Refused
from core.people.signed_in import who_is_signed_in
from core.store.unit_of_work import reading, writing
from tests.people.sign_in.conftest import ADMIN, HOME, NOW, PASSWORD, Door


def test_a_ticket_opens_one_session_once(door: Door) -> None:
    answer = door.sign_in()
    assert isinstance(answer, Accepted)
    token = door.enter(answer.ticket)
    person = door.who(token)
    assert person is not None and person.account.login == "директор" and person.scope.grants
    with writing(door.region.engine, "тест") as session:
        assert start_session(session, door.key, answer.ticket, address="", user_agent="", now=NOW) is None
    late = door.sign_in()
    assert isinstance(late, Accepted)
    with writing(door.region.engine, "тест") as session:
        after = NOW + timedelta(seconds=31)
        assert start_session(session, door.key, late.ticket, address="", user_agent="", now=after) is None
        assert start_session(session, door.key, new_token(), address="", user_agent="", now=NOW) is None


def test_nothing_that_opens_a_session_stands_in_the_database(door: Door) -> None:
    answer = door.sign_in()
    assert isinstance(answer, Accepted)
    token = door.enter(answer.ticket)
    with reading(door.region.engine) as session:
        for table in ("auth_session", "login_ticket", "login_attempt", "audit_entry", "account_secret"):
            stored = repr(session.connection().execute(text(f"SELECT * FROM {table}")).all())
            for secret in (token, answer.ticket, PASSWORD):
                assert secret not in stored


def test_forged_altered_and_foreign_tokens_open_nothing(door: Door) -> None:
    token = door.enter()
    altered = token[:-1] + ("A" if token[-1] != "A" else "B")
    with reading(door.region.engine) as session:
        row = session.exec(select(AuthSession)).one()
    for forged in (altered, new_token(), "", None, row.token_hash, token + " ", "'; DROP TABLE account; --"):
        assert door.who(forged) is None
    assert door.who(token) is not None
    other = InstallationKey(b"o" * 48)
    assert who_is_signed_in(door.region.engine, other, token, NOW) is None, "a session of another server key"


def test_sessions_end_when_idle_and_at_the_latest(door: Door) -> None:
    token = door.enter()
    assert door.who(token, NOW + timedelta(minutes=59)) is not None
    assert door.who(token, NOW + timedelta(minutes=118)) is not None, "use prolongs it"
    assert door.who(token, NOW + timedelta(minutes=179)) is None, "60 minutes unused"
    busy = door.enter(now=NOW + timedelta(hours=4))
    moment = NOW + timedelta(hours=4)
    while moment < NOW + timedelta(hours=15, minutes=50):
        assert door.who(busy, moment) is not None
        moment += timedelta(minutes=30)
    assert door.who(busy, NOW + timedelta(hours=16)) is None, "12 hours at the latest"
    assert door.who(door.enter(), NOW - timedelta(days=1)) is None, "with the clock set back nothing is valid"


def test_far_reaching_roles_have_shorter_sessions(door: Door) -> None:
    door.login = "администратор"
    token = door.enter()
    assert door.who(token, NOW + timedelta(minutes=29)) is not None
    assert door.who(token, NOW + timedelta(minutes=60)) is None


def _sign_out(door: Door, session: Session, token: str) -> None:
    sign_out(session, door.key, token, NOW)


def _everywhere(door: Door, session: Session, _token: str) -> None:
    assert sign_out_everywhere(session, door.account_id, NOW) == 1


def _disable(door: Door, session: Session, _token: str) -> None:
    disable_account(session, ADMIN, door.account_id, "уволен", NOW)


def _disable_and_enable(door: Door, session: Session, token: str) -> None:
    _disable(door, session, token)
    enable_account(session, ADMIN, door.account_id)


def _reset(door: Door, session: Session, _token: str) -> None:
    reset_password(session, ADMIN, door.account_id, now=NOW)


def _more_rights(door: Door, session: Session, _token: str) -> None:
    grant_role(session, ADMIN, door.account_id, Role.OBSERVER, organisation_id=door.region.units["район"])


def _fewer_rights(door: Door, session: Session, _token: str) -> None:
    grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == door.account_id)).one()
    revoke_role(session, ADMIN, grant.id or 0)


def _end_in_list(door: Door, session: Session, _token: str) -> None:
    end_session(session, door.account_id, list_sessions(session, door.account_id, now=NOW)[0].id, NOW)


@pytest.mark.parametrize(
    "deed",
    [_sign_out, _everywhere, _disable, _disable_and_enable, _reset, _more_rights, _fewer_rights, _end_in_list],
)
def test_a_cookie_taken_before_does_not_work_after(door: Door, deed: object) -> None:
    answer = door.sign_in()
    assert isinstance(answer, Accepted)
    token, started = door.enter(), answer.ticket
    assert door.who(token) is not None
    with writing(door.region.engine, "тест") as session:
        deed(door, session, token)  # type: ignore[operator]
    for later in (0, 1, 60):
        assert door.who(token, NOW + timedelta(seconds=later)) is None
    if deed not in (_sign_out, _end_in_list):
        with writing(door.region.engine, "тест") as session:
            assert start_session(session, door.key, started, address="", user_agent="", now=NOW) is None


def test_a_cookie_taken_before_a_password_change_does_not_work_after(door: Door) -> None:
    token, other = door.enter(), door.enter()
    fresh = "сорок тысяч одуванчиков"
    with pytest.raises(InvalidInput, match="Прежний пароль"):
        change_password(door.region.engine, door.key, door.account_id, "не тот", fresh, address=HOME, now=NOW)
    with pytest.raises(InvalidInput, match="слишком короткий"):
        change_password(door.region.engine, door.key, door.account_id, PASSWORD, "коротко", address=HOME, now=NOW)
    assert door.who(token) is not None
    ticket = change_password(door.region.engine, door.key, door.account_id, PASSWORD, fresh, address=HOME, now=NOW)
    assert door.who(token) is None and door.who(other) is None
    assert door.who(door.enter(ticket)) is not None, "the person stays signed in where the change was made"
    assert isinstance(door.sign_in(PASSWORD), Refused)
    assert isinstance(door.sign_in(fresh), Accepted)


def test_a_sixth_session_ends_the_oldest(door: Door) -> None:
    tokens = [door.enter(now=NOW + timedelta(seconds=n)) for n in range(MOST_SESSIONS + 1)]
    later = NOW + timedelta(seconds=30)
    assert [door.who(token, later) is not None for token in tokens] == [False] + [True] * MOST_SESSIONS
    with reading(door.region.engine) as session:
        rows = list_sessions(session, door.account_id, now=later)
    assert len(rows) == MOST_SESSIONS and rows[0].user_agent == "Проба" and rows[0].address == HOME


def test_nobody_ends_anothers_session(door: Door) -> None:
    token = door.enter()
    with writing(door.region.engine, "тест") as session:
        number = list_sessions(session, door.account_id, now=NOW)[0].id
        with pytest.raises(Exception, match="не найдено"):
            end_session(session, door.region.accounts["учитель"], number, NOW)
    assert door.who(token) is not None


def test_the_installations_key_is_made_once(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    key = installation_key()
    assert key == installation_key() and len(key.value) == 48
    assert "value" not in repr(key) and str(key.value) not in repr(key)


def test_a_ticket_brought_twice_at_once_opens_one_session(door: Door) -> None:
    answer = door.sign_in()
    assert isinstance(answer, Accepted)

    def bring(_number: int) -> str | None:
        with writing(door.region.engine, "тест") as session:
            return start_session(session, door.key, answer.ticket, address="", user_agent="", now=NOW)

    with ThreadPoolExecutor(6) as pool:
        tokens = [token for token in pool.map(bring, range(6)) if token is not None]
    assert len(tokens) == 1
