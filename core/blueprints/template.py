"""A blueprint as a workbook to fill in or to take away; `read_blueprint` reads it back as it was."""

from __future__ import annotations

from collections.abc import Sequence

from core.blueprints.columns import Role
from core.blueprints.dictionaries import procedures, subjects
from core.blueprints.drafts import BlueprintDraft, DraftItem
from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import AnswerFormat, Level
from core.blueprints.values import criteria_text
from core.workbooks.writing import TableColumn, TableSheet, TableValue, write_workbook

ITEMS_SHEET = "План работы"
WORK_SHEET = "Работа"
REFERENCE_SHEET = "Справочник"
_LEVEL_WORDS = {Level.BASIC: "базовый", Level.ADVANCED: "повышенный", Level.HIGH: "высокий"}
_WIDTHS = {Role.CODE: 10.0, Role.ELEMENT: 40.0, Role.SKILL: 50.0, Role.TASK_TYPE: 28.0, Role.FORMAT: 20.0}
_NOTES = (
    "Как заполнять: одна строка — одно задание или один критерий; порядок строк — порядок работы.",
    "Номера с точкой вводите как текст: столбец уже текстовый, поэтому «5.1» не станет датой.",
    "Элементы содержания — короткие названия через точку с запятой («уравнения; неравенства»). Один и тот же элемент в "
    "разных заданиях называйте одинаково: по названиям ищутся проблемные поля.",
    "Сквозное — «да», если задание охватывает весь кодификатор: среди элементов оно не сравнивается.",
    "Критерии нужны для протоколов ГИА, где баллы даны по критериям: «К1 (1б); К2 (3б)»; в сумме — наибольший балл.",
    "Обязательны только номер и наибольший балл. Процедура, предмет, класс и годы указаны на листе «Работа».",
)


def blueprint_workbook(draft: BlueprintDraft) -> bytes:
    """Return an .xlsx file with the blueprint: items, the work, allowed values, and how to fill it in."""
    work = f"{draft.procedure or 'процедура'}, {draft.subject or 'предмет'}, {draft.grade or '…'} класс"
    return write_workbook(
        [
            TableSheet(
                ITEMS_SHEET, f"План работы: {work}",
                [_column(role) for role in Role],
                [_row(item) for item in draft.items], _NOTES,
            ),
            TableSheet(
                WORK_SHEET, "Какая это работа", [TableColumn("Поле", width=20.0), TableColumn("Значение", width=60.0)],
                _fields(draft),
            ),
            TableSheet(
                REFERENCE_SHEET, "Допустимые значения",
                [TableColumn("Уровень"), TableColumn("Вид ответа"), TableColumn("Процедура"), TableColumn("Предмет")],
                _reference(),
            ),
        ]
    )


def blank_template() -> bytes:
    """Return the same workbook with two sample items, for a work that is not in the system yet."""
    samples = (
        DraftItem(
            "1", 1, Level.BASIC, ("элемент содержания",), task_type="вычисление", answer_format=AnswerFormat.SHORT
        ),
        DraftItem(
            "2.1", 2, Level.ADVANCED, ("первый элемент", "второй элемент"), task_type="текстовая задача",
            answer_format=AnswerFormat.EXTENDED,
        ),
    )
    return blueprint_workbook(BlueprintDraft(items=samples))


def _column(role: Role) -> TableColumn:
    return TableColumn(role.value, "integer" if role is Role.MAX else "text", _WIDTHS.get(role))


def _row(item: DraftItem) -> list[TableValue]:
    cells: dict[Role, TableValue] = {
        Role.CODE: item.code,
        Role.MAX: item.max_score,
        Role.LEVEL: item.level.value if item.level else "",
        Role.ELEMENT: ELEMENT_SEPARATOR.join(item.elements),
        Role.ELEMENT_CODES: item.element_codes,
        Role.REQUIREMENT_CODES: item.requirement_codes,
        Role.TASK_TYPE: item.task_type or "",
        Role.FORMAT: item.answer_format.value if item.answer_format else "",
        Role.SKILL: item.skill,
        Role.CROSS_CUTTING: "да" if item.is_cross_cutting else "",
        Role.CRITERIA: criteria_text([{"code": code, "max": maximum} for code, maximum in item.criteria]),
    }
    return [cells[role] for role in Role]


def _fields(draft: BlueprintDraft) -> list[list[TableValue]]:
    years = (
        str(draft.year_from) if draft.year_from == draft.year_to else f"{draft.year_from}–{draft.year_to}"
    ) if draft.year_from else ""
    return [
        ["Процедура", draft.procedure or ""],
        ["Предмет", draft.subject or ""],
        ["Класс", str(draft.grade) if draft.grade else ""],
        ["Годы", years],
        ["Название", draft.title],
        ["Источник", draft.source],
    ]


def _reference() -> Sequence[Sequence[TableValue]]:
    columns = [
        [f"{level.value} — {_LEVEL_WORDS[level]}" for level in Level],
        [one.value for one in AnswerFormat],
        [one.name for one in procedures().procedures],
        [one.name for one in subjects().subjects],
    ]
    height = max(len(column) for column in columns)
    return [[column[row] if row < len(column) else "" for column in columns] for row in range(height)]
