"""What a teacher finds hard, as far as the actor may know it: what courses, routes and topics begin with.

Personal answers are for the teacher, the head of the association and the director; anybody else gets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.diagnostics.personal import PersonalDeficits, personal_deficits
from core.diagnostics.rounds import latest_rounds
from core.people.scope import Action, Scope
from core.support.access import require_teacher
from core.support.candidates import line_key, line_name, mean_shares


@dataclass(frozen=True, slots=True)
class KnownDeficit:
    """One difficulty; `share` is the part of the most points (0..1), the mean of all questions that ask for it."""

    key: str
    name: str
    competence_id: int | None
    share: float


@dataclass(frozen=True, slots=True)
class TeacherDeficits:
    """The difficulties of a teacher in the latest diagnostics, and what the teacher is strong in.

    `diagnosed_on` is None where nothing was asked or the actor may not know it; `level` is the instrument's word.
    """

    diagnosed_on: date | None
    level: str
    deficits: tuple[KnownDeficit, ...]
    strengths: tuple[str, ...]


def deficits_of(session: Session, scope: Scope, teacher_id: int) -> TeacherDeficits:
    """Return what is known of a teacher's difficulties, the hardest first; raise NotFound for somebody elsewhere."""
    require_teacher(session, scope, teacher_id)
    found: list[tuple[date, PersonalDeficits]] = []
    if scope.allows(Action.VIEW_PERSONAL_DEFICITS):
        for asked in latest_rounds(session, scope):
            people = personal_deficits(session, scope, asked.key).teachers
            found += [(asked.held_on, one) for one in people if one.teacher_id == teacher_id]
    if not found:
        return TeacherDeficits(None, "", (), ())
    lines = {line_key(one.line): one for _on, person in found for one in person.hard}
    shares = mean_shares((person for _on, person in found), lines)
    hard = {
        key: KnownDeficit(
            key, line_name(one.line), one.line.competence.id if one.line.competence is not None else None,
            shares.get(key, one.share),
        )
        for key, one in lines.items()
    }
    strong = {line_key(one.line): line_name(one.line) for _on, person in found for one in person.strong}
    latest_on, latest = max(found, key=lambda pair: pair[0])
    return TeacherDeficits(
        latest_on, latest.level, tuple(sorted(hard.values(), key=lambda one: (one.share, one.name))),
        tuple(sorted(name for key, name in strong.items() if key not in hard)),
    )
