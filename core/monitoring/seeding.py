"""Shipped passports into the database, as `core.blueprints.seeding` does for blueprints."""

from __future__ import annotations

from sqlmodel import Session

from core.blueprints.shipped_rows import SeedReport, seed_row, shipped_rows
from core.monitoring.passport_tables import IndicatorPassport
from core.monitoring.reference import load_passports


def seed_indicators(session: Session) -> SeedReport:
    """Put the shipped passports into the database; run it at every start. What a person changed or deleted stays."""
    known = shipped_rows(session, IndicatorPassport)
    report = SeedReport()
    for file in load_passports().values():
        for one in file.indicators:
            key = f"{one.code}/{one.valid_from}"
            report += seed_row(session, known.get(key), key, one.values(file.goal), IndicatorPassport)
    session.flush()
    return report
