"""Findings of a file: errors first, each with its place, value and advice.

    show_findings("upload_findings", inspection.findings)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from core.errors import Place
from core.intake.contract import Finding
from core.words import plural
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("severity", "Важность", width=130),
    Column("place", "Где", width=180),
    Column("value", "Значение", width=90),
    Column("message", "Что не так", width=305),
    Column("advice", "Что делать", width=305),
)
_FOR_COMMANDS = re.compile(r" \(в командной строке: [^)]*\)")
"""What advice says for those who have no screen."""
_WORDS = {"error": "✖ ошибка", "warning": "! предупреждение"}


def findings_table(findings: Sequence[Finding]) -> Table:
    """Return the findings as a table, errors first, else in the order of the file."""
    rows = [
        {
            "severity": _WORDS[finding.severity],
            "place": str(Place(finding.sheet, finding.row, finding.column, finding.field)),
            "value": finding.value,
            "message": finding.message,
            "advice": _FOR_COMMANDS.sub("", finding.advice),
        }
        for finding in sorted(findings, key=lambda finding: finding.severity != "error")
    ]
    return Table("Замечания к файлу", _COLUMNS, rows)


def show_findings(key: str, findings: Sequence[Finding], *, height: int | None = None) -> None:
    """Say how many errors and warnings there are, and show them as a table; nothing when there are none."""
    if not findings:
        return
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if errors:
        rest = f" и {plural(warnings, 'предупреждение', 'предупреждения', 'предупреждений')}" if warnings else ""
        st.error(
            f"{plural(errors, 'ошибка', 'ошибки', 'ошибок')}{rest}. Файл не сохранён.", icon=":material/block:"
        )
    else:
        count = plural(warnings, "предупреждение", "предупреждения", "предупреждений")
        st.warning(f"{count}. Сохранить файл можно.", icon=":material/warning:")
    show_table(key, findings_table(findings), height=height, lines=3)
