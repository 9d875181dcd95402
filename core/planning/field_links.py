"""Measures and the problem fields that they answer to, with the numbers of the day of linking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.loading import load_work
from core.analysis.outside import Outside
from core.analysis.sums import work_sums
from core.analysis.tables import FieldReview, ReviewState
from core.errors import InvalidInput, NotFound
from core.intake.tables import Assessment
from core.people.scope import Action, Scope
from core.people.suppression import SMALLEST_SHOWN
from core.people.tables import Organisation, OrganisationKind
from core.planning.access import changeable_roadmap, visible_measure
from core.planning.field_measures import FieldReach, FieldWords, about
from core.planning.tables import Measure, MeasureField
from core.store.base import utc_now
from core.store.live import live_row
from core.words import academic_year


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A confirmed problem field: the stored decision and what it is about in words."""

    review: FieldReview
    words: FieldWords


@dataclass(frozen=True, slots=True)
class LinkedField:
    """A problem field of a measure as the actor may see it; shares are 0..1, None where they must not be shown."""

    id: int
    measure_id: int
    review_id: int | None
    assessment_id: int
    unit: str
    kind: str
    key: str
    label: str
    """«по теме «обыкновенные дроби», ВПР 2025/2026, математика, 5 класс»."""
    facility: float | None
    low: float | None
    high: float | None
    participants: int | None
    linked_at: datetime
    may_open: bool
    """Whether the actor sees the results behind it; of a class, that is decided where they are shown."""


def facts_of(
    session: Session, scope: Scope, review_ids: Sequence[int], without_roadmap: int | None = None
) -> list[FieldFacts]:
    """Return what is known of confirmed fields, in the given order, without those a roadmap answers to already.

    Raises NotFound for a decision that the actor does not see, InvalidInput for a field that is not confirmed.
    """
    viewing = scope.require(Action.VIEW)
    taken = _linked_reviews(session, without_roadmap) if without_roadmap is not None else set()
    found: list[FieldFacts] = []
    for review_id in dict.fromkeys(review_ids):
        review = session.get(FieldReview, review_id)
        if review is None or review.deleted_at is not None or not viewing.sees_organisation(review.organisation_id):
            raise NotFound("Решение по проблемному полю")
        load_work(session, viewing, review.assessment_id)
        if review.state is not ReviewState.CONFIRMED:
            raise InvalidInput(f"Поле «{review.key}» не подтверждено.", "Подтвердите его или уберите из списка.")
        if review_id not in taken:
            found.append(FieldFacts(review, words_of(session, scope, review)))
    return found


def words_of(session: Session, scope: Scope, review: FieldReview) -> FieldWords:
    """Return what a decision is about in words; the actor must see it."""
    assessment = session.get_one(Assessment, review.assessment_id)
    unit, reach = _unit(session, review, assessment.grade)
    # The words go into cells that people outside the school read too.
    is_told = _is_told(Outside(session), review)
    return FieldWords(
        kind=review.kind, key=review.key, subject=assessment.subject, grade=assessment.grade,
        work=work_name(assessment), unit=unit, reach=reach, cause=review.cause,
        facility=review.facility if is_told else None,
        threshold=_threshold(session, scope, review),
    )


def link_field(session: Session, scope: Scope, measure_id: int, review_id: int) -> MeasureField:
    """Let a measure answer to a confirmed problem field; what is linked already stays as it is."""
    roadmap, measure = visible_measure(session, scope, measure_id)
    changeable_roadmap(session, scope, measure.roadmap_id)
    (facts,) = facts_of(session, scope, [review_id])
    query = select(MeasureField).where(
        MeasureField.measure_id == measure_id,
        MeasureField.review_id == review_id,
        col(MeasureField.deleted_at).is_(None),
    )
    present = session.exec(query).first()
    if present is not None:
        return present
    link = frozen_link(facts.review, measure_id, roadmap.organisation_id)
    session.add(link)
    session.flush()
    return link


def unlink_field(session: Session, scope: Scope, link_id: int) -> None:
    """Take a problem field away from a measure; the journal keeps it."""
    link = live_row(session, MeasureField, link_id, "Проблемное поле мероприятия")
    _roadmap, measure = visible_measure(session, scope, link.measure_id)
    changeable_roadmap(session, scope, measure.roadmap_id)
    link.deleted_at = utc_now()
    session.add(link)


def fields_of(session: Session, scope: Scope, measure_ids: Sequence[int]) -> list[LinkedField]:
    """Return the problem fields of measures that the actor sees.

    Outside the school numbers of fewer than five participants, and what would give them away, are left out.
    """
    for measure_id in measure_ids:
        visible_measure(session, scope, measure_id)
    query = (
        select(MeasureField, Assessment)
        .join(Assessment, col(Assessment.id) == MeasureField.assessment_id)
        .where(col(MeasureField.measure_id).in_(measure_ids), col(MeasureField.deleted_at).is_(None))
        .order_by(col(MeasureField.id))
    )
    outside = Outside(session)
    return [_linked(outside, scope, link, assessment) for link, assessment in session.exec(query)]


def frozen_link(review: FieldReview, measure_id: int, organisation_id: int) -> MeasureField:
    """Return a link with the numbers as they stood when people decided."""
    return MeasureField(
        organisation_id=organisation_id, measure_id=measure_id, review_id=review.id,
        assessment_id=review.assessment_id, unit=review.unit, kind=review.kind, key=review.key,
        facility=review.facility, low=review.low, high=review.high, participants=review.participants,
    )


def copy_links(session: Session, copies: Mapping[int, int], organisation_id: int) -> None:
    """Give the copies of measures (by id of the original) the same problem fields with the same numbers."""
    query = select(MeasureField).where(
        col(MeasureField.measure_id).in_(copies), col(MeasureField.deleted_at).is_(None)
    )
    for link in list(session.exec(query)):
        values = link.model_dump(exclude={"id", "version", "deleted_at", "deleted_by", "measure_id", "organisation_id"})
        session.add(MeasureField(measure_id=copies[link.measure_id], organisation_id=organisation_id, **values))


def _is_told(outside: Outside, frozen: FieldReview | MeasureField) -> bool:
    """Say whether the numbers of a field may be told to people outside the school."""
    few = frozen.participants is not None and frozen.participants < SMALLEST_SHOWN
    return not few and outside.is_shown(frozen.assessment_id, frozen.unit, Kind(frozen.kind), frozen.key)


def _linked(outside: Outside, scope: Scope, link: MeasureField, assessment: Assessment) -> LinkedField:
    place = _place(link.unit)
    hidden = not (place is not None and scope.owns(place)) and not _is_told(outside, link)
    words = FieldWords(
        link.kind, link.key, assessment.subject, assessment.grade, work_name(assessment), "", FieldReach.SCHOOL, "",
        None, None,
    )
    return LinkedField(
        id=link.id or 0, measure_id=link.measure_id, review_id=link.review_id, assessment_id=link.assessment_id,
        unit=link.unit, kind=link.kind, key=link.key, label=f"{about(words)}, {words.work}",
        facility=None if hidden else link.facility, low=None if hidden else link.low,
        high=None if hidden else link.high, participants=None if hidden else link.participants,
        linked_at=link.linked_at,
        may_open=_may_open(scope, link.unit, place, assessment.subject),
    )


def _linked_reviews(session: Session, roadmap_id: int) -> set[int]:
    query = (
        select(MeasureField.review_id)
        .join(Measure, col(Measure.id) == MeasureField.measure_id)
        .where(
            Measure.roadmap_id == roadmap_id,
            col(Measure.deleted_at).is_(None),
            col(MeasureField.deleted_at).is_(None),
        )
    )
    return {review_id for review_id in session.exec(query) if review_id is not None}


def _unit(session: Session, review: FieldReview, grade: int | None) -> tuple[str, FieldReach]:
    """Return the name of the unit and whose problem it is."""
    place = _place(review.unit)
    organisation = session.get(Organisation, place) if place is not None else None
    name = organisation.name if organisation is not None else ""
    if review.unit.startswith("class:"):
        letter = review.unit.split(":", 2)[2]
        class_name = letter if letter[:1].isdigit() or grade is None else f"{grade}{letter}"
        return f"{class_name}, {name}", FieldReach.CLASS
    is_school = organisation is None or organisation.kind is OrganisationKind.SCHOOL
    return name, FieldReach.SCHOOL if is_school else FieldReach.MUNICIPALITY


def _may_open(scope: Scope, unit: str, place: int | None, subject: str) -> bool:
    if place is None or not scope.allows(Action.VIEW):
        return False
    return unit.startswith("class:") or scope.require(Action.VIEW).sees_results(place, subject)


def _place(unit: str) -> int | None:
    """Return the organisation of «class:12:8А» and «organisation:12»."""
    parts = unit.split(":")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None


def work_name(assessment: Assessment) -> str:
    """Return the work as people call it: «ВПР 2025/2026, Математика, 5 класс»."""
    grade = f", {assessment.grade} класс" if assessment.grade is not None else ""
    return f"{assessment.procedure} {academic_year(assessment.year)}, {assessment.subject}{grade}"


def _threshold(session: Session, scope: Scope, review: FieldReview) -> float | None:
    """Return the share from which on the field's key counts as mastered; None when the work is not seen any more."""
    try:
        sums = work_sums(load_work(session, scope, review.assessment_id), (Kind(review.kind),))
    except NotFound:
        return None
    place = next((place for place, key in enumerate(sums.grouping.keys) if key.name == review.key), None)
    return None if place is None else float(sums.sufficient[place])
