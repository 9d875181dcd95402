"""The first start: a one-time link, printed to the console, behind which the first administrator is created."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, delete, select

from core.errors import InvalidInput, NotAllowed
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.keys import InstallationKey, new_token
from core.people.logins import require_good_login
from core.people.password_policy import require_good_password
from core.people.passwords import hash_password
from core.people.role_names import Role
from core.people.roles import SIGN_IN
from core.people.session_tables import SetupLink, TicketPurpose
from core.people.tickets import issue_ticket
from core.store.audit import record_event
from core.store.base import utc_now

LINK_LIVES = timedelta(hours=24)


def has_accounts(session: Session) -> bool:
    """Say whether the first administrator exists; until then nobody can sign in."""
    return session.exec(select(Account.id)).first() is not None


def issue_setup_link(session: Session, key: InstallationKey, now: datetime | None = None) -> str:
    """Return the secret part of a new set-up link, valid for 24 hours; earlier links stop working.

    Raises NotAllowed when there are accounts already: then an administrator makes further ones.
    """
    if has_accounts(session):
        raise NotAllowed("Первый администратор уже создан.", "Новые учётные записи создаёт администратор.")
    now = now or utc_now()
    session.exec(delete(SetupLink))
    token = new_token()
    session.add(SetupLink(token_hash=key.fingerprint("set-up", token), created_at=now, expires_at=now + LINK_LIVES))
    session.flush()
    return token


def is_setup_link_valid(session: Session, key: InstallationKey, token: str, now: datetime | None = None) -> bool:
    """Say whether the link opens the screen of the first start; it is not used up by asking."""
    link = session.get(SetupLink, key.fingerprint("set-up", token))
    return link is not None and link.expires_at > (now or utc_now()) and not has_accounts(session)


def redeem_setup_link(
    session: Session,
    key: InstallationKey,
    token: str,
    *,
    login: str,
    display_name: str,
    password: str,
    now: datetime | None = None,
) -> str:
    """Create the administrator of the whole system; return a ticket with which they are signed in.

    The link works once. Raises NotAllowed when it is unknown, used or out of date, InvalidInput for a bad login or
    a weak password (then the link stays valid).
    """
    now = now or utc_now()
    if not is_setup_link_valid(session, key, token, now):
        raise NotAllowed(
            "Ссылка первого запуска не действует.", "Перезапустите программу: она напечатает новую ссылку."
        )
    name = display_name.strip()
    if not name:
        raise InvalidInput("Укажите, как вас зовут.", "Впишите фамилию и инициалы.")
    require_good_password(password, fewest=SIGN_IN[Role.ADMINISTRATOR].password_length, context=(login, display_name))
    account = Account(login=require_good_login(session, login), display_name=name[:120])
    session.add(account)
    session.flush()
    secret = AccountSecret(account_id=account.id or 0, password_hash=hash_password(password), password_set_at=now)
    session.add(secret)
    session.add(RoleGrant(account_id=account.id or 0, role=Role.ADMINISTRATOR))
    session.exec(delete(SetupLink))
    record_event(session, "создан первый администратор", "account", account.id)
    return issue_ticket(session, key, TicketPurpose.SESSION, secret, now)
