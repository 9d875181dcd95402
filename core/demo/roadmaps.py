"""Roadmaps of the demo: one under way, one on its way to approval, one still a draft, two of the year before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from core.analysis.tables import FieldReview
from core.demo.municipality import MUNICIPALITY, school_with
from core.demo.past_roadmaps import add_past_roadmaps
from core.demo.roadmap_rows import SCHOOL_OWNERS, SCHOOL_PROGRESS, SCHOOL_PROOFS, SCHOOL_ROWS, DemoProof
from core.demo.roadmap_steps import NOON, approval_step, by_number
from core.demo.teachers import MATHS, PHYSICS, DemoTeacher
from core.people.scope import Scope
from core.planning.access import id_of
from core.planning.drafting import draft_from_fields
from core.planning.field_links import link_field
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.snapshots import keep_snapshot
from core.planning.storing_tables import store_rows
from core.planning.tables import (
    ApprovalKind,
    Evidence,
    EvidenceKind,
    Measure,
    Remark,
    Roadmap,
    RoadmapState,
    SnapshotReason,
)
from core.store.attachments import keep
from core.store.file_kinds import file_kind

_SCHOOL, _SMALL_SCHOOL = "edu990102", "edu990107"
_BEGIN, _END = date(2026, 9, 1), date(2027, 5, 31)


def add_roadmaps(
    session: Session, scope: Scope, units: Mapping[str, int], teachers: Sequence[DemoTeacher]
) -> int:
    """Add the roadmaps of the school year 2026/2027 and of the one before it; return how many.

    `units` are ids of organisations by code.

    Files of evidence are kept in the store's folder of attachments.
    """
    session.flush()
    reviews = _reviews(session)
    _approved_one(session, scope, units[_SCHOOL], reviews["геометрия"], _staff(teachers, _SCHOOL, MATHS))
    _agreed_one(
        session, scope, units[MUNICIPALITY.code], [reviews["площадь и периметр"], reviews["обыкновенные дроби"]]
    )
    physicists = _staff(teachers, _SMALL_SCHOOL, PHYSICS)
    _draft(session, scope, units[_SMALL_SCHOOL], reviews["тепловые явления"], physicists[0])
    return 3 + add_past_roadmaps(session, scope, units, reviews)


def _staff(teachers: Sequence[DemoTeacher], school: str, subject: str) -> list[int]:
    """Return the ids of a school's teachers of a subject, the most experienced first."""
    found = [one for one in teachers if (one.school, one.subject) == (school, subject)]
    return [one.id for one in sorted(found, key=lambda one: -one.experience)]


def _reviews(session: Session) -> dict[str, int]:
    """Return the latest decision on each key."""
    rows = session.exec(select(FieldReview).order_by(col(FieldReview.decided_at)))
    return {row.key: row.id for row in rows if row.id is not None}


def _approved_one(
    session: Session, scope: Scope, school: int, review_id: int, mathematicians: Sequence[int]
) -> None:
    roadmap = create_roadmap(
        session, scope,
        RoadmapDraft(
            school, "Дорожная карта по повышению качества обучения геометрии на 2026/2027 учебный год", _BEGIN, _END,
            subject="Математика", goal="Довести выполнение заданий ОГЭ по геометрии до районного уровня",
        ),
    )
    measures, _notes = store_rows(session, roadmap, SCHOOL_ROWS)
    for measure in measures:
        measure.deadline_written_on = _BEGIN
    rows = by_number(session, roadmap)
    for number, places in SCHOOL_OWNERS.items():
        owner, *others = (mathematicians[place] for place in places)
        rows[number].owner_teacher_id, rows[number].co_owner_teacher_ids = owner, others
    for number in ("2.1", "4.1"):
        link_field(session, scope, id_of(rows[number]), review_id)
    name = school_with(_SCHOOL).name
    approval_step(
        session, roadmap, ApprovalKind.AGREED_BY_COUNCIL, date(2026, 8, 28), "Методический совет", "Председатель",
        "В. С. Лаптева", protocol="1",
    )
    snapshot = keep_snapshot(session, scope, roadmap, SnapshotReason.APPROVAL)
    snapshot.taken_at = datetime.combine(_BEGIN, NOON)
    session.add(snapshot)
    step = approval_step(
        session, roadmap, ApprovalKind.APPROVED, _BEGIN, name, "Директор", "Н. А. Огнева", order="112-о"
    )
    step.snapshot_id = snapshot.id
    roadmap.state, roadmap.approved_edition = RoadmapState.APPROVED, roadmap.edition
    session.add(roadmap)
    for number, now in SCHOOL_PROGRESS.items():
        measure = rows[number]
        measure.status, measure.status_note = now.status, now.note
        measure.progress, measure.done_on, measure.value = now.progress, now.done_on, now.value
        if now.deadline:
            measure.former_deadline, measure.deadline_text = measure.deadline_text, now.deadline
        session.add(measure)
    session.add_all(_proof(rows[proof.number], proof) for proof in SCHOOL_PROOFS)
    session.flush()


def _agreed_one(session: Session, scope: Scope, municipality: int, review_ids: Sequence[int]) -> None:
    roadmap = draft_from_fields(
        session, scope,
        RoadmapDraft(
            municipality, "Дорожная карта по устранению проблемных полей начальной и основной школы, математика",
            date(2026, 12, 1), date(2027, 11, 30), subject="Математика",
            goal="Снять системные проблемные поля ВПР по математике в 4–5 классах",
        ),
        review_ids,
    )
    _write_on(session, roadmap, date(2026, 11, 16))
    approval_step(
        session, roadmap, ApprovalKind.AGREED_BY_COUNCIL, date(2026, 11, 19), "Районный методический совет",
        "Председатель", "Л. И. Громова", protocol="3",
    )
    roadmap.state = RoadmapState.AGREED_BY_COUNCIL
    session.add_all(
        (
            roadmap,
            Remark(
                organisation_id=municipality, roadmap_id=id_of(roadmap), edition=roadmap.edition,
                text="Укажите школы, где пройдут открытые уроки.", author="Специалист управления образования",
                written_at=datetime.combine(date(2026, 11, 20), NOON),
            ),
        )
    )
    session.flush()


def _draft(session: Session, scope: Scope, school: int, review_id: int, physicist: int) -> None:
    roadmap = draft_from_fields(
        session, scope,
        RoadmapDraft(
            school, "Дорожная карта по физике: тепловые явления", date(2026, 12, 1), _END, subject="Физика",
        ),
        [review_id],
    )
    section = by_number(session, roadmap)["1"]
    session.add(
        Measure(
            organisation_id=school, roadmap_id=id_of(roadmap), parent_id=section.id, position=10.0,
            title="Дооснащение кабинета физики для фронтальных опытов", deadline_text="когда поступят средства",
            indicator="Наличие оборудования по перечню", owner_post="Директор", co_owner_teacher_ids=[physicist],
        )
    )
    _write_on(session, roadmap, date(2026, 11, 20))


def _write_on(session: Session, roadmap: Roadmap, day: date) -> None:
    """Set the day on which the deadlines were written, the same in every demo."""
    for measure in by_number(session, roadmap).values():
        measure.deadline_written_on = day
        session.add(measure)
    session.flush()


def _proof(measure: Measure, proof: DemoProof) -> Evidence:
    common = Evidence(
        organisation_id=measure.organisation_id, measure_id=id_of(measure), kind=EvidenceKind.LINK, title=proof.title,
        url=proof.url, added_at=datetime.combine(proof.added_on, NOON), added_by="Заместитель директора школы № 2",
    )
    if not proof.text:
        return common
    content, name = proof.text.encode(), f"{proof.title}.txt"
    kind = file_kind(name, content)
    common.kind, common.file_name, common.media_type = EvidenceKind.FILE, name, kind.media_type
    common.stored_name, common.size = keep(content, kind.ending), len(content)
    common.sha256 = hashlib.sha256(content).hexdigest()
    return common
