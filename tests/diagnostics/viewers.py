"""Accounts of the small district, and the scopes that their roles give."""

from __future__ import annotations

from datetime import date

from core.people.access import scope_for
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.role_names import Role
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.diagnostics.stored_answers import MATHS, District


def account_of(
    district: District, role: Role, unit: str, teacher: str | None = None, association: str | None = None
) -> int:
    """Create an account that holds the role; return its id."""
    with writing(district.engine, "подготовка теста") as session:
        account = Account(
            login=f"{role.name}{unit}{teacher}", display_name=f"{role.value} {unit}",
            organisation_id=district.units[unit], teacher_id=district.teachers[teacher] if teacher else None,
        )
        session.add(account)
        session.flush()
        session.add(AccountSecret(account_id=account.id or 0))
        session.add(
            RoleGrant(
                account_id=account.id or 0, role=role, organisation_id=district.units[unit],
                association_id=district.associations[association] if association else None,
                valid_from=date(2020, 1, 1),
            )
        )
        return account.id or 0


def scope_of(district: District, account_id: int) -> Scope:
    """Return what the account may see today."""
    with reading(district.engine) as session:
        account = session.get(Account, account_id)
        assert account is not None
        return scope_for(session, account)


def specialist(district: District) -> Scope:
    return scope_of(district, account_of(district, Role.MUNICIPAL_SPECIALIST, "район"))


def director(district: District, school: str = "школа 1") -> Scope:
    return scope_of(district, account_of(district, Role.DIRECTOR, school))


def school_methodist(district: District) -> Scope:
    return scope_of(district, account_of(district, Role.SCHOOL_METHODIST, "школа 1"))


def head(district: District) -> Scope:
    leader = f"{MATHS} 1/0"
    return scope_of(district, account_of(district, Role.ASSOCIATION_HEAD, "школа 1", leader, "ШМО математиков"))


def teacher(district: District, name: str = f"{MATHS} 1/1") -> Scope:
    return scope_of(district, account_of(district, Role.TEACHER, f"школа {name.split()[1][0]}", name))


def mentor(district: District) -> Scope:
    return scope_of(district, account_of(district, Role.MENTOR, "школа 1", f"{MATHS} 1/5"))


def observer(district: District) -> Scope:
    return scope_of(district, account_of(district, Role.OBSERVER, "район"))
