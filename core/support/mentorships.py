"""Pairs and groups: planned, changed, deleted, brought back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.store.base import utc_now
from core.support.access import require_managed
from core.support.mentorship_cards import get_mentorship
from core.support.mentorship_checks import (
    MentorshipDraft,
    capacity_of,
    changeable,
    drafted_pairing,
    other_periods,
    refuse,
    require_at_work,
    require_people,
    stored_pairing,
)
from core.support.mentorship_rules import plan_faults, start_faults
from core.support.mentorship_tables import Mentorship, MentorshipMentee, MentorshipState


def plan_mentorship(session: Session, scope: Scope, draft: MentorshipDraft) -> Mentorship:
    """Store a mentorship that is prepared. Raises InvalidInput for what the rules forbid; the first fault is said."""
    require_managed(scope, draft.organisation_id)
    require_people(session, scope, draft)
    refuse(plan_faults(drafted_pairing(session, scope, draft), other_periods(session), capacity_of(session, draft)))
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
    card = changeable(session, scope, mentorship_id, version_seen)
    row = card.row
    people_changed = (draft.mentor_teacher_id, set(draft.mentees)) != (row.mentor_teacher_id, set(card.mentees))
    if row.state is MentorshipState.ACTIVE and people_changed:
        raise InvalidInput(
            "Людей в действующей паре менять нельзя.", "Завершите её или прекратите досрочно и создайте новую."
        )
    if row.organisation_id != draft.organisation_id:
        raise InvalidInput("Организацию пары менять нельзя.", "Создайте новую пару.")
    if people_changed:
        require_people(session, scope, draft)
    pairing = drafted_pairing(session, scope, draft)
    faults = plan_faults(pairing, other_periods(session, but=mentorship_id), capacity_of(session, draft))
    if row.state is MentorshipState.ACTIVE:
        faults += start_faults(pairing, max(date.today(), draft.starts_on))
    refuse(faults)
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


def delete_mentorship(session: Session, scope: Scope, mentorship_id: int, version_seen: int) -> None:
    """Delete a mentorship that never started; it can be restored."""
    card = changeable(session, scope, mentorship_id, version_seen)
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
    require_at_work(session, [row.mentor_teacher_id, *card.mentees])
    refuse(plan_faults(stored_pairing(card), other_periods(session, but=mentorship_id)))
    return row


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
