"""The command `deficits` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.cli.main import main
from tests.diagnostics.stored_answers import MATHS, PHYSICS, build_district
from tests.pages.conftest import screen_store  # noqa: F401  the store that the program finds by itself


@pytest.fixture
def district(screen_store: Engine) -> None:  # noqa: F811  the imported fixture
    build_district(screen_store)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["deficits", *arguments]) == 0
    return capsys.readouterr().out


def test_corporate_deficits_as_json(district: None, capsys: pytest.CaptureFixture[str]):
    found = json.loads(printed(capsys, "--json"))
    subjects = [one for one in found if one["group_kind"] == "subject"]
    assert {(one["group"], one["key"], one["standing"]) for one in subjects} == {
        (MATHS, "Q1", "corporate"), (PHYSICS, "Q2", "corporate"),
    }
    maths = next(one for one in subjects if one["group"] == MATHS)
    assert (maths["lacking"], maths["n"], maths["corporate"]) == (6, 11, True)
    assert maths["low"] < maths["share"] < maths["high"]


def test_one_subject_by_competence_in_words(district: None, capsys: pytest.CaptureFixture[str]):
    text = printed(capsys, "--subject", "физика", "--by", "competence", "--all")
    assert "Эффективность учителя, входная, 2026/2027" in text
    assert "Компетенция 2" in text
    assert MATHS not in text


def test_an_empty_store_says_what_to_do(screen_store: Engine, capsys: pytest.CaptureFixture[str]):  # noqa: F811
    assert "python -m core survey" in printed(capsys)
    assert json.loads(printed(capsys, "--json")) == []


def test_a_round_that_is_not_there_is_refused(district: None, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main(["deficits", "--round", "9-1999-входная"]) == 1
    assert "не найдено" in capsys.readouterr().err
