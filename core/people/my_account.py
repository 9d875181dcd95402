"""What everybody does with their own account. Wrong passwords and codes given here count as failed sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.access import live_grants
from core.people.account_tables import Account, AccountSecret
from core.people.attempts import Wait, reserve_attempt
from core.people.keys import InstallationKey
from core.people.logins import get_secret
from core.people.password_policy import require_good_password
from core.people.passwords import check_password, hash_password, normal_password
from core.people.roles import sign_in_rule
from core.people.second_factor import (
    fits_second_factor,
    is_second_factor_required,
    new_recovery_codes,
    remove_second_factor,
    wrong_code,
)
from core.people.session_tables import AttemptOutcome, TicketPurpose
from core.people.sessions import end_all_sessions, is_open
from core.people.sign_in import too_many
from core.people.tables import Organisation
from core.people.tickets import issue_ticket
from core.store.audit import record_event
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing


def change_password(
    engine: Engine,
    key: InstallationKey,
    account_id: int,
    old: str,
    new: str,
    *,
    address: str,
    second_factor: bool = False,
    now: datetime | None = None,
) -> str:
    """Put a new password in place of the old one; return a ticket with which the person stays signed in here.

    All sessions end, the present one too. `second_factor`: whether the present session was begun with one. Raises
    InvalidInput when the old password is wrong or the new one is too weak.
    """
    now = now or utc_now()
    with reading(engine) as session:
        account = _own(session, account_id)
        fewest = _fewest_characters(session, account_id, now)
        words = context_words(session, account)
    require_good_password(new, fewest=fewest, context=words)
    if normal_password(old) == normal_password(new):
        raise InvalidInput("Новый пароль совпадает со старым.", "Придумайте другой.")
    stored = _prove_password(engine, key, account, old, address, now)
    fresh = hash_password(new)
    with writing(engine, account.display_name, account_id) as session:
        secret = get_secret(session, account_id)
        if secret.password_hash != stored:
            raise InvalidInput("Пароль только что изменён в другом окне.", "Войдите с новым паролем.")
        set_password(session, account, secret, fresh, now)
        return issue_ticket(session, key, TicketPurpose.SESSION, secret, now, second_factor=second_factor)


def switch_off_second_factor(
    engine: Engine, key: InstallationKey, account_id: int, code: str, *, address: str, now: datetime | None = None
) -> str:
    """Switch the own second factor off with one of its codes; return a ticket with which the person stays signed in.

    Raises NotAllowed where a role requires the factor, InvalidInput for a wrong code.
    """
    now = now or utc_now()
    with reading(engine) as session:
        account = _own(session, account_id)
        if is_second_factor_required(session, account_id, now):
            raise NotAllowed("Ваша роль требует второго фактора.", "Обратитесь к администратору.")
    _prove_code(engine, key, account, code, address, now)
    with writing(engine, account.display_name, account_id) as session:
        account = _own(session, account_id)
        remove_second_factor(session, account, "выключил владелец", now)
        return issue_ticket(session, key, TicketPurpose.SESSION, get_secret(session, account_id), now)


def renew_recovery_codes(
    engine: Engine, key: InstallationKey, account_id: int, code: str, *, address: str, now: datetime | None = None
) -> tuple[str, ...]:
    """Return new recovery codes in place of the old ones, to be shown once; it takes a code."""
    now = now or utc_now()
    with reading(engine) as session:
        account = _own(session, account_id)
    _prove_code(engine, key, account, code, address, now)
    with writing(engine, account.display_name, account_id) as session:
        record_event(session, "выданы новые запасные коды", "account", account_id)
        return new_recovery_codes(session, key, account_id)


def set_password(session: Session, account: Account, secret: AccountSecret, password_hash: str, now: datetime) -> None:
    """Store the hash of a password that the person chose; all sessions end."""
    secret.password_hash = password_hash
    secret.password_set_at = now
    secret.must_change_password = False
    secret.initial_password_expires_at = None
    session.add(secret)
    end_all_sessions(session, secret.account_id, "смена пароля", now)
    record_event(session, "пароль изменён", "account", account.id, organisation_id=account.organisation_id)


def context_words(session: Session, account: Account) -> tuple[str, ...]:
    """Return words that must not make up the person's password: login, name, organisation."""
    unit = session.get(Organisation, account.organisation_id) if account.organisation_id is not None else None
    return (account.login, account.display_name, *((unit.name, unit.code) if unit is not None else ()))


def _own(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None or not is_open(account):
        raise NotFound("Учётная запись")
    return account


def _fewest_characters(session: Session, account_id: int, now: datetime) -> int:
    roles = frozenset(grant.role for grant in live_grants(session, account_id, now.astimezone().date()))
    return sign_in_rule(roles).password_length


def _prove_password(
    engine: Engine, key: InstallationKey, account: Account, password: str, address: str, now: datetime
) -> str | None:
    """Return the stored hash after the password proved right; raise InvalidInput otherwise."""
    with writing(engine, account.display_name, account.id) as session:
        attempt = reserve_attempt(session, key, account.login, account.id, address, now)
        stored = get_secret(session, account.id or 0).password_hash
    if isinstance(attempt, Wait):
        raise InvalidInput(too_many(attempt, now).message)
    if not check_password(password, stored):
        raise InvalidInput("Прежний пароль введён неверно.", "Проверьте раскладку клавиатуры и Caps Lock.")
    with writing(engine, account.display_name, account.id) as session:
        proved = session.merge(attempt)
        proved.outcome = AttemptOutcome.FIRST_STEP
        session.add(proved)
    return stored


def _prove_code(engine: Engine, key: InstallationKey, account: Account, code: str, address: str, now: datetime) -> None:
    """Use up the code; raise InvalidInput when it is wrong. The attempt is kept in either case."""
    with writing(engine, account.display_name, account.id) as session:
        attempt = reserve_attempt(session, key, account.login, account.id, address, now)
        if isinstance(attempt, Wait):
            refusal: InvalidInput | None = InvalidInput(too_many(attempt, now).message)
        elif fits_second_factor(session, key, get_secret(session, account.id or 0), code, now):
            attempt.outcome, refusal = AttemptOutcome.FIRST_STEP, None
            session.add(attempt)
        else:
            refusal = wrong_code()
    if refusal is not None:
        raise refusal
