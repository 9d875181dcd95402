"""Questionnaires of the demo's teachers: a course in mathematics with its two waves, and a self-assessment of all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import numpy as np
from sqlmodel import Session, col, select

from core.demo.municipality import MUNICIPALITY
from core.demo.streams import Stream, generator
from core.demo.teachers import MATHS, PHYSICS, PRIMARY, DemoTeacher
from core.diagnostics.answers import pack_answers
from core.diagnostics.instrument_tables import Competence, Instrument, InstrumentItem
from core.diagnostics.remark_tables import AttestationRemark, DeficitConfirmation
from core.diagnostics.wave_tables import DiagnosticWave, Response, SurveyUpload, WaveKind
from core.people.teachers import code_name
from core.store.audit import insert_created

AUTHOR = "Учебные данные"
COURSE = "Курс «Трудные темы математики»"
_EFFICIENCY, _MATHS = "teacher-efficiency", "maths-teaching"
_USUAL = (0.08, 0.25)
"""Between these shares lie the difficulties that nobody planted."""
_RESOURCE = 0.3
_MORNING = time(7, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PlantedDeficit:
    """A difficulty that teachers of the subject share: the share in each wave of the instrument, on purpose.

    `place` is the number of the item in the instrument, from 1.
    """

    instrument: str
    subject: str
    place: int
    shares: tuple[float, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class DemoWave:
    """One wave; `number` counts the waves of the instrument from 0."""

    instrument: str
    number: int
    kind: WaveKind
    held_on: date
    title: str
    subjects: tuple[str, ...]
    """Who was asked; empty: everybody."""


WAVES = (
    DemoWave(_MATHS, 0, WaveKind.ENTRY, date(2025, 9, 15), COURSE, (MATHS,)),
    DemoWave(_MATHS, 1, WaveKind.FINAL, date(2026, 5, 18), COURSE, (MATHS,)),
    DemoWave(_EFFICIENCY, 0, WaveKind.ENTRY, date(2026, 10, 5), "Осенняя диагностика", ()),
)
PLANTED_DEFICITS = (
    PlantedDeficit(_MATHS, MATHS, 1, (0.64, 0.14), "обыкновенные дроби: курс помог, поле в 2026 году снято"),
    PlantedDeficit(_MATHS, MATHS, 4, (0.64, 0.57), "текстовая задача: трудность осталась, как и поле по типу заданий"),
    PlantedDeficit(_MATHS, MATHS, 9, (0.57, 0.57), "площадь и периметр: системное поле второй год"),
    PlantedDeficit(_EFFICIENCY, PRIMARY, 8, (0.61,), "учителя начальных классов: работа с детьми с ОВЗ"),
    PlantedDeficit(_EFFICIENCY, PHYSICS, 13, (0.75,), "учителя физики: исследования и проекты"),
)


def add_diagnostics(session: Session, seed: int, units: Mapping[str, int], teachers: Sequence[DemoTeacher]) -> int:
    """Add the waves, experts' remarks and what an association confirmed; return how many answered in all.

    The shipped instruments must be in the store. The same seed gives the same answers.
    """
    answered = sum(_add_wave(session, seed, wave, units, teachers) for wave in WAVES)
    _add_remarks(session, units, teachers)
    return answered


def _add_wave(
    session: Session, seed: int, planned: DemoWave, units: Mapping[str, int], teachers: Sequence[DemoTeacher]
) -> int:
    instrument = session.exec(select(Instrument).where(Instrument.shipped_key == planned.instrument)).one()
    items = session.exec(
        select(InstrumentItem)
        .where(InstrumentItem.instrument_id == instrument.id, col(InstrumentItem.deleted_at).is_(None))
        .order_by(col(InstrumentItem.position))
    ).all()
    asked = [one for one in teachers if not planned.subjects or one.subject in planned.subjects]
    owner = units[MUNICIPALITY.code]
    wave = DiagnosticWave(
        instrument_id=instrument.id or 0, organisation_id=owner, kind=planned.kind, held_on=planned.held_on,
        title=planned.title, item_ids=[item.id or 0 for item in items],
    )
    session.add(wave)
    session.flush()
    name = f"{planned.title}, {planned.kind.value}.xlsx"
    upload = SurveyUpload(
        wave_id=wave.id or 0, organisation_id=owner, file_name=name,
        sha256=hashlib.sha256(f"demo|{seed}|{name}".encode()).hexdigest(), uploaded_by=AUTHOR, respondents=len(asked),
        uploaded_at=datetime.combine(planned.held_on, _MORNING),
    )
    session.add(upload)
    session.flush()
    scores = _scores(seed, planned, asked, len(items))
    rows: list[dict[str, object]] = []
    for one, answers in zip(asked, scores, strict=True):
        blob, checksum = pack_answers(answers)
        rows.append(
            {
                "wave_id": wave.id, "upload_id": upload.id, "organisation_id": units[one.school],
                "teacher_id": one.id, "code": code_name(one.id), "subject": one.subject, "position": "учитель",
                "experience_years": one.experience, "association_ids": list(one.associations), "consent": True,
                "answers": blob, "answers_checksum": checksum, "version": 1,
            }
        )
    insert_created(session, Response, rows)
    return len(rows)


def _scores(seed: int, wave: DemoWave, asked: Sequence[DemoTeacher], items: int) -> np.ndarray:
    """Return teachers × items on the scale 1..4 with exactly the planted shares of the two low answers.

    Who finds an item hardest is the same in every wave of the instrument, so that people who learned are a part of
    those who could not.
    """
    scores = np.full((len(asked), items), 3, dtype=np.int8)
    instrument = [one.instrument for one in WAVES].index(wave.instrument)
    for number, subject in enumerate(sorted({one.subject for one in asked})):
        rows = np.array([row for row, one in enumerate(asked) if one.subject == subject])
        planted = {
            one.place: one.shares
            for one in PLANTED_DEFICITS
            if (one.instrument, one.subject) == (wave.instrument, subject)
        }
        for place in range(1, items + 1):
            rng = generator(seed, Stream.DIAGNOSTICS, instrument, number, place)
            order = rows[rng.permutation(rows.size)]
            usual = float(rng.uniform(*_USUAL))
            share = planted[place][wave.number] if place in planted else usual
            low = round(share * rows.size)
            scores[order[:low], place - 1] = np.where(np.arange(low) % 2, 2, 1)
            high = round(_RESOURCE * (rows.size - low))
            scores[order[rows.size - high :], place - 1] = 4
    return scores


def _add_remarks(session: Session, units: Mapping[str, int], teachers: Sequence[DemoTeacher]) -> None:
    """Add two remarks of experts and the confirmation of one corporate deficit by the association."""
    owner = units[MUNICIPALITY.code]
    competences = {row.shipped_key: row for row in session.exec(select(Competence)) if row.shipped_key}
    area, problems = competences["maths-area"], competences["maths-word-problems"]
    for text, competence, when in (
        (
            "На уроках площадь и периметр вычисляют по формулам без измерений и чертежа; практических задач мало.",
            area, date(2026, 3, 12),
        ),
        ("Условие задачи разбирает учитель, ученики не составляют модель сами.", problems, date(2026, 4, 16)),
    ):
        session.add(
            AttestationRemark(
                organisation_id=owner, subject=MATHS, competence_id=competence.id, element=competence.element,
                text=text, expert_group="Экспертная группа учителей математики", remarked_on=when,
                document="Справка по итогам аттестации, 2025/2026", written_by=AUTHOR,
            )
        )
    association = next(one.associations[0] for one in teachers if one.subject == MATHS)
    session.add(
        DeficitConfirmation(
            organisation_id=owner, association_id=association, subject=MATHS, competence_id=area.id,
            element=area.element, confirmed_on=date(2026, 6, 10), protocol="5",
            remark="Обсуждено вместе с результатами ВПР; решено провести практикум.", written_by=AUTHOR,
        )
    )
