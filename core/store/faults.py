"""What databases report, said as a Russian sentence that a user can act upon."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError

from core.errors import EditConflict, InvalidInput, QualityError, StoreUnavailable

_BUSY = ("База данных занята другими сохранениями, изменения не записаны.", "Повторите через минуту.")
_FULL = (
    "Не удалось сохранить: на сервере закончилось место. Данные не изменены.",
    "Освободите место на диске и повторите.",
)
_READ_ONLY = (
    "База данных доступна только для чтения, изменения не записаны.",
    "Проверьте права на запись в файл базы и её папку.",
)
_UNREACHABLE = (
    "База данных недоступна.",
    "Повторите позже: если сохранение успело пройти, повтор не запишет его второй раз.",
)
_DAMAGED = (
    "База данных повреждена, изменения не записаны.",
    "Остановите программу и восстановите базу из резервной копии: python -m core restore ФАЙЛ.",
)
_DISK = ("Диск с базой данных отвечает ошибкой, изменения не записаны.", "Проверьте диск и повторите.")
_SLOW = ("Запрос к базе данных выполнялся слишком долго и был остановлен.", "Сузьте отбор и повторите.")

_SQLITE = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CANTOPEN": _UNREACHABLE,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_IOERR": _DISK,
}
_POSTGRESQL = {
    "08": _UNREACHABLE,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "57P": _UNREACHABLE,
    "53300": _BUSY,
    "55P03": _BUSY,
    "53100": _FULL,
    "53200": _BUSY,
    "25006": _READ_ONLY,
    "57014": _SLOW,
    "58030": _DISK,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_RETRIED_STATES = ("40001", "40P01")
"""Serialisation failure and deadlock: nothing is wrong, the transaction has to be run once more."""


@contextmanager
def understood() -> Iterator[None]:
    """Turn what the database reports inside the block into QualityError; mistakes of the program stay as they are."""
    try:
        yield
    except (DBAPIError, TimeoutError, StaleDataError) as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: DBAPIError | TimeoutError | StaleDataError) -> QualityError | None:
    """Return the refusal that a user understands, None when the error is a mistake of the program."""
    if isinstance(error, StaleDataError):
        return EditConflict(
            "Пока вы редактировали, запись изменил кто-то другой. Ваши изменения не записаны.",
            "Обновите страницу и внесите их ещё раз.",
        )
    if isinstance(error, TimeoutError):
        return StoreUnavailable(*_BUSY)
    if is_duplicate(error):
        return EditConflict("Такая запись уже есть: её только что создал кто-то другой.", "Обновите страницу.")
    if not isinstance(error.orig, sqlite3.Error):
        return _of_postgresql(error)
    name = getattr(error.orig, "sqlite_errorname", "")
    words = _SQLITE.get("_".join(name.split("_")[:2]))
    return StoreUnavailable(*words) if words else None


def is_duplicate(error: Exception) -> bool:
    """Say whether the error is that a unique key exists already."""
    if not isinstance(error, IntegrityError):
        return False
    name = getattr(error.orig, "sqlite_errorname", "")
    return _state(error) == "23505" or name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


def is_worth_repeating(error: Exception) -> bool:
    """Say whether the whole transaction may succeed when it is run again: a collision, or a lost connection."""
    if isinstance(error, StaleDataError) or is_duplicate(error):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or _state(error) in _RETRIED_STATES


def _state(error: DBAPIError) -> str:
    """Return PostgreSQL's five-character state, empty where there is none (SQLite, no answer from the server)."""
    return getattr(error.orig, "sqlstate", None) or ""


def _of_postgresql(error: DBAPIError) -> QualityError | None:
    """Return the refusal for PostgreSQL's state, by the longest known beginning of it."""
    state = _state(error)
    if state in _RETRIED_STATES:
        return EditConflict("Одновременно сохранялись связанные записи, ваши изменения не записаны.", "Повторите.")
    for length in (5, 3, 2):
        words = _POSTGRESQL.get(state[:length])
        if words:
            return StoreUnavailable(*words)
    if isinstance(error, DataError) and not state and "NUL" in str(error.orig):
        return InvalidInput("В тексте есть невидимый знак, который нельзя сохранить.", "Наберите текст заново.")
    if error.connection_invalidated or (not state and isinstance(error, OperationalError)):
        return StoreUnavailable(*_UNREACHABLE)
    return None
