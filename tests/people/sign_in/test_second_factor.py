"""The second factor: asked for, required by roles, throttled; no code works twice."""

from datetime import datetime, timedelta

import pyotp
import pytest

from core.errors import NotAllowed
from core.people.account_tables import Account, AccountSecret
from core.people.keys import InstallationKey
from core.people.my_account import renew_recovery_codes, switch_off_second_factor
from core.people.role_names import Role
from core.people.second_factor import begin_second_factor, require_second_factor, switch_on
from core.people.sign_in import Accepted, Answer, CodeNeeded, Refused, confirm_code
from core.store.unit_of_work import reading, writing
from tests.people.sign_in.conftest import ADMIN, HOME, NOW, Door


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
