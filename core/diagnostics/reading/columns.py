"""The columns of a form that tell who answered: role by header, in the words of Yandex and Google forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from core.intake.cells import folded
from core.intake.personal import MASK, personal_content, personal_header, surely_personal

FormRole = Literal[
    "consent", "answered_at", "response_id", "code", "name", "school", "position", "experience", "subject", "total",
    "district", "ignored",
]

_LONGEST_HEADER = 120
_ROLES: tuple[tuple[FormRole, re.Pattern[str]], ...] = (
    ("consent", re.compile(r"соглас")),
    ("answered_at", re.compile(r"^(?:время|дата|отметка времени|timestamp|submitted|created|completed)")),
    ("school", re.compile(r"^(?:код|логин|номер) (?:оо|оу|школы|организации|образоват)")),
    ("code", re.compile(r"^код\b|\bшифр|^фио/код|псевдоним|^педагог$|^участник$|^респондент$")),
    ("response_id", re.compile(r"^(?:id|идентификатор|номер ответа|№ ответа|response id|ключ)\b")),
    ("ignored", re.compile(r"^(?:№|#|n|номер|п/п)(?: ?п/?п)?$|категори|^класс|возраст|образование$")),
    ("experience", re.compile(r"\bстаж")),
    ("position", re.compile(r"должност")),
    ("subject", re.compile(r"предмет\b|предмета?\w* преподава|дисциплин|какой предмет")),
    ("district", re.compile(r"район|муницип|округ\b|\bате\b|населенн|\bгород\b|территори")),
    (
        "school",
        re.compile(
            r"\bоо\b|\bоу\b|\bшкол|образовательн\w* (?:организ|учрежд)|место работы|организаци|учрежден|гимнази"
        ),
    ),
    ("ignored", re.compile(r"%|процент|^уров")),
    ("total", re.compile(r"^(?:итог|всего|сумма|общий балл|балл(?:ы|ов)?$|результат|набран|первичн)")),
    ("name", re.compile(r"зовут|ваше имя|\bф\.? ?и\.? ?о\b|^имя$|фамили|отчеств")),
)
_OTHERS = re.compile(r"руководит|директор|эксперт|наставник|родител|представит|методист|кто провод")
"""Whose names are not those of the respondent."""


@dataclass(slots=True)
class FormColumns:
    """Columns by role, counted from 0; `dropped` and `ignored` hold headers for telling the user."""

    single: dict[FormRole, int] = field(default_factory=dict)
    name: list[int] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def form_role(header: str) -> FormRole | None:
    """Return the role of a column that is no question, None for one of no known kind."""
    key = folded(header)
    if not key or len(key) > _LONGEST_HEADER:
        return None
    return next((role for role, pattern in _ROLES if pattern.search(key)), None)


def form_columns(headers: Sequence[str], values: Sequence[Sequence[str]], items: Collection[int]) -> FormColumns:
    """Return what the columns besides the questions are; `values[c]` are the texts of column c below the header.

    Columns with personal data other than the respondent's name are dropped, whatever their header says.
    """
    found = FormColumns()
    for column, header in enumerate(headers):
        if column in items:
            continue
        kind, content = personal_header(header), personal_content(values[column])
        role = form_role(header)
        if role == "code":
            # A column «Код/ФИО» may hold either: the reader looks at each cell.
            found.single.setdefault(role, column)
        elif (role == "name" or kind == "name") and not _OTHERS.search(folded(header)):
            found.name.append(column)
        elif kind is not None or content not in (None, "name") or (content == "name" and role is None):
            found.dropped.append(shown_header(header))
        elif role not in (None, "ignored", "district", "name") and role not in found.single:
            found.single[role] = column
        elif header:
            found.ignored.append(shown_header(header))
    if found.name:
        found.dropped.extend(shown_header(headers[column]) for column in found.name)
    return found


def shown_header(header: str) -> str:
    """Return a header as it may be shown: short, «•••» for one that names a person."""
    if surely_personal(header):
        return MASK
    return header if len(header) <= 80 else f"{header[:79]}…"
