"""A person's right to be forgotten: the name becomes «Педагог-07», the account goes, figures of the past stay.

How far it reaches (`core.people.mentions`): every text and JSON of every table of every room, also what is kept for
good: minutes, approval steps, frozen editions with their checksums, and the audit trail, which is opened for this alone
(`core.store.trail_erasure`). Afterwards the file is written anew, so that nothing is left in its free places and its
journal (`core.store.traces`). A new table takes part by itself; a column of nothing but names says so with
`info={"person": True}`. Not reached: what attached files say, papers, copies made before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from core.errors import InvalidInput, NotAllowed
from core.people.account_tables import AccountSecret, RecoveryCode, RoleGrant
from core.people.charge import require_whole_charge
from core.people.managing import is_last_administrator, managed_account
from core.people.mentions import forget_in_trail, names_of_account, names_of_teacher, replace_mentions
from core.people.personal_data import find_person
from core.people.scope import Action, Scope
from core.people.session_tables import AuthSession, LoginAttempt, LoginTicket
from core.people.teacher_tables import Category, Teacher
from core.people.teachers import code_name, jobs_of
from core.people.visit_tables import Visit
from core.people.written_names import WrittenName
from core.store.audit import record_event
from core.store.base import utc_now
from core.store.traces import sweep_after_commit

_FORGOTTEN_TABLES = (AuthSession, LoginTicket, LoginAttempt, RecoveryCode, AccountSecret, Visit)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done, for the act of destruction."""

    alias: str
    """Under which name the figures of the past stay."""
    teacher_erased: bool
    account_removed: bool
    mentions: int
    """Cells of other tables in which the name stood."""
    at: datetime


def erase_person(
    session: Session,
    scope: Scope,
    *,
    teacher_id: int | None = None,
    account_id: int | None = None,
    reason: str,
    now: datetime | None = None,
) -> Erasure:
    """Remove what names a person: a teacher with their account, or an account alone. It cannot be undone.

    Kept are, without the name: subjects, classes, membership and days of work, because figures of past years are made
    of them; and the журнал, which goes on saying what was done and when. Backups lose the data when they are renewed.
    Raises InvalidInput without a reason, NotFound for people elsewhere, NotAllowed for those who work elsewhere too.
    """
    if not reason.strip():
        raise InvalidInput("Не указано основание удаления.", "Впишите, например: заявление от 22.11.2026.")
    person, _name = find_person(session, scope.require(Action.ERASE_PERSON), scope, teacher_id, account_id)
    if person.teacher_id is not None:
        require_whole_charge(session, scope, Action.ERASE_PERSON, person.teacher_id)
    now = now or utc_now()
    alias = code_name(person.teacher_id) if person.teacher_id is not None else f"Сотрудник-{person.account_id:02d}"
    names: list[WrittenName] = []
    if person.account_id is not None:
        names += _remove_account(session, scope, person.account_id, alias, reason, now)
    if person.teacher_id is not None:
        names += _forget_teacher(session, person.teacher_id, alias, now)
    session.flush()
    mentions = replace_mentions(session, names, alias, person.account_id)
    for table, row_id in (("account", person.account_id), ("teacher", person.teacher_id)):
        if row_id is not None:
            forget_in_trail(session, table, row_id)
    session.expire_all()
    sweep_after_commit(session)
    record_event(
        session,
        "персональные данные удалены",
        "teacher" if person.teacher_id is not None else "account",
        person.teacher_id if person.teacher_id is not None else person.account_id,
        field="замена имени",
        new=f"{alias}; записей: {mentions}",
        reason=reason.strip()[:600],
    )
    return Erasure(alias, person.teacher_id is not None, person.account_id is not None, mentions, now)


def _forget_teacher(session: Session, teacher_id: int, alias: str, now: datetime) -> list[WrittenName]:
    """Take the name and what is about the person alone; return how the name was written."""
    teacher = session.get(Teacher, teacher_id)
    if teacher is None:
        return []
    names = names_of_teacher(session, teacher)
    teacher.full_name = alias
    teacher.category, teacher.category_until = Category.NONE, None
    teacher.experience_years = teacher.experience_on = teacher.consent_on = None
    teacher.consent_given, teacher.consent_order = False, ""
    teacher.erased_at = now
    session.add(teacher)
    day = now.astimezone().date()
    for job in jobs_of(session, teacher_id):
        job.position = "педагог"
        if job.left_on is None or job.left_on > day:
            job.left_on = day
        session.add(job)
    return names


def _remove_account(
    session: Session, scope: Scope, account_id: int, alias: str, reason: str, now: datetime
) -> list[WrittenName]:
    """Take everything from the account but its number, to which the журнал refers; return how it was called."""
    account = managed_account(session, scope, account_id)
    if account_id == scope.actor_id or is_last_administrator(session, account_id):
        raise NotAllowed(
            "Свою учётную запись и последнего администратора удалить нельзя.", "Попросите другого администратора."
        )
    names = names_of_account(session, account)
    for table in _FORGOTTEN_TABLES:
        session.exec(delete(table).where(col(table.account_id) == account_id))
    for grant in session.exec(select(RoleGrant).where(RoleGrant.account_id == account_id)).all():
        session.delete(grant)
    account.login, account.display_name = f"удалено-{account_id}", alias
    account.email = account.oidc_issuer = account.oidc_subject = account.teacher_id = None
    account.disabled_at = account.disabled_at or now
    account.disabled_reason = reason.strip()[:300]
    account.deleted_at, account.deleted_by = now, scope.actor_name
    session.add(account)
    return names
