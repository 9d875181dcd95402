"""Values of indicators of the demo municipality: three years accepted, a running campaign, one school that is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from sqlmodel import Session, col, select

from core.demo.municipality import MUNICIPALITY, SCHOOLS
from core.demo.streams import Stream, generator
from core.monitoring.automatic.computing import compute
from core.monitoring.expected import start_expected
from core.monitoring.passport_tables import IndicatorKind, IndicatorPassport, Level
from core.monitoring.plan_tables import CollectionStep, IndicatorTarget, Reporting, TargetLevel
from core.monitoring.value_tables import (
    Campaign,
    ExpectedResult,
    IndicatorEvidence,
    IndicatorValue,
    TypicalCluster,
    ValueState,
)
from core.people.scope import Scope
from core.store.audit import insert_created
from core.store.evidence import EvidenceKind

_AUTHOR = "Учебные данные"
_YEARS = (2024, 2025, 2026)
_LATE = SCHOOLS[5].code
"""In the last year this school has handed its values in, and nobody has accepted them yet."""
_MISTAKEN = SCHOOLS[6].code
"""In the last year this school was given its values back."""
_PLANS = {"П01": 50.0, "П07": 90.0, "П08": 20.0, "П32": 70.0, "П42.1": 85.0, "П42.2": 55.0, "П43": 10.0, "П12": 60.0}
_CLUSTERS = (
    *("городские школы",) * 4, *("сельские средние школы",) * 2, *("сельские основные школы",) * 2,
)
_NO_DOCUMENT = "Документ готовится, срок – следующий отчётный год."


def add_indicators(session: Session, seed: int, units: Mapping[str, int]) -> int:
    """Add values, campaigns and clusters; return the number of values. The passports are there already."""
    town = units[MUNICIPALITY.code]
    passports = list(session.exec(select(IndicatorPassport).where(col(IndicatorPassport.deleted_at).is_(None))))
    rows: list[IndicatorValue] = []
    for year in _YEARS:
        at = datetime.combine(date(year, 6, 20), time(9, 0), UTC)
        found = compute(session, [town], year, [one.automatic for one in passports if one.automatic], date(year, 8, 31))
        for number, school in enumerate(SCHOOLS):
            rng = generator(seed, Stream.INDICATORS, year, number)
            for passport in passports:
                if passport.level is Level.MUNICIPALITY:
                    continue
                row = IndicatorValue(
                    organisation_id=units[school.code], code=passport.code, year=year,
                    plan=_PLANS.get(passport.code),
                )
                own = found.parts.get(passport.automatic, {}).get(units[school.code])
                if passport.automatic:
                    row.numerator, row.denominator = (None, None) if own is None else (own.numerator, own.denominator)
                else:
                    _enter(row, passport, float(rng.uniform(0.2, 0.8)), 9 + 12 * school.classes)
                _decide(row, school.code, year, at)
                rows.append(row)
        _add_collection(session, town, year, at if year < _YEARS[-1] else None)
        _add_targets(session, town, year)
    for school, name in zip(SCHOOLS, _CLUSTERS, strict=True):
        session.add(TypicalCluster(organisation_id=units[school.code], name=name, valid_from=_YEARS[0]))
    _add_expected(session, town)
    insert_created(session, IndicatorValue, [row.model_dump(exclude={"id"}) for row in rows])
    session.flush()
    return len(rows)


def _add_collection(session: Session, town: int, year: int, closed_at: datetime | None) -> None:
    """Add the collection of a year with its plan; that of the last year is not closed."""
    campaign = Campaign(
        organisation_id=town, year=year, opens_on=date(year, 6, 1), closes_on=date(year, 6, 30),
        responsible="Методическая служба", closed_at=closed_at, closed_by=_AUTHOR if closed_at is not None else "",
    )
    session.add(campaign)
    session.flush()
    for units, kind, who, day in (
        (Reporting.SCHOOLS, "", "заместитель директора", 20),
        (Reporting.SCHOOLS, IndicatorKind.DOCUMENT.value, "директор", 25),
        (Reporting.ABOVE, "", "методическая служба", 30),
    ):
        session.add(
            CollectionStep(
                campaign_id=campaign.id or 0, units=units, kind=kind, responsible=who, due_on=date(year, 6, day)
            )
        )


def _add_targets(session: Session, town: int, year: int) -> None:
    """Add targets of the municipality: for itself as a whole, for all schools, and lower ones for a group of them."""
    for code, value in _PLANS.items():
        session.add(
            IndicatorTarget(
                organisation_id=town, year=year, code=code, level=TargetLevel.WHOLE, unit_id=town, value=value
            )
        )
    for level, cluster, value in ((TargetLevel.SCHOOLS, "", 40.0), (TargetLevel.CLUSTER, _CLUSTERS[-1], 25.0)):
        session.add(
            IndicatorTarget(
                organisation_id=town, year=year, code="П25", level=level, cluster=cluster, unit_id=town, value=value
            )
        )


def _enter(row: IndicatorValue, passport: IndicatorPassport, share: float, people: int) -> None:
    """Put in what the school would enter by itself."""
    if passport.kind is IndicatorKind.DOCUMENT:
        row.comment = _NO_DOCUMENT
    elif passport.kind is IndicatorKind.NUMBER:
        row.fact = float(round(10 * share))
    else:
        row.denominator = float(people)
        row.numerator = float(round(share * people))


def _decide(row: IndicatorValue, school: str, year: int, at: datetime) -> None:
    row.submitted_at, row.submitted_by = at, _AUTHOR
    if year == _YEARS[-1] and school == _MISTAKEN:
        row.state, row.reason = ValueState.RETURNED, "Уточните численность обучающихся 10–19 лет (П41)."
        return
    if year == _YEARS[-1] and school == _LATE:
        row.state = ValueState.SUBMITTED
        return
    row.state = ValueState.ACCEPTED if year == _YEARS[-1] else ValueState.LOCKED
    row.accepted_at, row.accepted_by = at, _AUTHOR
    row.accepted_numerator, row.accepted_denominator, row.accepted_fact = row.numerator, row.denominator, row.fact


def _add_expected(session: Session, town: int) -> None:
    """Add the table of expected results; what the first year promised is there, of the last one only a part."""
    start_expected(session, Scope.local_administrator(), town, _YEARS[0])
    rows = session.exec(select(ExpectedResult).where(ExpectedResult.organisation_id == town)).all()
    for row in rows:
        if row.year < _YEARS[-1] or row.row_title == "Наставничество":
            session.add(
                IndicatorEvidence(
                    organisation_id=town, expected_id=row.id, kind=EvidenceKind.LINK,
                    title=f"Приказ № {row.year % 100}-{row.id} (вымышлен)", url="https://example.org/prikaz",
                    added_by=_AUTHOR,
                )
            )
