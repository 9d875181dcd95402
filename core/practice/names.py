"""By which name the author of a practice, or of a remark on it, is shown to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.people.scope import Scope
from core.people.tables import Organisation
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import shown_name
from core.practice.tables import Practice, PracticeNote, PracticeUse

NOBODY = "автор не указан"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of teachers as the actor may see them, and of organisations, by id."""

    teachers: dict[int, str]
    full: dict[int, str]
    """For authors who agreed to be named with their practice."""
    organisations: dict[int, str]

    def author(self, practice: Practice) -> str:
        """Return the author's name: full with consent or inside the own school, else «Педагог-07»."""
        teacher = practice.author_teacher_id
        if teacher is None:
            return practice.author or NOBODY
        named = self.full if practice.author_named else self.teachers
        return named.get(teacher, NOBODY)

    def writer(self, row: PracticeNote | PracticeUse) -> str:
        """Return who wrote a remark; a teacher by the same rule as everywhere."""
        if row.author_teacher_id is None:
            return row.author
        return self.teachers.get(row.author_teacher_id, row.author)

    def organisation(self, organisation_id: int) -> str:
        """Return the organisation's name."""
        return self.organisations.get(organisation_id, "")


def names_for(
    session: Session, scope: Scope, teachers: Iterable[int | None], organisations: Iterable[int]
) -> Names:
    """Return the names of these teachers and organisations; three queries whatever their number."""
    wanted = {one for one in teachers if one is not None}
    rows = session.exec(select(Teacher).where(col(Teacher.id).in_(wanted))).all()
    jobs: dict[int, list[int]] = {}
    for job in session.exec(
        select(Employment).where(col(Employment.teacher_id).in_(wanted), col(Employment.deleted_at).is_(None))
    ):
        jobs.setdefault(job.teacher_id, []).append(job.organisation_id)
    units = session.exec(select(Organisation).where(col(Organisation.id).in_(set(organisations)))).all()
    return Names(
        {row.id or 0: shown_name(scope, row, jobs.get(row.id or 0, ())) for row in rows},
        {row.id or 0: row.full_name for row in rows},
        {unit.id or 0: unit.name for unit in units},
    )
