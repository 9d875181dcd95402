"""A small district whose teachers answered a questionnaire, stored row by row, so that use cases are tested alone.

Mathematicians of school 1 (6) and school 2 (5), physicists of school 1 (2) and school 2 (7), one physicist of school 3.
Question «Q1» is hard for mathematicians, «Q2» for physicists, «Q3» for nobody; Q1 is linked to «дроби».
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from core.diagnostics.answers import pack_answers
from core.diagnostics.instrument_tables import (
    Competence,
    CompetenceBlock,
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentKind,
    InstrumentLevel,
)
from core.diagnostics.wave_tables import DiagnosticWave, Response, SurveyUpload, WaveKind
from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.people.teacher_tables import Employment, Teacher
from core.store.unit_of_work import writing

MATHS, PHYSICS = "Математика", "Физика"
SCALE = (("Необходима помощь", 1), ("Могу решить", 2), ("Успешно решаю", 3), ("Могу поделиться опытом", 4))
STAFF = ((1, MATHS, 6), (2, MATHS, 5), (1, PHYSICS, 2), (2, PHYSICS, 7), (3, PHYSICS, 1))
DAY = date(2026, 9, 1)


@dataclass
class District:
    """Ids by the names that the tests use; teachers are «Математика 1/0» — subject, school, number."""

    engine: Engine
    units: dict[str, int] = field(default_factory=dict)
    teachers: dict[str, int] = field(default_factory=dict)
    associations: dict[str, int] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    competences: list[int] = field(default_factory=list)
    wave: int = 0


def build_district(engine: Engine) -> District:
    """Store the district; everything is committed."""
    district = District(engine)
    with writing(engine, "подготовка теста") as session:
        _organisations(session, district)
        _teachers(session, district)
        _instrument(session, district)
        district.wave = add_wave(session, district, WaveKind.ENTRY, DAY, hard_answers)
    return district


def hard_answers(subject: str, number: int) -> list[int]:
    """Return a teacher's answers: the subject's own question is hard for the first three of each school."""
    mine = 1 if number < 3 else 4
    return [mine if subject == MATHS else 3, mine if subject == PHYSICS else 3, 3]


def add_wave(session: Session, district: District, kind: WaveKind, held_on: date, answers=hard_answers) -> int:
    """Store a wave in which everybody answered; return its id."""
    wave = DiagnosticWave(
        instrument_id=1, organisation_id=district.units["район"], kind=kind, held_on=held_on, title="Курс",
        item_ids=district.items,
    )
    session.add(wave)
    session.flush()
    upload = SurveyUpload(
        wave_id=wave.id or 0, organisation_id=district.units["район"], file_name="анкета.xlsx", sha256=str(wave.id)
    )
    session.add(upload)
    session.flush()
    for name, teacher_id in district.teachers.items():
        subject, place = name.split()
        school, number = place.split("/")
        packed, checksum = pack_answers(answers(subject, int(number)))
        mine = [district.associations[key] for key in _associations_of(subject, school)]
        session.add(
            Response(
                wave_id=wave.id or 0, upload_id=upload.id or 0, organisation_id=district.units[f"школа {school}"],
                teacher_id=teacher_id, code=name, subject=subject, association_ids=mine, consent=True, answers=packed,
                answers_checksum=checksum,
            )
        )
    return wave.id or 0


def _associations_of(subject: str, school: str) -> list[str]:
    found = [f"РМО {subject}"]
    if (subject, school) == (MATHS, "1"):
        found.append("ШМО математиков")
    return found


def _organisations(session: Session, district: District) -> None:
    kinds = {"район": OrganisationKind.MUNICIPALITY} | {f"школа {n}": OrganisationKind.SCHOOL for n in (1, 2, 3)}
    for name, kind in kinds.items():
        unit = Organisation(code=name, name=name, kind=kind)
        session.add(unit)
        session.flush()
        district.units[name] = unit.id or 0
        if kind is OrganisationKind.SCHOOL:
            session.add(OrganisationMembership(organisation_id=unit.id or 0, parent_id=district.units["район"]))


def _teachers(session: Session, district: District) -> None:
    for name, kind, owner, subject in (
        (f"РМО {MATHS}", AssociationKind.DISTRICT_ASSOCIATION, "район", MATHS),
        (f"РМО {PHYSICS}", AssociationKind.DISTRICT_ASSOCIATION, "район", PHYSICS),
        ("ШМО математиков", AssociationKind.SCHOOL_ASSOCIATION, "школа 1", MATHS),
    ):
        row = Association(organisation_id=district.units[owner], kind=kind, name=name, subjects=[subject])
        session.add(row)
        session.flush()
        district.associations[name] = row.id or 0
    for school, subject, count in STAFF:
        for number in range(count):
            name = f"{subject} {school}/{number}"
            teacher = Teacher(full_name=f"Учитель {name}", subjects=[subject], consent_given=number == 4)
            session.add(teacher)
            session.flush()
            district.teachers[name] = teacher.id or 0
            session.add(
                Employment(teacher_id=teacher.id or 0, organisation_id=district.units[f"школа {school}"])
            )
            for association in _associations_of(subject, str(school)):
                session.add(
                    AssociationMember(
                        association_id=district.associations[association], teacher_id=teacher.id or 0,
                        valid_from=date(2020, 1, 1),
                    )
                )


def _instrument(session: Session, district: District) -> None:
    instrument = Instrument(kind=InstrumentKind.QUESTIONNAIRE, name="Эффективность учителя")
    session.add(instrument)
    session.flush()
    key = instrument.id or 0
    assert key == 1
    for text, score in SCALE:
        session.add(
            InstrumentAnswer(
                instrument_id=key, text=text, score=score, is_deficit=score == 1, is_resource=score == 4
            )
        )
    for name, border, is_deficit in (("минимальный", 0.0, True), ("средний", 0.4, False), ("высокий", 0.8, False)):
        session.add(InstrumentLevel(instrument_id=key, name=name, from_share=border, is_deficit=is_deficit))
    for number, (subject, element) in enumerate(((MATHS, "дроби"), (PHYSICS, "сила"), ("", "")), start=1):
        competence = Competence(
            block=CompetenceBlock.METHODICAL, name=f"Компетенция {number}", subject=subject, element=element
        )
        session.add(competence)
        session.flush()
        district.competences.append(competence.id or 0)
        item = InstrumentItem(
            instrument_id=key, position=number, code=str(number), text=f"Q{number}", section="Раздел",
            competence_id=competence.id, maximum=4,
        )
        session.add(item)
        session.flush()
        district.items.append(item.id or 0)
