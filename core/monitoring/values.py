"""Entering values: rows of a unit and a year, edited in a grid or taken over from a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.monitoring.access import require_entering, seen_unit
from core.monitoring.automatic.registry import automatic
from core.monitoring.checks import Entered, Finding, findings_of
from core.monitoring.collection import closed_for, require_collecting, require_open
from core.monitoring.facts import Fact, fact_of
from core.monitoring.passports import (
    Passport,
    every_passport,
    held_by,
    list_passports,
    passport_in,
    passports_of_year,
)
from core.monitoring.typed_values import checked_value
from core.monitoring.value_tables import IndicatorEvidence, IndicatorValue, ValueState
from core.people.organisations import get_organisation, natural_key
from core.people.ownership import owners_above
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.audit import insert_created
from core.store.edit_outcome import EditOutcome
from core.store.edits import apply_edits
from core.store.grid_changes import GridChanges
from core.store.history import HistoryLine, history

EDITABLE = frozenset({ValueState.DRAFT, ValueState.RETURNED})
_NUMBERS = ("plan", "numerator", "denominator", "fact")
FIELDS = (*_NUMBERS, "comment")
_COUNTS = frozenset({"numerator", "denominator", "accepted_numerator", "accepted_denominator"})


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A value as it is entered, with its passport and what is to be said of it."""

    id: int
    version: int
    passport: Passport
    state: ValueState
    plan: float | None
    numerator: float | None
    denominator: float | None
    fact: float | None
    comment: str
    reason: str
    is_counted: bool
    """Nobody types the figure: it is written down when the values are handed in."""
    evidence: int
    returned_at: datetime | None
    findings: tuple[Finding, ...]
    before: Fact | None = None
    """The accepted figure of the year before under the same rules."""
    is_withheld: bool = False
    """Whether the parts are not told to this person here: the scorecard shows them where they may be shown."""

    @property
    def says(self) -> Fact | None:
        """Return the figure that the row says."""
        return fact_of(self.passport.kind, self.numerator, self.denominator, self.fact)


def prepare_values(session: Session, scope: Scope, organisation_id: int, year: int) -> int:
    """Make the rows of a unit and a year that are missing; return how many were made."""
    require_entering(scope, organisation_id)
    require_collecting(session, organisation_id, year)
    unit = get_organisation(session, scope, organisation_id)
    return make_rows(session, [unit], year)


def make_rows(session: Session, units: Iterable[Organisation], year: int) -> int:
    """Make the rows of these units that are missing; return how many. The caller has asked for the right."""
    kinds = {unit.id or 0: unit.kind for unit in units}
    passports = passports_of_year(every_passport(session), year).values()
    has_own = any(one.organisation_id is not None for one in passports)
    query = select(IndicatorValue.organisation_id, IndicatorValue.code).where(
        IndicatorValue.year == year, col(IndicatorValue.organisation_id).in_(kinds)
    )
    known = set(session.exec(query))
    made = [
        IndicatorValue(organisation_id=organisation_id, code=passport.code, year=year).model_dump(exclude={"id"})
        for organisation_id, kind in kinds.items()
        for passport in held_by(passports, owners_above(session, organisation_id).order if has_own else ())
        if (organisation_id, passport.code) not in known and passport.is_reported_by(kind)
    ]
    insert_created(session, IndicatorValue, made)
    return len(made)


def entry_rows(session: Session, scope: Scope, organisation_id: int, year: int) -> list[EntryRow]:
    """Return the rows of a unit and a year in the order of the catalogue, each with its findings.

    Raises NotAllowed or NotFound for a unit whose figures the actor does not see.
    """
    unit = seen_unit(session, scope, organisation_id)
    passports = passports_of_year(_passports(session, organisation_id), year)
    rows = [row for row in _rows(session, organisation_id, year) if row.code in passports]
    evidence = _evidence(session, [row.id or 0 for row in rows])
    past = _history(session, organisation_id, passports)
    withheld = {row.code for row in rows if _is_withheld(scope, passports[row.code], organisation_id)}
    for row in rows:
        if row.code in withheld:
            # Not part of the session any more, so that nothing of this is ever stored.
            session.expunge(row)
            row.numerator = row.denominator = None
    found = [
        _entry(
            row, passports[row.code], unit.kind, evidence.get(row.id or 0, 0), past.get(row.code, {}),
            is_withheld=row.code in withheld,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: natural_key(one.passport.code))


def save_entries(
    session: Session, scope: Scope, organisation_id: int, year: int, changes: GridChanges
) -> EditOutcome:
    """Save edited cells of the rows of a unit and a year, as `core.store.edits` does.

    A value that was handed in is not edited any more: it is returned first. Numbers that the program counts are not
    typed.
    """
    require_entering(scope, organisation_id)
    kind = get_organisation(session, scope, organisation_id).kind
    passports = passports_of_year(_passports(session, organisation_id), year)
    closed = closed_for(session, organisation_id, year)

    def validate(row: IndicatorValue, name: str, value: object) -> object:
        if row.state not in EDITABLE:
            raise InvalidInput(
                f"Показатель «{row.code}» уже сдан ({row.state.value}).", "Попросите вернуть его на доработку."
            )
        require_open(closed, [row.returned_at])
        return checked_value(passports[row.code], kind, name, value)

    among = (col(IndicatorValue.organisation_id) == organisation_id) & (col(IndicatorValue.year) == year)
    if changes.added or changes.deleted:
        raise InvalidInput("Строки показателей не добавляют и не удаляют.", "Обновите страницу.")
    return apply_edits(session, IndicatorValue, changes.edits, FIELDS, validate, among)


def value_history(session: Session, scope: Scope, organisation_id: int, code: str, year: int) -> list[HistoryLine]:
    """Return the path of a value: who entered, handed in, returned, accepted and locked it, and what it was."""
    seen_unit(session, scope, organisation_id)
    passport = passport_in(session, scope, code, year, organisation_id)
    row = next((row for row in _rows(session, organisation_id, year) if row.code == code), None)
    lines = [] if row is None else history(session, "indicator_value", row.id or 0)
    if _is_withheld(scope, passport, organisation_id):
        return [line for line in lines if line.field is None or line.field not in _COUNTS]
    return lines


def find_value(session: Session, value_id: int) -> IndicatorValue:
    """Return a stored value; NotFound where there is none. The caller asks for the right."""
    row = session.get(IndicatorValue, value_id)
    if row is None:
        raise NotFound("Значение показателя")
    return row


def _is_withheld(scope: Scope, passport: Passport, organisation_id: int) -> bool:
    """Say whether the person must not read the parts here: they may be about few people of another school.

    The scorecard shows them where they may be shown.
    """
    return bool(passport.automatic) and automatic(passport.automatic).kind.is_sensitive and not scope.owns(
        organisation_id
    )


def _entry(
    row: IndicatorValue, passport: Passport, unit: OrganisationKind, evidence: int, past: Mapping[int, Fact], *,
    is_withheld: bool,
) -> EntryRow:
    entered = Entered(
        passport.kind, row.numerator, row.denominator, row.fact, row.plan, row.comment, evidence > 0,
        passport.is_counted(unit), passport.organisation_id is not None and unit is OrganisationKind.SCHOOL,
    )
    earlier = {year: fact for year, fact in past.items() if year < row.year}
    return EntryRow(
        row.id or 0, row.version, passport, row.state, row.plan, row.numerator, row.denominator, row.fact, row.comment,
        row.reason, passport.is_counted(unit), evidence, row.returned_at, findings_of(entered, earlier, row.year),
        None if is_withheld else earlier.get(row.year - 1), is_withheld,
    )


def _passports(session: Session, organisation_id: int) -> tuple[Passport, ...]:
    return list_passports(session, Scope.local_administrator(), organisation_id)


def _rows(session: Session, organisation_id: int, year: int) -> Sequence[IndicatorValue]:
    query = select(IndicatorValue).where(
        IndicatorValue.organisation_id == organisation_id, IndicatorValue.year == year
    )
    return session.exec(query).all()


def _evidence(session: Session, value_ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    query = select(IndicatorEvidence.value_id).where(
        col(IndicatorEvidence.value_id).in_(value_ids), col(IndicatorEvidence.deleted_at).is_(None)
    )
    for key in session.exec(query):
        found[key or 0] = found.get(key or 0, 0) + 1
    return found


def _history(
    session: Session, organisation_id: int, passports: Mapping[str, Passport]
) -> dict[str, dict[int, Fact]]:
    """Return the accepted figures of the unit by code and year, of years with the same rules."""
    query = select(IndicatorValue).where(
        IndicatorValue.organisation_id == organisation_id, col(IndicatorValue.accepted_at).is_not(None)
    )
    found: dict[str, dict[int, Fact]] = {}
    for row in session.exec(query):
        passport = passports.get(row.code)
        if passport is None or not passport.holds(row.year):
            continue
        fact = fact_of(passport.kind, row.accepted_numerator, row.accepted_denominator, row.accepted_fact)
        if fact is not None:
            found.setdefault(row.code, {})[row.year] = fact
    return found
