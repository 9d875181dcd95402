"""РЦОИ protocols of ОГЭ and ЕГЭ: dense and sparse columns, several exams in a sheet, and the CSV of РИС."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.blueprints.naming import canonical_procedure
from core.intake.cells import cell_text, folded
from core.intake.class_names import split_class
from core.intake.context import Context
from core.intake.contract import AssessmentKey, ParsedWork
from core.intake.layouts.base import Book, Match, Reading
from core.intake.layouts.gia_items import entry_of, items_by_entry, items_in_a_row
from core.intake.layouts.gia_sections import Section, find_sections
from core.intake.layouts.gia_strings import Answers, parse_answers
from core.intake.personal import MASK, masked, named_in_code
from core.intake.tabular.grid_columns import columns_of, texts
from core.intake.tabular.scores import BLANK
from core.intake.tabular.spec import ItemColumn, Roles, TableSpec
from core.intake.tabular.table import read_table
from core.intake.titles import merged, subject_named
from core.intake.wording import places
from core.words.nouns import plural
from core.workbooks.grid import Cell, Sheet

NAME = "gia-protocol"
_VOID = re.compile(r"аннулир|удал[её]н|не завершил|не закончил|отменен|отменён|недейств", re.I)
_APPEAL = "состояние апелляции"
_GRADES = {"ОГЭ": 9, "ЕГЭ": 11}


def recognise(book: Book) -> list[Match]:
    """Return the sheets that have a header with answers of a ГИА protocol, or are an appeals' file."""
    matches = []
    for top in book.tops:
        for row, keys in enumerate(top.keys):
            if _APPEAL in keys:
                matches.append(Match(NAME, 1.0, top, row))
                break
            named = any("кратк" in key or key == "testresultbcell" or "развернут" in key for key in keys)
            if named and any(key in ("код оо", "код оу", "schoolcode", "класс", "первичный балл") for key in keys):
                matches.append(Match(NAME, 1.0, top, row))
                break
    return matches


def read(match: Match, context: Context) -> Reading:
    """Return the works of all exams in the sheet."""
    sheet = match.top.sheet
    if _APPEAL in match.top.keys[match.header_row]:
        context.findings.add(
            "error", "appeals_file", "Это файл апелляций, а не протокол с результатами экзамена.",
            "Загрузите протокол: в нём есть столбцы с ответами на задания и первичным баллом.",
            sheet=sheet.name, row=match.header_row + 1,
        )
        return Reading()
    works = [work for section in find_sections(sheet) if (work := _read_section(sheet, section, context))]
    return Reading(works=works)


def _read_section(sheet: Sheet, section: Section, context: Context) -> ParsedWork | None:
    roles = section.header.roles
    rows = sheet.rows[section.first_row : section.last_row]
    columns = columns_of(rows, len(section.header.texts))
    short = None if roles.short_answers is None else columns[roles.short_answers]
    long = None if roles.long_answers is None else columns[roles.long_answers]
    answers = parse_answers(short, long, len(rows))
    if not answers.points.shape[1]:
        return None
    key = _key(section, columns)
    asked = merged(merged(context.request.assessment, key), context.from_name)
    entry = entry_of(answers, asked, context)
    items, matrix = items_in_a_row(answers) if entry is None else items_by_entry(answers, entry)
    if entry is None:
        context.findings.add(
            "warning", "items_in_a_row",
            "План этой работы не найден: задания пронумерованы подряд, сначала с кратким ответом, затем с развёрнутым.",
            "Если порядок другой, добавьте план работы и загрузите протокол ещё раз.",
            sheet=sheet.name, row=section.header_row + 1,
        )
    else:
        key = merged(key, AssessmentKey(entry.procedure, entry.subject, entry.grade))
    column = roles.short_answers if roles.short_answers is not None else roles.long_answers
    spec = TableSpec(
        layout=NAME,
        sheet=sheet,
        header_row=section.header_row,
        first_row=section.first_row,
        last_row=section.last_row,
        items=tuple(ItemColumn(column or 0, code, top, f"задание {code}") for code, top in items),
        roles=_roles(roles, key),
        headers=section.header.texts,
        dropped=section.header.personal,
        found=key,
        total_mismatch_refuses=False,
        keeps_latest=True,
        is_section=lambda row: _is_void(row, roles.status),
    )
    void = [line for line, row in enumerate(rows) if _is_void(row, roles.status)]
    if void:
        matrix = matrix.copy()
        matrix[void] = BLANK
        where = places([spec.row(line) for line in void])
        context.findings.add(
            "warning", "void_results", f"Не учтены аннулированные результаты: {where}.",
            "Ничего делать не нужно.", sheet=sheet.name, row=spec.row(void[0]), column=roles.status,
            field=spec.header(roles.status),
        )
    _report_misread(answers, frozenset(void), columns, spec, roles, context)
    return read_table(spec, context, matrix)


def _key(section: Section, columns: Sequence[tuple[Cell, ...]]) -> AssessmentKey:
    """Return what title and columns say: ЕГЭ has a test score, ОГЭ a mark; the grade of the classes decides first."""
    roles, titles = section.header.roles, section.titles
    grades = set()
    if roles.class_name is not None:
        grades = {split_class(text)[0] for text in set(texts(columns[roles.class_name]))} - {None}
    procedure = titles.procedure or canonical_procedure(titles.subject or "")
    if procedure is None:
        if grades == {_GRADES["ОГЭ"]}:
            procedure = "ОГЭ"
        elif grades == {_GRADES["ЕГЭ"]} or roles.test_score is not None:
            procedure = "ЕГЭ"
        elif roles.mark is not None:
            procedure = "ОГЭ"
    subject = subject_named(titles.subject or "", procedure)
    return replace(
        titles, procedure=procedure, subject=subject, grade=titles.grade or _GRADES.get(procedure or "")
    )


def _roles(roles: Roles, key: AssessmentKey) -> Roles:
    """Return the roles that the table reader needs; the «балл» of ЕГЭ in basic mathematics is a mark."""
    if key.subject and "базов" in folded(key.subject) and roles.mark is None:
        roles = replace(roles, mark=roles.test_score, test_score=None)
    # A running number tells nobody apart where there are codes or names.
    return replace(roles, number=None) if roles.code is not None or roles.name else roles


def _is_void(row: list[Cell], status: int | None) -> bool:
    return status is not None and status < len(row) and _VOID.search(cell_text(row[status])) is not None


def _report_misread(
    answers: Answers,
    void: frozenset[int],
    columns: Sequence[tuple[Cell, ...]],
    spec: TableSpec,
    roles: Roles,
    context: Context,
) -> None:
    """Report strings of answers that could not be taken; words in them may be names of a shifted row."""
    for line, is_short in answers.misread:
        column = roles.short_answers if is_short else roles.long_answers
        if line in void or column is None:
            continue
        text = cell_text(columns[column][line])[:60]
        shown = MASK if named_in_code(text) else masked(text)
        if is_short:
            expected = f"ожидается {plural(answers.short, 'знак', 'знака', 'знаков')}: «+», «-» или цифра"
        else:
            example = "".join(f"0({top})" for top in answers.long_maxima[:3])
            expected = f"ожидаются баллы вида «{example}…»" if example else "ожидается знак на каждое задание"
        context.findings.add(
            "error", "misread_answers", f"Строка ответов «{shown}» не похожа на остальные: {expected}.",
            "Проверьте строку или выгрузите протокол ещё раз.",
            sheet=spec.sheet.name, row=spec.row(line), column=column, field=spec.header(column), value=shown,
        )
