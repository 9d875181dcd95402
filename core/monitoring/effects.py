"""What became of confirmed problem fields, and the change where measures were carried out against where they were not.

The comparison is of the same schools before and after, the difference of both changes with its interval. It does not
prove the cause: schools choose by themselves where to act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from core.analysis.change import Change, Excess, excess
from core.analysis.elements import Kind
from core.analysis.loading import load_works
from core.analysis.outside import Outside
from core.analysis.tables import FieldReview, ReviewState
from core.analysis.work import Work
from core.intake.history import assessment_name
from core.intake.tables import Assessment
from core.monitoring.access import seen_unit
from core.monitoring.field_changes import (
    change_of_classes,
    change_of_schools,
    follows,
    next_work,
    shown_classes,
    shown_schools,
    where_acted,
)
from core.monitoring.field_outcomes import Finder
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.people.suppression import Hidden

CAUTION = "Изменение не доказывает причину: школы сами выбирают, где действовать, и работы разных лет отличаются."


class Outcome(StrEnum):
    """What became of a problem field; the value is what the user reads."""

    CLEARED = "снято"
    PERSISTS = "сохраняется"
    CAME_BACK = "повторилось"
    INCOMPARABLE = "несопоставимо"
    NOT_YET = "ещё не проверено"

    @property
    def sign(self) -> str:
        """Return the sign that stands before the word."""
        return {"снято": "✓", "сохраняется": "●", "повторилось": "↺", "несопоставимо": "≠"}.get(self, "○")


@dataclass(frozen=True, slots=True)
class FieldEffect:
    """A confirmed problem field with what came after it. Changes are None where there is nothing to compare."""

    review_id: int
    key: str
    """As addresses hold it."""
    label: str
    unit_name: str
    before_work: str
    after_work: str
    """"" where no later work can be compared."""
    outcome: Outcome
    outcome_year: int | None
    """Of the last year that could be compared."""
    unit: Change | None
    """Of the unit of the field itself."""
    acted: Change | None
    """Of the schools in which a measure for the field was carried out."""
    others: Change | None
    beyond: Excess | None
    schools_acted: int
    schools_others: int
    measures: int
    """Measures carried out."""
    reservation: str


def outcome_of(found: Sequence[bool | None]) -> Outcome:
    """Return what became of a field from whether each later year shows it; None: not comparable in that year.

    >>> outcome_of([True, False]).value, outcome_of([False, True]).value, outcome_of([None]).value
    ('снято', 'повторилось', 'несопоставимо')
    """
    if not found:
        return Outcome.NOT_YET
    known = [answer for answer in found if answer is not None]
    if not known:
        return Outcome.INCOMPARABLE
    if not known[-1]:
        return Outcome.CLEARED
    return Outcome.PERSISTS if all(known) else Outcome.CAME_BACK


def field_register(session: Session, scope: Scope, organisation_id: int) -> tuple[FieldEffect, ...]:
    """Return the confirmed problem fields of a unit and of what is below it, the latest works first.

    Raises NotAllowed without the right to figures or results, NotFound out of reach.
    """
    seen_unit(session, scope, organisation_id)
    below = load_tree(session, scope).below(organisation_id)
    query = select(FieldReview).where(
        col(FieldReview.deleted_at).is_(None), FieldReview.state == ReviewState.CONFIRMED,
        col(FieldReview.organisation_id).in_(below),
    )
    return _effects(session, scope, session.exec(query.order_by(col(FieldReview.id).desc())).all())


def effect_of_field(
    session: Session, scope: Scope, assessment_id: int, unit: str, kind: str, key: str
) -> FieldEffect | None:
    """Return what came after one confirmed field; None where it is not confirmed or not seen."""
    query = select(FieldReview).where(
        col(FieldReview.deleted_at).is_(None), FieldReview.state == ReviewState.CONFIRMED,
        FieldReview.assessment_id == assessment_id, FieldReview.unit == unit, FieldReview.kind == kind,
        FieldReview.key == key,
    )
    return next(iter(_effects(session, scope, session.exec(query).all())), None)


def _effects(session: Session, scope: Scope, reviews: Sequence[FieldReview]) -> tuple[FieldEffect, ...]:
    if not reviews or not scope.allows(Action.VIEW):
        return ()
    assessments = _related(session, reviews)
    seen = {work.assessment_id: work for work in load_works(session, scope, assessments)}
    # Whether a field is found again must not depend on how much of the results somebody sees.
    everybody = Scope.local_administrator()
    everything = list(seen.values()) if scope.key == everybody.key else load_works(session, everybody, assessments)
    whole, outside = {work.assessment_id: work for work in everything}, Outside(session)
    finders = {True: Finder(everything), False: Finder(everything, outside)}
    found: list[FieldEffect] = []
    for review in reviews:
        before = seen.get(review.assessment_id)
        unit = before.unit(review.unit) if before is not None else None
        if before is None or unit is None or before.suppression.of(unit) is not Hidden.NO:
            continue
        is_own = all(before.classes[place].owned for place in unit.classes)
        if not is_own and not outside.is_shown(before.assessment_id, review.unit, Kind(review.kind), review.key):
            continue
        later = sorted({work.year for work in everything if work.year > before.year and follows(before, work)})
        answers = {year: finders[is_own].is_found_in(year, whole[review.assessment_id], review) for year in later}
        found.append(_effect(session, review, before, unit.full_name, answers, list(seen.values())))
    return tuple(sorted(found, key=lambda one: one.before_work, reverse=True))


def _effect(
    session: Session, review: FieldReview, before: Work, unit_name: str, answers: Mapping[int, bool | None],
    works: Sequence[Work],
) -> FieldEffect:
    kind, is_class = Kind(review.kind), review.unit.startswith("class:")
    acted, measures = where_acted(session, review)
    after, reservation = next_work(before, works, kind, review.key, is_class)
    changes: dict[str, Change | None] = {"unit": None, "acted": None, "others": None}
    there: set[int] = set()
    if after is not None:
        first, second = (shown_classes(work, review.unit) for work in (before, after))
        changes["unit"] = change_of_classes(before, after, kind, review.key, first, second)
        if not is_class:
            there = shown_schools(before) & shown_schools(after)
            changes["acted"] = change_of_schools(before, after, kind, review.key, there & acted)
            changes["others"] = change_of_schools(before, after, kind, review.key, there - acted)
    both = changes["acted"], changes["others"]
    return FieldEffect(
        review.id or 0, "|".join((str(review.assessment_id), review.unit, review.kind, review.key)), review.key,
        unit_name, _name(before), _name(after) if after is not None else "", outcome_of(list(answers.values())),
        max((year for year, answer in answers.items() if answer is not None), default=None), changes["unit"], *both,
        excess(both[0], both[1]) if both[0] is not None and both[1] is not None else None, len(there & acted),
        len(there - acted), measures, reservation,
    )


def _related(session: Session, reviews: Sequence[FieldReview]) -> list[Assessment]:
    """Return the works of the fields and all later ones of the same procedures and subjects."""
    ids = {review.assessment_id for review in reviews}
    rows = session.exec(select(Assessment).where(col(Assessment.id).in_(ids), col(Assessment.deleted_at).is_(None)))
    own = {(row.procedure, row.subject): row.year for row in rows}
    query = select(Assessment).where(
        col(Assessment.deleted_at).is_(None), col(Assessment.subject).in_({subject for _procedure, subject in own})
    )
    return [row for row in session.exec(query.order_by(col(Assessment.year))) if (row.procedure, row.subject) in own]


def _name(work: Work) -> str:
    return assessment_name(work.procedure, work.subject, work.grade, work.year, work.title)
