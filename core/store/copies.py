"""Copies of a SQLite file that are whole at one moment, made while others go on writing."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from core.errors import StoreUnavailable
from core.store import files
from core.store.queue import BUSY_SECONDS, queue_for

_UNUSABLE = "Копия не сохранена; проверьте базу: python -m core verify."


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy the database to a file of its own, look the copy over, and only then give it its name.

    Writers are not held up: one step of SQLite's online backup reads one state of the database. The copy is private
    (0600) and has no journal beside it. An existing target is replaced only by a sound copy.
    """
    files.make_private_directory(target.parent)
    partial = target.with_name(target.name + ".partial")
    files.remove_database(partial)
    files.make_private_file(partial)
    try:
        with closing(files.connect_plainly(source)) as reader, closing(files.connect_plainly(partial)) as writer:
            reader.backup(writer)
            writer.execute("PRAGMA journal_mode = DELETE")
        files.require_sound(partial, thoroughly=True, advice=f"Исходная база: «{source}». {_UNUSABLE}")
        files.settle(partial)
        partial.replace(target)
        files.settle_directory(target.parent)
    except sqlite3.Error as error:
        raise StoreUnavailable(
            f"Не удалось сделать резервную копию «{target}».", "Проверьте место на диске и права на запись в папку."
        ) from error
    finally:
        files.remove_database(partial)


def copy_before(path: Path, occasion: str) -> Path:
    """Copy the database into the folder of backups beside it before something risky; return the copy."""
    moment = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S-%f")
    target = files.backup_directory(path) / f"{moment}_{occasion}.db"
    needed = 2 * path.stat().st_size
    files.make_private_directory(target.parent)
    if shutil.disk_usage(target.parent).free < needed:
        raise StoreUnavailable(
            "На диске нет места для резервной копии базы данных, поэтому она не изменена.",
            f"Освободите не менее {needed // 1_000_000 + 1} МБ и повторите.",
        )
    copy_sqlite(path, target)
    return target


def overwrite_sqlite(source: Path, target: Path) -> None:
    """Put the contents of a sound file in place of those of a database that may be open: at once, or not at all.

    Those who have it open see the new contents with their next transaction; a writer of another process is waited for.
    """
    deadline = time.monotonic() + BUSY_SECONDS

    def give_up(_status: int, remaining: int, _total: int) -> None:
        if remaining and time.monotonic() > deadline:
            raise StoreUnavailable(
                "База данных занята другой программой, копия не восстановлена.", "Остановите программу и повторите."
            )

    queue = queue_for(str(target.resolve()))
    queue.enter(BUSY_SECONDS)
    try:
        with closing(files.connect_plainly(source)) as reader, closing(files.connect_plainly(target)) as writer:
            reader.backup(writer, progress=give_up)
        files.require_sound(target)
    except sqlite3.Error as error:
        raise StoreUnavailable(
            "Не удалось восстановить базу данных, она осталась прежней.", "Проверьте место на диске и повторите."
        ) from error
    finally:
        queue.leave()
