"""Who is due for a course, and documents of methodical help, on the command line."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.cli.main import main
from core.store.engine import default_engine
from core.store.unit_of_work import writing
from core.support.self_education import TopicDraft, add_topic
from tests.people.conftest import build
from tests.support.conftest import EVERYBODY, Help
from tests.support.test_development import course, requested, route


@pytest.fixture
def help_(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Help:
    (tmp_path / "quality.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine: Engine = default_engine()
    return Help(engine, build(engine))


def test_who_is_due_and_how_far_requests_are(help_: Help, capsys):
    requested(help_, course(help_))
    assert main(["development"]) == 0
    told = capsys.readouterr().out
    assert "заявка – 1" in told and "сведений нет" in told
    assert main(["development", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["enrolments"]["заявка"] == 1 and len(found["due"]) == 5
    smirnova = next(one for one in found["due"] if one["teacher"] == help_.teacher("Смирнова"))
    assert smirnova["enrolled"] is True and smirnova["due_on"] is None


def test_documents_are_written(help_: Help, tmp_path: Path, capsys):
    pair, route_id = help_.planned(), route(help_)
    unit = help_.region.units["школа 1"]
    with writing(help_.engine, "методист") as session:
        draft = TopicDraft(unit, help_.teacher("Смирнова"), "Задания", date(2026, 9, 1), date(2027, 5, 31))
        topic = add_topic(session, EVERYBODY, draft).id or 0
    for kind, key in (("route", route_id), ("topic", topic), ("mentorship", pair), ("mentorship-order", pair),
                      ("qualification-plan", unit), ("mentorship-state", unit)):
        file = tmp_path / f"{kind}.docx"
        assert main(["export", kind, str(key), "-o", str(file)]) == 0, capsys.readouterr().err
        assert file.read_bytes().startswith(b"PK")
    assert main(["export", "route", "999", "-o", str(tmp_path / "нет.docx")]) == 1
    assert main(["export", "topic", str(topic), "-o", str(tmp_path / "тема.xlsx")]) == 1
    assert "«План самообразования» сохраняется как .docx" in capsys.readouterr().err
