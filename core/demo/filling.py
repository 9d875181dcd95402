"""Filling an empty store with the demo municipality."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, select

from core.demo.cycles import add_cycles
from core.demo.development import add_development
from core.demo.diagnostics import add_diagnostics
from core.demo.indicators import add_indicators
from core.demo.meetings import add_meetings
from core.demo.mentorship import add_mentorship
from core.demo.municipality import MUNICIPALITY, NEIGHBOUR, REGION, SCHOOLS
from core.demo.neighbour import add_neighbour
from core.demo.plans import seed_demo_plans, work_plan
from core.demo.planted import PLANTED, PlantedField, is_missing
from core.demo.practices import add_practices
from core.demo.recommendations import add_recommendations
from core.demo.references import GroupNumbers, group_numbers
from core.demo.reviews import StoredWork, add_reviews
from core.demo.roadmaps import add_roadmaps
from core.demo.school_associations import add_school_associations
from core.demo.simulation import simulate_work
from core.demo.teachers import add_teachers
from core.demo.teaching import add_teaching
from core.demo.works import WORKS, YEARS, DemoWork
from core.diagnostics.seeding import seed_diagnostics
from core.errors import InvalidInput
from core.intake.contract import ItemSpec
from core.intake.packing import pack_class
from core.intake.resolving import items_key
from core.intake.tables import Assessment, ClassWork, ReferenceRow, Upload
from core.monitoring.seeding import seed_indicators
from core.people.organisations import create_organisation
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.audit import insert_created
from core.words import plural

DEFAULT_SEED = 2026
LAYOUT = "demo"
AUTHOR = "Учебные данные"
_PROCESSING = timedelta(days=21)
"""How long after the work its results come."""
_MORNING = time(6, 40, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What `fill_demo` stored; `planted` are the weaknesses that the analysis should find."""

    schools: int
    works: int
    classes: int
    participants: int
    uploads: int
    reference_rows: int
    reviews: int
    roadmaps: int
    meetings: int
    recommendations: int
    practices: int
    teachers: int
    respondents: int
    mentorships: int
    enrolments: int
    indicator_values: int
    cycles: int
    planted: tuple[PlantedField, ...] = PLANTED

    def __str__(self) -> str:
        """Return the summary in Russian."""
        parts = (
            plural(self.schools, "школа", "школы", "школ"),
            plural(self.works, "работа", "работы", "работ") + f" за {YEARS[0]}–{YEARS[-1]} годы",
            plural(self.classes, "протокол класса", "протокола классов", "протоколов классов"),
            plural(self.participants, "результат", "результата", "результатов"),
            plural(self.roadmaps, "дорожная карта", "дорожные карты", "дорожных карт"),
            plural(self.meetings, "заседание", "заседания", "заседаний"),
            plural(self.recommendations, "рекомендация", "рекомендации", "рекомендаций"),
            plural(self.practices, "практика", "практики", "практик"),
            plural(self.teachers, "педагог", "педагога", "педагогов"),
            plural(self.respondents, "ответ на анкеты", "ответа на анкеты", "ответов на анкеты"),
            plural(self.mentorships, "наставническая пара", "наставнические пары", "наставнических пар"),
            plural(self.cycles, "управленческий цикл", "управленческих цикла", "управленческих циклов"),
        )
        return f"Учебный муниципалитет готов: {MUNICIPALITY.name}, {REGION.name} (вымышлены); {', '.join(parts)}."


def fill_demo(session: Session, scope: Scope, seed: int = DEFAULT_SEED) -> DemoSummary:
    """Store the demo municipality: organisations, three years of works, reference rows, decisions, roadmaps and
    recommendations.

    The same seed gives the same data. Raise InvalidInput when the store already holds organisations or uploads,
    NotAllowed when the scope may not administer the system.
    """
    scope.require(Action.MANAGE)
    _require_empty(session)
    seed_demo_plans(session)
    seed_diagnostics(session)
    seed_indicators(session)
    units = _create_organisations(session, scope)
    teachers = add_teachers(session, seed, units)
    works: list[StoredWork] = []
    references = 0
    for year in YEARS:
        for work in WORKS:
            stored = _store_work(session, seed, work, year, units)
            works.append(stored)
            if work.is_vpr:
                references += _store_reports(session, seed, stored, units)
    add_teaching(session, units, teachers)
    reviews = add_reviews(session, works, units)
    respondents = add_diagnostics(session, seed, units, teachers)
    roadmaps = add_roadmaps(session, scope, units, teachers)
    meetings = add_meetings(session, scope, units)
    recommendations = add_recommendations(session, scope, works, units)
    library = add_practices(session, scope, units)
    pairs = add_mentorship(session, seed, units, teachers)
    enrolments = add_development(session, units, teachers)
    session.flush()
    values = add_indicators(session, seed, units)
    roadmaps += add_neighbour(session, scope, units)
    meetings += add_school_associations(session, scope, units, teachers)
    session.flush()
    cycles = add_cycles(session, scope, units, teachers)
    return DemoSummary(
        schools=len(SCHOOLS),
        works=len(works),
        classes=sum(len(stored.classes) for stored in works),
        participants=sum(len(one.part.codes) for stored in works for one in stored.classes),
        uploads=len(works) + 2 * sum(stored.work.is_vpr for stored in works),
        reference_rows=references,
        reviews=reviews,
        roadmaps=roadmaps,
        meetings=meetings,
        recommendations=recommendations,
        practices=library.practices,
        teachers=len(teachers),
        respondents=respondents,
        mentorships=pairs,
        enrolments=enrolments,
        indicator_values=values,
        cycles=cycles,
    )


def _require_empty(session: Session) -> None:
    for table in (Organisation, Upload, Assessment):
        if session.exec(select(table.id).limit(1)).first() is not None:
            raise InvalidInput(
                "Учебный муниципалитет можно создать только в пустом хранилище, а в этом уже есть данные.",
                "Создайте для учебных данных отдельное хранилище: задайте переменной QUALITY_STORE другую папку.",
            )


def _create_organisations(session: Session, scope: Scope) -> dict[str, int]:
    """Create the tree; return the ids of all organisations by code."""
    ids: dict[str, int] = {}
    parent: int | None = None
    for unit, kind in ((REGION, OrganisationKind.REGION), (MUNICIPALITY, OrganisationKind.MUNICIPALITY)):
        made = create_organisation(session, scope, code=unit.code, name=unit.name, kind=kind, parent_id=parent)
        parent = ids[unit.code] = made.id or 0
    for school in SCHOOLS:
        made = create_organisation(
            session, scope, code=school.code, name=school.name, kind=OrganisationKind.SCHOOL, parent_id=parent
        )
        ids[school.code] = made.id or 0
    made = create_organisation(
        session, scope, code=NEIGHBOUR.code, name=NEIGHBOUR.name, kind=OrganisationKind.MUNICIPALITY,
        parent_id=ids[REGION.code],
    )
    ids[NEIGHBOUR.code] = made.id or 0
    return ids


def _store_work(session: Session, seed: int, work: DemoWork, year: int, units: dict[str, int]) -> StoredWork:
    """Store one work of one year with the classes of all schools whose results came."""
    plan = work_plan(session, work, year)
    classes = tuple(
        one for one in simulate_work(seed, work, year, plan) if not is_missing(work, year, one.school)
    )
    specs = tuple(ItemSpec(item.code, item.max_score, item.level) for item in plan.items)
    assessment = Assessment(
        procedure=work.procedure,
        subject=work.subject,
        grade=work.grade,
        year=year,
        held_on=work.days[year],
        item_codes=[spec.code for spec in specs],
        item_maxima=[spec.max_score for spec in specs],
        item_levels=[spec.level if work.is_vpr else None for spec in specs],
        items_key=items_key(specs),
        blueprint_id=plan.blueprint_id,
    )
    upload = _upload(
        seed, work.file_name(year), work.days[year],
        participants=sum(len(one.part.codes) for one in classes), absent=sum(one.absent for one in classes),
    )
    session.add_all((assessment, upload))
    session.flush()
    rows = [
        pack_class(
            one.part, assessment_id=assessment.id or 0, school_id=units[one.school.code], upload_id=upload.id or 0,
            absent=one.absent,
        )
        for one in classes
    ]
    insert_created(session, ClassWork, rows)
    return StoredWork(work, year, plan, classes, assessment.id or 0)


def _store_reports(session: Session, seed: int, stored: StoredWork, units: dict[str, int]) -> int:
    """Store the two aggregated reports of a ВПР as reference rows; return their number."""
    work, year = stored.work, stored.year
    groups = group_numbers(seed, work, year, stored.plan, stored.classes)
    count = 0
    for kind, report in (("items", "Выполнение заданий"), ("marks", "Статистика по отметкам")):
        upload = _upload(seed, work.report_name(year, report), work.days[year])
        session.add(upload)
        session.flush()
        rows = [_reference_row(upload, stored, kind, numbers, units) for numbers in groups]
        session.add_all(rows)
        count += len(rows)
    return count


def _reference_row(
    upload: Upload, stored: StoredWork, kind: str, numbers: GroupNumbers, units: dict[str, int]
) -> ReferenceRow:
    group = numbers.group
    return ReferenceRow(
        upload_id=upload.id or 0,
        procedure=stored.work.procedure,
        subject=stored.work.subject,
        grade=stored.work.grade,
        year=stored.year,
        kind=kind,
        group_name=group.name,
        group_level=group.level,
        group_code=group.code,
        organisation_id=units.get(group.code or ""),
        schools=numbers.schools,
        participants=numbers.participants,
        values=numbers.items if kind == "items" else numbers.marks,
    )


def _upload(seed: int, file_name: str, held_on: date, participants: int = 0, absent: int = 0) -> Upload:
    """Return the record of a file that could have brought the results three weeks after the work."""
    return Upload(
        file_name=file_name,
        sha256=hashlib.sha256(f"{LAYOUT}|{seed}|{file_name}".encode()).hexdigest(),
        layout=LAYOUT,
        uploaded_at=datetime.combine(held_on + _PROCESSING, _MORNING),
        uploaded_by=AUTHOR,
        participants=participants,
        absent=absent,
    )
