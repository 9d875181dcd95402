"""Sign-in through an OpenID Connect provider: whose account an identity is.

The provider only proves who somebody is. Accounts are made beforehand, with the e-mail the provider knows; the first
sign-in binds the account to the provider's unchangeable name of the person, and from then on only this counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from core.people.account_tables import Account
from core.people.keys import InstallationKey
from core.people.sessions import is_open
from core.people.sign_in import ACTOR, Answer, Refused, accept_identity
from core.store.audit import record_event
from core.store.base import utc_now
from core.store.unit_of_work import writing

FRESH = timedelta(minutes=5)
"""How old the proof may be: an old one, kept in a browser, must not open a session after sign-out."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a provider says, verified by its signature: the claims iss, sub, email, email_verified and iat."""

    issuer: str
    subject: str
    email: str
    is_email_verified: bool
    issued_at: datetime


def sign_in_by_identity(
    engine: Engine, key: InstallationKey, identity: Identity, *, address: str, now: datetime | None = None
) -> Answer:
    """Return a ticket for the account of the identity, or ask for a code where a second factor is on."""
    now = now or utc_now()
    if not -FRESH <= now - identity.issued_at <= FRESH:
        return Refused("Подтверждение входа устарело. Войдите через поставщика ещё раз.")
    with writing(engine, ACTOR) as session:
        account = account_of(session, identity)
        if account is None or not is_open(account):
            record_event(session, "неизвестный вход через поставщика", "account", field="адрес", new=address)
            return Refused("Для этого пользователя нет учётной записи. Обратитесь к администратору.")
        return accept_identity(session, key, account, address=address, now=now)


def account_of(session: Session, identity: Identity) -> Account | None:
    """Return the account bound to the identity; else bind the one with its verified e-mail; else None."""
    if not identity.subject or not identity.issuer:
        return None
    bound = session.exec(
        select(Account).where(Account.oidc_issuer == identity.issuer, Account.oidc_subject == identity.subject)
    ).first()
    if bound is not None or not identity.is_email_verified:
        return bound
    email = normal_email(identity.email)
    found = session.exec(select(Account).where(Account.email == email)).first() if email else None
    if found is None or found.oidc_subject is not None or not is_open(found):
        return None
    found.oidc_issuer, found.oidc_subject = identity.issuer, identity.subject
    session.add(found)
    return found


def normal_email(text: str) -> str | None:
    """Return an e-mail as it is stored and compared, None for an empty one."""
    return text.strip().casefold() or None
