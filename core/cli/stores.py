"""Commands about the store as a whole: create, fill with the demo, back up, restore, verify."""

from __future__ import annotations

from argparse import Namespace

from sqlalchemy import Engine

from core.blueprints.seeding import seed_reference
from core.cli.output import say
from core.demo.filling import fill_demo
from core.demo.workbooks.files import demo_files
from core.diagnostics.seeding import seed_diagnostics
from core.monitoring.seeding import seed_indicators
from core.people.scope import Scope
from core.store import backup as copies
from core.store.attached_files import files_beside, say_lost
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
        seed_diagnostics(session)
        seed_indicators(session)
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
    """Write a checked copy of the database, and the attached files beside it."""
    summary = copies.backup(ready_engine(), options.file)
    say(f"Копия сделана и проверена: {options.file}.")
    if summary.files:
        folder = files_beside(options.file)
        say(f"Приложенные файлы ({summary.files}) — рядом, в папке «{folder}»: храните их вместе с копией.")
    return _tell_lost(summary.lost)


def restore(options: Namespace) -> int:
    """Put a checked copy in place of the database, and its files; the database of before stays beside it."""
    restored = copies.restore(options.file, database_url())
    say("База восстановлена из копии. Прежняя база сохранена рядом.")
    return _tell_lost(restored.lost)


def verify(options: Namespace) -> int:
    """Check the integrity of the database, or of a backup, with the attached files."""
    if options.file is not None:
        summary = copies.verify(options.file)
        rows, kept = count_of(sum(summary.rows.values()), "запись"), count_of(summary.files, "файл")
        say(f"Копия цела: {rows}, {summary.size // 1024} КБ, приложено: {kept}.")
        return 0
    copies.verify_database(default_engine())
    say("База данных и приложенные файлы целы.")
    return 0


def _tell_lost(lost: tuple[str, ...]) -> int:
    """Say which attached files were not found; return the exit status."""
    if lost:
        say(say_lost(lost))
    return 1 if lost else 0
