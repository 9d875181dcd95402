"""Where the run-time files are, from the environment or the default beside the program."""

from __future__ import annotations

import os
from pathlib import Path

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
