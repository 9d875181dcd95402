"""Taking things away: every file is made only when the button is pressed, and has a Russian name.

    download("results_png", "Скачать PNG", "Выполнение заданий", "png", lambda: chart_png(chart))
    download_workbook("fields_xlsx", "Проблемные поля", [table.sheet(passport.notes())])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

import streamlit as st

from core.documents.file_names import dated_name
from core.workbooks.writing import TableSheet, write_workbook
from pages.widgets.session import carried

FileKind: TypeAlias = Literal["xlsx", "png", "docx", "csv", "zip", "ics", "yaml", "txt"]

_MIME: dict[FileKind, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "zip": "application/zip",
    "ics": "text/calendar",
    "txt": "text/plain; charset=utf-8",
    "yaml": "application/yaml",
}
_ICONS: dict[FileKind, str] = {
    "xlsx": ":material/table_view:",
    "png": ":material/image:",
    "docx": ":material/description:",
    "csv": ":material/table_rows:",
    "zip": ":material/folder_zip:",
    "ics": ":material/calendar_month:",
    "txt": ":material/notes:",
    "yaml": ":material/data_object:",
}


def download(
    key: str, label: str, title: str, kind: FileKind, make: Callable[[], bytes], *, disabled: bool = False
) -> None:
    """Show a button that hands out a file named after `title` and today's date; `make` runs when it is pressed.

    It runs apart from the screen, for the same person if they are still signed in.
    """
    st.download_button(
        label,
        data=carried(make),
        file_name=dated_name(title, kind),
        mime=_MIME[kind],
        key=key,
        on_click="ignore",
        icon=_ICONS[kind],
        disabled=disabled,
    )


def download_workbook(key: str, title: str, sheets: Sequence[TableSheet], label: str = "Скачать XLSX") -> None:
    """Show a button that hands out the sheets as one XLSX workbook with real numbers."""
    download(key, label, title, "xlsx", lambda: write_workbook(sheets))
