"""Lists of people as rows of cells, from a workbook or pasted: finding the header, naming the columns, findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import InvalidInput, Place, QualityError
from core.people.cell_values import text_of_cell
from core.workbooks.grid import column_letter

_HEADER_WITHIN = 20
LONGEST_LIST = 20_000
"""Most rows of a list: the teachers of a region."""


@dataclass(frozen=True, slots=True)
class ListFinding:
    """Something about a row of a list. An error keeps the whole list from being stored; a warning is only shown."""

    is_error: bool
    place: Place
    message: str
    advice: str = ""

    def __str__(self) -> str:
        """Return place, sentence and advice as one text."""
        return str(InvalidInput(self.message, self.advice, self.place))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its number as Excel shows it, and its cells by field; fields without a column are absent."""

    number: int
    cells: Mapping[str, object]
    places: Mapping[str, Place]

    def place(self, name: str) -> Place:
        """Return where the field stands; only the row when it has no column."""
        return self.places.get(name, Place(row=self.number))

    def has(self, name: str) -> bool:
        """Say whether the field has a column and something stands in it."""
        return bool(text_of_cell(self.cells.get(name)))


@dataclass
class Findings:
    """Findings collected while rows are read."""

    found: list[ListFinding] = field(default_factory=list)

    def error(self, place: Place, refusal: QualityError) -> None:
        """Note why a cell cannot be taken."""
        self.found.append(ListFinding(True, place, refusal.message, refusal.advice))

    def warn(self, place: Place, message: str, advice: str = "") -> None:
        """Note what the user should look at."""
        self.found.append(ListFinding(False, place, message, advice))

    @property
    def has_errors(self) -> bool:
        """Say whether the list cannot be stored as it is."""
        return any(finding.is_error for finding in self.found)


def rows_of_text(text: str) -> list[list[object]]:
    """Return pasted text as rows of cells: cells are divided by tabs as spreadsheets copy them, else by semicolons."""
    separator = "\t" if "\t" in text else ";"
    return [list(line.split(separator)) for line in text.replace("\r\n", "\n").split("\n")]


def read_rows(
    rows: Sequence[Sequence[object]], columns: Mapping[str, Sequence[str]], required: Iterable[Sequence[str]]
) -> list[ListRow]:
    """Return the rows below the header that are not empty.

    `columns` names for each field the headers by which it is known; of each group of `required` fields one must have
    a column. Raises InvalidInput when no header is found or the list is too long.
    """
    groups = [tuple(group) for group in required]
    header, found = _find_header(rows, columns, groups)
    if len(rows) > LONGEST_LIST + header + 1:
        raise InvalidInput(f"В списке больше {LONGEST_LIST} строк.", "Разделите его на части.")
    named = {name: rows[header][column] for name, column in found.items()}
    read: list[ListRow] = []
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        cells = {name: row[column] if column < len(row) else None for name, column in found.items()}
        if any(text_of_cell(value) for value in cells.values()):
            places = {
                name: Place(row=number, column=column_letter(column), field=text_of_cell(named[name]))
                for name, column in found.items()
            }
            read.append(ListRow(number, cells, places))
    return read


def _find_header(
    rows: Sequence[Sequence[object]], columns: Mapping[str, Sequence[str]], required: Sequence[tuple[str, ...]]
) -> tuple[int, dict[str, int]]:
    known = {_plain(header): name for name, headers in columns.items() for header in headers}
    best: dict[str, int] = {}
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        found: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = known.get(_plain(text_of_cell(cell)))
            if name is not None:
                found.setdefault(name, column)
        if all(any(name in found for name in group) for group in required):
            return number, found
        best = max(best, found, key=len)
    missing = [columns[group[0]][0] for group in required if not any(name in best for name in group)]
    raise InvalidInput(
        f"В списке не найден столбец «{missing[0]}».",
        "Первая строка должна называть столбцы. Проще всего заполнить готовый шаблон: его можно скачать здесь же.",
    )


def _plain(header: str) -> str:
    """Return a header for comparing: letters and digits only."""
    return re.sub(r"[\W_]+", " ", header.casefold().replace("ё", "е")).strip()
