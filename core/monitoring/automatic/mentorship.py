"""Young teachers and mentorship: the figures of `core.support.figures` for each school."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import col, select

from core.monitoring.automatic.counted import ByOrganisation, Counted, RecordKind, ones
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import auto
from core.support.figures import (
    Figure,
    finished_programmes,
    teachers_who_mentor,
    with_a_mentor,
    young_who_stayed,
    young_who_take_part,
)
from core.support.mentorship_tables import MentorshipAnswer, Moment, Side
from core.support.mentorship_words import SATISFACTION, mentorship_words
from core.support.state import taking_part


@auto("young_with_mentor", RecordKind.TEACHER)
def with_mentor(records: Records) -> ByOrganisation:
    """Count the young teachers of each school who have a mentor, whichever school gave the order."""
    helped = with_a_mentor((one for found in records.helping.values() for one in found), records.year.day)
    return {school: ones(helped & young, young) for school, young in records.young.items()}


@auto("mentors", RecordKind.TEACHER)
def mentors(records: Records) -> ByOrganisation:
    """Count the teachers of each school who are mentors."""
    pairs = [one for found in records.helping.values() for one in found]
    return {
        school: _of(teachers_who_mentor(staff, pairs, records.year.day)) for school, staff in records.staff.items()
    }


@auto("programmes_finished", RecordKind.PROGRAMME)
def programmes_finished(records: Records) -> ByOrganisation:
    """Count the programmes that ended as planned among those whose term came in the year."""
    return {
        organisation: _of(finished_programmes(records.helping.get(organisation, ()), records.year.since,
                                              records.year.until))
        for organisation in records.organisations
    }


@auto("young_stayed", RecordKind.TEACHER)
def young_stayed(records: Records) -> ByOrganisation:
    """Count the young teachers who came three academic years ago and still work in the school."""
    return {
        school: _of(young_who_stayed(jobs, records.year.day, {school})) for school, jobs in records.jobs.items()
    }


@auto("young_take_part", RecordKind.TEACHER)
def take_part(records: Records) -> ByOrganisation:
    """Count the young teachers in contests of the year and in communities."""
    found = taking_part(records.session, records.year.since, records.year.day)
    return {school: _of(young_who_take_part(young, found)) for school, young in records.young.items()}


@auto("satisfied_mentees", RecordKind.ANSWER)
def satisfied_mentees(records: Records) -> ByOrganisation:
    """Count the satisfied mentees among those who answered at the end."""
    return _satisfied(records, Side.MENTEE)


@auto("satisfied_mentors", RecordKind.ANSWER)
def satisfied_mentors(records: Records) -> ByOrganisation:
    """Count the satisfied mentors among those who answered at the end."""
    return _satisfied(records, Side.MENTOR)


def _satisfied(records: Records, side: Side) -> ByOrganisation:
    query = select(MentorshipAnswer).where(
        col(MentorshipAnswer.deleted_at).is_(None), MentorshipAnswer.side == side,
        MentorshipAnswer.moment == Moment.AFTER, col(MentorshipAnswer.organisation_id).in_(records.organisations),
        MentorshipAnswer.filled_on >= records.year.since, MentorshipAnswer.filled_on <= records.year.until,
    )
    asked: dict[int, list[int]] = defaultdict(list)
    satisfied: dict[int, list[int]] = defaultdict(list)
    for row in records.session.exec(query):
        if SATISFACTION not in row.answers:
            continue
        asked[row.organisation_id].append(row.id or 0)
        if row.answers[SATISFACTION] >= mentorship_words().satisfied_from:
            satisfied[row.organisation_id].append(row.id or 0)
    return {key: ones(satisfied[key], rows) for key, rows in asked.items()}


def _of(figure: Figure) -> Counted:
    return ones(figure.part, figure.whole)
