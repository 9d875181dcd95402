"""What every change of a mentorship asks first: the actor, the version seen, the people, the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.people.teacher_tables import Teacher
from core.support.access import names_of, workplaces
from core.support.mentorship_cards import OPEN_STATES, MentorshipCard, get_mentorship, may_manage, mentees_of
from core.support.mentorship_rules import Pairing, Period
from core.support.mentorship_tables import Mentor, Mentorship, MentorshipForm, MentorshipKind


@dataclass(frozen=True, slots=True)
class MentorshipDraft:
    """What a mentorship is to be; `mentees` maps teachers to the day of their written consent."""

    organisation_id: int
    mentor_teacher_id: int
    mentees: dict[int, date | None]
    starts_on: date
    ends_on: date
    form: MentorshipForm = MentorshipForm.TEACHER_TEACHER
    kind: MentorshipKind = MentorshipKind.TRADITIONAL
    is_main: bool = True
    subject: str = ""
    mentor_consent_on: date | None = None
    order_number: str = ""
    order_on: date | None = None
    schedule: str = ""


def changeable(session: Session, scope: Scope, mentorship_id: int, version_seen: int) -> MentorshipCard:
    """Return an open mentorship that the actor leads; raise NotAllowed, InvalidInput or EditConflict otherwise."""
    card = get_mentorship(session, scope, mentorship_id)
    if not may_manage(scope, card):
        raise NotAllowed("Пары и группы ведут методист и администрация организации.", "Обратитесь к ним.")
    if card.row.state not in OPEN_STATES:
        raise InvalidInput(f"Эта пара уже закрыта: {card.row.state.value}.", "Создайте новую.")
    require_seen(card.row, version_seen)
    return card


def require_seen(row: Mentorship, version_seen: int) -> None:
    """Raise EditConflict when the row is no longer the version that the actor saw."""
    if row.version != version_seen:
        raise EditConflict(
            f"Эту пару тем временем изменил кто-то другой: сейчас она {row.state.value}.", "Обновите страницу."
        )


def refuse(faults: list[InvalidInput]) -> None:
    """Raise the first of the faults, if there are any."""
    if faults:
        raise faults[0]


def require_people(session: Session, scope: Scope, draft: MentorshipDraft) -> None:
    """Raise NotFound for people whom the actor must not know, InvalidInput for those who work nowhere any more."""
    managing = scope.require(Action.MANAGE_HELP)
    require_at_work(session, [draft.mentor_teacher_id, *draft.mentees])
    for teacher_id in (draft.mentor_teacher_id, *draft.mentees):
        places = workplaces(session, teacher_id)
        shared = _is_open_mentor(session, teacher_id) if teacher_id == draft.mentor_teacher_id else False
        if not shared and not managing.sees_person(teacher_id, places):
            raise NotFound("Педагог")


def require_at_work(session: Session, people: Iterable[int]) -> None:
    """Raise InvalidInput for somebody who was deleted or works nowhere any more."""
    for teacher_id in people:
        teacher = session.get(Teacher, teacher_id)
        if teacher is None or teacher.deleted_at is not None or not workplaces(session, teacher_id):
            raise InvalidInput("Один из участников больше нигде не работает.", "Выберите другого педагога.")


def _is_open_mentor(session: Session, teacher_id: int) -> bool:
    """Say whether the person agreed to help other schools too."""
    query = select(Mentor.id).where(
        Mentor.teacher_id == teacher_id, col(Mentor.helps_other_schools).is_(True), col(Mentor.deleted_at).is_(None),
        col(Mentor.consent_on).is_not(None),
    )
    return session.exec(query).first() is not None


def capacity_of(session: Session, draft: MentorshipDraft) -> int | None:
    """Return how many mentees the mentor of the draft takes; None when nothing is known of it."""
    query = select(Mentor.capacity).where(
        Mentor.teacher_id == draft.mentor_teacher_id, col(Mentor.deleted_at).is_(None), col(Mentor.left_on).is_(None)
    )
    return max(session.exec(query), default=None)


def other_periods(session: Session, but: int | None = None) -> list[Period]:
    """Return the other mentorships: prepared and under way by plan, closed ones until the day they ended."""
    query = select(Mentorship).where(col(Mentorship.deleted_at).is_(None), Mentorship.id != (but or 0))
    rows = list(session.exec(query))
    mentees = mentees_of(session, [row.id or 0 for row in rows])
    return [
        Period(
            row.mentor_teacher_id, frozenset(one.teacher_id for one in mentees.get(row.id or 0, [])), row.starts_on,
            row.ended_on or row.ends_on, row.is_main,
        )
        for row in rows
    ]


def drafted_pairing(session: Session, scope: Scope, draft: MentorshipDraft) -> Pairing:
    """Return a draft as the rules take it."""
    return Pairing(
        draft.mentor_teacher_id, draft.mentees, draft.starts_on, draft.ends_on, draft.kind, draft.is_main,
        draft.mentor_consent_on, draft.order_number, draft.order_on,
        names_of(session, scope, [draft.mentor_teacher_id, *draft.mentees]),
    )


def stored_pairing(card: MentorshipCard) -> Pairing:
    """Return a stored mentorship as the rules take it."""
    row = card.row
    return Pairing(
        row.mentor_teacher_id, card.consents, row.starts_on, row.ends_on, row.kind, row.is_main,
        row.mentor_consent_on, row.order_number, row.order_on, {row.mentor_teacher_id: card.mentor, **card.mentees},
    )
