"""Who sits at the screen: the session of the cookie, the person, what they must do first, and their scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.keys import InstallationKey
from core.people.scope import Scope
from core.people.second_factor import is_second_factor_required
from core.people.sessions import check_session, touch_session
from core.store.base import utc_now
from core.store.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person of a valid session. `scope` is empty as long as something must be done first."""

    account: Account
    session_id: int
    scope: Scope
    must_change_password: bool
    must_set_up_second_factor: bool
    has_second_factor: bool
    """Whether this session was begun with a second factor."""

    @property
    def account_id(self) -> int:
        """Return the id of the account."""
        return self.account.id or 0


def who_is_signed_in(
    engine: Engine, key: InstallationKey, token: str | None, now: datetime | None = None
) -> SignedIn | None:
    """Return whose session the cookie's token opens, None for nobody. Called on every run, before anything else.

    Roles are read afresh each time. The time of the last use is written at most once a minute.
    """
    now = now or utc_now()
    with reading(engine) as session:
        live = check_session(session, key, token, now)
        if live is None:
            return None
        account, secret = live.account, live.secret
        must_set_up = not secret.totp_enabled and is_second_factor_required(session, account.id or 0, now)
        if secret.must_change_password or must_set_up:
            scope = Scope.of(account.id, account.display_name, ())
        else:
            scope = scope_for(session, account, now.astimezone().date())
    if live.is_touch_due:
        touch_session(engine, live.session_id, now)
    return SignedIn(
        account=account,
        session_id=live.session_id,
        scope=scope,
        must_change_password=secret.must_change_password,
        must_set_up_second_factor=must_set_up,
        has_second_factor=live.second_factor,
    )
