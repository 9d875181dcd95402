"""Findings about a file as the command line shows them."""

from __future__ import annotations

from core.cli.output import say
from core.intake.contract import Finding


def finding_as_json(finding: Finding) -> dict[str, object]:
    """Return the finding as an object of the JSON report."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "message": f"{finding.message} {finding.advice}".strip(),
    }


def say_finding(finding: Finding) -> None:
    """Print the finding with its place."""
    place = ", ".join(
        part
        for part in (
            f"лист «{finding.sheet}»" if finding.sheet else "",
            f"строка {finding.row}" if finding.row else "",
            f"столбец {finding.column}" if finding.column else "",
        )
        if part
    )
    kind = "ошибка" if finding.severity == "error" else "замечание"
    say(f"  {kind}: {place + ': ' if place else ''}{finding.message} {finding.advice}".rstrip())
