"""The columns of a list of values, and what is looked at before its numbers: code, year, unit. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.errors import InvalidInput
from core.monitoring.passports import Passport
from core.people.academic_year import year_name
from core.people.cell_values import text_of_cell
from core.people.list_reading import ListRow

COLUMNS: dict[str, tuple[str, ...]] = {
    "school": ("Код организации", "Код школы", "Школа", "Организация"),
    "code": ("Код", "Код показателя", "№ показателя"),
    "unit": ("Единица", "Единица измерения", "Ед. изм."),
    "plan": ("План", "Плановое значение", "Целевое значение"),
    "numerator": ("Числитель",),
    "denominator": ("Знаменатель",),
    "fact": ("Факт", "Фактическое значение", "Значение"),
    "comment": ("Комментарий", "Примечание", "Пояснение"),
}
TITLE = "Показатели за"
"""How the title of a template begins; the year follows."""
_YEAR_IN_TITLE = re.compile(rf"{TITLE} (\d{{4}}/\d{{4}})")
_ROWS_OF_TITLE = 5
_LOOK_ALIKE = str.maketrans("ABCEHKMOPTXY,", "АВСЕНКМОРТХУ.")
"""Latin letters that look like Cyrillic ones, and a comma, in the code of an indicator; a first «P» means «П»."""
TITLES = {name: headers[0] for name, headers in COLUMNS.items()}
"""The header of each column as the program writes it."""


def code_of(row: ListRow) -> str:
    """Return the code of the indicator as passports hold it."""
    code = text_of_cell(row.cells.get("code")).upper()
    return (f"П{code[1:]}" if code.startswith("P") else code).translate(_LOOK_ALIKE)


def require_year(rows: Sequence[Sequence[object]], year: int) -> None:
    """Raise InvalidInput for the template of another year: its title names the year."""
    for row in rows[:_ROWS_OF_TITLE]:
        for cell in row:
            found = _YEAR_IN_TITLE.match(text_of_cell(cell))
            if found is not None and found[1] != year_name(year):
                raise InvalidInput(
                    f"В файле показатели за {found[1]}, а открыт {year_name(year)}.",
                    "Выберите на экране год файла или скачайте шаблон этого года.",
                )


def require_unit(passport: Passport, told: str) -> None:
    """Raise InvalidInput where the file names another unit than the passport."""
    if told and told.casefold() != passport.unit.casefold():
        raise InvalidInput(
            f"Единица показателя «{passport.code}» – «{passport.unit}», в файле «{told}».",
            "Проверьте, тот ли это показатель и в тех ли единицах внесены числа.",
        )
