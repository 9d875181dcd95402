"""Closing a cycle and opening the next one without a browser."""

from __future__ import annotations

import json

import pytest

from core.cli.main import main
from core.cycle.cycles import open_cycle
from core.people.organisations import create_organisation
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.store.engine import open_engine
from core.store.unit_of_work import writing

ALL = Scope.local_administrator()


@pytest.fixture
def school(sqlite_template, tmp_path, monkeypatch):
    (tmp_path / "quality.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    engine = open_engine(f"sqlite:///{tmp_path / 'quality.db'}")
    with writing(engine, "тест") as session:
        unit = create_organisation(session, ALL, code="Ш1", name="Школа № 1", kind=OrganisationKind.SCHOOL)
        open_cycle(session, ALL, unit.id or 0, "isadskaya", 2027)
    engine.dispose()


def told(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_a_cycle_is_closed_and_the_next_one_opened(school, capsys):
    command = ["cycle", "close", "--organisation", "Ш1", "--year", "2026/2027", "--json"]
    assert main(command) == 1
    assert "ещё не всё сделано" in told(capsys)["error"]
    assert main([*command, "--acknowledge"]) == 0
    facts = told(capsys)
    assert facts["year"] == 2027 and facts["next"] is None
    assert facts["note"].startswith("Итог года")
    assert main(["cycle", "next", "--organisation", "Ш1", "--year", "2026/2027", "--json"]) == 0
    assert told(capsys)["next"]["year"] == 2028
    assert main([*command, "--acknowledge"]) == 1
    assert "уже закрыт" in told(capsys)["error"]


def test_a_year_without_a_cycle_says_so(school, capsys):
    assert main(["cycle", "next", "--organisation", "Ш1", "--year", "2024/2025"]) == 1
    assert "не открыт: Школа № 1" in capsys.readouterr().err
