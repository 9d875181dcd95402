"""What is known of stored classes without their results: read once a year of works for everything that counts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, inspect, select
from sqlmodel import Session, col

from core.intake.tables import Assessment, ClassWork
from core.intake.visible import CLASS_COLUMNS
from core.people.scope import Scope
from core.store.answers import shared_answer


class ClassHead(NamedTuple):
    """A stored class of a work; equal heads of one store stand for equal results."""

    id: int
    version: int
    assessment_id: int
    school_id: int
    class_name: str
    participants: int
    absent: int
    items: int
    scores_format: int
    scores_checksum: int


Heads = Mapping[int, Sequence[ClassHead]]
"""Classes by work, in the order in which they were stored."""


def class_heads(session: Session, scope: Scope, works: Sequence[Assessment]) -> Heads:
    """Return the live classes of the works that the scope sees; works without one are left out."""
    if len(works) == 1:
        return _heads(session, scope, col(ClassWork.assessment_id) == works[0].id)
    asked = {work.id for work in works}
    viewer = scope.for_classes()
    years: Iterable[Heads] = (_of_year(session, viewer, year) for year in {work.year for work in works})
    return {work_id: heads for found in years for work_id, heads in found.items() if work_id in asked}


@shared_answer
def _of_year(session: Session, scope: Scope, year: int) -> Heads:
    return _heads(session, scope, col(Assessment.year) == year)


def _heads(session: Session, scope: Scope, which: ColumnElement[bool]) -> Heads:
    columns = inspect(ClassWork).local_table.c
    query = (
        select(*(columns[name] for name in ClassHead._fields))
        .join(Assessment, col(Assessment.id) == columns.assessment_id)
        .where(which, columns.deleted_at.is_(None), columns.replaced_by.is_(None))
        .order_by(columns.id)
    )
    found: dict[int, list[ClassHead]] = defaultdict(list)
    rows = session.connection().execute(scope.within_classes(query, CLASS_COLUMNS)).all()
    for head in map(ClassHead._make, rows):
        found[head.assessment_id].append(head)
    return dict(found)
