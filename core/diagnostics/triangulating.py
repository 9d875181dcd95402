"""The triangulation matrix from what is stored: pupils, teachers and experts on one axis of content elements."""

from __future__ import annotations

from sqlmodel import Session

from core.diagnostics.pupil_sides import pupil_sides
from core.diagnostics.remark_sides import remark_sides
from core.diagnostics.teacher_sides import teacher_sides
from core.diagnostics.triangulation import ElementRow, worst_first, worst_pupils, worst_teachers
from core.people.scope import Scope


def triangulation(
    session: Session, scope: Scope, subjects: tuple[str, ...] = (), school_id: int | None = None
) -> tuple[ElementRow, ...]:
    """Return the elements of the subjects (all by default) with their three sides, worst first.

    A hypothesis to discuss, never a cause. What may not be shown is said to be hidden. Raises NotAllowed without the
    right to see shares.
    """
    teachers = teacher_sides(session, scope, school_id)
    pupils = pupil_sides(session, scope, subjects, school_id)
    remarks = remark_sides(session, scope, teachers.linked, school_id)
    linked = set(teachers.linked.values())
    return worst_first(
        ElementRow(
            key[0], key[1], worst_pupils(pupils.get(key, ())), worst_teachers(teachers.found.get(key, ())),
            tuple(remarks.get(key, ())), is_linked=key in linked, is_hidden=key in teachers.hidden,
        )
        for key in {*pupils, *linked, *remarks, *teachers.found}
        if not subjects or key[0] in subjects
    )
