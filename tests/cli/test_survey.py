"""Questionnaires of teachers on the command line: stored by `survey`, and by `import` as they are."""

import json
from pathlib import Path

import pytest

from core.cli.main import main
from tests.diagnostics.forms import CAN, HELP, SHARE, WELL, form, person

QUESTIONS = ("Ставлю цель урока", "Подбираю задания", "Беседую с родителями", "Веду проекты", "Учусь на курсах")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict]:
    capsys.readouterr()
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "анкета.xlsx"
    rows = person("Ветрова А. О.", HELP, CAN, SHARE, WELL, WELL), person("Лесной П. И.", WELL, CAN, WELL, WELL, WELL)
    path.write_bytes(form(*rows, questions=QUESTIONS))
    return str(path)


def test_a_questionnaire_is_stored_with_its_shares(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, refused = answer(capsys, "survey", file)
    assert (status, refused["stored"], refused["findings"][0]["code"]) == (1, False, "school_unknown")
    status, tried = answer(capsys, "survey", file, "--create-organisations", "--dry-run")
    assert (status, tried["stored"]) == (0, False)
    status, report = answer(capsys, "survey", file, "--create-organisations", "--wave", "итоговая")
    assert (status, report["layout"], report["stored"], report["wave"]) == (0, "teacher-survey", True, "итоговая")
    assert (report["respondents"], report["questions"]) == (2, 5)
    assert list(report["need_help_share"].values()) == [0.5, 1.0, 0.0, 0.0, 0.0]
    assert list(report["need_help_share"]) == list(QUESTIONS)
    _status, again = answer(capsys, "survey", file, "--wave", "итоговая")
    assert (again["upload_id"], again["findings"][-1]["code"]) == (report["upload_id"], "already_stored")


def test_import_takes_a_questionnaire_as_it_is(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, report = answer(capsys, "import", file, "--create-organisations")
    assert (status, report["layout"], report["participants"], report["stored"]) == (0, "teacher-survey", 2, True)


def test_a_person_reads_what_became_of_the_file(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survey", file, "--create-organisations"]) == 0
    told = capsys.readouterr().out
    assert "нужна помощь 100,0" in told and "волна 1" in told
    assert main(["survey", f"{file}.нет"]) == 1
    assert "не удалось открыть" in capsys.readouterr().err
