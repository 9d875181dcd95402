"""A process that dies in the middle of an import: all of it is stored, or nothing."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import Engine, func, select

from core.blueprints.tables import Blueprint, BlueprintItem
from core.store.data_version import data_version
from core.store.settings import PROGRAM
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing

ITEMS = 20

_IMPORT = """
import os, signal, sys
from sqlalchemy import event
from core.blueprints.tables import Blueprint, BlueprintItem
from core.store.engine import open_engine
from core.store.unit_of_work import writing
import core.tables
engine, number = open_engine(sys.argv[1]), 0
def count(*_):
    global number
    number += 1
    if number == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(engine, "before_cursor_execute", count)
with writing(engine, actor="Импорт") as session:
    plan = Blueprint(procedure="ВПР", subject="Математика", grade=4, year_from=2026, year_to=2026)
    session.add(plan)
    session.flush()
    for position in range({items}):
        item = BlueprintItem(blueprint_id=plan.id, position=position, code=str(position), max_score=1)
        session.add(item)
        if position % 4 == 0:
            session.flush()
print("сохранено", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def rows(engine: Engine) -> tuple[int, int, int, int]:
    """Rows of blueprints, items and journal, and the data version."""
    with reading(engine) as session:
        counts = [
            session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (Blueprint, BlueprintItem, AuditEntry)
        ]
        return counts[0], counts[1], counts[2], data_version(session)


@pytest.mark.parametrize("statement", [1, 2, 3, 5, 8, 10, 12, 99])
def test_killed_import_stores_all_or_nothing(engine: Engine, statement: int) -> None:
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", _IMPORT.format(items=ITEMS), url, str(statement)]
    child = subprocess.run(command, cwd=PROGRAM, capture_output=True, text=True, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr
    acknowledged = child.stdout == "сохранено\n"
    assert acknowledged == (statement == 99)
    assert rows(engine) == ((1, ITEMS, ITEMS + 1, 1) if acknowledged else (0, 0, 0, 0))

    with writing(engine, actor="Следующий") as session:
        session.add(Blueprint(procedure="ВПР", subject="Физика", grade=8, year_from=2026, year_to=2026))
    assert rows(engine)[0] == (2 if acknowledged else 1), "the killed writer does not hold up the next one"
