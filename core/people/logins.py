"""Logins: how they are compared and which are taken."""

from __future__ import annotations

import re
import unicodedata

from sqlmodel import Session, select

from core.errors import InvalidInput
from core.people.account_tables import Account, AccountSecret

SHORTEST, LONGEST = 3, 64
_GOOD = re.compile(r"[\w.@-]+")


def normal_login(text: str) -> str:
    """Return a login as it is stored and compared: case and blanks at the ends do not count; «ё» stays «ё».

    >>> normal_login(" Иванова.АП ")
    'иванова.ап'
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()[: LONGEST + 1]


def require_good_login(session: Session, text: str, *, owner_id: int | None = None) -> str:
    """Return the login as it is stored; raise InvalidInput when it cannot be one or another account has it."""
    login = normal_login(text)
    if not SHORTEST <= len(login) <= LONGEST or not _GOOD.fullmatch(login):
        raise InvalidInput(
            f"Логин «{text.strip()}» не подходит.",
            f"Нужно от {SHORTEST} до {LONGEST} букв и цифр; можно точку, дефис, подчёркивание и @, без пробелов.",
        )
    taken = session.exec(select(Account).where(Account.login == login)).first()
    if taken is not None and taken.id != owner_id:
        raise InvalidInput(f"Логин «{login}» уже занят.", "Добавьте к нему инициалы или номер.")
    return login


def find_by_login(session: Session, text: str) -> tuple[Account, AccountSecret] | None:
    """Return the account with this login and its secret, also a disabled one."""
    login = normal_login(text)
    return session.exec(
        select(Account, AccountSecret)
        .join(AccountSecret, AccountSecret.account_id == Account.id)  # type: ignore[arg-type]
        .where(Account.login == login)
    ).first()


def get_secret(session: Session, account_id: int) -> AccountSecret:
    """Return what proves who the account's person is; it exists for every account."""
    secret = session.get(AccountSecret, account_id)
    if secret is None:
        raise RuntimeError(f"account {account_id} has no secret")
    return secret
