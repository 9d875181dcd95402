"""Whose answers a viewer may count, and whose they may look at one by one.

Shares are for those who may see deficits in whole organisations, and for members of an association. Personal answers
are for the teacher, the head of the association and the director (design §5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from core.diagnostics.contract import Respondent
from core.diagnostics.groups import Area
from core.diagnostics.wave_tables import Response
from core.errors import NotAllowed
from core.people.association_tables import Association, AssociationMember
from core.people.associations import association_name
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.people.teacher_tables import Employment


@dataclass(frozen=True, slots=True)
class Rights:
    """The parts of a scope that count here. `whole` reaches organisations, `persons` everything personal."""

    whole: Scope
    persons: Scope
    personal_whole: Scope
    """Of `persons`, what reaches whole organisations: respondents who are no stored teachers too."""
    associations: dict[int, tuple[str, int]]
    """Associations whose shares may be seen: name and organisation by id."""


def rights_of(session: Session, scope: Scope) -> Rights:
    """Return the rights; raise NotAllowed for somebody who has neither the right to shares nor to personal answers."""
    if not scope.allows(Action.VIEW_DEFICITS) and not scope.allows(Action.VIEW_PERSONAL_DEFICITS):
        raise NotAllowed(f"Нет права {Action.VIEW_DEFICITS.value}.", "Обратитесь к администратору системы.")
    shares, persons = _part(scope, Action.VIEW_DEFICITS), _part(scope, Action.VIEW_PERSONAL_DEFICITS)
    associations: dict[int, tuple[str, int]] = {}
    query = select(Association).where(col(Association.deleted_at).is_(None))
    if shares.actions:
        query = shares.within_associations(query, col(Association.id), col(Association.organisation_id))
        for row in session.exec(query):
            associations[row.id or 0] = (association_name(row), row.organisation_id)
    return Rights(_whole(shares), persons, _whole(persons), associations)


def responses_in_reach(session: Session, rights: Rights, wave_ids: Collection[int]) -> list[Response]:
    """Return the live answers of the waves that the viewer may count or look at."""
    return list(session.exec(select(Response).where(_reached(rights, wave_ids)).order_by(col(Response.id))))


def waves_in_reach(session: Session, rights: Rights, wave_ids: Collection[int]) -> set[int]:
    """Return those of the waves of which `responses_in_reach` has any answers."""
    return set(session.exec(select(Response.wave_id).where(_reached(rights, wave_ids)).distinct()))


def _reached(rights: Rights, wave_ids: Collection[int]) -> ColumnElement[bool]:
    live = select(Response.id).where(col(Response.wave_id).in_(wave_ids), col(Response.deleted_at).is_(None))
    members = select(AssociationMember.teacher_id).where(
        col(AssociationMember.association_id).in_(sorted(rights.associations))
    )
    of_persons = live.join(
        Employment,
        (col(Employment.teacher_id) == Response.teacher_id) & col(Employment.deleted_at).is_(None),
    )
    queries = (
        rights.whole.within(live, col(Response.organisation_id), col(Response.subject)),
        rights.personal_whole.within(live, col(Response.organisation_id), col(Response.subject)),
        live.where(col(Response.teacher_id).in_(members)),
        rights.persons.within_persons(of_persons, col(Response.teacher_id), col(Employment.organisation_id)),
    )
    return or_(*(col(Response.id).in_(query) for query in queries))


def area_of(session: Session, rights: Rights, respondents: Sequence[Respondent]) -> Area:
    """Return which rows of these answers may be counted, and which opened."""
    places = _workplaces(session, (one.teacher_id for one in respondents))
    rows, opened, known = set(), set(), set()
    by_office = _by_office(rights.persons)
    # There are few subjects in few schools, and many answers.
    asked = {(one.organisation_id, one.subject) for one in respondents}
    counted = {pair for pair in asked if rights.whole.sees_results(*pair)}
    for row, one in enumerate(respondents):
        if (one.organisation_id, one.subject) in counted:
            rows.add(row)
        if _is_known(rights, by_office, one, places):
            known.add(row)
            opened.add(row)
        elif one.teacher_id is not None and rights.persons.sees_person(one.teacher_id, frozenset()):
            opened.add(row)
    return Area(
        frozenset(rows), frozenset(opened), frozenset(known), rights.associations, _above_schools(session, rights)
    )


def _above_schools(session: Session, rights: Rights) -> dict[int, frozenset[int]]:
    """Return the organisations above schools that the viewer reaches as a whole, with everything below them."""
    tree = load_tree(session, Scope.local_administrator())
    return {
        key: tree.below(key) for key, unit in tree.organisations.items()
        if unit.kind is not OrganisationKind.SCHOOL and rights.whole.sees_organisation(key)
    }


def _is_known(rights: Rights, by_office: Scope, one: Respondent, places: dict[int, frozenset[int]]) -> bool:
    """Say whether the viewer may look at the person by office, as head or director, and not only at themselves."""
    if one.teacher_id is None:
        return rights.personal_whole.sees_results(one.organisation_id, one.subject)
    where = places.get(one.teacher_id, frozenset()) | {one.organisation_id}
    return by_office.sees_person(one.teacher_id, where)


def _by_office(scope: Scope) -> Scope:
    """Return the scope without what somebody has as themselves: a right over no organisation at all."""
    if not scope.grants:
        return scope
    held = tuple(grant for grant in scope.grants if grant.organisations != frozenset())
    return Scope.of(scope.actor_id, scope.actor_name, held)


def _whole(scope: Scope) -> Scope:
    """Return the part of the scope that reaches everybody in its organisations, not only certain persons."""
    if not scope.grants:
        return scope
    return Scope.of(
        scope.actor_id, scope.actor_name, tuple(grant for grant in scope.grants if grant.persons is None)
    )


def _part(scope: Scope, action: Action) -> Scope:
    """Return where the actor may take the action; an empty scope for nowhere."""
    return scope.require(action) if scope.allows(action) else Scope.of(scope.actor_id, scope.actor_name, ())


def _workplaces(session: Session, teacher_ids: Iterable[int | None]) -> dict[int, frozenset[int]]:
    """Return where the teachers work or worked."""
    known = sorted({one for one in teacher_ids if one is not None})
    found: dict[int, set[int]] = {}
    query = select(Employment.teacher_id, Employment.organisation_id).where(
        col(Employment.teacher_id).in_(known), col(Employment.deleted_at).is_(None)
    )
    for teacher_id, organisation_id in session.exec(query):
        found.setdefault(teacher_id, set()).add(organisation_id)
    return {teacher: frozenset(organisations) for teacher, organisations in found.items()}
