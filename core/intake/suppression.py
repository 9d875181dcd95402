"""Numbers of participants of stored works that are not shown outside the school: by the rule of the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from core.intake.class_heads import class_heads
from core.intake.places import day_of, place_of
from core.intake.tables import Assessment, ClassWork
from core.people.grants import TaughtClass
from core.people.hidden_units import class_key, hidden_units
from core.people.organisations import Tree, load_tree
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN, Hidden

ClassSizes = Mapping[tuple[int, str], int]
"""Participants by school and class, as far as the scope sees them."""


@dataclass
class WorkSize:
    """The classes of a work that a scope sees."""

    absent: int = 0
    classes: dict[tuple[int, str], int] = field(default_factory=dict)
    """Participants by school and class."""


@dataclass(frozen=True, slots=True)
class _Part:
    school_id: int
    class_name: str
    municipality_id: int | None
    region_id: int | None
    owned: bool
    is_school_seen: bool


def class_sizes(session: Session, scope: Scope, works: Sequence[Assessment]) -> dict[int, WorkSize]:
    """Return the classes of the works that the scope sees by work."""
    sizes: dict[int, WorkSize] = {}
    for work_id, heads in class_heads(session, scope, works).items():
        size = sizes.setdefault(work_id, WorkSize())
        for head in heads:
            key = head.school_id, head.class_name
            size.absent += head.absent
            size.classes[key] = size.classes.get(key, 0) + head.participants
    return sizes


def hidden_uploads(session: Session, scope: Scope, upload_ids: Sequence[int]) -> dict[int, Hidden]:
    """Return the uploads whose number of participants is not shown.

    An upload is a sum over classes as they were then: it is shown when every class in it is the actor's own, or is
    neither small nor hidden.
    """
    query = select(ClassWork.upload_id, ClassWork.school_id, ClassWork.class_name, ClassWork.participants)
    rows = list(
        session.execute(query.add_columns(col(ClassWork.assessment_id)).where(col(ClassWork.upload_id).in_(upload_ids)))
    )
    work_ids = sorted({row.assessment_id for row in rows})
    works = {work.id or 0: work for work in session.exec(select(Assessment).where(col(Assessment.id).in_(work_ids)))}
    sizes = {work_id: size.classes for work_id, size in class_sizes(session, scope, list(works.values())).items()}
    units = hidden_by_work(session, scope, works, sizes)
    found: dict[int, Hidden] = {}
    for upload_id, school_id, class_name, participants, work_id in rows:
        is_hidden = class_key(school_id, class_name) in units.get(work_id, {})
        is_small = 0 < participants < SMALLEST_SHOWN and not is_owned(scope, works[work_id], school_id, class_name)
        if is_hidden or is_small:
            found[upload_id] = Hidden.PROTECTING
    return found


def hidden_by_work(
    session: Session, scope: Scope, works: Mapping[int, Assessment], sizes: Mapping[int, ClassSizes]
) -> dict[int, dict[str, Hidden]]:
    """Return by work the units whose participants are hidden, by key (`core.people.hidden_units`).

    The same units are hidden in `core.analysis`, so that no screen gives away what another one hides. Works in which
    nothing is hidden are left out.
    """
    trees: dict[date, Tree] = {}
    found: dict[int, dict[str, Hidden]] = {}
    for work_id, counts in sizes.items():
        work = works.get(work_id)
        if work is None or not any(
            0 < count < SMALLEST_SHOWN and not is_owned(scope, work, *place) for place, count in counts.items()
        ):
            continue
        day = day_of(work)
        if day not in trees:
            trees[day] = load_tree(session, scope, day)
        present = {place: count for place, count in counts.items() if count}
        hidden = hidden_units([_part(scope, work, trees[day], *place) for place in present], list(present.values()))
        if hidden:
            found[work_id] = hidden
    return found


def is_owned(scope: Scope, work: Assessment, school_id: int, class_name: str) -> bool:
    """Say whether small groups of the class may be shown to the actor."""
    return scope.owns_class(TaughtClass(school_id, work.grade or 0, class_name, work.subject, work.year))


def _part(scope: Scope, work: Assessment, tree: Tree, school_id: int, class_name: str) -> _Part:
    place = place_of(tree, school_id)
    return _Part(
        school_id, class_name, place.municipality.id if place.municipality else None,
        place.region.id if place.region else None, is_owned(scope, work, school_id, class_name),
        scope.sees_results(school_id, work.subject),
    )
