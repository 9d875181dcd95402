"""From the bytes of a file to works, reports and findings. Pure; runs in the limited child process."""

from __future__ import annotations

from dataclasses import replace

from core.blueprints.naming import guess_from_file_name
from core.intake.context import Context
from core.intake.contract import AssessmentKey, Inspection, InspectionRequest, ParsedWork, ReferenceReport
from core.intake.layouts import gia_protocol
from core.intake.layouts.base import Book
from core.intake.layouts.joining import join_works
from core.intake.layouts.registry import recognise
from core.intake.left_out import report_left_out, report_unreadable
from core.intake.mapped_table import NAME as MAPPED
from core.intake.mapped_table import read_mapped
from core.intake.personal import surely_personal
from core.intake.plausibility import report_implausible
from core.intake.sheet_views import sheet_views
from core.intake.suggesting import suggest_mapping
from core.workbooks.grid import Workbook
from core.workbooks.reading import read_workbook


def inspect(workbook_bytes: bytes, file_name: str, request: InspectionRequest, engine: str = "") -> Inspection:
    """Return what the file holds. Raises core.workbooks.refusals.FileRefused when it is no readable workbook.

    `engine` "openpyxl" reads without calamine, for a file on which calamine died.
    """
    workbook = read_workbook(workbook_bytes, file_name, "openpyxl" if engine == "openpyxl" else "calamine")
    return inspect_workbook(workbook, request)


def inspect_workbook(workbook: Workbook, request: InspectionRequest) -> Inspection:
    """Return what an already read workbook holds."""
    workbook = without_names(workbook)
    guess = guess_from_file_name(workbook.file_name)
    context = Context(
        request=request,
        file_name=workbook.file_name,
        from_name=AssessmentKey(guess.procedure, guess.subject, guess.grade, guess.year),
    )
    if request.mapping is not None:
        work = read_mapped(workbook, request.mapping, context)
        return _result(MAPPED, [work] if work else [], [], context)
    book = Book(workbook)
    recognised = recognise(book)
    if recognised is None:
        report_unreadable(book, context)
        return Inspection(
            layout=None,
            findings=context.findings.listed(),
            sheets=sheet_views(workbook),
            suggested=suggest_mapping(book),
        )
    layout, matches = recognised
    works: list[ParsedWork] = []
    reports: list[ReferenceReport] = []
    for match in matches:
        reading = layout.read(match, context)
        works.extend(reading.works)
        reports.extend(reading.reports)
    report_left_out(workbook, matches, context)
    joined = join_works(works, context, keeps_latest=layout is gia_protocol)
    return _result(matches[0].layout, joined, reports, context)


def without_names(workbook: Workbook) -> Workbook:
    """Return the workbook with sheets named after people called «Лист 3» by their position instead."""
    if not any(surely_personal(sheet.name) for sheet in workbook.sheets):
        return workbook
    taken = {sheet.name for sheet in workbook.sheets}
    sheets = []
    for number, sheet in enumerate(workbook.sheets, start=1):
        name = f"Лист {number}" if f"Лист {number}" not in taken else f"Лист {number} по порядку"
        sheets.append(replace(sheet, name=name) if surely_personal(sheet.name) else sheet)
    return replace(workbook, sheets=tuple(sheets))


def _result(
    layout: str, works: list[ParsedWork], reports: list[ReferenceReport], context: Context
) -> Inspection:
    if not context.findings.errors:
        report_implausible(works, context)
    return Inspection(
        layout=layout, works=tuple(works), reports=tuple(reports), findings=context.findings.listed()
    )
