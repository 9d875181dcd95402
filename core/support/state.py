"""«Состояние системы наставничества» of a unit on a day: figures with the records behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.people.access import organisations_below
from core.people.association_tables import Association, AssociationMember
from core.people.associations import COMMUNITIES
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import YOUNG_YEARS, experience_on
from core.support.access import sees_organisation
from core.support.figures import (
    Figure,
    Helping,
    Job,
    finished_programmes,
    teachers_who_mentor,
    young_who_stayed,
    young_who_take_part,
    young_with_mentor,
)
from core.support.mentorship_tables import (
    Contest,
    ContestEntry,
    MentoringMeeting,
    Mentorship,
    MentorshipAnswer,
    MentorshipMentee,
    MentorshipState,
    Side,
)
from core.support.questionnaires import (
    Change,
    Satisfaction,
    changes,
    changes_outside,
    satisfaction,
    shown_outside,
)

_SIDES = (Side.MENTEE, Side.MENTOR)


@dataclass(frozen=True, slots=True)
class StateOfMentorship:
    """What is known of mentorship in a unit on a day, since the beginning of its academic year."""

    organisation_id: int
    on: date
    since: date
    figures: tuple[Figure, ...]
    under_way: int
    ended_early: int
    meetings: int
    """Held since the beginning of the year."""
    meetings_confirmed: int
    satisfaction: dict[Side, Satisfaction]
    changes: dict[Side, tuple[Change, ...]]
    without_mentor: tuple[int, ...]
    """Young teachers without a mentor: the next step."""


def state_of_mentorship(
    session: Session, scope: Scope, organisation_id: int, on: date | None = None
) -> StateOfMentorship:
    """Return the state of mentorship in an organisation with everything below it.

    What people of one school, or fewer than five, answered is told inside their own school alone.
    Raises NotFound for an organisation whose help the actor does not see as a whole.
    """
    scope.require(Action.VIEW_HELP)
    if not sees_organisation(scope, organisation_id):
        raise NotFound("Организация")
    day = on or date.today()
    since = date(day.year - (day.month < 9), 9, 1)
    units = organisations_below(session, organisation_id, day) | {organisation_id}
    jobs = jobs_of_everybody(session)
    teachers = {job.teacher for job in jobs if job.organisation in units and job.holds(day)}
    young = _young(session, teachers, day)
    helping = _helping(session, units)
    coverage = young_with_mentor(young, helping, day)
    answers = _answers(session, [one.key for one in helping], since, day)
    meetings = _meetings(session, [one.key for one in helping], since, day)
    said = {side: satisfaction(answers, side) for side in _SIDES}
    changed = {side: changes(answers, side) for side in _SIDES}
    if not scope.owns(organisation_id):
        is_school = session.get_one(Organisation, organisation_id).kind is OrganisationKind.SCHOOL
        said = {side: shown_outside(one, is_school) for side, one in said.items()}
        changed = {side: changes_outside(one, is_school) for side, one in changed.items()}
    return StateOfMentorship(
        organisation_id=organisation_id,
        on=day,
        since=since,
        figures=(
            coverage,
            teachers_who_mentor(teachers, helping, day),
            finished_programmes(helping, since, day),
            young_who_stayed(jobs, day, units),
            young_who_take_part(young, taking_part(session, since, day)),
        ),
        under_way=sum(one.is_under_way(day) for one in helping),
        ended_early=sum(
            one.state is MentorshipState.ENDED_EARLY and since <= (one.ended_on or since) <= day for one in helping
        ),
        meetings=len(meetings),
        meetings_confirmed=sum(both for both in meetings),
        satisfaction=said,
        changes={side: tuple(found) for side, found in changed.items()},
        without_mentor=tuple(sorted(coverage.whole - coverage.part)),
    )


def jobs_of_everybody(session: Session) -> list[Job]:
    """Return all jobs, present and past, with the experience on the day of hiring."""
    query = (
        select(Employment, Teacher)
        .join(Teacher, col(Teacher.id) == Employment.teacher_id)
        .where(col(Employment.deleted_at).is_(None), col(Teacher.deleted_at).is_(None))
    )
    return [
        Job(
            job.teacher_id, job.organisation_id, job.hired_on, job.left_on,
            None if job.hired_on is None else experience_on(teacher, job.hired_on),
        )
        for job, teacher in session.exec(query)
    ]


def _young(session: Session, teachers: set[int], day: date) -> set[int]:
    rows = session.exec(select(Teacher).where(col(Teacher.id).in_(teachers)))
    known = ((row.id or 0, experience_on(row, day)) for row in rows)
    return {teacher for teacher, years in known if years is not None and years <= YOUNG_YEARS}


def _helping(session: Session, units: set[int] | frozenset[int]) -> list[Helping]:
    return [one for found in helping_by_organisation(session, units).values() for one in found]


def helping_by_organisation(
    session: Session, units: set[int] | frozenset[int] | None = None
) -> dict[int, list[Helping]]:
    """Return the mentorships of these organisations (of all by default) by the one that gave the order."""
    mentees: dict[int, set[int]] = {}
    for row in session.exec(select(MentorshipMentee).where(col(MentorshipMentee.deleted_at).is_(None))):
        mentees.setdefault(row.mentorship_id, set()).add(row.teacher_id)
    query = select(Mentorship).where(col(Mentorship.deleted_at).is_(None))
    if units is not None:
        query = query.where(col(Mentorship.organisation_id).in_(units))
    found: dict[int, list[Helping]] = {}
    for one in session.exec(query.order_by(col(Mentorship.id))):
        found.setdefault(one.organisation_id, []).append(
            Helping(
                one.id or 0, one.mentor_teacher_id, frozenset(mentees.get(one.id or 0, ())), one.starts_on,
                one.ends_on, one.state, bool(one.order_number) and one.order_on is not None, one.ended_on,
            )
        )
    return found


def _answers(session: Session, mentorships: list[int], since: date, day: date) -> list[MentorshipAnswer]:
    """Return the questionnaires of mentorships in which one was filled in at the end since the year began."""
    query = select(MentorshipAnswer).where(
        col(MentorshipAnswer.mentorship_id).in_(mentorships), col(MentorshipAnswer.deleted_at).is_(None),
        col(MentorshipAnswer.filled_on) <= day,
    )
    rows = list(session.exec(query))
    lately = {row.mentorship_id for row in rows if row.filled_on >= since}
    return [row for row in rows if row.mentorship_id in lately]


def _meetings(session: Session, mentorships: list[int], since: date, day: date) -> list[bool]:
    """Return for each meeting since the year began whether both sides confirmed it."""
    query = select(MentoringMeeting).where(
        col(MentoringMeeting.mentorship_id).in_(mentorships), col(MentoringMeeting.deleted_at).is_(None),
        col(MentoringMeeting.held_on) >= since, col(MentoringMeeting.held_on) <= day,
    )
    return [
        row.mentor_confirmed_at is not None and row.mentee_confirmed_at is not None for row in session.exec(query)
    ]


def taking_part(session: Session, since: date, day: date) -> set[int]:
    """Return the teachers who took part in a contest since the year began or belong to a community on the day."""
    contests = (
        select(ContestEntry.teacher_id)
        .join(Contest, col(Contest.id) == ContestEntry.contest_id)
        .where(
            col(ContestEntry.deleted_at).is_(None), col(Contest.deleted_at).is_(None), col(Contest.held_on) >= since,
            col(Contest.held_on) <= day,
        )
    )
    members = (
        select(AssociationMember.teacher_id)
        .join(Association, col(Association.id) == AssociationMember.association_id)
        .where(
            col(Association.deleted_at).is_(None), col(Association.kind).in_(list(COMMUNITIES)),
            col(AssociationMember.valid_from) <= day,
            col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > day),
        )
    )
    return set(session.exec(contests)) | set(session.exec(members))
