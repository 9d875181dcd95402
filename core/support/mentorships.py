"""Pairs and groups: plan, change, start, finish, end early."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.people.teacher_tables import Teacher
from core.store.base import utc_now
from core.support.access import names_of, require_managed, workplaces
from core.support.mentorship_cards import OPEN_STATES, MentorshipCard, get_mentorship, may_manage, mentees_of, side_of
from core.support.mentorship_rules import Pairing, Period, end_faults, plan_faults, start_faults
from core.support.mentorship_tables import (
    Mentor,
    Mentorship,
    MentorshipForm,
    MentorshipKind,
    MentorshipMentee,
    MentorshipState,
    Side,
)


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


def plan_mentorship(session: Session, scope: Scope, draft: MentorshipDraft) -> Mentorship:
    """Store a mentorship that is prepared. Raises InvalidInput for what the rules forbid; the first fault is said."""
    require_managed(scope, draft.organisation_id)
    _require_people(session, scope, draft)
    _refuse(plan_faults(_pairing(session, scope, draft), _periods(session), _capacity(session, draft)))
    row = Mentorship(
        organisation_id=draft.organisation_id, mentor_teacher_id=draft.mentor_teacher_id, form=draft.form,
        kind=draft.kind, is_main=draft.is_main, subject=draft.subject.strip()[:120],
        mentor_consent_on=draft.mentor_consent_on, order_number=draft.order_number.strip()[:60],
        order_on=draft.order_on, starts_on=draft.starts_on, ends_on=draft.ends_on,
        schedule=draft.schedule.strip()[:300], created_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    for teacher_id, consent_on in draft.mentees.items():
        session.add(
            MentorshipMentee(
                organisation_id=draft.organisation_id, mentorship_id=row.id or 0, teacher_id=teacher_id,
                consent_on=consent_on,
            )
        )
    session.flush()
    return row


def change_mentorship(
    session: Session, scope: Scope, mentorship_id: int, draft: MentorshipDraft, version_seen: int
) -> Mentorship:
    """Change what was planned: people only while it is prepared, dates and order until it ends.

    Raises InvalidInput for what the rules forbid, EditConflict when somebody else changed it meanwhile.
    """
    card = _changeable(session, scope, mentorship_id, version_seen)
    row = card.row
    people_changed = (draft.mentor_teacher_id, set(draft.mentees)) != (row.mentor_teacher_id, set(card.mentees))
    if row.state is MentorshipState.ACTIVE and people_changed:
        raise InvalidInput(
            "Людей в действующей паре менять нельзя.", "Завершите её или прекратите досрочно и создайте новую."
        )
    if row.organisation_id != draft.organisation_id:
        raise InvalidInput("Организацию пары менять нельзя.", "Создайте новую пару.")
    if people_changed:
        _require_people(session, scope, draft)
    pairing = _pairing(session, scope, draft)
    faults = plan_faults(pairing, _periods(session, but=mentorship_id), _capacity(session, draft))
    if row.state is MentorshipState.ACTIVE:
        faults += start_faults(pairing, max(date.today(), draft.starts_on))
    _refuse(faults)
    for name in ("mentor_teacher_id", "form", "kind", "is_main", "mentor_consent_on", "order_on", "starts_on",
                 "ends_on"):
        setattr(row, name, getattr(draft, name))
    row.subject, row.order_number = draft.subject.strip()[:120], draft.order_number.strip()[:60]
    row.schedule = draft.schedule.strip()[:300]
    flag_modified(row, "starts_on")  # the pair changes with its mentees: its version grows with theirs
    session.add(row)
    _change_mentees(session, row, draft.mentees)
    session.flush()
    return row


def start_mentorship(
    session: Session, scope: Scope, mentorship_id: int, version_seen: int, today: date | None = None
) -> Mentorship:
    """Start a prepared mentorship. Raises InvalidInput without both consents and an order before its first day."""
    card = _changeable(session, scope, mentorship_id, version_seen)
    if card.row.state is MentorshipState.ACTIVE:
        raise InvalidInput("Эта пара уже действует.", "Обновите страницу.")
    _require_at_work(session, [card.row.mentor_teacher_id, *card.mentees])
    pairing = _stored_pairing(card)
    faults = plan_faults(pairing, _periods(session, but=mentorship_id))
    _refuse([*faults, *start_faults(pairing, today or date.today())])
    card.row.state = MentorshipState.ACTIVE
    session.add(card.row)
    session.flush()
    return card.row


def change_and_start(
    session: Session, scope: Scope, mentorship_id: int, draft: MentorshipDraft, version_seen: int,
    today: date | None = None,
) -> Mentorship:
    """Save what was typed and start the mentorship, both or neither."""
    changed = change_mentorship(session, scope, mentorship_id, draft, version_seen)
    return start_mentorship(session, scope, mentorship_id, changed.version, today)


def finish_mentorship(
    session: Session, scope: Scope, mentorship_id: int, outcome: str, version_seen: int, today: date | None = None
) -> Mentorship:
    """Finish an active mentorship with what was reached. Before its last day it can only be ended early."""
    card = _changeable(session, scope, mentorship_id, version_seen)
    on = today or date.today()
    if card.row.state is not MentorshipState.ACTIVE:
        raise InvalidInput("Завершают только действующую пару.", "Сначала начните её.")
    if not outcome.strip():
        raise InvalidInput("Не указан результат наставничества.", "Впишите, чего удалось достичь.")
    if on < card.row.ends_on:
        raise InvalidInput(
            f"По приказу наставничество длится до {card.row.ends_on:%d.%m.%Y}.",
            "Дождитесь этого дня, измените дату окончания или прекратите досрочно.",
        )
    card.row.state, card.row.ended_on, card.row.outcome = MentorshipState.FINISHED, card.row.ends_on, outcome.strip()
    session.add(card.row)
    session.flush()
    return card.row


def end_early(
    session: Session, scope: Scope, mentorship_id: int, *, by: Side, ended_on: date, notice_on: date | None,
    reason: str, version_seen: int, today: date | None = None,
) -> Mentorship:
    """End an active mentorship early. Either side may for itself, the organisation for any; with notice and reason.

    Raises InvalidInput for a missing reason or a notice of less than three working days.
    """
    card = get_mentorship(session, scope, mentorship_id)
    if not may_manage(scope, card) and side_of(session, scope, card) is not by:
        raise NotAllowed(
            "Прекратить наставничество может одна из его сторон за себя или администрация.",
            "Обратитесь к администрации школы.",
        )
    _require_seen(card.row, version_seen)
    if card.row.state is not MentorshipState.ACTIVE:
        raise InvalidInput("Досрочно прекращают только действующую пару.", "Пару, которая готовится, удалите.")
    _refuse(end_faults(_stored_pairing(card), ended_on, notice_on, reason, today or date.today()))
    row = card.row
    row.state, row.ended_on, row.ended_by = MentorshipState.ENDED_EARLY, ended_on, by
    row.notice_on, row.end_reason = notice_on, reason.strip()[:1000]
    session.add(row)
    session.flush()
    return row


def delete_mentorship(session: Session, scope: Scope, mentorship_id: int, version_seen: int) -> None:
    """Delete a mentorship that never started; it can be restored."""
    card = _changeable(session, scope, mentorship_id, version_seen)
    if card.row.state is not MentorshipState.PREPARED:
        raise InvalidInput("Удалить можно только пару, которая готовится.", "Действующую прекратите досрочно.")
    card.row.deleted_at, card.row.deleted_by = utc_now(), scope.actor_name
    session.add(card.row)


def restore_mentorship(session: Session, scope: Scope, mentorship_id: int) -> Mentorship:
    """Bring a deleted mentorship back, if the rules still permit it."""
    row = session.get(Mentorship, mentorship_id)
    if row is None:
        raise NotFound("Наставническая пара")
    require_managed(scope, row.organisation_id)
    row.deleted_at = row.deleted_by = None
    session.add(row)
    session.flush()
    card = get_mentorship(session, scope, mentorship_id)
    _require_at_work(session, [row.mentor_teacher_id, *card.mentees])
    _refuse(plan_faults(_stored_pairing(card), _periods(session, but=mentorship_id)))
    return row


def _changeable(session: Session, scope: Scope, mentorship_id: int, version_seen: int) -> MentorshipCard:
    card = get_mentorship(session, scope, mentorship_id)
    if not may_manage(scope, card):
        raise NotAllowed("Пары и группы ведут методист и администрация организации.", "Обратитесь к ним.")
    if card.row.state not in OPEN_STATES:
        raise InvalidInput(f"Эта пара уже закрыта: {card.row.state.value}.", "Создайте новую.")
    _require_seen(card.row, version_seen)
    return card


def _require_seen(row: Mentorship, version_seen: int) -> None:
    if row.version != version_seen:
        raise EditConflict(
            f"Эту пару тем временем изменил кто-то другой: сейчас она {row.state.value}.", "Обновите страницу."
        )


def _refuse(faults: list[InvalidInput]) -> None:
    if faults:
        raise faults[0]


def _require_people(session: Session, scope: Scope, draft: MentorshipDraft) -> None:
    """Raise NotFound for people whom the actor must not know, InvalidInput for those who work nowhere any more."""
    managing = scope.require(Action.MANAGE_HELP)
    _require_at_work(session, [draft.mentor_teacher_id, *draft.mentees])
    for teacher_id in (draft.mentor_teacher_id, *draft.mentees):
        places = workplaces(session, teacher_id)
        shared = _is_open_mentor(session, teacher_id) if teacher_id == draft.mentor_teacher_id else False
        if not shared and not managing.sees_person(teacher_id, places):
            raise NotFound("Педагог")


def _require_at_work(session: Session, people: Iterable[int]) -> None:
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


def _capacity(session: Session, draft: MentorshipDraft) -> int | None:
    query = select(Mentor.capacity).where(
        Mentor.teacher_id == draft.mentor_teacher_id, col(Mentor.deleted_at).is_(None), col(Mentor.left_on).is_(None)
    )
    return max(session.exec(query), default=None)


def _periods(session: Session, but: int | None = None) -> list[Period]:
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


def _pairing(session: Session, scope: Scope, draft: MentorshipDraft) -> Pairing:
    return Pairing(
        draft.mentor_teacher_id, draft.mentees, draft.starts_on, draft.ends_on, draft.kind, draft.is_main,
        draft.mentor_consent_on, draft.order_number, draft.order_on,
        names_of(session, scope, [draft.mentor_teacher_id, *draft.mentees]),
    )


def _stored_pairing(card: MentorshipCard) -> Pairing:
    row = card.row
    return Pairing(
        row.mentor_teacher_id, card.consents, row.starts_on, row.ends_on, row.kind, row.is_main,
        row.mentor_consent_on, row.order_number, row.order_on, {row.mentor_teacher_id: card.mentor, **card.mentees},
    )


def _change_mentees(session: Session, row: Mentorship, wanted: dict[int, date | None]) -> None:
    query = select(MentorshipMentee).where(MentorshipMentee.mentorship_id == row.id)
    present = {one.teacher_id: one for one in session.exec(query)}
    for teacher_id, one in present.items():
        one.deleted_at = None if teacher_id in wanted else one.deleted_at or utc_now()
        one.consent_on = wanted.get(teacher_id, one.consent_on)
        session.add(one)
    for teacher_id in wanted.keys() - present.keys():
        session.add(
            MentorshipMentee(
                organisation_id=row.organisation_id, mentorship_id=row.id or 0, teacher_id=teacher_id,
                consent_on=wanted[teacher_id],
            )
        )
