"""Confirmed problem fields that can become measures, and the roadmaps that answer to a field already."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.analysis.loading import load_work
from core.analysis.tables import FieldReview, ReviewState
from core.errors import NotAllowed, NotFound
from core.intake.tables import Assessment
from core.people.scope import Action, Scope
from core.people.short_names import short_name
from core.people.tables import Organisation
from core.planning.access import actor_of, sees
from core.planning.tables import Measure, MeasureField, Roadmap
from core.words import academic_year


@dataclass(frozen=True, slots=True)
class ConfirmedField:
    """A confirmed problem field. `label` names key, unit and work; `roadmaps` counts those that answer to it."""

    review_id: int
    label: str
    organisation_id: int
    subject: str
    year: int
    roadmaps: int


@dataclass(frozen=True, slots=True)
class AnsweringMeasure:
    """A measure that answers to a problem field, with its roadmap."""

    roadmap_id: int
    roadmap: str
    measure_id: int
    measure: str


def confirmed_fields(session: Session, scope: Scope) -> list[ConfirmedField]:
    """Return the confirmed problem fields that the actor sees, the latest year first."""
    viewing = scope.require(Action.VIEW)
    rows = session.exec(
        select(FieldReview, Assessment, Organisation)
        .join(Assessment, col(Assessment.id) == FieldReview.assessment_id)
        .join(Organisation, col(Organisation.id) == FieldReview.organisation_id)
        .where(FieldReview.state == ReviewState.CONFIRMED, col(FieldReview.deleted_at).is_(None))
        .order_by(col(Assessment.year).desc(), col(FieldReview.id).desc())
    ).all()
    answered = _answered(session)
    seen: dict[int, bool] = {}
    found: list[ConfirmedField] = []
    for review, assessment, unit in rows:
        if not viewing.sees_organisation(review.organisation_id):
            continue
        if review.assessment_id not in seen:
            seen[review.assessment_id] = _sees_work(session, viewing, review.assessment_id)
        if seen[review.assessment_id]:
            label = f"{review.key} – {_unit(review, assessment.grade, unit.name)}; {_work(assessment)}"
            found.append(
                ConfirmedField(
                    review.id or 0, label, review.organisation_id, assessment.subject, assessment.year,
                    answered.get(review.id or 0, 0),
                )
            )
    return found


def measures_for_field(session: Session, scope: Scope, review_id: int) -> list[AnsweringMeasure]:
    """Return the measures that answer to a decided field, in roadmaps that the actor sees."""
    scope.require(Action.VIEW_ROADMAPS)
    rows = session.exec(
        select(Measure, Roadmap)
        .join(MeasureField, col(MeasureField.measure_id) == Measure.id)
        .join(Roadmap, col(Roadmap.id) == Measure.roadmap_id)
        .where(
            MeasureField.review_id == review_id,
            col(MeasureField.deleted_at).is_(None),
            col(Measure.deleted_at).is_(None),
            col(Roadmap.deleted_at).is_(None),
        )
        .order_by(col(Roadmap.id), col(Measure.position))
    )
    actor = actor_of(session, scope)
    return [
        AnsweringMeasure(roadmap.id or 0, roadmap.title, measure.id or 0, measure.title)
        for measure, roadmap in rows
        if sees(scope, actor, roadmap.organisation_id, roadmap.association_id, roadmap.subject) or actor.owns(measure)
    ]


def _answered(session: Session) -> dict[int, int]:
    """Return in how many roadmaps each decided field has measures."""
    rows = session.exec(
        select(MeasureField.review_id, Measure.roadmap_id)
        .join(Measure, col(Measure.id) == MeasureField.measure_id)
        .join(Roadmap, col(Roadmap.id) == Measure.roadmap_id)
        .where(
            col(MeasureField.deleted_at).is_(None),
            col(Measure.deleted_at).is_(None),
            col(Roadmap.deleted_at).is_(None),
        )
        .distinct()
    )
    counts: dict[int, int] = {}
    for review_id, _roadmap in rows:
        if review_id is not None:
            counts[review_id] = counts.get(review_id, 0) + 1
    return counts


def _sees_work(session: Session, scope: Scope, assessment_id: int) -> bool:
    try:
        load_work(session, scope, assessment_id)
    except (NotAllowed, NotFound):
        return False
    return True


def _unit(review: FieldReview, grade: int | None, name: str) -> str:
    if not review.unit.startswith("class:"):
        return short_name(name)
    letter = review.unit.split(":", 2)[2]
    return f"{letter if letter[:1].isdigit() or grade is None else f'{grade}{letter}'}, {short_name(name)}"


def _work(assessment: Assessment) -> str:
    grade = f", {assessment.grade} класс" if assessment.grade is not None else ""
    return f"{assessment.procedure} {academic_year(assessment.year)}, {assessment.subject}{grade}"
