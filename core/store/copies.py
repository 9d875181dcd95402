"""Copies of a SQLite file that are whole at one moment, made while others go on writing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from core.errors import StoreUnavailable
from core.store import files


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
        files.require_sound(partial, thoroughly=True)
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
            f"Освободите не менее {needed // 1_000_000 + 1} МБ и запустите программу ещё раз.",
        )
    copy_sqlite(path, target)
    return target
