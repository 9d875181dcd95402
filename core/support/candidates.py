"""Candidates for a mentee from the store: diagnostics as far as the actor may see them, registers, load, distances.

Deficits of a teacher are personal: whoever may not see them gets the candidates by subject and school alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.diagnostics.helpers import resource_teachers
from core.diagnostics.lines import Line
from core.diagnostics.personal import PersonalDeficits, personal_deficits
from core.diagnostics.rounds import latest_rounds
from core.errors import NotFound
from core.people.scope import Action, Scope
from core.people.teacher_tables import Teacher
from core.support.access import all_workplaces, names_of, workplaces
from core.support.matching import Candidate, Need, Offer, ranked
from core.support.mentorship_cards import OPEN_STATES
from core.support.mentorship_tables import Mentor, Mentorship, MentorshipMentee, SchoolDistance


@dataclass(frozen=True, slots=True)
class Proposal:
    """The candidates for a mentee."""

    need: Need
    sees_deficits: bool
    """False: the actor may not look at this teacher's deficits, so they were left out."""
    candidates: tuple[Candidate, ...]
    names: dict[int, str]
    """By which the candidates and the mentee are shown, by teacher."""
    shares: dict[str, float]
    """The mentee's part of the most points (0..1) in each deficit, by key."""
    competences: dict[str, int | None]
    """The competence of each deficit, by key; None for a question without one."""


def propose_mentors(session: Session, scope: Scope, mentee_teacher_id: int, school_id: int) -> Proposal:
    """Return who could be the mentor of a teacher of the school, the best first, with reasons.

    Raises NotAllowed without the right to arrange help, NotFound for a teacher elsewhere.
    """
    managing = scope.require(Action.MANAGE_HELP)
    teacher = session.get(Teacher, mentee_teacher_id)
    places = workplaces(session, mentee_teacher_id)
    if teacher is None or school_id not in places or not managing.sees_person(mentee_teacher_id, places):
        raise NotFound("Педагог")
    people = _diagnosed(session, scope)
    own = people.get(mentee_teacher_id, [])
    deficits = {line_key(one.line): line_name(one.line) for person in own for one in person.hard}
    strengths = {key: _strengths(found) for key, found in people.items()}
    for key, lines in _resources(session, scope).items():
        strengths[key] = strengths.get(key, frozenset()) | lines
    need = Need(mentee_teacher_id, deficits, frozenset(teacher.subjects), school_id)
    candidates = tuple(ranked(need, _offers(session, managing, need, strengths)))
    shown = {one.offer.teacher for one in candidates} | {mentee_teacher_id}
    return Proposal(
        need,
        bool(own),
        candidates,
        names_of(session, scope, shown),
        mean_shares(own, deficits),
        {
            line_key(one.line): one.line.competence.id if one.line.competence else None
            for person in own
            for one in person.hard
        },
    )


def line_key(line: Line) -> str:
    """Return what a deficit and a strength have in common: the competence, else the question."""
    return line.key if line.competence is None else f"competence:{line.competence.id}"


def line_name(line: Line) -> str:
    """Return how a deficit is called: by the competence, else by the question."""
    return line.name if line.competence is None else line.competence.name


def _diagnosed(session: Session, scope: Scope) -> dict[int, list[PersonalDeficits]]:
    """Return the personal results that the actor may look at, of the latest round of each instrument, by teacher."""
    if not scope.allows(Action.VIEW_PERSONAL_DEFICITS):
        return {}
    found: dict[int, list[PersonalDeficits]] = {}
    for asked in latest_rounds(session, scope):
        for one in personal_deficits(session, scope, asked.key).teachers:
            if one.teacher_id is not None:
                found.setdefault(one.teacher_id, []).append(one)
    return found


def mean_shares(results: Iterable[PersonalDeficits], keys: Iterable[str]) -> dict[str, float]:
    """Return the part of the most points in each deficit: the mean over all its questions that were answered."""
    known: dict[str, list[float]] = {key: [] for key in keys}
    for one in results:
        for line in one.items:
            if line_key(line.line) in known and line.share == line.share:
                known[line_key(line.line)].append(line.share)
    return {key: sum(shares) / len(shares) for key, shares in known.items() if shares}


def _strengths(results: Iterable[PersonalDeficits]) -> frozenset[str]:
    """Return in what somebody is strong and in no question of it weak."""
    results = list(results)
    weak = {line_key(line.line) for one in results for line in one.hard}
    return frozenset(line_key(line.line) for one in results for line in one.strong) - weak


def _resources(session: Session, scope: Scope) -> dict[int, frozenset[str]]:
    """Return in what teachers who agreed to be named can help others, by teacher."""
    if not scope.allows(Action.VIEW_DEFICITS):
        return {}
    found: dict[int, set[str]] = {}
    for one in resource_teachers(session, scope).found:
        for teacher in one.teachers:
            found.setdefault(teacher.teacher_id, set()).add(line_key(one.deficit.line))
    return {teacher: frozenset(keys) for teacher, keys in found.items()}


def _offers(session: Session, managing: Scope, need: Need, strengths: dict[int, frozenset[str]]) -> list[Offer]:
    """Return the mentors of the registers that the actor may ask, and colleagues of the school who are strong."""
    registered = {
        row.teacher_id: row
        for row in session.exec(
            select(Mentor).where(col(Mentor.deleted_at).is_(None), col(Mentor.left_on).is_(None))
        )
    }
    places = all_workplaces(session)
    load = _load(session)
    distances = _distances(session, need.school)
    colleagues = {teacher for teacher, where in places.items() if need.school in where and teacher in strengths}
    wanted = set(registered) | colleagues
    teachers = session.exec(select(Teacher).where(col(Teacher.id).in_(wanted), col(Teacher.deleted_at).is_(None)))
    offers: list[Offer] = []
    for teacher in teachers:
        key = teacher.id or 0
        row, present = registered.get(key), workplaces(session, key)
        if not present:
            continue
        school = need.school if need.school in present else row.organisation_id if row is not None else min(present)
        may_know = managing.sees_person(key, present) or (row is not None and row.helps_other_schools)
        if may_know:
            offers.append(
                Offer(
                    key, strengths.get(key, frozenset()), frozenset(teacher.subjects), school,
                    row is not None and row.consent_on is not None, row.capacity if row is not None else 1,
                    load.get(key, 0), row is not None and row.helps_other_schools,
                    0.0 if school == need.school else distances.get(school),
                )
            )
    return offers


def _load(session: Session) -> dict[int, int]:
    """Return how many mentees each mentor has in mentorships that are prepared or under way."""
    query = (
        select(Mentorship.mentor_teacher_id, MentorshipMentee.teacher_id)
        .join(MentorshipMentee, col(MentorshipMentee.mentorship_id) == Mentorship.id)
        .where(
            col(Mentorship.deleted_at).is_(None), col(MentorshipMentee.deleted_at).is_(None),
            col(Mentorship.state).in_(list(OPEN_STATES)),
        )
    )
    found: dict[int, set[int]] = {}
    for mentor, mentee in session.exec(query):
        found.setdefault(mentor, set()).add(mentee)
    return {mentor: len(mentees) for mentor, mentees in found.items()}


def _distances(session: Session, school_id: int) -> dict[int, float]:
    query = select(SchoolDistance).where(
        (col(SchoolDistance.first_id) == school_id) | (col(SchoolDistance.second_id) == school_id)
    )
    return {
        row.second_id if row.first_id == school_id else row.first_id: row.kilometres for row in session.exec(query)
    }
