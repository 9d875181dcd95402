"""Commands about the store as a whole: create, fill with the demo, back up, restore, verify."""

from __future__ import annotations

from argparse import Namespace

from sqlalchemy import Engine

from core.blueprints.seeding import seed_reference
from core.cli.output import say
from core.demo.filling import fill_demo
from core.demo.workbooks.files import demo_files
from core.people.scope import Scope
from core.store import backup as copies
from core.store.engine import default_engine
from core.store.settings import database_url
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store
from core.words import count_of

ACTOR = "Командная строка"


def opened_engine() -> Engine:
    """Return the engine of a store that exists and has this program's schema: enough for commands that only read."""
    engine = default_engine()
    prepare_store(engine)
    return engine


def ready_engine() -> Engine:
    """Return the engine of a store that also has the shipped reference data."""
    engine = opened_engine()
    with writing(engine, "Поставка") as session:
        seed_reference(session)
    return engine


def init(_options: Namespace) -> int:
    """Create or upgrade the store."""
    engine = ready_engine()
    say(f"Хранилище готово: {engine.url.render_as_string(hide_password=True)}.")
    return 0


def demo(options: Namespace) -> int:
    """Fill an empty store with the demo municipality, or write its files for training uploads."""
    if options.files is not None:
        options.files.mkdir(parents=True, exist_ok=True)
        for path in demo_files(options.files):
            say(str(path))
        return 0
    engine = ready_engine()
    with writing(engine, "Учебные данные") as session:
        summary = fill_demo(session, Scope.local_administrator())
    say(str(summary))
    return 0


def backup(options: Namespace) -> int:
    """Write a checked copy of the database."""
    copies.backup(ready_engine(), options.file)
    say(f"Копия сделана и проверена: {options.file}.")
    return 0


def restore(options: Namespace) -> int:
    """Put a checked copy in place of the database; the database of before stays beside it."""
    copies.restore(options.file, database_url())
    say("База восстановлена из копии. Прежняя база сохранена рядом.")
    return 0


def verify(options: Namespace) -> int:
    """Check the integrity of the database, or of a backup."""
    if options.file is not None:
        summary = copies.verify(options.file)
        say(f"Копия цела: {count_of(sum(summary.rows.values()), 'запись')}, {summary.size // 1024} КБ.")
        return 0
    copies.verify_database(default_engine())
    say("База данных цела.")
    return 0
