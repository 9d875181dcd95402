"""Threshold presets: which one is offered for a procedure."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.blueprints.dictionaries import procedures
from core.blueprints.tables import Origin, ThresholdPreset
from core.people.scope import Action, Scope

_LAST_DAY_OF_SCHOOL_YEAR = (8, 31)


def presets(session: Session) -> list[ThresholdPreset]:
    """Return every preset that is not deleted, by name."""
    query = select(ThresholdPreset).where(col(ThresholdPreset.deleted_at).is_(None))
    return list(session.exec(query.order_by(col(ThresholdPreset.name))))


def list_presets(session: Session, scope: Scope, *, deleted: bool = False) -> list[ThresholdPreset]:
    """Return the presets by name, or the deleted ones."""
    scope.require(Action.VIEW)
    there = col(ThresholdPreset.deleted_at)
    query = select(ThresholdPreset).where(there.is_not(None) if deleted else there.is_(None))
    return list(session.exec(query.order_by(col(ThresholdPreset.name))))


def presets_in_use(session: Session, scope: Scope, year: int) -> dict[str, ThresholdPreset | None]:
    """Return for each procedure of pupils the preset by which its works of the year are judged."""
    scope.require(Action.VIEW)
    names = [procedure.name for procedure in procedures().procedures if procedure.participants == "обучающиеся"]
    return {name: choose_preset(session, name, year) for name in names}


def choose_preset(session: Session, procedure: str, year: int) -> ThresholdPreset | None:
    """Return the preset for works of the procedure in the school year that ends in `year`; None without any preset.

    Presets that name the procedure go before others, those valid in the year before outdated ones, people's own
    before shipped ones; the name decides between equals, so that the choice never changes by itself.
    """
    known = presets(session)
    day = date(year, *_LAST_DAY_OF_SCHOOL_YEAR)
    named = [preset for preset in known if procedure in preset.procedures] or known
    return min(
        named, key=lambda one: (not _is_valid(one, day), one.origin is Origin.SHIPPED, one.name), default=None
    )


def _is_valid(preset: ThresholdPreset, day: date) -> bool:
    starts = preset.valid_from is None or preset.valid_from <= day
    return starts and (preset.valid_to is None or day <= preset.valid_to)
