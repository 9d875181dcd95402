"""Which lines of a table are participants, which are absent, totals, repeated headers or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text, folded
from core.intake.findings import Findings
from core.intake.tabular.grid_columns import mapped
from core.intake.tabular.headers import Role, role_of
from core.intake.tabular.scores import ABSENT, BAD, BLANK, UNUSUAL
from core.intake.tabular.spec import TableSpec
from core.intake.wording import places
from core.workbooks.grid import Cell

_TOTAL = re.compile(
    r"(?:итого|всего|средн|максим|макс\b|минимал|% ?вып|процент|выполнили|справились|доля\b|сумма баллов|кол-?во\b"
    r"|количество|решаемость|успеваемость|качество|соу\b)",
)
_SHOWN = re.compile(r"[^\W\d_%]+(?: [а-яё%-]+){0,4}|% ?[а-яё]+")
"""What is shown of such a line: a name may follow in it, but not in small letters."""
_TOTAL_FIRST_LETTERS = frozenset("ИиВвСсМм%ПпДдКкРрУу ")
_ABSENT_VARIANT = re.compile(r"отс(?:утств\w*)?|н|н/б|нб|не явил\w*|неявка")


@dataclass(frozen=True, slots=True)
class Lines:
    """Positions (from 0, within the table's body) of the lines of each kind."""

    participants: NDArray[np.intp]
    absent: NDArray[np.intp]
    codeless: NDArray[np.intp]
    """Lines with scores and neither code nor name."""


def sort_lines(
    matrix: NDArray[np.int8],
    columns: Sequence[tuple[Cell, ...]],
    identified: NDArray[np.bool_],
    spec: TableSpec,
    rows: Sequence[list[Cell]],
    findings: Findings,
) -> Lines:
    """Sort the lines of a table's body; report totals, repeated headers, and absent participants with scores.

    `matrix` holds the reader's codes, `identified` says which lines have a code or a name.
    """
    blank = (matrix == BLANK).all(axis=1)
    left_out = _totals(columns, spec, len(matrix), findings) | _headers_inside(columns, spec, len(matrix), findings)
    if spec.is_section is not None:
        for line in map(int, np.flatnonzero(blank)):
            left_out[line] |= spec.is_section(rows[line])
    said_absent = (matrix == ABSENT).any(axis=1) | _absent_by_variant(columns, spec, len(matrix))
    scored = ((matrix > ABSENT) & (matrix != BLANK)).any(axis=1)
    for line in map(int, np.flatnonzero(~left_out & said_absent & scored)):
        findings.add(
            "error", "absent_with_scores",
            "Участник отмечен как отсутствовавший, но баллы у него проставлены.",
            "Уберите отметку об отсутствии или баллы.", sheet=spec.sheet.name, row=spec.row(line),
        )
    written = ~left_out & ~said_absent & ~blank
    told = ((matrix > BAD) & (matrix != UNUSUAL) & (matrix != BLANK)).any(axis=1)
    return Lines(
        participants=np.flatnonzero(written & identified),
        absent=np.flatnonzero(~left_out & identified & ((said_absent & ~scored) | blank)),
        codeless=np.flatnonzero(written & ~identified & told),
    )


def _absent_by_variant(columns: Sequence[tuple[Cell, ...]], spec: TableSpec, lines: int) -> NDArray[np.bool_]:
    if spec.roles.variant is None or str not in set(map(type, columns[spec.roles.variant])):
        return np.zeros(lines, dtype=np.bool_)
    said = mapped(
        columns[spec.roles.variant],
        lambda cell: isinstance(cell, str) and _ABSENT_VARIANT.fullmatch(folded(cell_text(cell))) is not None,
    )
    return np.array(said, dtype=np.bool_)


def _id_columns(spec: TableSpec) -> list[int]:
    roles = spec.roles
    columns = (roles.code, roles.number, *roles.name[:1], roles.school_code, roles.school_name, roles.class_name)
    return [column for column in columns if column is not None] or [0]


def _totals(
    columns: Sequence[tuple[Cell, ...]], spec: TableSpec, lines: int, findings: Findings
) -> NDArray[np.bool_]:
    """Mark lines that sum the table up («Итого», «Средний балл»), and say so."""
    found = np.zeros(lines, dtype=np.bool_)
    for column in _id_columns(spec):
        cells = columns[column]
        words = {cell for cell in set(cells) if type(cell) is str and _looks_total(cell)}
        if not words:
            continue
        own = [line for line, cell in enumerate(cells) if cell in words]
        found[own] = True
        found_words = _SHOWN.match(cell_text(cells[own[0]]))
        example = found_words.group() if found_words else ""
        numbers = [spec.row(line) for line in own]
        findings.add(
            "warning", "totals_skipped",
            f"Пропущены итоговые строки ({places(numbers)}), например «{example}»: это не участники.",
            "Ничего делать не нужно.", sheet=spec.sheet.name, row=numbers[0], column=column, value=example,
        )
    return found


def _looks_total(cell: str) -> bool:
    return cell[:1] in _TOTAL_FIRST_LETTERS and _TOTAL.match(folded(cell_text(cell))) is not None


def _is_header(cell: str, header: str, role: Role | None) -> bool:
    """Say whether a cell repeats its column's header. Codes, which have digits at an end, are refused quickly."""
    if cell[:1].isdigit() or cell[-1:].isdigit():
        return False
    if role is None:
        return len(cell) < len(header) + 5 and folded(cell_text(cell)) == header
    return role_of(cell_text(cell)) == role


def _headers_inside(
    columns: Sequence[tuple[Cell, ...]], spec: TableSpec, lines: int, findings: Findings
) -> NDArray[np.bool_]:
    """Mark lines that repeat the table's header (as on every printed page); report a second, different table."""
    found = np.zeros(lines, dtype=np.bool_)
    column = _id_columns(spec)[0]
    header, role = folded(spec.header(column)), role_of(spec.header(column))
    if not header:
        return found
    cells = columns[column]
    words = {cell for cell in set(cells) if type(cell) is str and _is_header(cell, header, role)}
    if not words:
        return found
    repeated: list[int] = []
    for line in [line for line, cell in enumerate(cells) if cell in words]:
        found[line] = True
        if all(folded(cell_text(columns[item.column][line])) == folded(item.header) for item in spec.items):
            repeated.append(spec.row(line))
            continue
        found[line:] = True
        findings.add(
            "error", "second_table",
            f"В строке {spec.row(line)} начинается ещё одна таблица, а первая — в строке {spec.header_row + 1}.",
            "Оставьте на листе одну таблицу, вторую перенесите на другой лист.",
            sheet=spec.sheet.name, row=spec.row(line), column=column, value=cell_text(cells[line]),
        )
        break
    if repeated:
        findings.add(
            "warning", "repeated_header", f"Шапка таблицы повторяется ({places(repeated)}): эти строки пропущены.",
            "Ничего делать не нужно.", sheet=spec.sheet.name, row=repeated[0],
        )
    return found
