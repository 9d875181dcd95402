"""The tie between an account and a teacher: it opens to teachers their classes, to mentors what is about themselves."""

from __future__ import annotations

from sqlmodel import Session, select

from core.errors import InvalidInput
from core.people.account_tables import Account
from core.people.charge import teacher_in_charge
from core.people.managing import managed_account
from core.people.scope import Action, Scope
from core.people.sessions import end_all_sessions


def link_teacher(session: Session, scope: Scope, account_id: int, teacher_id: int) -> Account:
    """Tie the account to a teacher instead of the one that it had; all sessions of the person end.

    Raises NotFound for accounts and teachers elsewhere, InvalidInput when another account has the teacher.
    """
    account = managed_account(session, scope, account_id)
    teacher = require_free_teacher(session, scope, teacher_id, owner_id=account_id)
    if account.teacher_id == teacher:
        return account
    account.teacher_id = teacher
    session.add(account)
    end_all_sessions(session, account_id, "связь с педагогом изменена")
    return account


def unlink_teacher(session: Session, scope: Scope, account_id: int) -> Account:
    """Undo the tie; the teacher and the account stay, all sessions of the person end."""
    account = managed_account(session, scope, account_id)
    if account.teacher_id is None:
        raise InvalidInput("Учётная запись не связана с педагогом.", "Связывать и отвязывать нечего.")
    account.teacher_id = None
    session.add(account)
    end_all_sessions(session, account_id, "связь с педагогом изменена")
    return account


def require_free_teacher(session: Session, scope: Scope, teacher_id: int, owner_id: int | None = None) -> int:
    """Return the id of a teacher whom no other account than `owner_id` has; raise InvalidInput otherwise.

    The tie opens what is about the teacher alone, so they must be in the charge of who manages the accounts: that the
    actor may look at them by another role is not enough.
    """
    teacher = teacher_in_charge(session, scope, Action.MANAGE_ACCOUNTS, teacher_id)
    if teacher.erased_at is not None:
        raise InvalidInput("Данные этого педагога удалены.", "Выберите другого.")
    taken = session.exec(select(Account).where(Account.teacher_id == teacher_id, Account.id != owner_id)).first()
    if taken is not None:
        raise InvalidInput(f"У этого педагога уже есть учётная запись «{taken.login}».", "Сначала отвяжите её.")
    return teacher_id
