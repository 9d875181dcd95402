"""Taking things away: every file is made only when the button is pressed, and has a Russian name.

    download("results_png", "Скачать PNG", "Выполнение заданий", "png", lambda: chart_png(chart))
    download_workbook("fields_xlsx", "Проблемные поля", [table.sheet()])
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import streamlit as st
import xlsxwriter

from core.words import day

FileKind: TypeAlias = Literal["xlsx", "png", "docx", "csv", "zip"]

_MIME: dict[FileKind, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "zip": "application/zip",
}
_ICONS: dict[FileKind, str] = {
    "xlsx": ":material/table_view:",
    "png": ":material/image:",
    "docx": ":material/description:",
    "csv": ":material/table_rows:",
    "zip": ":material/folder_zip:",
}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook to take away: headers, kinds of columns (as in `tables.Column`), rows of cells."""

    name: str
    headers: Sequence[str]
    kinds: Sequence[str]
    rows: Sequence[Sequence[object]]


def download(
    key: str, label: str, title: str, kind: FileKind, make: Callable[[], bytes], *, disabled: bool = False
) -> None:
    """Show a button that hands out a file named after `title` and today's date; `make` runs when it is pressed."""
    st.download_button(
        label,
        data=make,
        file_name=file_name(title, kind),
        mime=_MIME[kind],
        key=key,
        on_click="ignore",
        icon=_ICONS[kind],
        disabled=disabled,
    )


def download_workbook(key: str, title: str, sheets: Sequence[WorkbookSheet], label: str = "Скачать XLSX") -> None:
    """Show a button that hands out the sheets as one XLSX workbook with real numbers."""
    download(key, label, title, "xlsx", lambda: workbook_bytes(sheets))


def file_name(title: str, kind: FileKind, today: date | None = None) -> str:
    """Return a name that every system accepts.

    >>> file_name("Поля: 4 класс", "xlsx", date(2026, 11, 2))
    'Поля 4 класс, 02.11.2026.xlsx'
    """
    clean = _FORBIDDEN.sub("", title).strip(" .")[:100]
    return f"{clean}, {day(today or date.today())}.{kind}"


def workbook_bytes(sheets: Sequence[WorkbookSheet]) -> bytes:
    """Return an XLSX workbook; texts stay texts even where they look like formulas or addresses."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {
        "share": book.add_format({"num_format": "0.0%"}),
        "date": book.add_format({"num_format": "dd.mm.yyyy"}),
        "moment": book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
    }
    for number, sheet in enumerate(sheets, 1):
        page = book.add_worksheet(_sheet_name(sheet.name, number))
        page.freeze_panes(1, 0)
        for column, (title, kind) in enumerate(zip(sheet.headers, sheet.kinds, strict=True)):
            page.write_string(0, column, title, head)
            page.set_column(column, column, 40 if kind == "text" and column else 16)
            for line, row in enumerate(sheet.rows, 1):
                value = row[column]
                if isinstance(value, str):
                    page.write_string(line, column, value)
                elif value is not None:
                    page.write(line, column, value, formats.get(kind))
    book.close()
    return target.getvalue()


def _sheet_name(name: str, number: int) -> str:
    return re.sub(r"[\[\]:*?/\\']+", " ", name).strip()[:31] or f"Лист {number}"
