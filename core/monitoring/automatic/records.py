"""The records that calculations share: read once for an area and a year, whoever asks.

A figure of a unit is the same for everybody who may see it, so it is counted from all records of the unit. What a
person is shown of them is decided afterwards (`core.monitoring.access`, `core.monitoring.hiding`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session, col, select

from core.analysis.loading import load_works
from core.analysis.tables import FieldReview, ReviewState
from core.analysis.work import Work
from core.intake.tables import Assessment
from core.intake.works import live_works
from core.monitoring.reporting_year import ReportingYear
from core.people.actions import Action
from core.people.association_tables import AssociationMember
from core.people.scope import Scope
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import YOUNG_YEARS, experience_on
from core.planning.tables import Measure, MeasureField, MeasureKind, Roadmap
from core.support.figures import Helping, Job
from core.support.state import helping_by_organisation, jobs_of_everybody


@dataclass(frozen=True)
class Records:
    """What is stored about the organisations of an area in a reporting year; each part is read when it is asked for."""

    session: Session
    year: ReportingYear
    organisations: frozenset[int]
    """The unit with everything below it, as of the year."""
    schools: frozenset[int]

    @property
    def scope(self) -> Scope:
        """Return a scope that sees the results of these organisations and nothing else."""
        return Scope(
            None, "Показатели", self.organisations, self.organisations, None, None, frozenset({Action.VIEW})
        )

    @cached_property
    def jobs(self) -> dict[int, list[Job]]:
        """Jobs, also past ones, by school."""
        found: dict[int, list[Job]] = {school: [] for school in self.schools}
        for job in jobs_of_everybody(self.session):
            if job.organisation in found:
                found[job.organisation].append(job)
        return found

    @cached_property
    def staff(self) -> dict[int, frozenset[int]]:
        """Teachers who worked in each school on the day of lists."""
        return {
            school: frozenset(job.teacher for job in jobs if job.holds(self.year.day))
            for school, jobs in self.jobs.items()
        }

    @cached_property
    def young(self) -> dict[int, frozenset[int]]:
        """Teachers of each school with 0–3 years of experience on the day of lists."""
        people = self.session.exec(
            select(Teacher)
            .join(Employment, col(Employment.teacher_id) == Teacher.id)
            .where(col(Teacher.deleted_at).is_(None), col(Employment.organisation_id).in_(self.schools))
        )
        years = {one.id or 0: experience_on(one, self.year.day) for one in people}
        beginners = {key for key, one in years.items() if one is not None and one <= YOUNG_YEARS}
        return {school: teachers & beginners for school, teachers in self.staff.items()}

    @cached_property
    def helping(self) -> dict[int, list[Helping]]:
        """Mentorships by the organisation that gave the order; all, because a mentor may come from elsewhere."""
        return helping_by_organisation(self.session)

    @cached_property
    def memberships(self) -> frozenset[int]:
        """Teachers who belonged to an association on the day of lists."""
        day = self.year.day
        query = select(AssociationMember.teacher_id).where(
            AssociationMember.valid_from <= day,
            col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > day),
        )
        return frozenset(self.session.exec(query))

    @cached_property
    def works(self) -> list[Work]:
        """The works of the year with the classes of the area."""
        return self.works_of(self.year.year)

    def works_of(self, year: int) -> list[Work]:
        """Return the works of another year with the classes of the area."""
        return load_works(self.session, self.scope, live_works(self.session, lambda one: one.year == year))

    def confirmed_fields(self, year: int) -> list[FieldReview]:
        """Return the problem fields that people confirmed in works of a year."""
        query = (
            select(FieldReview)
            .join(Assessment, col(Assessment.id) == FieldReview.assessment_id)
            .where(
                Assessment.year == year, col(Assessment.deleted_at).is_(None), col(FieldReview.deleted_at).is_(None),
                FieldReview.state == ReviewState.CONFIRMED,
                col(FieldReview.organisation_id).in_(self.organisations),
            )
        )
        return list(self.session.exec(query.order_by(col(FieldReview.id))))

    @cached_property
    def roadmaps(self) -> dict[int, Roadmap]:
        """Roadmaps of the area whose period touches the year, by id."""
        query = select(Roadmap).where(
            col(Roadmap.deleted_at).is_(None), col(Roadmap.organisation_id).in_(self.organisations),
            Roadmap.starts_on <= self.year.until, Roadmap.ends_on >= self.year.since,
        )
        return {row.id or 0: row for row in self.session.exec(query)}

    @cached_property
    def measures(self) -> dict[int, list[Measure]]:
        """Measures, without sections, of those roadmaps by roadmap."""
        query = select(Measure).where(
            col(Measure.roadmap_id).in_(self.roadmaps), col(Measure.deleted_at).is_(None),
            Measure.kind == MeasureKind.MEASURE,
        )
        found: dict[int, list[Measure]] = defaultdict(list)
        for row in self.session.exec(query):
            found[row.roadmap_id].append(row)
        return found

    @cached_property
    def measured_fields(self) -> frozenset[tuple[int, str, str, str]]:
        """Problem fields (work, unit, kind, key) to which some living measure answers."""
        query = (
            select(MeasureField.assessment_id, MeasureField.unit, MeasureField.kind, MeasureField.key)
            .join(Measure, col(Measure.id) == MeasureField.measure_id)
            .join(Roadmap, col(Roadmap.id) == Measure.roadmap_id)
            .where(
                col(MeasureField.deleted_at).is_(None), col(Measure.deleted_at).is_(None),
                col(Roadmap.deleted_at).is_(None),
            )
        )
        return frozenset((work, unit, kind, key) for work, unit, kind, key in self.session.exec(query))
