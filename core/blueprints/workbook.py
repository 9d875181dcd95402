"""A blueprint from an uploaded workbook: the plan of ФИПИ, the description of ФИОКО, or our own template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from core.blueprints.columns import Role, roles_of
from core.blueprints.drafts import BlueprintDraft, DraftItem, element_of
from core.blueprints.items import parse_item_header
from core.blueprints.values import (
    parse_criteria,
    parse_elements,
    parse_flag,
    parse_format,
    parse_level,
    parse_max,
    parse_text,
    text_of,
)
from core.blueprints.workbook_head import work_of
from core.errors import InvalidInput, Place
from core.workbooks.grid import Cell, Sheet, Workbook, column_letter

_HEADER_WITHIN = 40
_RANGE = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})")
_TOTALS = re.compile(r"^(?:всего|итого|максимальный балл|общее время)", re.IGNORECASE)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class ReadBlueprint:
    """What was read: a draft, and everything that is wrong in the table, each with its place. Store only without it."""

    draft: BlueprintDraft
    problems: tuple[InvalidInput, ...] = ()


def read_blueprint(workbook: Workbook) -> ReadBlueprint:
    """Return the blueprint in the first sheet that has one.

    Columns are found by their headers, in any order; without a column of elements the skill's first sentence stands in
    for one (as in `from_outcomes`); ranges («1–4») become single items; rows that repeat a number or
    leave it empty (one row a pair КЭС × КТ) are joined. Procedure, subject, grade and year come from a sheet of
    fields («Предмет | …»), from a title, from the file's name. Raise InvalidInput when no sheet has a blueprint.
    """
    for sheet in sorted(workbook.sheets, key=lambda one: one.hidden):
        found = _find_header(sheet)
        if found is not None:
            table = _Table(sheet, *found)
            items = tuple(table.items())
            table.check_codes(items)
            return ReadBlueprint(replace(work_of(workbook, sheet, found[0]), items=items), tuple(table.problems))
    raise InvalidInput(
        "В файле нет таблицы плана работы: не найдена строка заголовков с номером задания и наибольшим баллом.",
        "Назовите столбцы «№ задания» и «Макс. балл» или возьмите готовый шаблон.",
    )


def _find_header(sheet: Sheet) -> tuple[int, dict[Role, int]] | None:
    """Return the index of the header row and the columns of its roles."""
    for index, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        roles = roles_of([text_of(cell) for cell in row])
        if Role.CODE in roles and Role.MAX in roles:
            return index, roles
    return None


@dataclass
class _Table:
    """The rows below the header, read item by item; what is wrong gathers in `problems`."""

    sheet: Sheet
    header: int
    columns: dict[Role, int]
    problems: list[InvalidInput] = field(default_factory=list)
    rows_of_codes: dict[str, int] = field(default_factory=dict)

    def items(self) -> Iterator[DraftItem]:
        """Give the items in the order of the table, rows of one item joined."""
        pending: dict[str, DraftItem] = {}
        for index in range(self.header + 1, len(self.sheet.rows)):
            row = self.sheet.rows[index]
            texts = [text_of(cell) for cell in row]
            if any(_TOTALS.match(text) for text in texts[:2]):
                break
            codes, maximum = self._codes(index, row, set(pending))
            if not codes and pending and any(texts):
                codes = list(pending)  # the number stands only in the first of the item's rows
            for code in codes:
                known = pending.get(code)
                if known is not None:
                    self._check_maximum(index, known, maximum)
                    pending[code] = _joined(known, self._described(index, row, known))
            fresh = [code for code in codes if code not in pending]
            if fresh:
                yield from pending.values()
                pending = {code: self._described(index, row, DraftItem(code, maximum or 1)) for code in fresh}
                for code in fresh:
                    self.rows_of_codes.setdefault(code, index)
        yield from pending.values()

    def check_codes(self, items: tuple[DraftItem, ...]) -> None:
        """Refuse an empty table and numbers that come again further down."""
        codes = [item.code for item in items]
        if not codes:
            error = InvalidInput("В таблице нет ни одного задания.", "Заполните строки под заголовком.")
            self._refuse(error, None, None)
        for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
            error = InvalidInput(f"Задание «{code}» встречается дважды.", "Оставьте одну строку или исправьте номер.")
            self._refuse(error, self.rows_of_codes.get(code), Role.CODE)

    def _check_maximum(self, index: int, known: DraftItem, maximum: int | None) -> None:
        """Refuse another maximum in a further row of the same item: it is rather another item with a wrong number."""
        if maximum is not None and maximum != known.max_score:
            error = InvalidInput(
                f"Задание «{known.code}» записано дважды с разными баллами: {known.max_score} и {maximum}.",
                "Исправьте номер или балл.",
            )
            self._refuse(error, index, Role.MAX)

    def _codes(self, index: int, row: list[Cell], known: set[str]) -> tuple[list[str], int | None]:
        """Return the codes of a row (several for a range) and their maximum, None where a further row leaves it out.

        No codes for a row that names no item.
        """
        raw, maximum = self._cell(row, Role.CODE), self._cell(row, Role.MAX)
        text = text_of(raw)
        if not text:
            return [], None
        numbers = _RANGE.fullmatch(text)
        parsed = parse_item_header(raw) if isinstance(raw, str | int | float) else None
        if numbers and int(numbers[1]) < int(numbers[2]) <= int(numbers[1]) + 60:
            codes = [str(number) for number in range(int(numbers[1]), int(numbers[2]) + 1)]
        elif parsed:
            codes = [parsed[0]]
        elif text_of(maximum) and re.search(r"\d", text):
            error = InvalidInput(f"Номер задания «{text}» непонятен.", "Запишите его как 5, 9.1, 4К1 или 10(2).")
            self._refuse(error, index, Role.CODE)
            return [], None
        else:
            return [], None
        printed = parsed[1] if parsed and not numbers else None
        if printed is not None and not text_of(maximum):
            return codes, printed
        if not text_of(maximum) and known.issuperset(codes):
            return codes, None
        return codes, self._value(index, row, Role.MAX, parse_max, 1)

    def _described(self, index: int, row: list[Cell], item: DraftItem) -> DraftItem:
        """Return the item with everything that the row says about it."""
        nothing: list[dict[str, str | int]] = []
        criteria = self._value(index, row, Role.CRITERIA, parse_criteria, nothing)
        skill = self._text(index, row, Role.SKILL, "skill")
        described = DraftItem(
            code=item.code, max_score=item.max_score, level=self._value(index, row, Role.LEVEL, parse_level, None),
            elements=self._value(index, row, Role.ELEMENT, parse_elements, element_of(skill)),
            element_codes=self._text(index, row, Role.ELEMENT_CODES, "element_codes"),
            requirement_codes=self._text(index, row, Role.REQUIREMENT_CODES, "requirement_codes"),
            task_type=self._text(index, row, Role.TASK_TYPE, "task_type") or None,
            answer_format=self._value(index, row, Role.FORMAT, parse_format, None),
            skill=skill,
            is_cross_cutting=self._value(index, row, Role.CROSS_CUTTING, parse_flag, False),
            criteria=tuple((str(one["code"]), int(one["max"])) for one in criteria),
        )
        total = sum(maximum for _, maximum in described.criteria)
        if described.criteria and total != described.max_score:
            error = InvalidInput(
                f"Критерии задания «{item.code}» дают {total}, а его наибольший балл — {item.max_score}.",
                "Исправьте критерии или наибольший балл.",
            )
            self._refuse(error, index, Role.CRITERIA)
        return described

    def _cell(self, row: list[Cell], role: Role) -> Cell:
        column = self.columns.get(role)
        return row[column] if column is not None and column < len(row) else None

    def _text(self, index: int, row: list[Cell], role: Role, column: str) -> str:
        return self._value(index, row, role, lambda value: parse_text(column, value), "")

    def _value(
        self, index: int, row: list[Cell], role: Role, parse: Callable[[object], _Value], fallback: _Value
    ) -> _Value:
        """Return the parsed cell; note what is wrong with it and go on with the fallback."""
        if role not in self.columns:
            return fallback
        try:
            return parse(self._cell(row, role))
        except InvalidInput as error:
            self._refuse(error, index, role)
            return fallback

    def _refuse(self, error: InvalidInput, index: int | None, role: Role | None) -> None:
        column = self.columns.get(role) if role else None
        place = Place(
            sheet=self.sheet.name, row=index + 1 if index is not None else None,
            column=column_letter(column) if column is not None else None,
            field=text_of(self.sheet.rows[self.header][column]) if column is not None else None,
        )
        self.problems.append(InvalidInput(error.message, error.advice, place))


def _joined(first: DraftItem, more: DraftItem) -> DraftItem:
    """Return one item from two rows of it: lists grow, single values stay as they were first said."""
    return DraftItem(
        code=first.code, max_score=first.max_score, level=first.level or more.level,
        elements=tuple(dict.fromkeys(first.elements + more.elements)),
        element_codes=_both(first.element_codes, more.element_codes, ", "),
        requirement_codes=_both(first.requirement_codes, more.requirement_codes, ", "),
        task_type=first.task_type or more.task_type, answer_format=first.answer_format or more.answer_format,
        skill=_both(first.skill, more.skill, "; "), is_cross_cutting=first.is_cross_cutting or more.is_cross_cutting,
        criteria=first.criteria or more.criteria,
    )


def _both(first: str, more: str, separator: str) -> str:
    known = first.split(separator) if first else []
    return first if not more or more in known else separator.join([*known, more])
