"""Workbooks of people: the templates that are filled in, and reading a filled one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.errors import InvalidInput
from core.people import class_list, teacher_entries
from core.people.academic_year import year_name, year_on
from core.people.teacher_tables import Category
from core.workbooks.grid import Cell
from core.workbooks.read_in_child import read_in_child
from core.workbooks.writing import TableColumn, TableSheet, TableValue, write_workbook

_TEACHER_COLUMNS = (
    "full_name",
    "position",
    "subjects",
    "experience_years",
    "category",
    "category_until",
    "hired_on",
    "consent_order",
    "consent_on",
    "school",
)
_DATES = frozenset({"category_until", "hired_on", "consent_on"})


def teacher_template(schools: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return the workbook to be filled with teachers; `schools` are (code, name) for a list of several schools."""
    names = _TEACHER_COLUMNS if schools else _TEACHER_COLUMNS[:-1]
    columns = [
        TableColumn(teacher_entries.COLUMNS[name][0], "date" if name in _DATES else "text", 22) for name in names
    ]
    example: list[TableValue] = [
        f"Иванова Анна Петровна {teacher_entries.EXAMPLE}",
        "учитель",
        "Математика, Физика",
        "12",
        Category.FIRST.value,
        None,
        date(2014, 9, 1),
        "45-к",
        date(2026, 9, 1),
        *([schools[0][0]] if schools else []),
    ]
    notes = [
        "Обязателен только столбец «ФИО». Пустая ячейка ничего не меняет у педагога, который уже есть в списке.",
        "Предметы перечисляются через запятую. Стаж – полных лет на сегодня.",
        f"Категория: {', '.join(category.value for category in Category)}.",
        "Согласие: номер приказа или письменного согласия на показ имени за пределами школы.",
    ]
    sheets = [TableSheet("Педагоги", "Список педагогов", columns, [example], notes)]
    if schools:
        sheets.append(
            TableSheet("Школы", "Коды школ", [TableColumn("Код"), TableColumn("Название", width=50)], schools)
        )
    return write_workbook(sheets)


def class_template(teachers: Sequence[str] = (), year: int | None = None) -> bytes:
    """Return the workbook «кто кого учит» with the names of the school's teachers, to be filled with classes."""
    columns = [TableColumn(headers[0], "text", 28) for headers in class_list.COLUMNS.values()]
    spring = year_name(year or year_on(date.today()))
    rows: list[list[TableValue]] = [[name, None, None, spring] for name in teachers]
    notes = [
        "В ячейке «Класс» можно назвать несколько классов через запятую: 7А, 7Б.",
        "Для второго предмета того же педагога добавьте строку с его именем.",
    ]
    return write_workbook([TableSheet("Нагрузка", "Кто кого учит", columns, rows, notes)])


def rows_of_file(content: bytes, file_name: str) -> list[list[Cell]]:
    """Return the cells of the first visible sheet that has any, read in a limited process.

    Raises what `read_in_child` raises, and InvalidInput for a workbook without cells.
    """
    for sheet in read_in_child(content, file_name).sheets:
        if not sheet.hidden and any(cell not in (None, "") for row in sheet.rows for cell in row):
            return sheet.rows
    raise InvalidInput(f"Файл «{file_name}» пуст.", "Заполните шаблон и загрузите его ещё раз.")
