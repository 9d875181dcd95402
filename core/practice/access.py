"""Who reads a practice, who changes it, who decides on it.

Published practices are read by everybody of the municipality; what is offered or rejected by its author and by those
who decide; a draft by who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from core.errors import NotAllowed, NotFound
from core.people.access import live_grants, organisations_below
from core.people.account_tables import Account
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.people.teacher_tables import Employment
from core.practice.states import PUBLISHED, PracticeState
from core.practice.tables import Practice

_STILL_OPEN = frozenset({PracticeState.DRAFT, PracticeState.OFFERED, PracticeState.REJECTED})


@dataclass(frozen=True, slots=True)
class Reader:
    """The person behind a scope: which teacher they are, where they work, whose published practices they read."""

    account_id: int | None
    teacher_id: int | None
    workplaces: frozenset[int]
    community: frozenset[int] | None
    """Organisations of the municipalities to which the person belongs; None: without limit."""

    def reads(self, organisation_id: int) -> bool:
        """Say whether what the organisation publishes may be read."""
        return self.community is None or organisation_id in self.community

    def wrote(self, practice: Practice) -> bool:
        """Say whether the person is the author, or entered the practice for somebody else."""
        if practice.created_by_id == self.account_id:
            return True
        return self.teacher_id is not None and practice.author_teacher_id == self.teacher_id


def reader_of(session: Session, scope: Scope, on: date | None = None) -> Reader:
    """Return who reads. Raises NotAllowed without the right to see practices."""
    scope.require(Action.VIEW_PRACTICES)
    day = on or date.today()
    account = session.get(Account, scope.actor_id) if scope.actor_id is not None else None
    teacher_id = account.teacher_id if account is not None else None
    workplaces = _workplaces(session, teacher_id, day) if teacher_id is not None else frozenset[int]()
    roots = _roots(session, scope, day)
    if roots is None:
        return Reader(scope.actor_id, teacher_id, workplaces, None)
    community: set[int] = set()
    for root in _municipalities_of(session, roots | workplaces, day):
        if root not in community:
            community |= organisations_below(session, root, day)
    return Reader(scope.actor_id, teacher_id, workplaces, frozenset(community))


def decides(scope: Scope, organisation_id: int, subject: str) -> bool:
    """Say whether the actor decides on practices of the organisation in the subject."""
    return scope.allows(Action.DECIDE_PRACTICES) and scope.require(Action.DECIDE_PRACTICES).sees_results(
        organisation_id, subject
    )


def sees(scope: Scope, reader: Reader, practice: Practice) -> bool:
    """Say whether the practice may be read."""
    if reader.wrote(practice) or (practice.state in PUBLISHED and reader.reads(practice.organisation_id)):
        return True
    return practice.state is not PracticeState.DRAFT and decides(scope, practice.organisation_id, practice.subject)


def may_change(scope: Scope, reader: Reader, practice: Practice) -> bool:
    """Say whether the actor may change the text: its author until it is published, then those who decide."""
    if reader.wrote(practice) and practice.state in _STILL_OPEN and scope.allows(Action.OFFER_PRACTICES):
        return True
    return practice.state is not PracticeState.DRAFT and decides(scope, practice.organisation_id, practice.subject)


def visible_practice(
    session: Session, scope: Scope, practice_id: int, *, deleted: bool = False
) -> tuple[Practice, Reader]:
    """Return a practice and who reads it; raise NotFound when there is none or the actor may not read it."""
    reader = reader_of(session, scope)
    practice = session.get(Practice, practice_id)
    if practice is None or (practice.deleted_at is not None and not deleted) or not sees(scope, reader, practice):
        raise NotFound("Практика")
    return practice, reader


def changeable_practice(
    session: Session, scope: Scope, practice_id: int, *, deleted: bool = False
) -> tuple[Practice, Reader]:
    """Return a practice that the actor may change. Raises NotFound, or NotAllowed for one that they only read."""
    practice, reader = visible_practice(session, scope, practice_id, deleted=deleted)
    if not may_change(scope, reader, practice):
        raise NotAllowed(
            f"Практику «{practice.title}» вы можете только читать.",
            "До публикации её меняет автор, после – методист или руководитель объединения.",
        )
    return practice, reader


def visible_association(session: Session, scope: Scope, association_id: int) -> Association:
    """Return a club or association of the reader's municipality; raise NotFound otherwise."""
    reader = reader_of(session, scope)
    row = session.get(Association, association_id)
    if row is None or row.deleted_at is not None or not reader.reads(row.organisation_id):
        raise NotFound("Объединение")
    return row


def leads(scope: Scope, association: Association) -> bool:
    """Say whether the actor keeps the plan and the decisions of the association."""
    return scope.allows(Action.DECIDE_PRACTICES) and scope.require(Action.DECIDE_PRACTICES).sees_association(
        association.id or 0, association.organisation_id
    )


def led_association(session: Session, scope: Scope, association_id: int) -> Association:
    """Return an association whose plan the actor keeps. Raises NotFound or NotAllowed."""
    row = visible_association(session, scope, association_id)
    if not leads(scope, row):
        raise NotAllowed(
            f"План «{row.name}» ведут его руководитель и методист.", "Предложите тему руководителю объединения."
        )
    return row


def _roots(session: Session, scope: Scope, day: date) -> frozenset[int] | None:
    """Return the organisations to which the actor belongs by roles; None without limit."""
    if scope.organisations is None:
        return None
    found = set(scope.organisations)
    if scope.actor_id is not None:
        for held in live_grants(session, scope.actor_id, day):
            if held.organisation_id is not None:
                found.add(held.organisation_id)
            if held.association_id is not None:
                association = session.get(Association, held.association_id)
                if association is not None:
                    found.add(association.organisation_id)
    return frozenset(found)


def _workplaces(session: Session, teacher_id: int, day: date) -> frozenset[int]:
    places = session.exec(
        select(Employment.organisation_id).where(
            Employment.teacher_id == teacher_id,
            col(Employment.deleted_at).is_(None),
            or_(col(Employment.left_on).is_(None), col(Employment.left_on) > day),
        )
    )
    return frozenset(places)


def _municipalities_of(session: Session, organisation_ids: frozenset[int], day: date) -> set[int]:
    """Return the municipalities above schools; other organisations, and schools without one, stand for themselves."""
    query = (
        select(OrganisationMembership.organisation_id, OrganisationMembership.parent_id)
        .join(Organisation, col(OrganisationMembership.parent_id) == Organisation.id)
        .where(
            OrganisationMembership.valid_from <= day,
            or_(col(OrganisationMembership.valid_to).is_(None), col(OrganisationMembership.valid_to) > day),
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            col(Organisation.deleted_at).is_(None),
        )
    )
    schools = set(session.exec(select(Organisation.id).where(Organisation.kind == OrganisationKind.SCHOOL)))
    above = {school: municipality for school, municipality in session.exec(query) if school in schools}
    return {above.get(one, one) for one in organisation_ids}
