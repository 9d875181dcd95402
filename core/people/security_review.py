"""«Проверка безопасности»: accounts and settings that somebody should look at (after DHIS2's security auditor)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.people.access import live_grants
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.attempts import failures_in_window, is_alarming
from core.people.role_names import Role
from core.people.roles import FAR_REACHING
from core.people.scope import Action, Scope
from core.people.second_factor import roles_with_second_factor
from core.store.base import utc_now
from core.words import day as day_in_words
from core.words import plural

IDLE = timedelta(days=91)
"""Three months without a sign-in."""
SETTLING_IN = timedelta(days=14)
"""So long a new account may stay unused."""
MOST_ADMINISTRATORS = 3


@dataclass(frozen=True, slots=True)
class SecurityFinding:
    """One thing to look at; `account_id` is None for a setting of the whole system."""

    account_id: int | None
    message: str
    advice: str


def review_security(session: Session, scope: Scope, now: datetime | None = None) -> list[SecurityFinding]:
    """Return what to look at: settings first, then accounts by name. For administrators of the whole system."""
    scope.require_everywhere(Action.MANAGE)
    now = now or utc_now()
    day = now.astimezone().date()
    rows = session.exec(
        select(Account, AccountSecret)
        .join(AccountSecret, col(AccountSecret.account_id) == Account.id)
        .where(col(Account.deleted_at).is_(None), col(Account.disabled_at).is_(None))
        .order_by(col(Account.display_name))
    ).all()
    held = {account.id or 0: live_grants(session, account.id or 0, day) for account, _secret in rows}
    findings = _settings(session, scope, held, now)
    for account, secret in rows:
        findings += _of_account(account, secret, held[account.id or 0], now)
    return findings


def _settings(session: Session, scope: Scope, held: dict[int, list[RoleGrant]], now: datetime) -> list[SecurityFinding]:
    findings: list[SecurityFinding] = []
    failures = failures_in_window(session, scope, now)
    if is_alarming(failures):
        findings.append(
            SecurityFinding(
                None,
                f"За 15 минут {plural(failures, 'неудачная попытка', 'неудачные попытки', 'неудачных попыток')} входа.",
                "Похоже на подбор паролей: посмотрите адреса в списке задержанных.",
            )
        )
    everywhere = [
        key
        for key, grants in held.items()
        if any(grant.role is Role.ADMINISTRATOR and grant.organisation_id is None for grant in grants)
    ]
    if len(everywhere) > MOST_ADMINISTRATORS:
        count = plural(len(everywhere), "администратор", "администратора", "администраторов")
        findings.append(
            SecurityFinding(
                None, f"У всей системы {count}.", "Оставьте двух-трёх, остальным дайте роли в организациях."
            )
        )
    required = roles_with_second_factor(session)
    used = {grant.role for grants in held.values() for grant in grants}
    findings += [
        SecurityFinding(
            None,
            f"От роли «{role}» не требуется второй фактор.",
            "Эта роль видит данные многих школ: включите требование.",
        )
        for role in Role
        if role in FAR_REACHING and role in used and role not in required
    ]
    return findings


def _of_account(
    account: Account, secret: AccountSecret, grants: list[RoleGrant], now: datetime
) -> list[SecurityFinding]:
    """Return what is odd about one open account."""
    found: list[tuple[str, str]] = []
    name = f"«{account.display_name}»"
    if secret.last_used_at is None:
        if now - account.created_at > SETTLING_IN:
            found.append((f"{name}: ни одного входа с {day_in_words(account.created_at.date())}.", "Отключите её."))
    elif now - secret.last_used_at > IDLE:
        last = day_in_words(secret.last_used_at.date())
        found.append((f"{name}: последний вход {last}, больше трёх месяцев назад.", "Отключите её."))
    expires = secret.initial_password_expires_at
    if expires is not None and expires <= now:
        found.append((f"{name}: выданный пароль не сменили, его срок истёк.", "Выдайте новый или отключите."))
    roles = {grant.role for grant in grants}
    if not roles:
        found.append((f"{name}: нет ни одной роли.", "Дайте роль или отключите."))
    if Role.ADMINISTRATOR in roles and not secret.totp_enabled:
        found.append((f"{name}: администратор без второго фактора.", "Попросите включить второй фактор."))
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        others = ", ".join(sorted(role for role in roles if role is not Role.ADMINISTRATOR))
        found.append(
            (f"{name}: администратор и одновременно {others}.", "Для повседневной работы лучше отдельная запись.")
        )
    return [SecurityFinding(account.id, message, advice) for message, advice in found]
