"""The stored rows of one instrument, with their versions, for the grids that change them."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.diagnostics.editing import get_instrument
from core.diagnostics.instrument_tables import InstrumentAnswer, InstrumentItem, InstrumentLevel
from core.people.scope import Scope


def item_rows(session: Session, scope: Scope, instrument_id: int) -> list[InstrumentItem]:
    """Return the items in their order; raise NotFound for an instrument that may not be read."""
    get_instrument(session, scope, instrument_id)
    query = select(InstrumentItem).where(
        InstrumentItem.instrument_id == instrument_id, col(InstrumentItem.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(InstrumentItem.position), col(InstrumentItem.id))))


def answer_rows(session: Session, scope: Scope, instrument_id: int) -> list[InstrumentAnswer]:
    """Return the answers of the scale from the lowest on; errors as in `item_rows`."""
    get_instrument(session, scope, instrument_id)
    query = select(InstrumentAnswer).where(InstrumentAnswer.instrument_id == instrument_id)
    return list(session.exec(query.order_by(col(InstrumentAnswer.score), col(InstrumentAnswer.id))))


def level_rows(session: Session, scope: Scope, instrument_id: int) -> list[InstrumentLevel]:
    """Return the levels from the lowest on; errors as in `item_rows`."""
    get_instrument(session, scope, instrument_id)
    query = select(InstrumentLevel).where(InstrumentLevel.instrument_id == instrument_id)
    return list(session.exec(query.order_by(col(InstrumentLevel.from_share), col(InstrumentLevel.id))))
