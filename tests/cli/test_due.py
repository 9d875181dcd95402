"""Reminders and minutes on the command line."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from core.cli.main import main
from core.people.organisations import create_organisation
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.planning.meetings import MeetingDraft, create_meeting
from core.planning.tables import Task
from core.store.engine import default_engine
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store

EVERYBODY = Scope.local_administrator()
TODAY = date.today()


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a school with an overdue task and a meeting in a store of the test's own."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    with writing(engine, "подготовка теста") as session:
        school = create_organisation(session, EVERYBODY, code="1", name="Школа", kind=OrganisationKind.SCHOOL)
        session.add(
            Task(
                organisation_id=school.id or 0, text="Разослать материалы", responsible="Смирнова",
                due_on=TODAY - timedelta(days=1),
            )
        )
        create_meeting(session, EVERYBODY, MeetingDraft(school.id or 0, TODAY, [], body="Методический совет"))
    engine.dispose()


def test_what_is_due_as_json_and_as_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["title"], one["overdue"], one["due_on"], one["owner"]) == (
        "Разослать материалы", True, (TODAY - timedelta(days=1)).isoformat(), "Смирнова",
    )
    assert main(["due"]) == 0 and "поручение" in capsys.readouterr().out
    assert main(["digest"]) == 0
    assert "• Разослать материалы — с " in capsys.readouterr().out


def test_minutes_are_written_as_docx_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "протокол.docx"
    assert main(["export", "minutes", "1", "-o", str(file)]) == 0
    text = "\n".join(one.text for one in Document(BytesIO(file.read_bytes())).paragraphs)
    assert "методического совета" in text
    assert main(["export", "minutes", "1", "-o", str(tmp_path / "протокол.xlsx")]) == 1
    assert "«Протокол заседания» сохраняется как .docx" in capsys.readouterr().err
    assert main(["export", "minutes", "77", "-o", str(file)]) == 1
    assert "Заседание" in capsys.readouterr().err
