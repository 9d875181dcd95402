"""One-time tickets: a step of the sign-in that was passed, handed from the screen to the route that sets the cookie."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete

from core.people.account_tables import AccountSecret
from core.people.keys import InstallationKey, new_token
from core.people.session_tables import LoginTicket, TicketPurpose

LIFETIMES = {TicketPurpose.SESSION: timedelta(seconds=30), TicketPurpose.SECOND_FACTOR: timedelta(minutes=5)}


def issue_ticket(
    session: Session,
    key: InstallationKey,
    purpose: TicketPurpose,
    secret: AccountSecret,
    now: datetime,
    *,
    second_factor: bool = False,
) -> str:
    """Return a new ticket for the account; tickets that ran out are thrown away."""
    session.exec(delete(LoginTicket).where(col(LoginTicket.expires_at) < now))
    token = new_token()
    session.add(
        LoginTicket(
            ticket_hash=_fingerprint(key, token),
            purpose=purpose,
            account_id=secret.account_id,
            auth_version=secret.auth_version,
            second_factor=second_factor,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    session.flush()
    return token


def find_ticket(
    session: Session, key: InstallationKey, token: str, purpose: TicketPurpose, now: datetime
) -> LoginTicket | None:
    """Return the ticket if it is one for this purpose and has not run out; it stays valid."""
    ticket = session.get(LoginTicket, _fingerprint(key, token))
    if ticket is None or ticket.purpose is not purpose or ticket.expires_at <= now:
        return None
    return ticket


def use_ticket(
    session: Session, key: InstallationKey, token: str, purpose: TicketPurpose, now: datetime
) -> LoginTicket | None:
    """Return the ticket like `find_ticket` and destroy it: it works once."""
    ticket = find_ticket(session, key, token, purpose, now)
    if ticket is not None:
        session.delete(ticket)
        session.flush()
    return ticket


def _fingerprint(key: InstallationKey, token: str) -> str:
    return key.fingerprint("ticket", token)
