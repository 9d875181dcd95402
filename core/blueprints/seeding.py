"""Shipped reference data into the database: idempotent, and never over what a person has changed or deleted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from core.blueprints.catalogue import items_of
from core.blueprints.records import BlueprintRecord
from core.blueprints.reference import load_blueprints, load_presets, load_scales
from core.blueprints.shipped_rows import (
    ADDED,
    KEPT,
    SAME,
    UPDATED,
    SeedReport,
    Values,
    assign,
    digest_of,
    new_values,
    said,
    seed_row,
    shipped_rows,
)
from core.blueprints.tables import Blueprint, BlueprintItem, MarkScale, ThresholdPreset

__all__ = ["SeedReport", "seed_reference"]


def seed_reference(session: Session) -> SeedReport:
    """Put shipped blueprints, scales and presets into the database; run it at every start.

    A row is recognised by `shipped_key`. One that still says what was shipped is brought up to date; one that a
    person has changed or deleted stays as it is. Raise InvalidInput when a shipped file is broken; nothing is
    changed then.
    """
    blueprints, scales, presets = load_blueprints(), load_scales(), load_presets()
    report = SeedReport()
    known = shipped_rows(session, Blueprint)
    for name, record in blueprints.items():
        report += _seed_blueprint(session, known.get(name), name, record)
    known_scales = shipped_rows(session, MarkScale)
    for name, file in scales.items():
        for scale in file.scales:
            key = f"{name}/{scale.subject}/{scale.grade}"
            report += seed_row(session, known_scales.get(key), key, file.values(scale), MarkScale)
    known_presets = shipped_rows(session, ThresholdPreset)
    taken = set(session.exec(select(ThresholdPreset.name).where(col(ThresholdPreset.shipped_key).is_(None))))
    for name, preset in presets.items():
        if name in known_presets or preset.name not in taken:
            report += seed_row(session, known_presets.get(name), name, preset.values(), ThresholdPreset)
        else:
            report += KEPT
    return report


def _seed_blueprint(session: Session, row: Blueprint | None, key: str, record: BlueprintRecord) -> SeedReport:
    values = record.values()
    items = [item.values(position) for position, item in enumerate(record.items)]
    digest = digest_of([values, *items])
    if row is None:
        row = Blueprint.model_validate(new_values(values, key, digest))
        session.add(row)
        session.flush()
        session.add_all(_new_items(row, items))
        return ADDED
    if row.shipped_digest == digest:
        return SAME
    stored = items_of(session, _id(row))
    stands = [said(row, values), *(said(item, items[0]) for item in stored)]
    if row.deleted_at is not None or digest_of(stands) != row.shipped_digest:
        return KEPT
    assign(row, values)
    row.shipped_digest = digest
    session.add(row)
    for item in stored:
        session.delete(item)
    session.flush()
    session.add_all(_new_items(row, items))
    return UPDATED


def _new_items(row: Blueprint, items: Iterable[Values]) -> list[BlueprintItem]:
    return [BlueprintItem.model_validate({**item, "blueprint_id": _id(row)}) for item in items]


def _id(row: Blueprint) -> int:
    if row.id is None:
        raise RuntimeError("a blueprint has no id before it is flushed")
    return row.id
