"""Accounts from the command line: whoever can run it holds the database anyway, so it acts as the administrator.

It is also the way back in when the only administrator has lost password or telephone.
"""

from __future__ import annotations

from argparse import Namespace

from sqlmodel import Session, col, select

from core.cli.output import say, say_json
from core.cli.stores import ACTOR, ready_engine
from core.errors import InvalidInput, NotFound
from core.people.account_tables import Account
from core.people.account_teacher import link_teacher, unlink_teacher
from core.people.accounts import GivenPassword, create_account, disable_account, reset_password, reset_second_factor
from core.people.logins import find_by_login
from core.people.passwords import new_password
from core.people.role_grants import grant_role
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.tables import Organisation
from core.people.teacher_tables import Teacher
from core.store.unit_of_work import writing

ROLES = {role.name.lower().replace("_", "-"): role for role in Role}
"""Roles by the words of the command line: administrator, municipal-specialist, director, teacher …"""


def add(options: Namespace) -> int:
    """Create an account with a random password for 72 hours, and give it a role."""
    role = ROLES[options.role]
    if role is Role.ASSOCIATION_HEAD:
        raise InvalidInput("Руководителя объединения назначают на странице «Администрирование».", "Дайте другую роль.")
    password = new_password()
    with writing(ready_engine(), ACTOR) as session:
        scope = Scope.local_administrator()
        place = _organisation(session, options.organisation)
        given = create_account(
            session,
            scope,
            login=options.login,
            display_name=options.name or options.login,
            organisation_id=place,
            email=options.email or "",
            password=password,
        )
        grant_role(session, scope, given.account_id, role, organisation_id=place)
    _say_given(given, options.json)
    return 0


def reset(options: Namespace) -> int:
    """Give a new random password for 72 hours; with `--second-factor` the second factor is removed as well."""
    password = new_password()
    with writing(ready_engine(), ACTOR) as session:
        account = _account(session, options.login)
        scope = Scope.local_administrator()
        given = reset_password(session, scope, account.id or 0, password)
        if options.second_factor:
            reset_second_factor(session, scope, account.id or 0, "командная строка")
    _say_given(given, options.json)
    return 0


def link(options: Namespace) -> int:
    """Tie an account to a teacher, by number or by the whole name."""
    with writing(ready_engine(), ACTOR) as session:
        account = _account(session, options.login)
        teacher = _teacher(session, options.teacher)
        link_teacher(session, Scope.local_administrator(), account.id or 0, teacher.id or 0)
        login, name = account.login, teacher.full_name
    if options.json:
        say_json({"login": login, "teacher": name})
    else:
        say(f"Учётная запись «{login}» связана с педагогом: {name}.")
    return 0


def unlink(options: Namespace) -> int:
    """Undo the tie of an account to a teacher."""
    with writing(ready_engine(), ACTOR) as session:
        account = _account(session, options.login)
        unlink_teacher(session, Scope.local_administrator(), account.id or 0)
        login = account.login
    if options.json:
        say_json({"login": login, "teacher": None})
    else:
        say(f"Учётная запись «{login}» больше не связана с педагогом.")
    return 0


def disable(options: Namespace) -> int:
    """Shut an account; all its sessions end."""
    with writing(ready_engine(), ACTOR) as session:
        account = _account(session, options.login)
        disable_account(session, Scope.local_administrator(), account.id or 0, options.reason)
        login = account.login
    if options.json:
        say_json({"login": login, "disabled": True})
    else:
        say(f"Учётная запись «{login}» отключена.")
    return 0


def _account(session: Session, login: str) -> Account:
    found = find_by_login(session, login)
    if found is None or found[0].deleted_at is not None:
        raise NotFound(f"Учётная запись «{login}»")
    return found[0]


def _teacher(session: Session, said: str) -> Teacher:
    """Return the only teacher of this number or whole name."""
    is_number = said.isascii() and said.isdigit()
    same = Teacher.id == int(said) if is_number else Teacher.full_name == " ".join(said.split())
    found = session.exec(select(Teacher).where(same, col(Teacher.deleted_at).is_(None))).all()
    if not found:
        raise NotFound(f"Педагог «{said}»")
    if len(found) > 1:
        numbers = ", ".join(str(one.id) for one in found)
        raise InvalidInput(f"Педагогов с именем «{said}» несколько.", f"Укажите номер: {numbers}.")
    return found[0]


def _organisation(session: Session, code: str | None) -> int | None:
    if code is None:
        return None
    unit = session.exec(select(Organisation).where(Organisation.code == code)).first()
    if unit is None or unit.deleted_at is not None:
        raise NotFound(f"Организация с кодом «{code}»")
    return unit.id


def _say_given(given: GivenPassword, as_json: bool) -> None:
    until = given.expires_at.astimezone()
    if as_json:
        say_json({"login": given.login, "password": given.password, "expires_at": until.isoformat()})
        return
    say(f"Логин:  {given.login}")
    say(f"Пароль: {given.password}")
    say(f"Пароль показан один раз, действует до {until:%d.%m.%Y %H:%M}; при первом входе его придётся сменить.")
