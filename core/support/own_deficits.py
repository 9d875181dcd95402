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
from core.support.candidates import line_key, line_name


@dataclass(frozen=True, slots=True)
class KnownDeficit:
    """One difficulty; `share` is the part of the most points (0..1), the lowest where several questions ask for it."""

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
    hard: dict[str, KnownDeficit] = {}
    for _on, person in found:
        for one in person.hard:
            key = line_key(one.line)
            if key not in hard or one.share < hard[key].share:
                competence = one.line.competence.id if one.line.competence is not None else None
                hard[key] = KnownDeficit(key, line_name(one.line), competence, one.share)
    strong = {line_key(one.line): line_name(one.line) for _on, person in found for one in person.strong}
    latest_on, latest = max(found, key=lambda pair: pair[0])
    return TeacherDeficits(
        latest_on, latest.level, tuple(sorted(hard.values(), key=lambda one: (one.share, one.name))),
        tuple(sorted(name for key, name in strong.items() if key not in hard)),
    )
