"""The table «Ожидаемые результаты по годам» as a Word document, and what is missing in it."""

from __future__ import annotations

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.people_words import organisation_name
from core.documents.rendering import Value
from core.errors import InvalidInput
from core.monitoring.expected import ExpectedCell, ExpectedRow, expected_table
from core.people.academic_year import year_name
from core.people.scope import Scope

_PLACES = ("первый", "второй", "третий")


def expected_document(session: Session, scope: Scope, organisation_id: int) -> bytes:
    """Return the table of an organisation as .docx; raises InvalidInput where none was made, NotFound out of scope."""
    table = expected_table(session, scope, organisation_id)
    if not table.rows:
        raise InvalidInput("Таблицы ожидаемых результатов ещё нет.", "Создайте её на экране «Показатели».")
    years = table.years[: len(_PLACES)]
    values: dict[str, Value] = {
        "организация": organisation_name(session, organisation_id),
        "строки": [_row(row) for row in table.rows],
        "не_хватает": [f"{year_name(cell.year)}: {cell.title}" for cell in table.missing],
    }
    for place, word in enumerate(_PLACES):
        values[f"{word}_год"] = year_name(years[place]) if place < len(years) else ""
    return fill(session, organisation_id, "expected-results", values)


def cell_words(cell: ExpectedCell | None) -> str:
    """Return what stands in a cell: the document and its proofs, or that there is none yet."""
    if cell is None:
        return ""
    proofs = f"✓ {'; '.join(cell.evidence)}" if cell.is_closed else "○ документ не приложен"
    return f"{cell.title}. {proofs}"


def _row(row: ExpectedRow) -> dict[str, Value]:
    cells = dict(zip(_PLACES, [*row.cells, *(None,) * len(_PLACES)], strict=False))
    return {"вид": row.title, **{word: cell_words(cell) for word, cell in cells.items()}}
