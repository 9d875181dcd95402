"""Results before and after in the classes where a practice was applied: a change with its interval, not a proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from core.analysis.change import Change, Excess, change_between, excess, group_share
from core.analysis.compare import Comparability, comparability
from core.analysis.comparing import work_traits
from core.analysis.elements import Kind
from core.analysis.loading import load_works
from core.analysis.sums import work_sums
from core.analysis.work import Work
from core.intake.history import assessment_name
from core.intake.tables import Assessment
from core.people.scope import Action, Scope
from core.practice.access import visible_practice
from core.practice.tables import Practice, PracticeUse

_USUAL_DAY = (5, 1)
_SEPTEMBER = 9


class AppliedClass(NamedTuple):
    """A class in which the practice was applied from a day on."""

    school_id: int
    grade: int
    letter: str
    year: int
    since: date


@dataclass(frozen=True, slots=True)
class PracticeEffect:
    """The change of one key in the classes that applied the practice between two works."""

    kind: Kind
    key: str
    before_work: str
    after_work: str
    same_pupils: bool
    """False: other pupils, the same grade of the school a year before."""
    classes: int
    applied: Change
    others: Change | None
    """The change in the other classes (or schools) of the same works; None where there are none."""
    beyond: Excess | None
    reservation: str
    """Why the two works are comparable with a reserve; "" when they are fully."""


class _Pair(NamedTuple):
    before: int
    after: int
    same_pupils: bool


def effects_of(session: Session, scope: Scope, practice_id: int) -> tuple[PracticeEffect, ...]:
    """Return the changes that the actor may see; none where works before or after are missing or out of their scope.

    The same pupils are followed where both works of the class hold the key; else the grade is compared with the same
    grade of the school before. Groups of fewer than five outside the actor's school are left out.
    """
    practice, _reader = visible_practice(session, scope, practice_id)
    classes = applied_classes(session, practice)
    if not scope.allows(Action.VIEW) or not classes or not practice.subject:
        return ()
    days, works = _works(session, scope, practice.subject, classes)
    keys = [(Kind.ELEMENT, name) for name in practice.elements]
    keys += [(Kind.TASK_TYPE, name) for name in practice.task_types]
    return tuple(
        found for kind, key in keys for found in _of_key(kind, key, classes, works, days) if found is not None
    )


def seen_from_outside(scope: Scope) -> Scope:
    """Return the scope of somebody who reads the same results and belongs to none of the schools.

    What is kept for all readers must not give away a small class, not even by subtraction.
    """
    outside = frozenset[int]()
    grants = tuple(replace(grant, own_schools=outside) for grant in scope.grants)
    return replace(scope, own_schools=outside, grants=grants)


def applied_classes(session: Session, practice: Practice) -> list[AppliedClass]:
    """Return the author's class and those of colleagues, each once, with the earliest day."""
    found: dict[tuple[int, int, str, int], date] = {}
    if practice.class_grade is not None and practice.class_year is not None:
        begun = date(practice.class_year - 1, _SEPTEMBER, 1)
        found[practice.organisation_id, practice.class_grade, practice.class_letter, practice.class_year] = begun
    query = select(PracticeUse).where(
        PracticeUse.practice_id == practice.id, col(PracticeUse.deleted_at).is_(None)
    )
    for use in session.exec(query):
        key = (use.organisation_id, use.grade, use.letter, use.year)
        found[key] = min(found.get(key, use.applied_on), use.applied_on)
    return [AppliedClass(*key, since) for key, since in sorted(found.items())]


def _works(
    session: Session, scope: Scope, subject: str, classes: Sequence[AppliedClass]
) -> tuple[Mapping[int, date], list[Work]]:
    """Return the visible works in which the classes could have been before or after, and the day of each."""
    wanted = {(one.grade + gap, one.year + gap) for one in classes for gap in (-1, 0, 1)}
    wanted |= {(one.grade, one.year - 1) for one in classes}
    query = select(Assessment).where(Assessment.subject == subject, col(Assessment.deleted_at).is_(None))
    rows = [row for row in session.exec(query) if (row.grade, row.year) in wanted]
    days = {row.id or 0: row.held_on or date(row.year, *_USUAL_DAY) for row in rows}
    return days, load_works(session, scope, rows)


def _of_key(
    kind: Kind, key: str, classes: Sequence[AppliedClass], works: Sequence[Work], days: Mapping[int, date]
) -> list[PracticeEffect | None]:
    holding = [work for work in works if any(one.name == key for one in work_sums(work, (kind,)).grouping.keys)]
    by_id = {work.assessment_id: work for work in holding}
    grouped: dict[_Pair, list[AppliedClass]] = defaultdict(list)
    for one in classes:
        pair = _pair(one, holding, days)
        if pair is not None:
            grouped[pair].append(one)
    return [_effect(kind, key, pair, by_id, members) for pair, members in grouped.items()]


def _pair(one: AppliedClass, works: Sequence[Work], days: Mapping[int, date]) -> _Pair | None:
    """Return the nearest works before and after: of the same pupils if they can be, else of the same grade."""
    for same in (True, False):
        fitting = [
            work
            for work in works
            if work.grade is not None
            and (work.grade - work.year == one.grade - one.year if same else work.grade == one.grade)
        ]
        after = min(
            (work for work in fitting if days[work.assessment_id] >= one.since and _holds(work, one, same)),
            key=lambda work: days[work.assessment_id], default=None,
        )
        if after is None:
            continue
        before = max(
            (
                work
                for work in fitting
                if days[work.assessment_id] < one.since and work.procedure == after.procedure
                and _holds(work, one, same, before=True)
            ),
            key=lambda work: days[work.assessment_id], default=None,
        )
        if before is not None:
            return _Pair(before.assessment_id, after.assessment_id, same)
    return None


def _holds(work: Work, one: AppliedClass, same: bool, *, before: bool = False) -> bool:
    """Say whether the work has results of the class, or, for other pupils of before, of its school."""
    if not same and not before and work.year != one.year:
        return False
    return any(
        part.school_id == one.school_id and (part.class_name == one.letter or (before and not same))
        for part in work.classes
    )


def _effect(
    kind: Kind, key: str, pair: _Pair, works: Mapping[int, Work], members: Sequence[AppliedClass]
) -> PracticeEffect | None:
    before, after = works[pair.before], works[pair.after]
    verdict, reservation = comparability(
        work_traits(after), work_traits(before), next(
            one for one in work_sums(after, (kind,)).grouping.keys if one.name == key
        ),
    )
    if verdict is Comparability.NONE:
        return None
    applied = {(one.school_id, one.letter) for one in members}
    schools = {one.school_id for one in members}
    of_applied = _change(kind, key, before, after, *_places(pair, before, after, applied, schools))
    if of_applied is None:
        return None
    of_others = _change(kind, key, before, after, *_other_places(pair, before, after, applied, schools))
    return PracticeEffect(
        kind, key, _name(before), _name(after), pair.same_pupils, len(applied), of_applied, of_others,
        excess(of_applied, of_others) if of_others is not None else None, reservation,
    )


def _places(
    pair: _Pair, before: Work, after: Work, applied: set[tuple[int, str]], schools: set[int]
) -> tuple[list[int], list[int]]:
    """Return the classes that applied the practice in both works; of other pupils the whole grade of before."""
    those_after = [place for place, one in enumerate(after.classes) if (one.school_id, one.class_name) in applied]
    if pair.same_pupils:
        return [
            place for place, one in enumerate(before.classes) if (one.school_id, one.class_name) in applied
        ], those_after
    return [place for place, one in enumerate(before.classes) if one.school_id in schools], those_after


def _other_places(
    pair: _Pair, before: Work, after: Work, applied: set[tuple[int, str]], schools: set[int]
) -> tuple[list[int], list[int]]:
    """Return who did not apply it: the same classes in both works, or the schools without such a class."""
    def places(work: Work, other: Work) -> list[int]:
        if pair.same_pupils:
            there = {(one.school_id, one.class_name) for one in other.classes} - applied
            return [place for place, one in enumerate(work.classes) if (one.school_id, one.class_name) in there]
        elsewhere = {one.school_id for one in other.classes} - schools
        return [place for place, one in enumerate(work.classes) if one.school_id in elsewhere]

    return places(before, after), places(after, before)


def _change(
    kind: Kind, key: str, before: Work, after: Work, places_before: Sequence[int], places_after: Sequence[int]
) -> Change | None:
    first, second = group_share(before, kind, key, places_before), group_share(after, kind, key, places_after)
    return change_between(first, second) if first is not None and second is not None else None


def _name(work: Work) -> str:
    return assessment_name(work.procedure, work.subject, work.grade, work.year, work.title)
