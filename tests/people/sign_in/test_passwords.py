"""Passwords: given ones run out, guessing is throttled, known and unknown logins are answered alike."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from core.people import passwords
from core.people.account_tables import AccountSecret
from core.people.accounts import disable_account, reset_password
from core.people.my_account import change_password
from core.people.session_tables import LoginAttempt
from core.people.sign_in import Accepted, Refused, sign_in
from core.store.engine import open_engine
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from tests.people.sign_in.conftest import ADMIN, ELSEWHERE, HOME, NOW, PASSWORD, Door


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


def test_a_burst_of_attempts_at_once_is_counted(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    real = passwords.check_password
    monkeypatch.setattr("core.people.sign_in.check_password", lambda *given: looked_at.append(1) or real(*given))
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda number: door.sign_in("не тот", f"10.0.1.{number}"), range(36)))
    assert all(isinstance(answer, Refused) for answer in answers)
    assert len(looked_at) == 5, "the sixth at the same moment has to wait"
