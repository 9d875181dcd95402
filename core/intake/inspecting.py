"""From the bytes of a file to works, reports and findings. Pure; runs in the limited child process."""

from __future__ import annotations

from core.blueprints.naming import guess_from_file_name
from core.intake.context import Context
from core.intake.contract import AssessmentKey, Inspection, InspectionRequest, ParsedWork, ReferenceReport
from core.intake.layouts.base import Book
from core.intake.layouts.registry import recognise
from core.workbooks.grid import Workbook
from core.workbooks.reading import read_workbook


def inspect(
    workbook_bytes: bytes, file_name: str, request: InspectionRequest, engine: str = ""
) -> Inspection:
    """Return what the file holds. Raises core.workbooks' FileRefused when it is no readable workbook.

    `engine` "openpyxl" reads without calamine, for a file on which it died.
    """
    workbook = read_workbook(workbook_bytes, file_name, "openpyxl" if engine == "openpyxl" else "calamine")
    return inspect_workbook(workbook, request)


def inspect_workbook(workbook: Workbook, request: InspectionRequest) -> Inspection:
    """Return what an already read workbook holds."""
    guess = guess_from_file_name(workbook.file_name)
    context = Context(
        request=request,
        file_name=workbook.file_name,
        from_name=AssessmentKey(guess.procedure, guess.subject, guess.grade, guess.year),
    )
    recognised = recognise(Book(workbook))
    if recognised is None:
        return Inspection(layout=None)
    layout, matches = recognised
    works: list[ParsedWork] = []
    reports: list[ReferenceReport] = []
    for match in matches:
        reading = layout.read(match, context)
        works.extend(reading.works)
        reports.extend(reading.reports)
    return Inspection(
        layout=matches[0].layout, works=tuple(works), reports=tuple(reports), findings=context.findings.listed()
    )
