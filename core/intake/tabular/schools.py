"""Which school and class each line belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text, is_blank
from core.intake.class_names import grade_possible, split_class
from core.intake.context import Context
from core.intake.contract import SchoolRef, Severity
from core.intake.personal import MASK, masked, surely_personal
from core.intake.tabular.grid_columns import coded, mapped
from core.intake.tabular.spec import TableSpec
from core.workbooks.grid import Cell

_LOGIN = re.compile(r"(?:edu|sch|spo)\d{4,8}", re.I)
_LONGEST_CODE = 20
_ONE_WORD = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\d*")
_MANY_SCHOOLS = 10
_SCATTERED = 0.8
_CODE_AND_NAME = re.compile(r"^\s*([a-z]{2,4}\d+(?:_m\d+)?)\s*[|¦]\s*(.+)$", re.I)
_NAME_AND_CODE = re.compile(r"^(.+?)\s*\(\s*((?:edu|sch|spo|reg)\w+)\s*\)\s*$", re.I)


@lru_cache(maxsize=4096)
def code_and_name(text: str) -> tuple[str | None, str | None]:
    """Return (code, name) of an organisation: «edu223160 | МБОУ СОШ № 1», «МБОУ СОШ № 1(edu223160)», «417000».

    A person's name with initials or patronymic, a phone or a document there is masked.

    >>> code_and_name("edu223160 | МБОУ СОШ № 1")
    ('edu223160', 'МБОУ СОШ № 1')
    """
    if not text:
        return None, None
    if surely_personal(text):
        return None, MASK
    found = _CODE_AND_NAME.match(text)
    if found:
        return found.group(1).lower(), found.group(2).strip()
    found = _NAME_AND_CODE.match(text)
    if found:
        return found.group(2).lower(), found.group(1).strip()
    if _LOGIN.fullmatch(text):
        return text.lower(), None
    return (text, None) if text.isdecimal() else (None, text)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Distinct values and, for each line, the number of its value."""

    values: list[SchoolRef]
    index: NDArray[np.intp]


def schools_of(columns: Sequence[tuple[Cell, ...]], spec: TableSpec) -> Grouping:
    """Return the schools that the table names, and which of them each line belongs to."""
    roles = spec.roles
    lines = len(columns[0]) if columns else 0
    single = spec.school or SchoolRef()
    wanted = (roles.school_code, roles.school_name, roles.municipality, roles.region)
    if all(column is None for column in wanted[:2]):
        return Grouping([single], np.zeros(lines, dtype=np.intp))
    parts = [[""] * lines if column is None else columns[column] for column in wanted]
    numbers: dict[tuple[Cell, ...], int] = {}
    index = np.array([numbers.setdefault(key, len(numbers)) for key in zip(*parts, strict=True)], dtype=np.intp)
    refs: dict[SchoolRef, int] = {}
    same = [refs.setdefault(_reference(tuple(map(cell_text, key))) or single, len(refs)) for key in numbers]
    return Grouping(list(refs), np.array(same, dtype=np.intp)[index])


def one_name_a_code(
    schools: Grouping, lines: NDArray[np.intp], spec: TableSpec, context: Context
) -> Grouping:
    """Return the schools with one value a code: the name that most of the participants' `lines` have.

    Names of one school are written differently in one file («СОШ №1», «СОШ № 1»); the code says that it is one.
    """
    if len({school.code for school in schools.values if school.code}) == sum(bool(one.code) for one in schools.values):
        return schools
    sizes = np.bincount(schools.index[lines], minlength=len(schools.values))
    chosen: dict[str, int] = {}
    for number, school in enumerate(schools.values):
        if school.code and sizes[number] > sizes[chosen.setdefault(school.code, number)]:
            chosen[school.code] = number
    for number, school in enumerate(schools.values):
        kept = schools.values[chosen.get(school.code or "", number)]
        if school.name and kept.name and school.name != kept.name and sizes[number]:
            line = next(int(line) for line in lines if schools.index[line] == number)
            column = spec.roles.school_name
            context.findings.add(
                "warning", "school_named_twice",
                f"Школа с кодом {school.code} названа по-разному: «{masked(kept.name)}» и «{masked(school.name)}».",
                "Взято название, которое встречается чаще. Если это разные школы, исправьте код.",
                sheet=spec.sheet.name, row=spec.row(line), column=column, field=spec.header(column), value=school.name,
            )
    same = [chosen.get(school.code or "", number) for number, school in enumerate(schools.values)]
    return Grouping(schools.values, np.array(same, dtype=np.intp)[schools.index])


def report_scattered(schools: Grouping, lines: NDArray[np.intp], spec: TableSpec, context: Context) -> None:
    """Refuse a table in which nearly every participant has a «school» of one word: those are names of people."""
    met = {int(number) for number in schools.index[lines]}
    named = [name for number in met if (name := schools.values[number].name) and _ONE_WORD.fullmatch(name)]
    if len(named) >= max(_MANY_SCHOOLS, _SCATTERED * len(lines)):
        column = spec.roles.school_name
        context.findings.add(
            "error", "schools_are_people",
            "В столбце школ почти у каждого участника своё слово: похоже, это фамилии, а не школы.",
            "Проверьте шапку этого столбца.", sheet=spec.sheet.name, row=spec.header_row + 1, column=column,
            field=spec.header(column),
        )


def _reference(key: tuple[str, ...]) -> SchoolRef | None:
    code, code_name = code_and_name(key[0])
    if code is None and code_name is not None and len(code_name) <= _LONGEST_CODE and " " not in code_name:
        code, code_name = code_name, None
    other_code, name = code_and_name(key[1])
    code, name = code or other_code, name or code_name
    if not (code or name):
        return None
    return SchoolRef(code, name, code_and_name(key[2])[1], code_and_name(key[3])[1])


def schools_role(rows: Sequence[Sequence[Cell]], column: int | None) -> tuple[int | None, int | None]:
    """Return (column of codes, column of names) for one column of schools, by what its first cells hold."""
    if column is None:
        return None, None
    sample = [cell_text(row[column]) for row in rows[:200] if column < len(row)]
    coded = sum(code_and_name(text)[1] is None for text in sample if text)
    return (column, None) if coded > len(sample) / 2 else (None, column)


def classes_of(
    columns: Sequence[tuple[Cell, ...]], spec: TableSpec
) -> tuple[list[int | None], list[str]]:
    """Return the grade (None where not said) and the class's name of each line."""
    lines = len(columns[0]) if columns else 0
    roles = spec.roles
    if roles.class_name is not None:
        ordinal = spec.ordinal_classes or roles.grade is not None
        pairs = mapped(columns[roles.class_name], lambda cell: split_class(masked(cell_text(cell)), ordinal))
    else:
        pairs = [split_class(spec.class_name or "")] * lines
    grades: list[int | None] = [grade for grade, _ in pairs]
    if roles.grade is not None:
        grades = mapped(columns[roles.grade], lambda cell: split_class(cell_text(cell))[0])
    return grades, [name for _, name in pairs]


def check_classes(
    columns: Sequence[tuple[Cell, ...]],
    grades: Sequence[int | None],
    names: Sequence[str],
    lines: NDArray[np.intp],
    grade: int | None,
    spec: TableSpec,
    context: Context,
) -> None:
    """Report participants' classes of grades that do not exist, of another grade than the work's, and missing ones."""
    column = spec.roles.class_name
    if column is None:
        return
    own = {grades[line] for line in lines}
    if not all(map(grade_possible, own)):
        for line in map(int, lines):
            if not grade_possible(grades[line]):
                _say(context, spec, "error", "odd_class", line, column, columns[column][line],
                     f"Класса «{masked(cell_text(columns[column][line]))}» не бывает.",
                     "Исправьте название класса, например «8А».")
        return
    for line in map(int, lines):
        if names[line] == MASK:
            _say(context, spec, "error", "odd_class", line, column, columns[column][line],
                 "Вместо класса стоят личные данные.", "Впишите класс, например «8А».")
    if grade is not None and own - {None, grade}:
        line = next(int(line) for line in lines if grades[line] not in (None, grade))
        _say(context, spec, "warning", "class_of_other_grade", line, column, columns[column][line],
             f"Класс «{masked(cell_text(columns[column][line]))}» не совпадает с классом работы ({grade}).",
             "Если это работа по программе предыдущего класса, так и должно быть; иначе проверьте файл.")
    said = coded(columns[column], lambda cell: not is_blank(cell), np.int8)[lines] > 0
    if said.any() and not said.all():
        for line in map(int, lines[~said]):
            _say(context, spec, "error", "no_class", line, column, None, "Не указан класс участника.",
                 "Впишите класс в каждую строку.")


def _say(
    context: Context, spec: TableSpec, severity: Severity, code: str, line: int, column: int, value: Cell, message: str,
    advice: str,
) -> None:
    context.findings.add(
        severity, code, message, advice, sheet=spec.sheet.name, row=spec.row(line), column=column,
        field=spec.header(column), value=value,
    )
