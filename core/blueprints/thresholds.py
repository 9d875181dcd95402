"""Threshold presets: which one is offered for a procedure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from core.blueprints.dictionaries import procedures
from core.blueprints.tables import Origin, ThresholdPreset
from core.people.ownership import SHARED, Owners, owners_for, readable
from core.people.scope import Action, Scope

_LAST_DAY_OF_SCHOOL_YEAR = (8, 31)


def presets(session: Session, owners: Owners = SHARED) -> list[ThresholdPreset]:
    """Return every preset that counts for the owners: the most specific owner first, then by name."""
    query = select(ThresholdPreset).where(
        col(ThresholdPreset.deleted_at).is_(None), owners.among(col(ThresholdPreset.organisation_id))
    )
    found = session.exec(query.order_by(col(ThresholdPreset.name)))
    return sorted(found, key=lambda one: owners.rank(one.organisation_id))


def list_presets(session: Session, scope: Scope, *, deleted: bool = False) -> list[ThresholdPreset]:
    """Return the presets that the actor may read by name, or the deleted ones."""
    scope = scope.require(Action.VIEW)
    there = col(ThresholdPreset.deleted_at)
    query = select(ThresholdPreset).where(there.is_not(None) if deleted else there.is_(None))
    limit = readable(session, scope, col(ThresholdPreset.organisation_id))
    if limit is not None:
        query = query.where(limit)
    return list(session.exec(query.order_by(col(ThresholdPreset.name))))


def presets_in_use(session: Session, scope: Scope, year: int) -> dict[str, ThresholdPreset | None]:
    """Return for each procedure of pupils the preset by which its works of the year are judged."""
    owners = owners_for(session, scope.require(Action.VIEW))
    names = [procedure.name for procedure in procedures().procedures if procedure.participants == "обучающиеся"]
    return {name: choose_preset(session, name, year, owners) for name in names}


def choose_preset(
    session: Session, procedure: str, year: int, owners: Owners = SHARED
) -> ThresholdPreset | None:
    """Return the preset for works of the procedure in the school year that ends in `year`; None without any preset.

    Presets that name the procedure go before others, those valid in the year before outdated ones, those of the most
    specific owner before others, people's own before shipped ones; the name decides between equals, so that the
    choice never changes by itself.
    """
    return preset_among(presets(session, owners), procedure, year, owners)


def preset_among(
    known: Sequence[ThresholdPreset], procedure: str, year: int, owners: Owners = SHARED
) -> ThresholdPreset | None:
    """Return what `choose_preset` returns, of presets that were read before: for many works at once."""
    day = date(year, *_LAST_DAY_OF_SCHOOL_YEAR)
    named = [preset for preset in known if procedure in preset.procedures] or known
    return min(
        named,
        key=lambda one: (
            not _is_valid(one, day), owners.rank(one.organisation_id), one.origin is Origin.SHIPPED, one.name
        ),
        default=None,
    )


def _is_valid(preset: ThresholdPreset, day: date) -> bool:
    starts = preset.valid_from is None or preset.valid_from <= day
    return starts and (preset.valid_to is None or day <= preset.valid_to)
