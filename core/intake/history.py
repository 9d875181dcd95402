"""What is stored: uploads with what they brought, works, and who has not sent what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.intake.plans import plans_of
from core.intake.suppression import class_sizes, hidden_by_work, hidden_uploads
from core.intake.tables import Assessment, ClassWork, ReferenceRow, Upload, UploadState
from core.intake.visible import CLASS_COLUMNS
from core.intake.works import live_works
from core.people.hidden_units import WHOLE, organisation_key
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import Organisation
from core.store.answers import shared_answer
from core.store.live import live_row


@dataclass(frozen=True, slots=True)
class UploadSummary:
    """One line of the upload history."""

    id: int
    file_name: str
    uploaded_at: datetime
    uploaded_by: str
    state: UploadState
    layout: str
    works: str
    """«ВПР Математика 4 класс 2026», several separated by commas."""
    participants: int
    """0 where the number is hidden."""
    schools: int
    hidden: Hidden = Hidden.NO
    """Why the number of participants is not shown."""


@dataclass(frozen=True, slots=True)
class WorkSummary:
    """One stored work with its size, as far as the scope sees it."""

    id: int
    procedure: str
    subject: str
    grade: int | None
    year: int
    title: str
    participants: int
    """0 where the number is hidden."""
    absent: int
    items: int
    classes: int
    schools: int
    has_blueprint: bool
    hidden: Hidden = Hidden.NO
    """Why the number of participants is not shown: the actor sees only a few participants of others' schools."""

    @property
    def name(self) -> str:
        """Return the name as people say it: «ВПР, Математика, 4 класс, 2026»."""
        return assessment_name(self.procedure, self.subject, self.grade, self.year, self.title)


def assessment_name(procedure: str, subject: str, grade: int | None, year: int, title: str = "") -> str:
    """Return «ВПР, Математика, 4 класс, 2026», with the title where a work has one."""
    parts = [procedure, subject, f"{grade} класс" if grade is not None else "", str(year), title]
    return ", ".join(part for part in parts if part)


@shared_answer
def list_works(session: Session, scope: Scope) -> list[WorkSummary]:
    """Return the stored works with at least one class in the scope: the newest year first, then by name."""
    scope = scope.require(Action.VIEW)
    every = live_works(session)
    sizes = class_sizes(session, scope, every)
    works = {work.id: work for work in every if work.id is not None and work.id in sizes}
    plans = plans_of(session, scope, list(works.values()))
    hidden = hidden_by_work(session, scope, works, {work_id: size.classes for work_id, size in sizes.items()})
    whole = {work_id: units.get(WHOLE, Hidden.NO) for work_id, units in hidden.items()}
    found = [
        WorkSummary(
            id=work_id,
            procedure=work.procedure,
            subject=work.subject,
            grade=work.grade,
            year=work.year,
            title=work.title,
            participants=0 if whole.get(work_id) else sum(sizes[work_id].classes.values()),
            absent=sizes[work_id].absent,
            items=len(work.item_codes),
            classes=len(sizes[work_id].classes),
            schools=len({school_id for school_id, _ in sizes[work_id].classes}),
            has_blueprint=work_id in plans,
            hidden=whole.get(work_id, Hidden.NO),
        )
        for work_id, work in works.items()
    ]
    return sorted(found, key=lambda work: (-work.year, work.procedure, work.subject, work.grade or 0, work.id))


def get_assessment(session: Session, scope: Scope, assessment_id: int) -> Assessment:
    """Return the work; raise NotFound when none of its classes lies in the scope."""
    work = live_row(session, Assessment, assessment_id, "Работа")
    query = (
        select(ClassWork.id)
        .join(Assessment, col(Assessment.id) == ClassWork.assessment_id)
        .where(ClassWork.assessment_id == assessment_id, col(ClassWork.deleted_at).is_(None))
    )
    if session.exec(scope.within_classes(query, CLASS_COLUMNS)).first() is None:
        raise NotFound("Работа")
    return work


def list_uploads(session: Session, scope: Scope, limit: int = 100) -> list[UploadSummary]:
    """Return the latest uploads of which the scope sees at least one class, the newest first."""
    scope = scope.require(Action.VIEW)
    classes = scope.within(
        select(ClassWork.upload_id, ClassWork.school_id, Assessment).join(
            Assessment, col(Assessment.id) == ClassWork.assessment_id
        ),
        col(ClassWork.school_id),
        col(Assessment.subject),
    )
    works: dict[int, dict[str, None]] = {}
    schools: dict[int, set[int]] = {}
    for upload_id, school_id, work in session.exec(classes):
        name = assessment_name(work.procedure, work.subject, work.grade, work.year, work.title)
        works.setdefault(upload_id, {})[name] = None
        schools.setdefault(upload_id, set()).add(school_id)
    for row in session.exec(select(ReferenceRow).where(col(ReferenceRow.upload_id).not_in(works or {0}))):
        if _sees_report(scope, row):
            name = assessment_name(row.procedure, row.subject, row.grade, row.year)
            works.setdefault(row.upload_id, {})[f"{name} (сводный отчёт)"] = None
    uploads = session.exec(
        select(Upload).where(col(Upload.id).in_(works)).order_by(col(Upload.id).desc()).limit(limit)
    ).all()
    hidden = hidden_uploads(session, scope, [upload.id or 0 for upload in uploads])
    return [
        UploadSummary(
            id=upload.id or 0,
            file_name=upload.file_name,
            uploaded_at=upload.uploaded_at,
            uploaded_by=upload.uploaded_by,
            state=upload.state,
            layout=upload.layout,
            works="; ".join(works[upload.id or 0]),
            participants=0 if upload.id in hidden else upload.participants,
            schools=len(schools.get(upload.id or 0, ())),
            hidden=hidden.get(upload.id or 0, Hidden.NO),
        )
        for upload in uploads
    ]


@dataclass(frozen=True, slots=True)
class Completeness:
    """Who has sent what: schools × works of one year. `participants[school][work]` is absent where nothing came."""

    schools: list[Organisation]
    works: list[WorkSummary]
    participants: dict[int, dict[int, int]]
    """0 where the number is hidden."""
    hidden: dict[int, dict[int, Hidden]]
    """`hidden[school][work]`: why the number is not shown; absent where it is."""


def completeness(session: Session, scope: Scope, year: int) -> Completeness:
    """Return the board of uploads of a year for the schools of the scope."""
    scope = scope.require(Action.VIEW)
    works = [work for work in list_works(session, scope) if work.year == year]
    listed = {work.id for work in works}
    rows = live_works(session, lambda one: one.id in listed)
    stored = {row.id or 0: row for row in rows}
    sizes = class_sizes(session, scope, rows)
    units = hidden_by_work(session, scope, stored, {work_id: size.classes for work_id, size in sizes.items()})
    sent: dict[int, dict[int, int]] = {}
    hidden: dict[int, dict[int, Hidden]] = {}
    for work_id, size in sizes.items():
        for (school_id, _class_name), participants in size.classes.items():
            of_school = sent.setdefault(school_id, {})
            of_school[work_id] = of_school.get(work_id, 0) + participants
        for school_id in {school_id for school_id, _ in size.classes}:
            why = units.get(work_id, {}).get(organisation_key(school_id), Hidden.NO)
            if why is not Hidden.NO:
                sent[school_id][work_id] = 0
                hidden.setdefault(school_id, {})[work_id] = why
    return Completeness(load_tree(session, scope).schools(), works, sent, hidden)


def _sees_report(scope: Scope, row: ReferenceRow) -> bool:
    """Say whether a row of an aggregated report is about an organisation of the scope, or was brought by one."""
    if row.owner_id is not None and scope.sees_organisation(row.owner_id):
        return True
    if row.organisation_id is None:
        return scope.organisations is None
    return scope.sees_results(row.organisation_id, row.subject)
