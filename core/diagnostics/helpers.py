"""Resource teachers: who can share experience in what others find hard; by their own answers and with consent only.

Pupils' results have no part in it: federal rules forbid judging teachers by ВПР.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.diagnostics.corporate import DeficitFilter, SharedDeficit, shared_deficits
from core.diagnostics.lines import can_help
from core.diagnostics.rounds import Round, RoundAnswers, load_round
from core.diagnostics.standing import Standing
from core.people.organisations import load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.teacher_tables import Teacher


@dataclass(frozen=True, slots=True)
class ResourceTeacher:
    """A teacher who agreed to be named."""

    teacher_id: int
    name: str
    subject: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Resources:
    """Who can help in one difficulty; `unnamed` others could, but have not agreed to be named (or are not stored)."""

    deficit: SharedDeficit
    teachers: tuple[ResourceTeacher, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class ResourceList:
    """Difficulties from «возможный» on, the worst first, with those who can help."""

    round: Round | None
    found: tuple[Resources, ...]


def resource_teachers(session: Session, scope: Scope, wanted: DeficitFilter | None = None) -> ResourceList:
    """Return for each corporate or possible difficulty the teachers of the same subject or association who can help.

    Raises NotAllowed without the right to see shares.
    """
    scope.require(Action.VIEW_DEFICITS)
    asked = wanted or DeficitFilter()
    listed = shared_deficits(session, scope, asked)
    if listed.round is None:
        return ResourceList(None, ())
    loaded = load_round(session, scope, listed.round)
    hard = listed.of(Standing.POSSIBLE)
    strong = can_help(loaded.answers, [one.line for one in hard])
    named = _named(session, loaded)
    places = {number: one.name for number, one in load_tree(session, Scope.local_administrator()).organisations.items()}
    found = []
    for place, one in enumerate(hard):
        rows = [row for row in _same(loaded, one) if strong[row, place]]
        # Others are counted in the group itself only, whose share is shown.
        unnamed = sum(row not in named for row in rows if row in one.group.rows)
        found.append(Resources(one, _teachers(loaded, rows, named, places), unnamed))
    return ResourceList(listed.round, tuple(found))


def _same(loaded: RoundAnswers, one: SharedDeficit) -> Sequence[int]:
    """Return the teachers of the group; of a subject in one school, those of all schools in reach."""
    if one.group.school_id is None or one.group.association_id is not None:
        return one.group.rows
    people = loaded.answers.respondents
    return [row for row in sorted(loaded.area.rows) if people[row].subject == one.group.subject]


def _named(session: Session, loaded: RoundAnswers) -> dict[int, Teacher]:
    """Return the rows of stored teachers who agreed to be named."""
    ids = sorted({one.teacher_id for one in loaded.answers.respondents if one.teacher_id is not None})
    query = select(Teacher).where(
        col(Teacher.id).in_(ids), col(Teacher.consent_given).is_(True), col(Teacher.deleted_at).is_(None)
    )
    agreed = {one.id: one for one in session.exec(query)}
    return {
        row: agreed[one.teacher_id]
        for row, one in enumerate(loaded.answers.respondents)
        if one.teacher_id in agreed
    }


def _teachers(
    loaded: RoundAnswers, rows: Sequence[int], named: dict[int, Teacher], places: dict[int, str]
) -> tuple[ResourceTeacher, ...]:
    people = loaded.answers.respondents
    found = [
        ResourceTeacher(
            named[row].id or 0, named[row].full_name, people[row].subject, places.get(people[row].organisation_id, "")
        )
        for row in rows
        if row in named
    ]
    return tuple(sorted(found, key=lambda one: natural_key(one.name)))
