"""Where the run-time files are, from the environment or the default beside the program."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from core.errors import StoreUnavailable

PROGRAM = Path(__file__).resolve().parents[2]


def store_directory() -> Path:
    """Return the folder of run-time files (database, secrets, backups), `QUALITY_STORE` or data/store."""
    return Path(os.environ.get("QUALITY_STORE") or PROGRAM / "data" / "store")


def reference_directory() -> Path:
    """Return the folder of reference data that people may edit."""
    return PROGRAM / "data"


def database_url() -> str:
    """Return SQLAlchemy's address of the database: `QUALITY_DATABASE_URL` or SQLite in the store folder."""
    return os.environ.get("QUALITY_DATABASE_URL") or f"sqlite:///{store_directory() / 'quality.db'}"


def backup_interval() -> timedelta | None:
    """Return how old the newest copy may grow before the server makes another: `QUALITY_BACKUP_HOURS`, 6 by default.

    None (the setting 0): the server makes none. Raises StoreUnavailable for what is not a number of hours.
    """
    said = os.environ.get("QUALITY_BACKUP_HOURS", "").strip()
    if not said:
        return timedelta(hours=6)
    if not (said.isascii() and said.isdigit() and int(said) <= 24 * 31):
        raise StoreUnavailable(
            f"Настройка QUALITY_BACKUP_HOURS=«{said}» непонятна.", "Укажите число часов от 1 до 744 или 0 — без копий."
        )
    return timedelta(hours=int(said)) if int(said) else None
