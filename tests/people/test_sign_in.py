"""Signing in, and everything that must end a session, on both databases."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from core.errors import InvalidInput, NotAllowed
from core.people import passwords
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.accounts import disable_account, enable_account, reset_password
from core.people.keys import InstallationKey, installation_key, new_token
from core.people.my_account import change_password, renew_recovery_codes, switch_off_second_factor
from core.people.role_grants import grant_role, revoke_role
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.second_factor import begin_second_factor, require_second_factor, switch_on
from core.people.session_tables import AuthSession, LoginAttempt
from core.people.sessions import (
    MOST_SESSIONS,
    end_session,
    list_sessions,
    sign_out,
    sign_out_everywhere,
    start_session,
)
from core.people.sign_in import Accepted, Answer, CodeNeeded, Refused, confirm_code, sign_in
from core.people.signed_in import SignedIn, who_is_signed_in
from core.store.engine import open_engine
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from tests.people.conftest import Region

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "зелёный чайник поёт"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"
ADMIN = Scope.local_administrator()


@dataclass
class Door:
    """A person at the door of the program."""

    region: Region
    key: InstallationKey
    login: str = "директор"

    @property
    def account_id(self) -> int:
        return self.region.accounts[self.login]

    def sign_in(self, password: str = PASSWORD, address: str = HOME, now: datetime = NOW) -> Answer:
        return sign_in(self.region.engine, self.key, self.login, password, address=address, now=now)

    def enter(self, ticket: str | None = None, now: datetime = NOW) -> str:
        if ticket is None:
            answer = self.sign_in(now=now)
            assert isinstance(answer, Accepted), answer
            ticket = answer.ticket
        with writing(self.region.engine, "тест") as session:
            token = start_session(session, self.key, ticket, address=HOME, user_agent="Проба", now=now)
        assert token is not None
        return token

    def who(self, token: str | None, now: datetime = NOW) -> SignedIn | None:
        return who_is_signed_in(self.region.engine, self.key, token, now)


@pytest.fixture
def door(region: Region) -> Door:
    with writing(region.engine, "тест") as session:
        for name in ("директор", "администратор", "учитель"):
            secret = session.get(AccountSecret, region.accounts[name])
            assert secret is not None
            secret.password_hash = passwords.hash_password(PASSWORD)
    return Door(region, InstallationKey(b"k" * 48))


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


def test_a_given_password_must_be_changed_and_runs_out(door: Door) -> None:
    with writing(door.region.engine, "тест") as session:
        given = reset_password(session, ADMIN, door.account_id, now=NOW)
    assert len(given.password) == 16 and not set(given.password) & set("0O1lI")
    answer = door.sign_in(given.password, now=NOW + timedelta(hours=71))
    assert isinstance(answer, Accepted)
    person = door.who(door.enter(answer.ticket, NOW + timedelta(hours=71)), NOW + timedelta(hours=71))
    assert person is not None and person.must_change_password
    assert not person.scope.grants, "before the change nothing is permitted"
    late = door.sign_in(given.password, now=NOW + timedelta(hours=72))
    assert isinstance(late, Refused) and "Срок выданного пароля истёк" in late.message
    change_password(
        door.region.engine, door.key, door.account_id, given.password, "сорок тысяч одуванчиков", address=HOME, now=NOW
    )
    answer = door.sign_in("сорок тысяч одуванчиков", now=NOW + timedelta(days=100))
    assert isinstance(answer, Accepted)


def test_ten_wrong_passwords_are_throttled_also_elsewhere_and_after_a_restart(door: Door) -> None:
    looked_at, moment, refusals = 0, NOW, []
    for number in range(40):
        answer = door.sign_in("не тот", f"203.0.113.{number}", moment)
        assert isinstance(answer, Refused)
        refusals.append(answer)
        if not answer.wait:
            looked_at += 1
        moment += max(answer.wait, timedelta(seconds=1))
        if looked_at == 10:
            break
    assert looked_at == 10 and moment - NOW < timedelta(minutes=2)
    assert any(refusal.wait > timedelta(0) for refusal in refusals), "from the sixth on there are delays"
    for address in (HOME, ELSEWHERE):
        blocked = door.sign_in(PASSWORD, address, moment)
        assert isinstance(blocked, Refused) and "Повторите через" in blocked.message
        assert timedelta(minutes=14) < blocked.wait <= timedelta(minutes=15)
    restarted = open_engine(door.region.engine.url.render_as_string(hide_password=False))
    again = sign_in(restarted, door.key, "директор", PASSWORD, address=ELSEWHERE, now=moment)
    restarted.dispose()
    assert isinstance(again, Refused) and again.wait
    free = door.sign_in(PASSWORD, HOME, moment + timedelta(minutes=15))
    assert isinstance(free, Accepted), "the block ends by itself"
    with reading(door.region.engine) as session:
        noted = [entry.action for entry in session.exec(select(AuditEntry))]
    assert noted.count("неудачный вход") == 10 and "вход приостановлен" in noted


def test_an_open_session_and_a_known_address_are_not_shut_out(door: Door) -> None:
    token = door.enter()
    for number in range(10):
        door.sign_in("не тот", ELSEWHERE, NOW + timedelta(minutes=1, seconds=61 * number))
    moment = NOW + timedelta(minutes=12)
    assert isinstance(door.sign_in(PASSWORD, ELSEWHERE, moment), Refused)
    assert door.who(token, moment) is not None
    assert isinstance(door.sign_in(PASSWORD, HOME, moment), Accepted), "strangers elsewhere do not keep the owner out"


def test_one_address_is_throttled_over_all_logins(door: Door) -> None:
    for number in range(30):
        sign_in(door.region.engine, door.key, f"имя{number}", "не тот", address=ELSEWHERE, now=NOW)
    blocked = door.sign_in(PASSWORD, ELSEWHERE)
    assert isinstance(blocked, Refused) and blocked.wait
    assert isinstance(door.sign_in(PASSWORD, HOME), Accepted)


def test_a_flood_from_many_addresses_reaches_the_password_ten_times(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []
    real = passwords.check_password
    monkeypatch.setattr("core.people.sign_in.check_password", lambda *given: looked_at.append(1) or real(*given))
    for number in range(200):
        moment = NOW + timedelta(seconds=4 * number)
        sign_in(door.region.engine, door.key, "директор", "не тот", address=f"10.0.0.{number}", now=moment)
    assert len(looked_at) <= 10


def test_known_and_unknown_logins_get_the_same_answer(door: Door) -> None:
    known = door.sign_in("не тот")
    unknown = sign_in(door.region.engine, door.key, "нет такого", "не тот", address=HOME, now=NOW)
    with writing(door.region.engine, "тест") as session:
        disable_account(session, ADMIN, door.account_id, "", NOW)
    disabled = door.sign_in(PASSWORD)
    assert known == unknown == disabled
    with reading(door.region.engine) as session:
        attempts = session.exec(select(LoginAttempt)).all()
    assert "нет такого" not in repr(attempts), "people type passwords into the field of the login"


def test_unknown_logins_take_as_long_as_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", 8)
    stored = passwords.hash_password(PASSWORD)

    def median(hashed: str | None) -> float:
        times = []
        for _ in range(9):
            start = time.perf_counter()
            assert not passwords.check_password("не тот", hashed)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    assert median(None) > 0.5 * median(stored), "the work is done in vain"


def test_a_cheaper_hash_is_renewed_at_the_next_sign_in(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", 5)
    assert isinstance(door.sign_in(), Accepted)
    with reading(door.region.engine) as session:
        secret = session.get(AccountSecret, door.account_id)
        assert secret is not None and (secret.password_hash or "").startswith("$2b$05$")
    assert isinstance(door.sign_in(), Accepted)


def _enrol(door: Door, now: datetime = NOW) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    with writing(door.region.engine, "тест") as session:
        account = session.get(Account, door.account_id)
        assert account is not None
        begun = begin_second_factor(session, door.key, account)
    app = pyotp.TOTP(begun.secret)
    assert begun.address.startswith("otpauth://totp/")
    with writing(door.region.engine, "тест") as session:
        account = session.get(Account, door.account_id)
        assert account is not None
        on = switch_on(session, door.key, account, app.at(now), now)
    return app, on.recovery_codes


def test_a_second_factor_is_asked_for_and_no_code_works_twice(door: Door) -> None:
    before = door.enter()
    app, codes = _enrol(door)
    assert door.who(before) is None
    with reading(door.region.engine) as session:
        secret = session.get(AccountSecret, door.account_id)
    assert secret is not None and app.secret not in (secret.totp_secret or "")
    moment = NOW + timedelta(minutes=1)
    asked = door.sign_in(now=moment)
    assert isinstance(asked, CodeNeeded)

    def confirm(code: str, at: datetime, pending: str = asked.pending) -> Answer:
        return confirm_code(door.region.engine, door.key, pending, code, address=HOME, now=at)

    assert isinstance(confirm("000000", moment), Refused)
    assert isinstance(confirm(app.at(NOW), moment), Refused), "used at switching on, and two steps old"
    accepted = confirm(app.at(moment - timedelta(seconds=30)), moment)
    assert isinstance(accepted, Accepted), "a clock one step behind"
    person = door.who(door.enter(accepted.ticket, moment), moment)
    assert person is not None and person.has_second_factor
    again = door.sign_in(now=moment)
    assert isinstance(again, CodeNeeded)
    replayed = confirm(app.at(moment - timedelta(seconds=30)), moment, again.pending)
    assert isinstance(replayed, Refused), "no code works twice"
    assert isinstance(confirm(codes[0].upper(), moment, again.pending), Accepted), "a recovery code"
    third = door.sign_in(now=moment)
    assert isinstance(third, CodeNeeded)
    assert isinstance(confirm(codes[0], moment, third.pending), Refused), "works once"
    assert isinstance(
        confirm(app.at(moment + timedelta(minutes=6)), moment + timedelta(minutes=6), third.pending), Refused
    )


def test_wrong_codes_are_throttled_like_passwords(door: Door) -> None:
    _enrol(door)
    asked = door.sign_in(now=NOW + timedelta(minutes=2))
    assert isinstance(asked, CodeNeeded)
    moment = NOW + timedelta(minutes=2)
    answers = [
        confirm_code(door.region.engine, door.key, asked.pending, "000000", address=HOME, now=moment) for _ in range(6)
    ]
    waits = [isinstance(answer, Refused) and bool(answer.wait) for answer in answers]
    assert waits == [False] * 5 + [True]


def test_another_servers_key_does_not_read_the_second_factor(door: Door) -> None:
    app, _codes = _enrol(door)
    door.key = InstallationKey(b"o" * 48)
    asked = door.sign_in(now=NOW + timedelta(minutes=1))
    assert isinstance(asked, CodeNeeded)
    moment = NOW + timedelta(minutes=1)
    answer = confirm_code(door.region.engine, door.key, asked.pending, app.at(moment), address=HOME, now=moment)
    assert isinstance(answer, Refused)


def test_a_role_can_require_the_second_factor(door: Door) -> None:
    token = door.enter()
    with writing(door.region.engine, "тест") as session:
        require_second_factor(session, ADMIN, Role.DIRECTOR, True)
    person = door.who(token)
    assert person is not None and person.must_set_up_second_factor and not person.scope.grants
    app, codes = _enrol(door)
    moment = NOW + timedelta(minutes=1)
    with pytest.raises(NotAllowed, match="требует второго фактора"):
        switch_off_second_factor(door.region.engine, door.key, door.account_id, codes[0], address=HOME, now=moment)
    fresh = renew_recovery_codes(
        door.region.engine, door.key, door.account_id, app.at(moment), address=HOME, now=moment
    )
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    with writing(door.region.engine, "тест") as session:
        require_second_factor(session, ADMIN, Role.DIRECTOR, False)
    ticket = switch_off_second_factor(door.region.engine, door.key, door.account_id, fresh[0], address=HOME, now=moment)
    assert door.who(door.enter(ticket)) is not None
    assert isinstance(door.sign_in(now=moment), Accepted)


def test_the_installations_key_is_made_once(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    key = installation_key()
    assert key == installation_key() and len(key.value) == 48
    assert "value" not in repr(key) and str(key.value) not in repr(key)


def test_a_burst_of_attempts_at_once_is_counted(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    real = passwords.check_password
    monkeypatch.setattr("core.people.sign_in.check_password", lambda *given: looked_at.append(1) or real(*given))
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda number: door.sign_in("не тот", f"10.0.1.{number}"), range(36)))
    assert all(isinstance(answer, Refused) for answer in answers)
    assert len(looked_at) == 5, "the sixth at the same moment has to wait"


def test_a_ticket_brought_twice_at_once_opens_one_session(door: Door) -> None:
    answer = door.sign_in()
    assert isinstance(answer, Accepted)

    def bring(_number: int) -> str | None:
        with writing(door.region.engine, "тест") as session:
            return start_session(session, door.key, answer.ticket, address="", user_agent="", now=NOW)

    with ThreadPoolExecutor(6) as pool:
        tokens = [token for token in pool.map(bring, range(6)) if token is not None]
    assert len(tokens) == 1
