"""Collecting findings: places in Excel's terms, no person's name among the values, at most 200 listed."""

from __future__ import annotations

from core.intake.cells import cell_text
from core.intake.contract import Finding, Severity
from core.intake.personal import masked
from core.words.nouns import plural
from core.workbooks.grid import Cell, column_letter

LISTED = 200
"""How many findings are listed one by one."""


class Findings:
    """Findings of one file in the order in which they are met. Beyond the limit they are only counted."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()
        self._errors: list[Finding] = []
        self._warnings: list[Finding] = []
        self._errors_met = 0
        self._warnings_met = 0

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        advice: str = "",
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: int | None = None,
        field: str | None = None,
        value: Cell = None,
    ) -> None:
        """Add one finding. `row` counts from 1, `column` from 0; the value is masked where it looks personal."""
        if severity == "error":
            self._errors_met += 1
            listed, met = self._errors, self._errors_met
        else:
            self._warnings_met += 1
            listed, met = self._warnings, self._warnings_met
        if met > LISTED:
            return
        listed.append(
            Finding(
                severity=severity,
                code=code,
                message=message,
                advice=advice,
                sheet=sheet,
                row=row,
                column=None if column is None else column_letter(column),
                field=field or None,
                value=None if value is None else masked(cell_text(value)),
            )
        )

    def add_once(
        self, severity: Severity, code: str, message: str, advice: str, *, sheet: str | None = None,
        row: int | None = None,
    ) -> None:
        """Add a finding about the whole file unless the same sentence was said of another sheet."""
        if (code, message) not in self._said:
            self._said.add((code, message))
            self.add(severity, code, message, advice, sheet=sheet, row=row)

    def count_more(self, severity: Severity, number: int) -> None:
        """Count findings that are beyond the limit and are not made one by one."""
        if number <= 0:
            return
        if severity == "error":
            self._errors_met += number
        else:
            self._warnings_met += number

    @property
    def errors(self) -> int:
        """Return how many errors were met, listed or not."""
        return self._errors_met

    def listed(self) -> tuple[Finding, ...]:
        """Return at most 200 findings, errors first, and where there are more one that says how many."""
        met = self._errors_met + self._warnings_met
        shown = (*self._errors, *self._warnings)[:LISTED]
        rest = met - len(shown)
        if not rest:
            return shown
        severity: Severity = "error" if self._errors_met > LISTED else "warning"
        more = plural(rest, "замечание", "замечания", "замечаний")
        return (
            *shown,
            Finding(
                severity,
                "more_findings",
                f"Показаны первые {LISTED} замечаний, есть ещё {more}.",
                "Исправьте показанные и загрузите файл ещё раз.",
            ),
        )
