"""Values from a workbook or from pasted cells: the template, a preview with findings by cell, taking over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound, QualityError
from core.monitoring.access import require_entering
from core.monitoring.collection import closed_among, require_open
from core.monitoring.passports import Passport, list_passports, passports_of_year
from core.monitoring.typed_values import checked_value
from core.monitoring.value_columns import COLUMNS, TITLE, TITLES, code_of, require_unit, require_year
from core.monitoring.value_tables import IndicatorValue
from core.monitoring.values import EDITABLE, FIELDS, make_rows
from core.people.academic_year import year_name
from core.people.cell_values import text_of_cell
from core.people.list_reading import Findings, ListFinding, ListRow, read_rows
from core.people.organisations import SchoolIndex, load_tree
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.workbooks.writing import TableColumn, TableSheet, TableValue, write_workbook


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One cell that would change."""

    organisation_id: int
    organisation: str
    code: str
    field: str
    old: float | str | None
    new: float | str | None

    @property
    def title(self) -> str:
        """Return the header of the column."""
        return TITLES[self.field]


@dataclass(frozen=True, slots=True)
class ValuesPreview:
    """What a file would change; nothing is stored while there is an error."""

    year: int
    changes: tuple[ValueChange, ...]
    findings: tuple[ListFinding, ...]
    versions: dict[int, int] = field(default_factory=dict)
    """Versions of the rows that were looked at, by id."""

    @property
    def can_be_stored(self) -> bool:
        """Say whether there is anything to store and nothing stands against it."""
        return bool(self.changes) and not any(one.is_error for one in self.findings)


def values_template(session: Session, scope: Scope, organisation_id: int, year: int) -> bytes:
    """Return the workbook to be filled: the indicators that people enter, with what is stored already.

    For a municipality it has the rows of all its schools that the actor enters for.
    """
    require_entering(scope, organisation_id)
    rows: list[list[TableValue]] = []
    units = _units(session, scope, organisation_id)
    stored = _stored(session, [unit.id or 0 for unit in units], year)
    passports = passports_of_year(list_passports(session, Scope.local_administrator(), organisation_id), year)
    for unit in units:
        for code, passport in _entered(passports, unit).items():
            row = stored.get((unit.id or 0, code))
            cells = [getattr(row, name) if row is not None else None for name in FIELDS]
            rows.append([unit.code, unit.name, code, passport.name, passport.unit, *cells])
    columns = [
        TableColumn(TITLES["school"], width=16), TableColumn("Название", width=34), TableColumn(TITLES["code"]),
        TableColumn("Показатель", width=52), TableColumn("Единица"),
        *(TableColumn(TITLES[name], "decimal") for name in FIELDS[:-1]), TableColumn(TITLES["comment"], width=40),
    ]
    notes = (
        "Доля и среднее: внесите числитель и знаменатель, факт посчитает программа.",
        "По документу внесите в столбец «Факт» 1 (да) или 0 (нет) и приложите документ на экране.",
        "Пустая ячейка ничего не меняет.",
    )
    return write_workbook([TableSheet("Показатели", f"{TITLE} {year_name(year)}", columns, rows, notes)])


def preview_values(
    session: Session, scope: Scope, organisation_id: int, year: int, rows: Sequence[Sequence[object]]
) -> ValuesPreview:
    """Return what the rows of a workbook or of pasted cells would change, with findings by cell.

    Rows without a code of an organisation are of the unit itself. Raises InvalidInput where no header is found, and for
    the template of another year.
    """
    require_entering(scope, organisation_id)
    require_year(rows, year)
    units = {unit.id or 0: unit for unit in _units(session, scope, organisation_id)}
    told = list(read_rows(rows, COLUMNS, [("code",), ("plan", "numerator", "fact", "comment")]))
    reader = _Reader(session, organisation_id, year, units, {code_of(row) for row in told})
    for row in told:
        reader.read(row)
    return ValuesPreview(year, tuple(reader.changes), tuple(reader.findings.found), reader.versions)


def store_values(session: Session, scope: Scope, preview: ValuesPreview) -> int:
    """Store what the preview said; return how many cells changed.

    Raises InvalidInput when the preview has errors, or when a row was changed by somebody since.
    """
    if not preview.can_be_stored:
        raise InvalidInput("В файле есть ошибки или нечего менять.", "Исправьте отмеченные ячейки и загрузите снова.")
    units = {change.organisation_id for change in preview.changes}
    for organisation_id in units:
        require_entering(scope, organisation_id)
    closed = closed_among(session, units, preview.year)
    make_rows(session, session.exec(select(Organisation).where(col(Organisation.id).in_(units))).all(), preview.year)
    rows = _stored(session, units, preview.year, {change.code for change in preview.changes})
    for change in preview.changes:
        row = rows[change.organisation_id, change.code]
        require_open(closed.get(change.organisation_id), [row.returned_at])
        # A row that was made since the preview has no version there: what stood in the cell tells.
        is_other = getattr(row, change.field) not in (change.old, change.old or "")
        if row.state not in EDITABLE or is_other or preview.versions.get(row.id or 0, row.version) != row.version:
            raise InvalidInput(
                f"Показатель «{row.code}» тем временем изменил другой человек.", "Проверьте файл ещё раз."
            )
    for change in preview.changes:
        row = rows[change.organisation_id, change.code]
        setattr(row, change.field, change.new)
        session.add(row)
    session.flush()
    return len(preview.changes)


class _Reader:
    """Reads rows of a list into changes."""

    def __init__(
        self, session: Session, organisation_id: int, year: int, units: dict[int, Organisation], codes: Iterable[str]
    ) -> None:
        self._own, self._year, self._units = organisation_id, year, units
        self._index = SchoolIndex(units.values())
        self._stored = _stored(session, units, year, codes)
        passports = list_passports(session, Scope.local_administrator(), organisation_id)
        self._passports = passports_of_year(passports, year)
        self._seen: set[tuple[int, str]] = set()
        self.changes: list[ValueChange] = []
        self.findings = Findings()
        self.versions: dict[int, int] = {}

    def read(self, row: ListRow) -> None:
        """Take over one row, or note why not."""
        before = len(self.changes)
        try:
            unit, passport = self._unit(row), self._passport(row)
            if (unit.id or 0, passport.code) in self._seen:
                raise InvalidInput(f"Показатель «{passport.code}» встречается дважды.", "Оставьте одну строку.")
            require_unit(passport, text_of_cell(row.cells.get("unit")))
        except QualityError as refusal:
            self.findings.error(row.place("code"), refusal)
            return
        self._seen.add((unit.id or 0, passport.code))
        stored = self._stored.get((unit.id or 0, passport.code))
        for name in FIELDS:
            if not row.has(name):
                continue
            try:
                self._take(unit, passport, stored, name, row.cells[name])
            except QualityError as refusal:
                self.findings.error(row.place(name), refusal)
        self._compare_parts(row, stored, self.changes[before:])

    def _take(
        self, unit: Organisation, passport: Passport, stored: IndicatorValue | None, name: str, cell: object
    ) -> None:
        new = checked_value(passport, unit.kind, name, cell)
        old = getattr(stored, name) if stored is not None else None
        if new == (old or ("" if name == "comment" else old)):
            return
        if stored is not None and stored.state not in EDITABLE:
            raise InvalidInput(
                f"Показатель «{passport.code}» уже сдан ({stored.state.value}).", "Попросите вернуть его на доработку."
            )
        if stored is not None:
            self.versions[stored.id or 0] = stored.version
        if new is None or isinstance(new, float | str):
            self.changes.append(ValueChange(unit.id or 0, unit.name, passport.code, name, old, new))

    def _compare_parts(self, row: ListRow, stored: IndicatorValue | None, changes: Sequence[ValueChange]) -> None:
        """Note a numerator above the denominator, as it would stand after the change."""
        said = {change.field: change.new for change in changes}
        above = said.get("numerator", stored.numerator if stored is not None else None)
        below = said.get("denominator", stored.denominator if stored is not None else None)
        if isinstance(above, float) and isinstance(below, float) and above > below and said.keys() & {
            "numerator", "denominator"
        }:
            passport = self._passport(row)
            if passport.unit == "%":
                self.findings.error(
                    row.place("numerator"),
                    InvalidInput("Числитель больше знаменателя.", "Проверьте оба числа: доля не бывает больше 100 %."),
                )

    def _unit(self, row: ListRow) -> Organisation:
        code = text_of_cell(row.cells.get("school"))
        if not code:
            return self._units[self._own]
        found = self._index.find(code, None) or self._index.find(None, code)
        if found is None:
            raise NotFound(f"Организация «{code}»")
        return found

    def _passport(self, row: ListRow) -> Passport:
        code = code_of(row)
        found = self._passports.get(code)
        if found is None:
            raise InvalidInput(
                f"Показателя «{code}» за {year_name(self._year)} нет.", "Коды показателей стоят в шаблоне."
            )
        return found


def _stored(
    session: Session, units: Iterable[int], year: int, codes: Iterable[str] | None = None
) -> dict[tuple[int, str], IndicatorValue]:
    """Return the stored values, of these codes where a file names few of all."""
    query = select(IndicatorValue).where(
        IndicatorValue.year == year, col(IndicatorValue.organisation_id).in_(list(units))
    )
    if codes is not None:
        query = query.where(col(IndicatorValue.code).in_(list(codes)))
    return {(row.organisation_id, row.code): row for row in session.exec(query)}


def _units(session: Session, scope: Scope, organisation_id: int) -> list[Organisation]:
    """Return the unit and, below a municipality, its schools."""
    tree = load_tree(session, scope.require(Action.ENTER_INDICATORS))
    own = tree.organisations[organisation_id]
    if own.kind is OrganisationKind.SCHOOL:
        return [own]
    below = tree.below(organisation_id)
    return [own, *(school for school in tree.schools() if school.id in below)]


def _entered(passports: Mapping[str, Passport], unit: Organisation) -> dict[str, Passport]:
    """Return the indicators that people enter for the unit."""
    return {
        code: one
        for code, one in passports.items()
        if one.is_reported_by(unit.kind) and not one.is_counted(unit.kind)
    }
