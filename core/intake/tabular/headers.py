"""Headers of columns as schools, ФИС ОКО and РЦОИ write them, and the role of each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from core.intake.cells import folded

Role = Literal[
    "code", "number", "grade", "school_code", "school_name", "municipality", "region", "class_name", "variant", "total",
    "test_score", "mark", "journal_mark", "short_answers", "long_answers", "status", "held_on", "ignored",
]

_EXACT: dict[Role, tuple[str, ...]] = {
    "code": (
        "код", "code", "шифр", "код/фио", "фио/код", "код или фио", "участник", "ученик", "учащийся", "обучающийся",
        "номер участника", "id участника", "id", "идентификатор", "student", "student id", "participant",
    ),
    "number": ("№", "n", "номер", "номер по порядку", "номер обучающегося", "№ обучающегося", "number"),
    "school_code": (
        "логин", "логин школы", "логин оо", "код оо", "код оу", "код школы", "schoolcode", "пользователь", "user",
    ),
    "school_name": (
        "школа", "оо", "оу", "название оо", "наименование оо", "образовательная организация", "название школы",
        "наименование школы", "school", "организация",
    ),
    "municipality": (
        "муниципалитет", "район", "код мсу", "мсу", "ате", "governmentcell", "groups", "муниципальное образование",
        "наименование муниципалитета",
    ),
    "region": ("регион", "субъект", "субъект рф", "region"),
    "class_name": ("класс", "klass", "class", "classcode", "литера", "буква", "литера класса", "группа"),
    "grade": ("параллель", "grade"),
    "variant": ("вариант", "var", "var-1", "variant", "вар", "номер варианта", "№ варианта"),
    "total": (
        "итого", "балл", "баллы", "sum", "сумма", "primarymark", "первичный балл", "total", "всего", "score",
        "результат", "общий балл", "итоговый балл", "суммарный балл", "сумма первичных баллов",
    ),
    "test_score": ("тестовый балл", "mark100", "балл по 100-балльной шкале", "балл (100)"),
    "mark": ("отметка", "оценка", "mark5", "mark", "отметка за впр", "отметка за работу", "оценка за работу"),
    "journal_mark": ("отметка по журналу", "otc", "отметка в журнале", "оценка по журналу", "журнал"),
    "short_answers": ("testresultbcell", "часть b", "часть в"),
    "long_answers": ("testresultccell", "часть c", "часть с"),
    "status": ("статус", "состояние", "статус результата", "состояние результата", "status"),
    "held_on": ("дата", "дата проведения", "дата экзамена", "дата загрузки", "дата работы", "examdate", "date"),
    "ignored": (
        "%", "процент", "пол", "gender", "уровень", "аудитория", "auditoriumcode", "stationcode", "код ппэ", "ппэ",
        "код региона", "учебник", "var-2", "процент выполнения", "% выполнения", "место", "рейтинг", "код ооп",
        "профиль",
        "номер бланка", "№ бланка", "примечание", "комментарий",
    ),
}
_ROLES: dict[str, Role] = {header: role for role, headers in _EXACT.items() for header in headers}
_PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("journal_mark", re.compile(r"(?:отметка|оценка) за (?:пред|прошл|\w+ (?:четверт|триместр|полугоди))|по журналу")),
    ("short_answers", re.compile(r"(?:кратк\w+ (?:ответ|форм)|краткой форме)")),
    ("long_answers", re.compile(r"(?:развернут\w+ (?:ответ|форм))")),
    ("code", re.compile(r"^(?:код|шифр|номер|id|идентификатор) (?:участник|обучающ|учен|учащ|работы|регистрац)")),
    ("number", re.compile(r"^№ ?(?:п/?\.? ?п|по порядку)|^п/п$|^номер п/п")),
    ("class_name", re.compile(r"^(?:порядковый номер|наименование|буква(?: \(цифра\))?|название|литера) класса")),
    ("school_code", re.compile(r"^(?:логин|код) (?:школы|оо|оу|организации|образовательн)")),
    (
        "school_name",
        re.compile(r"^(?:полное |краткое )?(?:название|наименование) (?:оо|оу|школы|общеобр|образоват|организ)"),
    ),
    ("municipality", re.compile(r"^(?:код |название |наименование )?(?:муниципал|ате\b|мсу\b)")),
    ("total", re.compile(r"^(?:итого|всего|сумма|общ\w+ (?:кол-?\w+|сумма)|кол-?\w+|набран\w*)(?: \w+)? балл")),
    ("total", re.compile(r"^(?:первичн\w+|сумма первичн\w+|суммарн\w+|общий|итоговый) балл")),
    ("mark", re.compile(r"^(?:отметка|оценка)\b(?! по журн| за пред| в журн)")),
    ("ignored", re.compile(r"%|процент|^учебник|^др\.? ?уч|^уровень|^код региона|^телефон")),
)
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def role_of(header: str) -> Role | None:
    """Return the role of a column by its header, None when the header is of no known kind.

    Headers of items are no roles: «балл за 7» and «1 (2б)» give None.
    """
    key = _SPACE.sub(" ", folded(header))
    found = _ROLES.get(key)
    if found is not None or not key:
        return found
    if re.match(r"балл за \d", key):
        return None
    return next((role for role, pattern in _PATTERNS if pattern.search(key)), None)
