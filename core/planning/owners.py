"""Who can answer for measures: teachers and other people with an account of the organisation and below."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.people.access import organisations_below, organisations_below_each
from core.people.account_tables import Account
from core.people.organisations import natural_key
from core.people.scope import Scope
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import shown_name
from core.planning.access import visible_roadmap


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can answer for measures: a teacher or, with `account_id`, somebody who is no teacher."""

    name: str
    teacher_id: int | None
    account_id: int | None


def list_candidates(session: Session, scope: Scope, roadmap_id: int) -> list[Candidate]:
    """Return who can answer for measures of the roadmap, by name as the actor may see it."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    today = date.today()
    names = teacher_names(session, scope, working_teachers(session, roadmap.organisation_id, today))
    found = [Candidate(name, key, None) for key, name in names.items()]
    accounts = _accounts(session, roadmap.organisation_id, today)
    found += [Candidate(one.display_name, None, one.id) for one in accounts if one.teacher_id not in names]
    return sorted(found, key=lambda one: natural_key(one.name))


def working_teachers(session: Session, organisation_id: int, on: date) -> frozenset[int]:
    """Return the ids of the teachers who work in the organisation or below it on the day."""
    query = (
        select(Employment.teacher_id)
        .join(Teacher, col(Teacher.id) == Employment.teacher_id)
        .where(
            col(Employment.organisation_id).in_(organisations_below(session, organisation_id, on)),
            col(Employment.deleted_at).is_(None),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > on),
            col(Teacher.deleted_at).is_(None),
        )
    )
    return frozenset(session.exec(query))


def working_each(
    session: Session, organisation_ids: Collection[int], teacher_ids: Collection[int], on: date
) -> dict[int, frozenset[int]]:
    """Return which of these teachers work in each organisation or below it on the day, as `working_teachers`."""
    if not teacher_ids:
        return dict.fromkeys(organisation_ids, frozenset())
    query = (
        select(Employment.teacher_id, Employment.organisation_id)
        .join(Teacher, col(Teacher.id) == Employment.teacher_id)
        .where(
            col(Employment.teacher_id).in_(teacher_ids), col(Employment.deleted_at).is_(None),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > on), col(Teacher.deleted_at).is_(None),
        )
    )
    places = session.exec(query).all()
    below = organisations_below_each(session, organisation_ids, on)
    return {
        key: frozenset(teacher for teacher, place in places if place in inside) for key, inside in below.items()
    }


def working_accounts(session: Session, organisation_id: int, on: date) -> frozenset[int]:
    """Return the ids of the accounts of the organisation and below that can sign in."""
    return frozenset(account.id for account in _accounts(session, organisation_id, on) if account.id is not None)


def teacher_names(session: Session, scope: Scope, teacher_ids: Collection[int]) -> dict[int, str]:
    """Return the names of teachers as the actor may see them; of those who left or were deleted too."""
    if not teacher_ids:
        return {}
    places: dict[int, list[int]] = {}
    for teacher_id, organisation_id in session.exec(
        select(Employment.teacher_id, Employment.organisation_id).where(col(Employment.teacher_id).in_(teacher_ids))
    ):
        places.setdefault(teacher_id, []).append(organisation_id)
    rows = session.exec(select(Teacher).where(col(Teacher.id).in_(teacher_ids)))
    return {row.id: shown_name(scope, row, places.get(row.id, [])) for row in rows if row.id is not None}


def account_names(session: Session, account_ids: Collection[int]) -> dict[int, str]:
    """Return the names of accounts."""
    if not account_ids:
        return {}
    rows = session.exec(select(Account).where(col(Account.id).in_(account_ids)))
    return {row.id: row.display_name for row in rows if row.id is not None}


def _accounts(session: Session, organisation_id: int, on: date) -> list[Account]:
    query = select(Account).where(
        col(Account.organisation_id).in_(organisations_below(session, organisation_id, on)),
        col(Account.deleted_at).is_(None),
        col(Account.disabled_at).is_(None),
    )
    return list(session.exec(query))
