"""Which rows about a person somebody else may take out: of their own organisations, and no deficits out of reach.

Everybody takes out all that is kept about themselves. Others answer for them: a school and those above it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from core.errors import NotAllowed, NotFound
from core.people.account_tables import Account
from core.people.charge import teacher_in_charge
from core.people.managing import managed_account
from core.people.person_tables import Person, RowRule
from core.people.scope import Action, Scope

_DEFICITS = frozenset({"response", "attestation_remark", "mentorship_answer"})
"""Tables in which somebody's personal deficits stand or what they said about others."""
_INSIDE_SCHOOL = frozenset({"recommendation"})
"""Tables of what is for the person and their own school alone."""
_ACCOUNT = frozenset({"account", "auth_session", "login_attempt", "role_grant", "visit"})
_PLACES = ("place_id", "school_id", "organisation_id")
"""Columns that say whose organisation a row is about, the closest one first."""


def is_oneself(session: Session, scope: Scope, person: Person) -> bool:
    """Say whether the person asks about themselves."""
    own = session.get(Account, scope.actor_id) if scope.actor_id is not None else None
    if own is None:
        return False
    return own.id == person.account_id or (person.teacher_id is not None and own.teacher_id == person.teacher_id)


def within_reach(session: Session, scope: Scope, person: Person) -> Person:
    """Return the person without the teacher or the account that is not in the actor's charge."""
    teacher_id, account_id = person.teacher_id, person.account_id
    try:
        if account_id is not None:
            managed_account(session, scope, account_id)
    except (NotAllowed, NotFound):
        account_id = None
    try:
        if teacher_id is not None:
            teacher_in_charge(session, scope, Action.EXPORT_PERSON, teacher_id)
    except NotFound:
        teacher_id = None
    return Person(teacher_id, account_id)


def rule_for(scope: Scope, person: Person) -> RowRule:
    """Return which rows somebody with this scope may take out about another person."""
    exporting = scope.require(Action.EXPORT_PERSON)
    deficits = scope.require(Action.VIEW_PERSONAL_DEFICITS) if scope.allows(Action.VIEW_PERSONAL_DEFICITS) else None

    def may(table: str, row: Mapping[str, object]) -> bool:
        place = next((value for name in _PLACES if isinstance(value := row.get(name), int)), None)
        if table in _ACCOUNT or place is None:
            return True
        if not exporting.sees_person(person.teacher_id or 0, frozenset({place})):
            return False
        if table in _DEFICITS:
            return deficits is not None and deficits.sees_person(person.teacher_id or 0, frozenset({place}))
        return table not in _INSIDE_SCHOOL or exporting.sees_inside_school(person.teacher_id or 0, place)

    return may
