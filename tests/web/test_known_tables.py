"""The running program knows the tables of all rooms from its start: a person's data are looked for in all of them."""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2]
_PROGRAM = """
import app
app.warm_up()
from sqlmodel import SQLModel
known = set(SQLModel.metadata.tables)
from core.tables import ALL_TABLES
missing = set(ALL_TABLES.tables) - known
assert not missing, missing
from core.people.person_tables import TOLD
assert SQLModel.metadata.tables["response"].columns["answers"].info[TOLD]
"""


def test_all_tables_are_known_before_the_first_screen(tmp_path, monkeypatch):
    """In a process of its own: the tests have imported everything already."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", _PROGRAM], cwd=PROGRAM, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
