"""Shipped competences and instruments into the database, as `core.blueprints.seeding` does for blueprints."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from core.blueprints.shipped_rows import (
    ADDED,
    KEPT,
    SAME,
    UPDATED,
    SeedReport,
    Values,
    assign,
    digest_of,
    is_deleted,
    new_values,
    said,
    seed_row,
    shipped_rows,
)
from core.diagnostics.instrument_tables import (
    Competence,
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentLevel,
)
from core.diagnostics.records import InstrumentRecord
from core.diagnostics.reference import load_competences, load_instruments
from core.diagnostics.wave_tables import DiagnosticWave

_Part = InstrumentAnswer | InstrumentLevel | InstrumentItem


def seed_diagnostics(session: Session) -> SeedReport:
    """Put shipped competences and instruments into the database; run it at every start.

    What a person changed or deleted stays, and so does an instrument that was asked in a wave already: its answers
    would otherwise belong to other questions.
    """
    competences, instruments = load_competences(), load_instruments()
    report = SeedReport()
    known = shipped_rows(session, Competence)
    for key, record in competences.items():
        report += seed_row(session, known.get(key), key, record.values(), Competence)
    session.flush()
    ids = {key: row.id or 0 for key, row in shipped_rows(session, Competence).items()}
    stored = shipped_rows(session, Instrument)
    for name, instrument in instruments.items():
        report += _seed_instrument(session, stored.get(name), name, instrument, ids)
    return report


def _seed_instrument(
    session: Session, row: Instrument | None, key: str, record: InstrumentRecord, competences: dict[str, int]
) -> SeedReport:
    values = record.values()
    answers = [answer.values() for answer in record.answers]
    levels = [level.values() for level in record.levels]
    items = record.item_values(competences)
    digest = digest_of([values, *answers, *levels, *items])
    if row is None:
        row = Instrument.model_validate(new_values(values, key, digest))
        session.add(row)
        session.flush()
        _add_parts(session, row.id or 0, answers, levels, items)
        return ADDED
    if row.shipped_digest == digest:
        return SAME
    parts = _parts(session, row.id or 0)
    says = [said(row, values), *(said(part, _like(part, answers, levels, items)) for part in parts)]
    if is_deleted(row) or digest_of(says) != row.shipped_digest or _is_asked(session, row.id or 0):
        return KEPT
    assign(row, values)
    row.shipped_digest = digest
    session.add(row)
    for part in parts:
        session.delete(part)
    session.flush()
    _add_parts(session, row.id or 0, answers, levels, items)
    return UPDATED


def _add_parts(
    session: Session, instrument_id: int, answers: Sequence[Values], levels: Sequence[Values], items: Sequence[Values]
) -> None:
    own = {"instrument_id": instrument_id}
    session.add_all(InstrumentAnswer.model_validate({**values, **own}) for values in answers)
    session.add_all(InstrumentLevel.model_validate({**values, **own}) for values in levels)
    session.add_all(InstrumentItem.model_validate({**values, **own}) for values in items)


def _parts(session: Session, instrument_id: int) -> list[_Part]:
    """Return the answers, levels and items in the order in which a file names them."""
    own = (
        select(InstrumentAnswer)
        .where(InstrumentAnswer.instrument_id == instrument_id)
        .order_by(col(InstrumentAnswer.score)),
        select(InstrumentLevel)
        .where(InstrumentLevel.instrument_id == instrument_id)
        .order_by(col(InstrumentLevel.from_share)),
        select(InstrumentItem)
        .where(InstrumentItem.instrument_id == instrument_id, col(InstrumentItem.deleted_at).is_(None))
        .order_by(col(InstrumentItem.position)),
    )
    return [*session.exec(own[0]), *session.exec(own[1]), *session.exec(own[2])]


def _like(part: _Part, answers: Sequence[Values], levels: Sequence[Values], items: Sequence[Values]) -> Values:
    """Return a record of the same kind as the row; an empty one where the file has none of that kind."""
    if isinstance(part, InstrumentAnswer):
        return answers[0] if answers else {}
    return (levels[0] if levels else {}) if isinstance(part, InstrumentLevel) else items[0]


def _is_asked(session: Session, instrument_id: int) -> bool:
    asked = session.exec(select(DiagnosticWave.id).where(DiagnosticWave.instrument_id == instrument_id)).first()
    return asked is not None
