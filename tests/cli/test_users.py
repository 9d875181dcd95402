"""Accounts from the command line."""

import json
from pathlib import Path

import pytest

from core.cli.main import main
from core.people.keys import installation_key
from core.people.sign_in import Accepted, Refused, sign_in
from core.people.teacher_tables import Teacher
from core.store.engine import default_engine
from core.store.unit_of_work import writing


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    monkeypatch.setattr("core.people.passwords.COST", 4)
    return tmp_path / "store"


def user(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    capsys.readouterr()
    status = main(["user", *arguments, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert status == (1 if "error" in answer else 0)
    return answer


def enter(login: str, password: str):
    return sign_in(default_engine(), installation_key(), login, password, address="127.0.0.1")


def test_an_account_is_made_reset_and_shut(capsys: pytest.CaptureFixture[str]) -> None:
    first = user(capsys, "add", "Орлова", "--name", "Орлова А. И.")
    assert first["login"] == "орлова"
    assert isinstance(enter("орлова", first["password"]), Accepted)
    second = user(capsys, "reset", "орлова")
    assert isinstance(enter("орлова", first["password"]), Refused)
    assert isinstance(enter("орлова", second["password"]), Accepted)
    assert "последний администратор" in user(capsys, "disable", "орлова")["error"]
    other = user(capsys, "add", "второй")
    user(capsys, "disable", "второй", "--reason", "уволился")
    assert isinstance(enter("второй", other["password"]), Refused)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "ё"), "не подходит"),
        (("add", "орлова", "--role", "director"), "даётся в организации"),
        (("add", "орлова", "--role", "director", "--organisation", "нет"), "не найдено"),
        (("add", "орлова", "--role", "association-head"), "Руководителя объединения"),
        (("reset", "нет"), "не найдено"),
        (("disable", "нет"), "не найдено"),
    ],
)
def test_refusals_are_sentences(capsys: pytest.CaptureFixture[str], arguments, words) -> None:
    main(["init"])
    assert words in user(capsys, *arguments)["error"]
    assert isinstance(enter("орлова", "что угодно"), Refused), "a refused command leaves no account"


def test_people_read_the_password_once(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["user", "add", "орлова"]) == 0
    printed = capsys.readouterr().out
    password = next(line.split()[-1] for line in printed.splitlines() if line.startswith("Пароль:"))
    assert len(password) == 16
    assert "придётся сменить" in printed


def test_an_account_is_tied_to_a_teacher(capsys: pytest.CaptureFixture[str]) -> None:
    user(capsys, "add", "орлова")
    with writing(default_engine(), "тест") as session:
        session.add_all([Teacher(full_name=name) for name in ("Орлова Анна Ивановна", "Ким Олег Ли", "Ким Олег Ли")])
    assert user(capsys, "link", "орлова", "Орлова Анна  Ивановна") == {
        "login": "орлова", "teacher": "Орлова Анна Ивановна"
    }
    assert "несколько" in user(capsys, "link", "орлова", "Ким Олег Ли")["error"]
    assert "не найдено" in user(capsys, "link", "орлова", "777")["error"]
    assert user(capsys, "link", "орлова", "2")["teacher"] == "Ким Олег Ли"
    assert user(capsys, "unlink", "орлова") == {"login": "орлова", "teacher": None}
    assert "не связана" in user(capsys, "unlink", "орлова")["error"]
