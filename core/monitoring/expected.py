"""The table «Ожидаемые результаты по годам»: years × kinds of documents, closed by evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, model_validator
from sqlmodel import Session, col, select

from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.errors import InvalidInput
from core.monitoring.access import require_entering, seen_unit
from core.monitoring.value_tables import ExpectedResult, IndicatorEvidence
from core.people.scope import Scope
from core.store.settings import reference_directory

_FILE = "expected-results.yaml"


class ExpectedRowRecord(Record):
    """A kind of documents and what is expected of it in each year; "" where nothing is."""

    title: Annotated[str, Field(min_length=3, max_length=300)]
    cells: tuple[Annotated[str, Field(max_length=2000)], ...]


class ExpectedFile(Sourced):
    """data/expected-results.yaml."""

    years: Annotated[int, Field(ge=1, le=10)]
    rows: tuple[ExpectedRowRecord, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _as_many_cells_as_years(self) -> Self:
        for row in self.rows:
            if len(row.cells) != self.years:
                raise ValueError(f"в строке «{row.title}» не столько ячеек, сколько лет")
        return self


@dataclass(frozen=True, slots=True)
class ExpectedCell:
    """A document that is expected in a year, and how many proofs there are of it."""

    id: int
    year: int
    title: str
    evidence: tuple[str, ...]
    """Titles of the files and links."""

    @property
    def is_closed(self) -> bool:
        """Say whether something proves the document."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A kind of documents over the years; None where nothing is expected."""

    title: str
    cells: tuple[ExpectedCell | None, ...]


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """The table of an organisation."""

    organisation_id: int
    years: tuple[int, ...]
    rows: tuple[ExpectedRow, ...]

    @property
    def cells(self) -> tuple[ExpectedCell, ...]:
        """Return all cells, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells if cell is not None)

    @property
    def missing(self) -> tuple[ExpectedCell, ...]:
        """Return what nothing proves yet, year by year."""
        return tuple(sorted((cell for cell in self.cells if not cell.is_closed), key=lambda cell: cell.year))


@lru_cache(maxsize=1)
def expected_template() -> ExpectedFile:
    """Return the shipped table. Raises InvalidInput naming file and key when it is broken."""
    return load_yaml(reference_directory() / _FILE, ExpectedFile)


def start_expected(session: Session, scope: Scope, organisation_id: int, first_year: int) -> int:
    """Make the table of an organisation from the shipped one, beginning with a year; return how many cells it has.

    Raises InvalidInput where the organisation has a table already.
    """
    require_entering(scope, organisation_id)
    if _rows(session, organisation_id):
        raise InvalidInput("Таблица ожидаемых результатов уже есть.", "Откройте её и приложите документы.")
    made = [
        ExpectedResult(
            organisation_id=organisation_id, year=first_year + offset, position=float(place), row_title=row.title,
            title=text,
        )
        for place, row in enumerate(expected_template().rows, start=1)
        for offset, text in enumerate(row.cells)
        if text
    ]
    session.add_all(made)
    session.flush()
    return len(made)


def expected_table(session: Session, scope: Scope, organisation_id: int) -> ExpectedTable:
    """Return the table of an organisation, empty where none was made; NotAllowed or NotFound out of reach."""
    seen_unit(session, scope, organisation_id)
    found = _rows(session, organisation_id)
    proofs: dict[int, list[str]] = {}
    query = select(IndicatorEvidence).where(
        col(IndicatorEvidence.expected_id).in_([row.id for row in found]), col(IndicatorEvidence.deleted_at).is_(None)
    )
    for proof in session.exec(query.order_by(col(IndicatorEvidence.id))):
        proofs.setdefault(proof.expected_id or 0, []).append(proof.title)
    years = tuple(sorted({row.year for row in found}))
    titles = dict.fromkeys(row.row_title for row in found)
    cells = {
        (row.row_title, row.year): ExpectedCell(row.id or 0, row.year, row.title, tuple(proofs.get(row.id or 0, ())))
        for row in found
    }
    rows = tuple(ExpectedRow(title, tuple(cells.get((title, year)) for year in years)) for title in titles)
    return ExpectedTable(organisation_id, years, rows)


def _rows(session: Session, organisation_id: int) -> Sequence[ExpectedResult]:
    query = select(ExpectedResult).where(
        ExpectedResult.organisation_id == organisation_id, col(ExpectedResult.deleted_at).is_(None)
    )
    return session.exec(query.order_by(col(ExpectedResult.position), col(ExpectedResult.year))).all()
