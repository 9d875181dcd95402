"""Shipped reference data into the database: idempotent, and never over what a person has changed or deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, col, select

from core.blueprints.catalogue import items_of
from core.blueprints.records import BlueprintRecord
from core.blueprints.reference import load_blueprints, load_presets, load_scales
from core.blueprints.tables import Blueprint, BlueprintItem, MarkScale, Origin, ThresholdPreset

_Values = Mapping[str, object]
_Row = TypeVar("_Row", Blueprint, MarkScale, ThresholdPreset)


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What `seed_reference` did: rows added, brought up to date, and left because a person had changed them."""

    added: int = 0
    updated: int = 0
    kept: int = 0

    def __add__(self, other: SeedReport) -> SeedReport:
        return SeedReport(self.added + other.added, self.updated + other.updated, self.kept + other.kept)


_ADDED, _UPDATED, _KEPT, _SAME = SeedReport(added=1), SeedReport(updated=1), SeedReport(kept=1), SeedReport()


def seed_reference(session: Session) -> SeedReport:
    """Put shipped blueprints, scales and presets into the database; run it at every start.

    A row is recognised by `shipped_key`. One that still says what was shipped is brought up to date; one that a
    person has changed or deleted stays as it is. Raise InvalidInput when a shipped file is broken; nothing is
    changed then.
    """
    blueprints, scales, presets = load_blueprints(), load_scales(), load_presets()
    report = SeedReport()
    known = _shipped(session, Blueprint)
    for name, record in blueprints.items():
        report += _seed_blueprint(session, known.get(name), name, record)
    known_scales = _shipped(session, MarkScale)
    for name, file in scales.items():
        for scale in file.scales:
            key = f"{name}/{scale.subject}/{scale.grade}"
            report += _seed_row(session, known_scales.get(key), key, file.values(scale), MarkScale)
    known_presets = _shipped(session, ThresholdPreset)
    taken = set(session.exec(select(ThresholdPreset.name).where(col(ThresholdPreset.shipped_key).is_(None))))
    for name, preset in presets.items():
        if name in known_presets or preset.name not in taken:
            report += _seed_row(session, known_presets.get(name), name, preset.values(), ThresholdPreset)
        else:
            report += _KEPT
    return report


def _shipped(session: Session, table: type[_Row]) -> dict[str, _Row]:
    """Return the rows that came with the program by their keys, deleted ones too."""
    rows = session.exec(select(table).where(col(table.shipped_key).is_not(None)))
    return {row.shipped_key: row for row in rows if row.shipped_key is not None}


def _seed_row(session: Session, row: _Row | None, key: str, values: _Values, table: type[_Row]) -> SeedReport:
    digest = _digest([values])
    if row is None:
        session.add(table.model_validate(_new(values, key, digest)))
        return _ADDED
    if row.shipped_digest == digest:
        return _SAME
    if row.deleted_at is not None or _digest([_said(row, values)]) != row.shipped_digest:
        return _KEPT
    _assign(row, values)
    row.shipped_digest = digest
    session.add(row)
    return _UPDATED


def _seed_blueprint(session: Session, row: Blueprint | None, key: str, record: BlueprintRecord) -> SeedReport:
    values = record.values()
    items = [item.values(position) for position, item in enumerate(record.items)]
    digest = _digest([values, *items])
    if row is None:
        row = Blueprint.model_validate(_new(values, key, digest))
        session.add(row)
        session.flush()
        session.add_all(_new_items(row, items))
        return _ADDED
    if row.shipped_digest == digest:
        return _SAME
    stored = items_of(session, _id(row))
    said = [_said(row, values), *(_said(item, items[0]) for item in stored)]
    if row.deleted_at is not None or _digest(said) != row.shipped_digest:
        return _KEPT
    _assign(row, values)
    row.shipped_digest = digest
    session.add(row)
    for item in stored:
        session.delete(item)
    session.flush()
    session.add_all(_new_items(row, items))
    return _UPDATED


def _new_items(row: Blueprint, items: Iterable[_Values]) -> list[BlueprintItem]:
    return [BlueprintItem.model_validate({**item, "blueprint_id": _id(row)}) for item in items]


def _new(values: _Values, key: str, digest: str) -> _Values:
    return {**values, "origin": Origin.SHIPPED, "shipped_key": key, "shipped_digest": digest}


def _id(row: Blueprint) -> int:
    if row.id is None:
        raise RuntimeError("a blueprint has no id before it is flushed")
    return row.id


def _said(row: Blueprint | BlueprintItem | MarkScale | ThresholdPreset, like: _Values) -> _Values:
    """Return what a stored row says in the columns that reference data fill."""
    return {column: getattr(row, column) for column in like}


def _assign(row: Blueprint | MarkScale | ThresholdPreset, values: _Values) -> None:
    for column, value in values.items():
        setattr(row, column, value)


def _digest(parts: Iterable[_Values]) -> str:
    """Return a fingerprint of what a row and its items say."""
    text = json.dumps(list(parts), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
