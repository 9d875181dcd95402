"""Any table whose rows are participants and whose columns are items: НИКО, regional, municipal, school works."""

from __future__ import annotations

from dataclasses import replace

from core.blueprints.naming import canonical_subject, guess_from_file_name
from core.intake.cells import cell_text, folded
from core.intake.class_names import split_class
from core.intake.context import Context
from core.intake.contract import AssessmentKey, SchoolRef
from core.intake.identifying import DEFAULT_PROCEDURE
from core.intake.layouts.base import Book, Match, Reading
from core.intake.personal import MASK, personal_content
from core.intake.sheet_top import SheetTop
from core.intake.tabular.grid_columns import texts
from core.intake.tabular.header_rows import FoundHeader, find_header, label_value
from core.intake.tabular.schools import code_and_name
from core.intake.tabular.spec import TableSpec
from core.intake.tabular.table import read_table
from core.intake.titles import merged, read_titles, subject_named

NAME = "wide-table"
_SCHOOL = frozenset({"школа", "оо", "оу", "образовательная организация", "наименование оо", "организация"})
_CLASS = frozenset({"класс"})
_SUBJECT = frozenset({"предмет", "учебный предмет"})
_LOOKED_AT = 200


def recognise(book: Book) -> list[Match]:
    """Return the sheets with a header of items and participants; surer where participants have a code or a name."""
    matches = []
    for top in book.tops:
        found = find_header(top)
        if found is None or (found.is_aggregate and found.header.roles.code is None and not found.header.roles.name):
            continue
        identified = found.header.identifies or bool(_name_columns(top, found))
        if identified and (len(found.header.items) > 1 or found.header.roles.number is None):
            matches.append(Match(NAME, 0.5, top, found.header_row, found))
        elif len(found.header.items) >= 3 and found.header.roles.single():
            matches.append(Match(NAME, 0.3, top, found.header_row, found))
    # A summary without participants beside real tables is left out; alone it is read, to say what it lacks.
    surest = max((match.confidence for match in matches), default=0.0)
    return [match for match in matches if match.confidence == surest]


def read(match: Match, context: Context) -> Reading:
    """Return the work of the sheet."""
    top = match.top
    found = match.found or find_header(top)
    if found is None:
        return Reading()
    header, above = found.header, top.sheet.rows[: found.header_row]
    roles = header.roles
    if roles.code is None and not roles.name:
        roles = replace(roles, name=_name_columns(top, found))
    if found.spans_rows:
        context.findings.add(
            "warning", "two_header_rows", f"Шапка таблицы занимает несколько строк, по строку {found.header_row + 1}.",
            "Проверьте в предварительном просмотре, верно ли распознаны столбцы.",
            sheet=top.sheet.name, row=found.header_row + 1,
        )
    school = label_value(above, _SCHOOL)
    spec = TableSpec(
        layout=NAME,
        sheet=top.sheet,
        header_row=found.header_row,
        first_row=found.first_row,
        items=header.items,
        roles=roles,
        headers=header.texts,
        twice=header.twice,
        dropped=header.personal,
        found=merged(merged(_subject_column(top, found, context), read_titles(above)), _sheet_name(top)),
        default_procedure=DEFAULT_PROCEDURE,
        school=SchoolRef(*code_and_name(school)) if school else None,
        class_name=label_value(above, _CLASS) or _class_in_sheet_name(top),
    )
    work = read_table(spec, context)
    return Reading(works=[work] if work else [])


def _name_columns(top: SheetTop, found: FoundHeader) -> tuple[int, ...]:
    """Return the column without a known header whose content is names («Ученики», «Список»), () when there is none."""
    header = found.header
    known = {item.column for item in header.items} | set(header.roles.single().values()) | {*header.personal}
    rows = top.sheet.rows[found.first_row : found.first_row + _LOOKED_AT]
    for column in range(min(max(map(len, rows), default=0), 12)):
        if column in known or column in header.roles.document:
            continue
        if personal_content(texts([row[column] if column < len(row) else "" for row in rows])) == "name":
            return (column,)
    return ()


def _subject_column(top: SheetTop, found: FoundHeader, context: Context) -> AssessmentKey:
    """Return the subject of a column «Предмет»; several subjects in one table are an error."""
    column = next((c for c, text in enumerate(found.header.texts) if folded(text) in _SUBJECT), None)
    if column is None:
        return AssessmentKey()
    rows = top.sheet.rows[found.first_row :]
    subjects = sorted({text for row in rows if column < len(row) and (text := cell_text(row[column]))})
    shown = [text if canonical_subject(text) else MASK for text in subjects]
    if len(subjects) > 1:
        context.findings.add(
            "error", "several_subjects",
            f"В одной таблице несколько предметов: «{shown[0]}», «{shown[1]}»…",
            "Разделите таблицу: один лист — один предмет.", sheet=top.sheet.name, row=found.header_row + 1,
            column=column, field=found.header.texts[column],
        )
        subjects = [text for text in subjects if canonical_subject(text)]
    return AssessmentKey(subject=subject_named(subjects[0]) if subjects else None)


def _class_in_sheet_name(top: SheetTop) -> str | None:
    """Return the class that names the sheet («8А», «8 Б класс»), or None."""
    grade, name = split_class(top.sheet.name.strip())
    return top.sheet.name.strip() if grade is not None and name else None


def _sheet_name(top: SheetTop) -> AssessmentKey:
    """Return what the sheet's name says, if it names a subject or a procedure at all."""
    guess = guess_from_file_name(top.sheet.name)
    if guess.subject is None and guess.procedure is None:
        return AssessmentKey()
    return AssessmentKey(guess.procedure, guess.subject, guess.grade, guess.year)
