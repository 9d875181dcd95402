"""A table read by the answers of the mapping screen."""

from __future__ import annotations

from core.intake.cells import cell_text, folded
from core.intake.context import Context
from core.intake.contract import Mapping, ParsedWork
from core.intake.identifying import DEFAULT_PROCEDURE
from core.intake.personal import masked, personal_header
from core.intake.tabular.schools import schools_role
from core.intake.tabular.spec import ItemColumn, Roles, TableSpec, Vocabulary
from core.intake.tabular.table import read_table
from core.intake.titles import read_titles
from core.workbooks.grid import Workbook, column_letter

NAME = "wide-table"


def read_mapped(workbook: Workbook, mapping: Mapping, context: Context) -> ParsedWork | None:
    """Return the work that the mapping describes; None with an error finding when it does not fit the workbook."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == mapping.sheet), None)
    if sheet is None:
        named = ", ".join(f"«{one.name}»" for one in workbook.sheets)
        context.findings.add(
            "error", "mapping_sheet", f"В книге нет листа «{mapping.sheet}». Есть: {named}.", "Выберите лист заново."
        )
        return None
    width = max(map(len, sheet.rows), default=0)
    used = {*mapping.items, *mapping.name, *(column for column in _columns(mapping) if column is not None)}
    if not mapping.items or max(used) >= width or not 1 <= mapping.header_row < mapping.first_row <= len(sheet.rows):
        context.findings.add(
            "error", "mapping_columns",
            f"Разметка не подходит к листу «{sheet.name}»: в нём столбцы до {column_letter(max(width - 1, 0))} "
            f"и {len(sheet.rows)} строк.",
            "Отметьте строку шапки, первую строку с данными и столбцы с заданиями.", sheet=sheet.name,
        )
        return None
    above = sheet.rows[: mapping.header_row]
    headers = tuple(cell_text(cell) for cell in above[-1]) + ("",) * (width - len(above[-1]))
    code, name = schools_role(sheet.rows[mapping.first_row - 1 :], mapping.school)
    spec = TableSpec(
        layout=NAME,
        sheet=sheet,
        header_row=mapping.header_row - 1,
        first_row=mapping.first_row - 1,
        items=tuple(
            ItemColumn(column, item, maximum, masked(headers[column]))
            for column, (item, maximum) in sorted(mapping.items.items())
        ),
        roles=Roles(
            code=mapping.code, name=mapping.name, school_code=code, school_name=name, class_name=mapping.class_name,
            variant=mapping.variant, total=mapping.total, mark=mapping.mark, journal_mark=mapping.journal_mark,
        ),
        headers=headers,
        dropped=tuple(c for c, text in enumerate(headers) if c not in used and personal_header(text) is not None),
        found=read_titles(above[:-1]),
        default_procedure=DEFAULT_PROCEDURE,
        vocabulary=_vocabulary(mapping),
    )
    return read_table(spec, context)


def _columns(mapping: Mapping) -> tuple[int | None, ...]:
    return (
        mapping.code, mapping.school, mapping.class_name, mapping.variant, mapping.total, mapping.mark,
        mapping.journal_mark,
    )


def _vocabulary(mapping: Mapping) -> Vocabulary:
    """Return the words of score cells that the user named; the usual «-» is then no surprise."""
    skipped = frozenset(map(folded, mapping.not_attempted_codes)) | {"x", "х"}
    return Vocabulary(
        absent=frozenset(map(folded, mapping.absent_codes)),
        skipped=skipped,
        skipped_unusual=Vocabulary().skipped_unusual - skipped,
        not_administered=frozenset(map(folded, mapping.not_administered_codes)),
    )
