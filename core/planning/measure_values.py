"""What may stand in the cells of a measure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from core.errors import InvalidInput
from core.people.text_length import require_length
from core.planning.deadlines import PlanPeriod, read_deadline
from core.planning.indicators import read_indicator
from core.planning.statuses import DONE_STATUSES, NOTE_REQUIRED, MeasureStatus
from core.planning.tables import IndicatorKind, Measure, MeasureKind
from core.words import day
from core.words.visible import visible

EDITABLE = (
    "title", "kind", "deadline_text", "indicator", "indicator_kind", "target", "unit", "value", "expected_result",
    "owner_post", "owner_teacher_id", "owner_account_id", "co_owners", "co_owner_teacher_ids", "weight", "status",
    "status_note", "progress", "done_on",
)
"""Columns that a grid may change."""

UPDATABLE = ("status", "status_note", "progress", "done_on", "value")
"""Columns that the owner of a measure may change."""

_CARRIED_OUT = frozenset({"status", "progress", "done_on", "value"})
"""Columns in which a group has nothing of its own."""

_LONGEST = {
    "title": 4000, "deadline_text": 500, "indicator": 4000, "unit": 60, "expected_result": 4000, "owner_post": 500,
    "co_owners": 1000, "status_note": 2000,
}
_ENUMS: dict[str, type[StrEnum]] = {"kind": MeasureKind, "indicator_kind": IndicatorKind, "status": MeasureStatus}
_NUMBERS = {"target": (-1e12, 1e12), "value": (-1e12, 1e12), "weight": (0.0, 1000.0)}
_WORDS = {"target": "Целевое значение", "value": "Достигнутое значение", "weight": "Вес"}
_EARLIEST = date(2000, 1, 1)

EnumT = TypeVar("EnumT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a cell cannot tell by itself: the plan, who may be an owner, and other cells of the same save.

    `teachers` and `accounts` are the ids that may be owners; `notes` holds notes typed in this save by row id,
    `statuses` the statuses.
    """

    period: PlanPeriod
    teachers: frozenset[int]
    accounts: frozenset[int]
    notes: Mapping[int, object]
    statuses: Mapping[int, object]
    today: date


def measure_value(around: Surroundings, row: Measure, field: str, value: object) -> object:
    """Return what is stored for what was typed into a cell; raise InvalidInput for what cannot be."""
    if row.kind is MeasureKind.GROUP and field in _CARRIED_OUT and value not in (None, ""):
        raise InvalidInput(
            "У раздела нет своего хода: он складывается из мероприятий.", "Отметьте мероприятия раздела."
        )
    if field in _LONGEST:
        return _text(around, row, field, value)
    if field in _ENUMS:
        return _enum(around, row, field, value)
    if field in _NUMBERS:
        return _number(field, value)
    if field == "progress":
        return _progress(_as_enum(MeasureStatus, around.statuses.get(row.id or 0, row.status)) or row.status, value)
    if field == "done_on":
        return _done_on(around, value)
    if field == "co_owner_teacher_ids":
        wanted = value if isinstance(value, list | tuple) else []
        return [_person(around.teachers, one) for one in wanted]
    return _person(around.teachers if field == "owner_teacher_id" else around.accounts, value)


def require_note(status: MeasureStatus, note: str) -> None:
    """Raise InvalidInput when the status needs a note and there is none."""
    if status in NOTE_REQUIRED and not note.strip():
        raise InvalidInput(
            f"Статус «{status.value}» ставится с примечанием, а оно пустое.", "Напишите в примечании, почему."
        )


def require_deadline(text: str, period: PlanPeriod) -> None:
    """Raise InvalidInput for a deadline that lies before the plan begins, or names a day that does not exist."""
    deadline = read_deadline(text)
    if deadline.impossible:
        raise InvalidInput(f"Срок «{text}» не может быть таким. {deadline.impossible}", "Исправьте дату.")
    windows = deadline.windows(period)
    if windows and all(window.last < period.first for window in windows):
        raise InvalidInput(
            f"Срок «{text}» ({day(windows[-1].last)}) раньше начала дорожной карты ({day(period.first)}).",
            "Исправьте срок или начало дорожной карты.",
        )


def _text(around: Surroundings, row: Measure, field: str, value: object) -> str:
    typed = "" if value is None or value != value else str(value)
    # A sign that no document can hold would make the whole roadmap impossible to store on PostgreSQL.
    text = visible(typed).replace("\r\n", "\n").strip()
    require_length(text, _LONGEST[field])
    if field == "title" and not text:
        raise InvalidInput("У мероприятия должно быть название.", "Впишите его или удалите строку.")
    if field == "deadline_text" and text:
        require_deadline(text, around.period)
    if field == "status_note":
        status = _as_enum(MeasureStatus, around.statuses.get(row.id or 0, row.status)) or row.status
        require_note(status, text)
    return text


def _enum(around: Surroundings, row: Measure, field: str, value: object) -> StrEnum:
    kind = _ENUMS[field]
    found = _as_enum(kind, value)
    if found is None:
        names = ", ".join(one.value for one in kind)
        raise InvalidInput(f"«{value}» здесь не бывает.", f"Выберите одно из: {names}.")
    if isinstance(found, MeasureStatus):
        require_note(found, str(around.notes.get(row.id or 0, row.status_note) or ""))
    return found


def _as_enum(kind: type[EnumT], value: object) -> EnumT | None:
    return next((one for one in kind if value == one or str(value).strip().lower() == one.value), None)


def _number(field: str, value: object) -> float | None:
    if value is None or value == "" or value != value:
        if field == "weight":
            return 1.0
        return None
    try:
        number = float(str(value).replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        number = math.nan
    low, high = _NUMBERS[field]
    if not low <= number <= high:
        raise InvalidInput(f"{_WORDS[field]}: «{value}» не число или выходит за пределы.", "Введите число.")
    return number


def _progress(status: MeasureStatus, value: object) -> int:
    if value is None or value != value or value == "":
        value = 0
    try:
        number = float(str(value).replace("%", "").replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number <= 100:
        raise InvalidInput(f"Выполнение «{value}» не бывает.", "Введите число процентов от 0 до 100.")
    if status in DONE_STATUSES and round(number) < 100:
        raise InvalidInput(
            f"Статус «{status.value}» означает 100 %, а введено {round(number)} %.", "Измените статус или процент."
        )
    return round(number)


def _done_on(around: Surroundings, value: object) -> date | None:
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            value = None
    if not isinstance(value, date) or value < _EARLIEST:
        raise InvalidInput("Дата выполнения не понята.", "Выберите день.")
    if value > around.today:
        raise InvalidInput(f"Дата выполнения {day(value)} ещё не наступила.", "Исправьте дату или статус.")
    return value


def _person(allowed: frozenset[int], value: object) -> int | None:
    if value is None or value == "" or value != value:
        return None
    try:
        wanted = int(str(value).removesuffix(".0"))
    except ValueError:
        wanted = -1
    if wanted not in allowed:
        raise InvalidInput(
            "Этот исполнитель больше не работает в организации или удалён.",
            "Выберите другого или оставьте только должность.",
        )
    return wanted


def understand_indicator(row: Measure, typed: Collection[str]) -> None:
    """Let the kind of the indicator follow what was typed: a target makes it a number, a text may name its target.

    What was `typed` itself stays, and so does a target that stands already.
    """
    if row.target is not None:
        if "target" in typed and "indicator_kind" not in typed:
            row.indicator_kind = IndicatorKind.NUMBER
        return
    if "indicator" not in typed or {"indicator_kind", "target"} & set(typed):
        return
    understood = read_indicator(row.indicator)
    row.indicator_kind, row.target = understood.kind, understood.target
    if understood.unit and "unit" not in typed:
        row.unit = understood.unit


def settle(row: Measure, today: date, typed: Collection[str]) -> None:
    """Make the columns of a row agree after its status or progress was changed; what was `typed` itself stays.

    What is done has a day and is at 100 %; what is open again has no day of being done, unless it recurs; progress of
    something planned means that it is under way.
    """
    if row.status in DONE_STATUSES:
        row.done_on = row.done_on or today
        row.progress = 100
    elif "status" not in typed:
        if row.status is MeasureStatus.PLANNED and row.progress:
            row.status = MeasureStatus.IN_PROGRESS
    elif "done_on" not in typed and not read_deadline(row.deadline_text).is_recurring:
        row.done_on = None
