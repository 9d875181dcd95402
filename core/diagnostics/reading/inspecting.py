"""In the child process: a workbook -> answers without names, or a suggestion how its columns may be meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from core.diagnostics.reading.columns import form_columns
from core.diagnostics.reading.mapping import LAYOUT, SurveyInspection, SurveyMapping, SurveyRequest
from core.diagnostics.reading.recognising import Recognised, column_texts, header_texts, recognise_form
from core.diagnostics.reading.rows import RowReader, with_maxima
from core.intake.cells import folded
from core.intake.findings import Findings
from core.intake.inspecting import without_names
from core.intake.layouts.base import Book
from core.intake.profiles import header_key
from core.intake.sheet_views import sheet_views
from core.workbooks.allowed import Payload, Progress, engine_of, runs_in_child
from core.workbooks.grid import Sheet, Workbook, column_letter
from core.workbooks.reading import read_workbook
from core.workbooks.wire import decode, encode

INSPECTION: Final = "core.diagnostics.reading.inspecting:inspect_packed"
_HEADER_ROWS = 15


@runs_in_child
def inspect_packed(content: bytes, payload: Payload, progress: Progress) -> bytes:
    """Return the `SurveyInspection` as a wire message; `payload` holds "file_name", "request" (packed), "engine"."""
    packed = payload["request"]
    request = decode(SurveyRequest, packed) if isinstance(packed, bytes) else SurveyRequest()
    progress(0.1, "читаем таблицу")
    workbook = read_workbook(content, str(payload["file_name"]), engine_of(payload))
    progress(0.6, "разбираем ответы")
    return encode(inspect_form(workbook, request))


def inspect_form(workbook: Workbook, request: SurveyRequest) -> SurveyInspection:
    """Return what an already read workbook holds; columns are as the user, a remembered profile or the content says."""
    workbook = without_names(workbook)
    findings = Findings()
    book = Book(workbook)
    found = _given(workbook, request, findings) if request.mapping is not None else _remembered(book, request)
    if found is None and not findings.errors:
        found = recognise_form(book, [scale.answers for scale in request.scales])
    if found is None or not found.is_sure:
        if found is None and request.mapping is None:
            findings.add(
                "error", "form_unknown",
                "Не удалось понять, какие столбцы таблицы — вопросы, а какие — сведения о педагоге.",
                "Назначьте столбцы на экране «Профессиональные дефициты».",
            )
        return SurveyInspection(
            layout=None, findings=findings.listed(), mapping=found.mapping if found else None,
            header=found.headers if found else (), sheets=sheet_views(workbook),
        )
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == found.mapping.sheet)
    return _read(sheet, found, request, findings)


def _read(sheet: Sheet, found: Recognised, request: SurveyRequest, findings: Findings) -> SurveyInspection:
    mapping = found.mapping
    _report_twice(mapping, findings)
    _report_cell_errors(sheet, mapping, findings)
    read = RowReader(sheet, mapping, request.name_key, findings).read()
    mapping = with_maxima(mapping, read, findings)
    if not read.people:
        findings.add(
            "error", "nobody_answered", "В таблице нет ни одного ответа, который можно сохранить.",
            "Проверьте, тот ли файл выбран, и есть ли согласие на обработку данных.", sheet=sheet.name,
        )
    shape = (len(read.people), len(mapping.items))
    return SurveyInspection(
        layout=LAYOUT, findings=findings.listed(), mapping=mapping, is_sure=True, header=found.headers,
        people=tuple(read.people), scores=np.array(read.scores, dtype=np.int8).reshape(shape),
        rows=np.array(read.rows, dtype=np.int32), without_consent=read.without_consent,
        dropped=tuple(found.columns.dropped), ignored=tuple(found.columns.ignored),
    )


def _given(workbook: Workbook, request: SurveyRequest, findings: Findings) -> Recognised | None:
    """Return the reading that the user's mapping describes; None with an error when it does not fit the workbook."""
    mapping = request.mapping
    sheet = next((one for one in workbook.sheets if mapping is not None and one.name == mapping.sheet), None)
    if mapping is None or sheet is None:
        named = ", ".join(f"«{one.name}»" for one in workbook.sheets)
        findings.add("error", "mapping_sheet", f"Такого листа в книге нет. Есть: {named}.", "Выберите лист заново.")
        return None
    return _fitting(sheet, mapping, findings)


def _fitting(sheet: Sheet, mapping: SurveyMapping, findings: Findings) -> Recognised | None:
    width = max(map(len, sheet.rows), default=0)
    rows_fit = 1 <= mapping.header_row < mapping.first_row <= len(sheet.rows)
    if not mapping.items or max(mapping.columns) >= width or not rows_fit:
        findings.add(
            "error", "mapping_columns",
            f"Разметка не подходит к листу «{sheet.name}»: в нём столбцы до {column_letter(max(width - 1, 0))} и "
            f"{len(sheet.rows)} строк.", "Отметьте строку шапки, первую строку с ответами и столбцы с вопросами.",
            sheet=sheet.name,
        )
        return None
    headers = header_texts(sheet, mapping.header_row)
    values = column_texts(sheet, mapping.first_row, len(headers))
    return Recognised(mapping, form_columns(headers, values, mapping.columns), headers, is_sure=True)


def _remembered(book: Book, request: SurveyRequest) -> Recognised | None:
    """Return the reading by a remembered mapping whose header stands in one of the sheets, None when there is none."""
    by_key = {profile.header_key: profile.mapping for profile in request.profiles}
    if not by_key:
        return None
    for top in book.tops:
        for number in range(1, min(_HEADER_ROWS, len(top.sheet.rows)) + 1):
            mapping = by_key.get(header_key(header_texts(top.sheet, number)))
            if mapping is not None:
                return _fitting(top.sheet, replace(mapping, sheet=top.sheet.name), Findings())
    return None


def _report_twice(mapping: SurveyMapping, findings: Findings) -> None:
    """Refuse a question that stands in two columns: nobody can say which answer is meant."""
    seen: dict[str, int] = {}
    for item in mapping.items:
        key = f"{item.section}|{folded(item.text)}"
        if key in seen:
            findings.add(
                "error", "question_twice",
                f"Один и тот же вопрос стоит в столбцах {column_letter(seen[key])} и {column_letter(item.column)}.",
                "Удалите лишний столбец или измените текст вопроса.", sheet=mapping.sheet, row=mapping.header_row,
                column=item.column, field=item.text[:80],
            )
        seen.setdefault(key, item.column)


def _report_cell_errors(sheet: Sheet, mapping: SurveyMapping, findings: Findings) -> None:
    columns = {item.column for item in mapping.items}
    for error in sheet.errors:
        if error.column in columns and error.row >= mapping.first_row:
            findings.add(
                "error", "cell_error",
                f"Строка {error.row}, столбец {column_letter(error.column)}: в ячейке ошибка «{error.text}».",
                "Впишите в ячейку ответ вместо формулы.", sheet=sheet.name, row=error.row, column=error.column,
                value=error.text,
            )
