"""Comma, semicolon, tab or bar separated text, with the line number in every refusal."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import PurePath
from typing import Final

from core.errors import Place
from core.workbooks.csv_encoding import decode
from core.workbooks.grid import Cell, Sheet, column_letter
from core.workbooks.limits import MAX_COLUMNS, MAX_FIELD_CHARACTERS, MAX_ROWS
from core.workbooks.refusals import RESAVE, FileRefused, too_many_columns, too_many_rows

SEPARATORS: Final = ";,\t|"
_SAMPLE_LINES: Final = 60
_MAX_LINES_IN_FIELD: Final = 20


def read_csv(content: bytes, file_name: str) -> Sheet:
    """Return the only sheet of a CSV file, all cells as text; its name is the file's name without the ending.

    A first line «sep=;» names the separator and is no row, as in Excel. Raises FileRefused with the line's number.
    """
    text = decode(content)
    name = PurePath(file_name).stem or "CSV"
    skipped = 0
    separator = ""
    if text[:4].lower() == "sep=":
        first, _, text = text.partition("\n")
        separator = first[4:5].strip("\r")
        skipped = 1
    if len(separator) != 1 or separator not in SEPARATORS:
        separator = _separator(text)
    rows = _rows(text, separator, skipped, name)
    _refuse_ragged(rows, separator, name)
    return Sheet(name=name, rows=rows)


def _rows(text: str, separator: str, skipped: int, name: str) -> list[list[Cell]]:
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[Cell]] = []
    begins = 1
    try:
        for record in reader:
            if reader.line_num - begins > _MAX_LINES_IN_FIELD:
                raise _unbalanced(begins + skipped, name)
            rows.append([*record])
            begins = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                raise too_many_rows(name, len(rows), MAX_ROWS)
    except csv.Error as error:
        if "field larger" in str(error) and reader.line_num - begins <= _MAX_LINES_IN_FIELD:
            raise FileRefused(
                "csv_long_field",
                f"Строка {begins + skipped}: значение длиннее {MAX_FIELD_CHARACTERS} знаков.",
                "Проверьте эту строку: вероятно, в ней пропущена кавычка или перевод строки.",
                Place(sheet=name, row=begins + skipped),
            ) from error
        raise _unbalanced(begins + skipped, name) from error
    return rows


def _unbalanced(line: int, name: str) -> FileRefused:
    return FileRefused(
        "csv_unbalanced_quotes",
        f"Строка {line}: кавычка открыта и не закрыта или стоит не на месте.",
        "Исправьте эту строку в текстовом редакторе или откройте файл в Excel и сохраните как «Книга Excel (.xlsx)».",
        Place(sheet=name, row=line),
    )


def _separator(text: str) -> str:
    """Return the separator that splits the first lines into the same number (above one) of fields most often."""
    lines = [line for line in islice(io.StringIO(text), _SAMPLE_LINES) if line.strip()]
    best, best_score = ";", (0.0, 0)
    for separator in SEPARATORS:
        widths = Counter(len(_split(line, separator)) for line in lines)
        widths.pop(1, None)
        if widths:
            width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
            score = (often / len(lines), width)
            if score > best_score:
                best, best_score = separator, score
    return best


def _split(line: str, separator: str) -> list[str]:
    """Return the fields of one line; a quoted field that goes on in the next line is not an error here."""
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def _refuse_ragged(rows: list[list[Cell]], separator: str, name: str) -> None:
    """Raise FileRefused when a row has more values than the table, which would shift scores into wrong columns."""
    widest = max(map(len, rows), default=0)
    if widest > MAX_COLUMNS:
        raise too_many_columns(name, column_letter(widest - 1), MAX_COLUMNS)
    if len({len(row) for row in rows}) <= 1:
        return
    first, width = _table_width(rows)
    for number, row in enumerate(rows[first:], start=first + 1):
        if len(row) > width and any(str(value).strip() for value in row[width:]):
            raise FileRefused(
                "csv_ragged",
                f"Строка {number}: значений {len(row)} вместо {width}.",
                "Вероятно, разделитель столбцов встречается внутри значения (например, десятичная запятая). " + RESAVE
                if separator == ","
                else "Проверьте, нет ли в этой строке лишнего разделителя столбцов.",
                Place(sheet=name, row=number),
            )


def _table_width(rows: list[list[Cell]]) -> tuple[int, int]:
    """Return (number of the first row of the table, counted from 0; how many values its rows may have).

    Most rows are as wide as the table; the rows above may be titles of any width, or a header that is wider. A header
    that is a little narrower than what follows is believed, because then the values have shifted.
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 1
    usual, _ = max(widths.items(), key=lambda item: (item[1], item[0]))
    first = next(number for number, row in enumerate(rows) if len(row) == usual)
    above = sum(1 for value in rows[first - 1] if str(value).strip()) if first else 0
    if usual / 2 < above and 1 < len(rows[first - 1]) < usual:
        return first, len(rows[first - 1])
    return first, max(len(row) for row in rows[: first + 1])
