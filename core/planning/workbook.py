"""Roadmaps as workbooks: the official columns out, and any table with such columns in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from core.errors import InvalidInput, Place
from core.people.scope import Scope
from core.planning.access import visible_roadmap
from core.planning.measures import tree_of
from core.planning.official_table import OFFICIAL_HEADERS, RoadmapTable, TableRow
from core.planning.roadmap_tables import IndicatorKind, MeasureKind
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.statuses import MeasureStatus
from core.planning.storing_tables import store_rows, table_rows
from core.planning.tables import Roadmap
from core.workbooks.grid import Cell, Sheet, Workbook, column_letter
from core.workbooks.read_in_child import read_in_child
from core.workbooks.writing import ColumnKind, TableColumn, TableSheet, TableValue, write_workbook

_CONTROL: Final[tuple[tuple[str, str, ColumnKind], ...]] = (
    ("status", "Статус", "text"),
    ("progress", "Выполнение, %", "integer"),
    ("done_on", "Дата выполнения", "date"),
    ("status_note", "Примечание", "text"),
    ("expected_result", "Ожидаемый результат", "text"),
    ("co_owners", "Соисполнители", "text"),
    ("indicator_kind", "Вид показателя", "text"),
    ("target", "Цель", "decimal"),
    ("value", "Достигнуто", "decimal"),
    ("unit", "Единица", "text"),
    ("weight", "Вес", "decimal"),
    ("kind", "Вид строки", "text"),
)
_PRINTED: Final = 9
"""Columns that go on paper: the official ones, status, per cent, day, remark. Seventeen could not be read on A4."""
_PATTERNS: Final = (
    ("number", r"№|^n\b|номер|п/п"),
    ("deadline", r"срок|дата проведени|период"),
    ("expected_result", r"ожидаем|форма и метод|вид документа"),
    ("co_owners", r"соисполнител"),
    ("indicator_kind", r"вид показател"),
    ("indicator", r"индикат|показател|результат"),
    ("owner", r"исполнител|ответствен"),
    ("status_note", r"примечани|отметка"),
    ("done_on", r"дата выполнени"),
    ("progress", r"выполнени\w*,? ?%|процент выполнени"),
    ("status", r"^статус|^состояние"),
    ("kind", r"вид строки"),
    ("target", r"^цель|целевое"),
    ("value", r"^достигнут|фактическ"),
    ("unit", r"^единица"),
    ("weight", r"^вес$"),
    ("title", r"наименовани|мероприяти|содержани|действи"),
)
"""Which column a header means; the first pattern that fits and is still free."""
_HEADER_ROWS: Final = 40
_QUOTED_SIGN: Final = re.compile(r"^'(?=[=+\-@\t\r\n＝＋－＠])")


def export_roadmap(session: Session, scope: Scope, roadmap_id: int, *, with_control: bool = True) -> bytes:
    """Return the roadmap as .xlsx in the official columns; `with_control` adds the columns of its execution."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    return write_table(RoadmapTable(roadmap.title, tuple(table_rows(tree_of(session, roadmap_id)))), with_control)


def write_table(table: RoadmapTable, with_control: bool = True) -> bytes:
    """Return a table as .xlsx: the five official columns, then the columns of control."""
    control = _CONTROL if with_control else ()
    columns = [
        TableColumn(OFFICIAL_HEADERS[0], width=8), TableColumn(OFFICIAL_HEADERS[1], width=44),
        TableColumn(OFFICIAL_HEADERS[2], width=18), TableColumn(OFFICIAL_HEADERS[3], width=34),
        TableColumn(OFFICIAL_HEADERS[4], width=24),
        *(TableColumn(header, kind, 14) for _field, header, kind in control),
    ]
    rows = [
        [row.official_number, row.title, row.deadline, row.indicator, row.owner,
         *(_written(row, field) for field, _header, _kind in control)]
        for row in table.rows
    ]
    return write_workbook([TableSheet("Дорожная карта", table.title, columns, rows, printed=_PRINTED)])


def read_roadmap_file(content: bytes, file_name: str) -> RoadmapTable:
    """Return the table of a workbook, read in the limited process. Raises as `read_roadmap` and `read_in_child` do."""
    return read_roadmap(read_in_child(content, file_name))


def read_roadmap(book: Workbook) -> RoadmapTable:
    """Return the first table of a workbook that has a column of measures and a column of deadlines.

    Raises InvalidInput with the place when there is no such table, no row in it, or a cell that cannot be.
    """
    for sheet in book.sheets:
        header = _header_of(sheet)
        if header is not None:
            return _table(book, sheet, header)
    raise InvalidInput(
        f"В файле «{book.file_name}» нет таблицы дорожной карты: не найдены столбцы с мероприятиями и сроками.",
        f"Назовите столбцы так: {', '.join(OFFICIAL_HEADERS)}.",
    )


def import_roadmap(
    session: Session, scope: Scope, draft: RoadmapDraft, table: RoadmapTable
) -> tuple[Roadmap, tuple[str, ...]]:
    """Store a read table as a new roadmap; return it with sentences on what was renumbered. All or nothing."""
    roadmap = create_roadmap(session, scope, draft)
    _measures, notes = store_rows(session, roadmap, table.rows)
    return roadmap, (*table.notes, *notes)


@dataclass(frozen=True, slots=True)
class _Header:
    """Index of the header row and of the column of each field."""

    row: int
    columns: dict[str, int]


def _header_of(sheet: Sheet) -> _Header | None:
    for index, cells in enumerate(sheet.rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells):
            text = " ".join(str(cell or "").lower().split())
            field = next((name for name, words in _PATTERNS if name not in columns and re.search(words, text)), None)
            if text and len(text) < 80 and field is not None:
                columns[field] = place
        if {"title", "deadline"} <= columns.keys():
            return _Header(index, columns)
    return None


def _table(book: Workbook, sheet: Sheet, header: _Header) -> RoadmapTable:
    rows: list[TableRow] = []
    notes: list[str] = []
    for index, cells in enumerate(sheet.rows[header.row + 1 :], start=header.row + 1):
        texts = {field: _text(cells, place) for field, place in header.columns.items()}
        if not any(texts.values()) or _is_numbering(texts, header):
            continue
        if not texts["title"]:
            notes.append(f"Строка {index + 1} пропущена: в ней нет мероприятия.")
            continue
        rows.append(_row(sheet, header, index, cells, texts))
    if not rows:
        raise InvalidInput(
            f"В файле «{book.file_name}» под заголовком таблицы нет ни одной строки.", "Проверьте файл.",
            Place(sheet=sheet.name, row=header.row + 2),
        )
    return RoadmapTable(_title(sheet, header) or book.file_name.rsplit(".", 1)[0], tuple(rows), tuple(notes))


def _is_numbering(texts: dict[str, str], header: _Header) -> bool:
    """Say whether the row only numbers the columns: 1, 2, 3, …, as forms have it under the header."""
    filled = [texts[field] for field, _place in sorted(header.columns.items(), key=lambda pair: pair[1])]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _title(sheet: Sheet, header: _Header) -> str:
    cells = [cell for row in sheet.rows[: header.row] for cell in row if cell not in (None, "")]
    return " ".join(" ".join(str(cell).split()) for cell in cells)[:300]


def _row(sheet: Sheet, header: _Header, index: int, cells: Sequence[Cell], texts: dict[str, str]) -> TableRow:
    def refuse(field: str, message: str, advice: str) -> InvalidInput:
        place = header.columns[field]
        return InvalidInput(message, advice, Place(sheet.name, index + 1, column_letter(place)))

    def number(field: str) -> float | None:
        text = texts.get(field, "").replace("\u00a0", "").replace(" ", "").replace(",", ".").rstrip("%")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            raise refuse(field, f"«{texts[field]}» не число.", "Исправьте ячейку.") from None

    status = texts.get("status", "")
    known = next((one for one in MeasureStatus if one.value == status.lower()), None)
    if status and known is None:
        names = ", ".join(one.value for one in MeasureStatus)
        raise refuse("status", f"Статуса «{status}» нет.", f"Есть: {names}.")
    progress = number("progress")
    if progress is not None and not 0 <= progress <= 100:
        raise refuse("progress", f"Выполнение {texts['progress']} не бывает.", "Нужно число от 0 до 100.")
    if len(texts["title"]) > 4000 or len(texts["deadline"]) > 500:
        field = "title" if len(texts["title"]) > 4000 else "deadline"
        raise refuse(field, "Текст в ячейке слишком длинный.", "Сократите: мероприятие до 4000 знаков, срок до 500.")
    return TableRow(
        number=_number(cells, header.columns.get("number")), title=texts["title"], deadline=texts["deadline"],
        indicator=texts.get("indicator", ""), owner=texts.get("owner", ""),
        expected_result=texts.get("expected_result", ""),
        kind=next((one for one in MeasureKind if one.value == texts.get("kind", "").lower()), None),
        status=known, status_note=texts.get("status_note", ""), progress=None if progress is None else round(progress),
        done_on=_date(cells, header.columns.get("done_on")),
        indicator_kind=next((one for one in IndicatorKind if one.value == texts.get("indicator_kind", "")), None),
        target=number("target"), unit=texts.get("unit", ""), value=number("value"), weight=number("weight"),
        co_owners=texts.get("co_owners", ""),
    )


def _text(cells: Sequence[Cell], place: int) -> str:
    """Return a cell as text; whole numbers without «.0», a day as «15.11.2026», without an export's apostrophe."""
    value = cells[place] if place < len(cells) else None
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _QUOTED_SIGN.sub("", "\n".join(line.rstrip() for line in str(value).strip().splitlines()))


def _number(cells: Sequence[Cell], place: int | None) -> str:
    """Return the number of a row; Excel turns «5.1» into a decimal and «5.1.2» into a day, which is undone."""
    if place is None:
        return ""
    value = cells[place] if place < len(cells) else None
    if isinstance(value, datetime | date):
        return f"{value.day}.{value.month}.{value.year % 100}"
    return _text(cells, place).replace(",", ".").replace(" ", "").rstrip(".)")


def _date(cells: Sequence[Cell], place: int | None) -> date | None:
    value = cells[place] if place is not None and place < len(cells) else None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _written(row: TableRow, field: str) -> TableValue:
    value = getattr(row, field)
    if isinstance(value, MeasureStatus | MeasureKind | IndicatorKind):
        return str(value.value)
    return value if isinstance(value, str | int | float | date) else None
