"""From a table of participants to a parsed work: the one path that all layouts with participants share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import is_blank
from core.intake.context import Context
from core.intake.contract import ItemSpec, ParsedWork
from core.intake.identifying import Evidence, identify_work
from core.intake.tabular.cell_errors import report_cell_error, report_cell_errors
from core.intake.tabular.classes import Participants, split_into_classes
from core.intake.tabular.diagnosis import report_scores, settle
from core.intake.tabular.grid_columns import columns_of
from core.intake.tabular.lines import Lines, sort_lines
from core.intake.tabular.maxima import settle_maxima
from core.intake.tabular.merged import fill_merged
from core.intake.tabular.people import (
    People,
    identify_people,
    make_codes,
    repeated,
    report_long_codes,
    report_repeated,
)
from core.intake.tabular.schools import (
    Grouping,
    check_classes,
    classes_of,
    one_name_a_code,
    report_scattered,
    schools_of,
)
from core.intake.tabular.scores import points, score_matrix
from core.intake.tabular.spec import TableSpec
from core.intake.tabular.totals import check_totals
from core.intake.titles import date_of
from core.workbooks.grid import Cell, column_letter

Columns = Sequence[tuple[Cell, ...]]


def read_table(spec: TableSpec, context: Context, raw: NDArray[np.int8] | None = None) -> ParsedWork | None:
    """Return the work that the table holds; what is wrong goes to the context's findings. None without participants.

    `raw` is the matrix of scores, lines of the body × items with the codes of `core.intake.tabular.scores`, where the
    layout has made it itself (ГИА); then its cells are not looked at again.
    """
    rows = spec.sheet.rows[spec.first_row : spec.last_row]
    columns = fill_merged(columns_of(rows, len(spec.headers)), spec, context)
    _report_twice(spec, context)
    people = identify_people(columns, spec)
    if people is None:
        context.findings.add(
            "error", "no_code_column", "В таблице нет ни кодов участников, ни фамилий, ни номеров по порядку.",
            "Добавьте столбец «Код участника» и впишите в него код каждого ученика.",
            sheet=spec.sheet.name, row=spec.header_row + 1,
        )
        return None
    cells = [] if raw is not None else [columns[item.column] for item in spec.items]
    matrix = score_matrix(cells, len(rows), spec.vocabulary) if raw is None else raw
    lines = sort_lines(matrix, columns, _identified(people, spec, rows), spec, rows, context.findings)
    _report_codeless(lines, spec, context)
    if not len(lines.participants):
        context.findings.add(
            "error", "no_participants", "В таблице нет ни одного участника с баллами.",
            "Проверьте, тот ли файл выбран и заполнен ли он.", sheet=spec.sheet.name, row=spec.header_row + 1,
        )
        return None
    return _read_participants(spec, context, columns, cells, matrix, people, lines)


def _read_participants(
    spec: TableSpec,
    context: Context,
    columns: Columns,
    cells: Columns,
    matrix: NDArray[np.int8],
    people: People,
    lines: Lines,
) -> ParsedWork:
    who = lines.participants
    schools = one_name_a_code(schools_of(columns, spec), who, spec, context)
    report_scattered(schools, who, spec, context)
    grades, names = classes_of(columns, spec)
    evidence = _evidence(spec, frozenset(grades[line] for line in who), people, who, columns)
    spec = settle_maxima(spec, matrix[who], evidence, context)
    known_errors = report_cell_errors(spec, who, context.findings)
    if cells:
        maxima = [item.max_score for item in spec.items]
        report_scores(matrix[who], cells, who, maxima, spec, context.findings, known_errors)
    key = identify_work(replace(evidence, codes=tuple(item.code for item in spec.items)), context)
    check_classes(columns, grades, names, who, key.grade, spec, context)
    if len({grades[line] for line in who} - {None}) > 1:
        # 8А and 9А of one table are two classes: what is not of the work's grade keeps its own.
        named = zip(grades, names, strict=True)
        names = [name if grade in (None, key.grade) else f"{grade}{name}" for grade, name in named]

    keys = [school.code or school.name or "" for school in schools.values]
    school_keys = [keys[number] for number in schools.index[who]]
    class_names = [names[line] for line in who]
    report_long_codes(people, who, spec, context)
    codes = make_codes(people, who, school_keys, class_names, context)
    pairs = repeated(codes, school_keys, class_names, people)
    report_repeated(pairs, codes, who, people, spec, context)
    if pairs and spec.keeps_latest:
        kept = np.setdiff1d(np.arange(len(who)), [earlier for earlier, _ in pairs])
        who, codes = who[kept], [codes[position] for position in kept]
    scores = matrix[who]
    totals, total = points(scores), spec.roles.total
    if total is not None:
        totals = check_totals(columns[total], total, totals, who, spec, context.findings)
    participants = Participants(
        who, codes, Grouping(schools.values, schools.index[who]), [names[line] for line in who],
        settle(scores), totals,
    )
    return ParsedWork(
        layout=spec.layout,
        assessment=key,
        items=tuple(ItemSpec(item.code, item.max_score or 1, item.level) for item in spec.items),
        classes=split_into_classes(participants, columns, spec, context),
        absent=len(lines.absent),
        sheet=spec.sheet.name,
        dropped_columns=tuple(spec.header(column) for column in people.dropped),
        ignored_columns=_ignored(spec, people.dropped),
    )


def _identified(people: People, spec: TableSpec, rows: Sequence[list[Cell]]) -> NDArray[np.bool_]:
    """Say which lines are somebody's. A prepared line with nothing but its running number is nobody's."""
    identified = people.identified()
    if people.from_numbers:
        passed_over = {spec.roles.number, spec.roles.total}
        identified &= np.array(
            [any(not is_blank(cell) for column, cell in enumerate(row) if column not in passed_over) for row in rows],
            dtype=np.bool_,
        )
    return identified


def _evidence(
    spec: TableSpec, grades: frozenset[int | None], people: People, who: NDArray[np.intp], columns: Columns
) -> Evidence:
    dates = () if spec.roles.held_on is None else (columns[spec.roles.held_on][line] for line in who[:50])
    return Evidence(
        dated=next((day for cell in dates if (day := date_of(cell)) is not None), None),
        sheet=spec.sheet.name,
        titles=spec.found,
        codes=tuple(item.code for item in spec.items),
        maxima=tuple(item.max_score for item in spec.items),
        procedure=spec.procedure,
        grades=grades,
        default_procedure=spec.default_procedure,
        participants_codes=() if people.names is not None else tuple(people.codes[line] for line in who[:200]),
    )


def _ignored(spec: TableSpec, dropped: Sequence[int]) -> tuple[str, ...]:
    """Return headers of columns that are neither read nor dropped as personal."""
    used = {item.column for item in spec.items} | set(spec.roles.single().values()) | set(dropped)
    return tuple(
        spec.header(column) for column, header in enumerate(spec.headers) if header and column not in used
    )


def _report_twice(spec: TableSpec, context: Context) -> None:
    """Report columns that name the same item, whether the layout left the second out or not."""
    seen: dict[str, int] = {}
    both = [
        (first, item.column)
        for item in spec.items
        if (first := seen.setdefault(item.code, item.column)) != item.column
    ]
    for first, second in (*spec.twice, *both):
        letters = column_letter(first), column_letter(second)
        context.findings.add(
            "error", "column_twice",
            f"Столбцы {letters[0]} и {letters[1]} оба называются «{spec.header(second)}».",
            "Оставьте один из них или исправьте номер задания.",
            sheet=spec.sheet.name, row=spec.header_row + 1, column=second, field=spec.header(second),
        )


def _report_codeless(lines: Lines, spec: TableSpec, context: Context) -> None:
    column = spec.roles.code
    broken = {error.row: error for error in spec.sheet.errors if error.column == column}
    for line in map(int, lines.codeless):
        if spec.row(line) in broken:
            report_cell_error(broken[spec.row(line)], spec, context.findings)
            continue
        context.findings.add(
            "error", "no_code", "Баллы проставлены, а код участника не указан.", "Впишите код участника.",
            sheet=spec.sheet.name, row=spec.row(line), column=column, field=spec.header(column),
        )
