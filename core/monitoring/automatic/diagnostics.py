"""Teachers in diagnostics: who was asked, who has deficits and of which kind, whose level rose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session, col, select

from core.diagnostics.contract import InstrumentView
from core.diagnostics.instrument_tables import CompetenceBlock
from core.diagnostics.loading import live_responses, wave_answers
from core.diagnostics.measuring import deficits, shares_of_points
from core.diagnostics.wave_tables import DiagnosticWave
from core.monitoring.automatic.counted import ByOrganisation, RecordKind, ones
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import auto
from core.monitoring.reporting_year import ReportingYear
from core.people.scope import Scope
from core.store.answers import kept_answer


@dataclass(frozen=True, slots=True)
class _Answered:
    """What one teacher's answers in one wave say."""

    held_on: date
    instrument: InstrumentView
    share: float
    """Of the possible points, 0..1."""
    lacks: bool
    blocks: frozenset[CompetenceBlock]
    """Kinds of competences with a deficit."""


@auto("diagnosed", RecordKind.ANSWERED)
def diagnosed(records: Records) -> ByOrganisation:
    """Count the teachers of each school who answered in a wave of the year."""
    found = _answers(records)
    return {school: ones(found.keys() & staff, staff) for school, staff in records.staff.items()}


@auto("with_deficit", RecordKind.ANSWERED)
def with_deficit(records: Records) -> ByOrganisation:
    """Count those who answered so that some question shows a deficit."""
    return _share(records, lambda one: one.lacks)


@auto("with_deficit_subject", RecordKind.ANSWERED)
def with_deficit_subject(records: Records) -> ByOrganisation:
    """Count those with a deficit in a competence of the subject."""
    return _share(records, lambda one: CompetenceBlock.SUBJECT in one.blocks)


@auto("with_deficit_methodical", RecordKind.ANSWERED)
def with_deficit_methodical(records: Records) -> ByOrganisation:
    """Count those with a deficit in a methodical competence."""
    return _share(records, lambda one: CompetenceBlock.METHODICAL in one.blocks)


@auto("with_deficit_psychological", RecordKind.ANSWERED)
def with_deficit_psychological(records: Records) -> ByOrganisation:
    """Count those with a deficit in a psychological competence."""
    return _share(records, lambda one: CompetenceBlock.PSYCHOLOGICAL in one.blocks)


@auto("with_deficit_communicative", RecordKind.ANSWERED)
def with_deficit_communicative(records: Records) -> ByOrganisation:
    """Count those with a deficit in a communicative competence."""
    return _share(records, lambda one: CompetenceBlock.COMMUNICATIVE in one.blocks)


@auto("level_risen", RecordKind.ANSWERED)
def level_risen(records: Records) -> ByOrganisation:
    """Count those whose level rose between the first and the last wave of an instrument in the year.

    Where an instrument has no levels, the share of points must have risen. Somebody with two instruments counts once:
    as risen when any of them says so.
    """
    twice: set[int] = set()
    risen: set[int] = set()
    for teacher, answers in _answers(records).items():
        by_instrument: dict[int, list[_Answered]] = defaultdict(list)
        for one in answers:
            by_instrument[one.instrument.id].append(one)
        for waves in by_instrument.values():
            days = [one.held_on for one in waves]
            if min(days) == max(days):
                continue
            twice.add(teacher)
            if _height(min(waves, key=lambda one: one.held_on)) < _height(max(waves, key=lambda one: one.held_on)):
                risen.add(teacher)
    return {school: ones(risen & staff, twice & staff) for school, staff in records.staff.items()}


def _height(answered: _Answered) -> float:
    """Return how high the level is: its border, or the share of points of an instrument without levels."""
    level = answered.instrument.level_of(answered.share)
    return answered.share if level is None else level.from_share


def _share(records: Records, counts: Callable[[_Answered], bool]) -> ByOrganisation:
    found = _answers(records)
    lacking = {teacher for teacher, answers in found.items() if any(map(counts, answers))}
    return {
        school: ones(lacking & staff, found.keys() & staff) for school, staff in records.staff.items()
    }


def _answers(records: Records) -> dict[int, list[_Answered]]:
    """Return what the teachers answered in the waves of the year; read once for all figures."""
    return _read_answers(records.session, Scope.local_administrator(), records.year)


@kept_answer
def _read_answers(session: Session, _scope: Scope, year: ReportingYear) -> dict[int, list[_Answered]]:
    query = select(DiagnosticWave).where(
        col(DiagnosticWave.deleted_at).is_(None), DiagnosticWave.held_on >= year.since,
        DiagnosticWave.held_on <= year.until,
    )
    found: dict[int, list[_Answered]] = defaultdict(list)
    for wave in session.exec(query.order_by(col(DiagnosticWave.held_on), col(DiagnosticWave.id))).all():
        rows = [row for row in session.exec(live_responses(wave.id or 0)) if row.teacher_id is not None]
        if not rows:
            continue
        answers = wave_answers(session, wave, rows)
        lacking, shares = deficits(answers), shares_of_points(answers)
        blocks = [item.competence.block if item.competence is not None else None for item in answers.items]
        for place, row in enumerate(rows):
            if not answers.answered[place].any():
                continue
            columns = np.nonzero(lacking[place])[0]
            kinds = frozenset(block for column in columns if (block := blocks[column]) is not None)
            found[row.teacher_id or 0].append(
                _Answered(wave.held_on, answers.instrument, float(shares[place]), bool(columns.size), kinds)
            )
    return found
