"""Any accepted spreadsheet -> `Workbook`. Call it inside the limited child process (`core.workbooks.pool`)."""

from __future__ import annotations

from core.workbooks import refusals
from core.workbooks.allowed import Engine, Progress
from core.workbooks.book_parts import check_book, check_document, references_are_sound
from core.workbooks.container import Format, recognise_format
from core.workbooks.grid import Sheet, Workbook
from core.workbooks.limits import MAX_DENSE_CELLS, MAX_ROWS
from core.workbooks.packed import PackedFile
from core.workbooks.reading_csv import read_csv
from core.workbooks.reading_fast import read_fast
from core.workbooks.reading_safe import read_safe
from core.workbooks.reading_xls import read_xls
from core.workbooks.scan import SheetScan
from core.workbooks.tails import fit_sheet


def read_workbook(
    content: bytes, file_name: str, engine: Engine = "calamine", progress: Progress | None = None
) -> Workbook:
    """Return all sheets of an .xlsx, .xls, .ods or .csv file; charts are left out, hidden sheets are marked.

    `engine` "openpyxl" avoids calamine, which may abort the whole process on a hostile file; it is slower and reads
    .xlsx only. Raises FileRefused (a QualityError) with a Russian sentence when the file cannot be taken.
    """
    tell = progress or _silent
    tell(0.0, "Проверка файла")
    kind = recognise_format(content, file_name)
    if kind is Format.CSV:
        sheets = [read_csv(content, file_name)]
    elif kind is Format.XLS:
        sheets = read_xls(content)
    else:
        sheets = _read_packed(content, kind, engine, tell)
    fitted = tuple(fit_sheet(sheet) for sheet in sheets)
    if not any(sheet.rows for sheet in fitted):
        raise refusals.no_table()
    tell(1.0, "Файл прочитан")
    return Workbook(file_name=file_name, sheets=fitted)


def _read_packed(content: bytes, kind: Format, engine: Engine, tell: Progress) -> list[Sheet]:
    """Check every part of a packed workbook, then read it with the engine that can stand it."""
    packed = PackedFile(content)
    scans = check_book(packed) if kind is Format.XLSX else check_document(packed)
    tell(0.1, "Чтение таблиц")
    if engine == "calamine" and not any(_reaches_far(scan) for scan in scans.values()):
        try:
            return read_fast(content, scans, tell, packed)
        except refusals.Damaged:
            # All parts are whole, so it may be calamine that is too strict, for example about a sheet's dimension.
            if kind is Format.XLSX and not references_are_sound(packed):
                raise
    if kind is Format.ODS:
        raise refusals.unreadable_table()
    return read_safe(content, scans, tell)


def _reaches_far(scan: SheetScan) -> bool:
    """Say whether a sheet claims a rectangle that calamine would try to hold in memory as a whole."""
    return scan.rows > MAX_ROWS or scan.rows * scan.columns > MAX_DENSE_CELLS


def _silent(_share: float, _words: str) -> None:
    return None
