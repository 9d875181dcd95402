"""The command `indicators`."""

import json

import pytest

from core.cli.main import main


def test_figures_of_an_empty_and_of_a_known_organisation(tmp_path, monkeypatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    assert main(["indicators", "--json"]) == 1
    assert main(["demo"]) == 0
    capsys.readouterr()
    assert main(["indicators", "--year", "2026", "--json", "--organisation", "reg99_m001"]) == 0
    found = {one["code"]: one for one in json.loads(capsys.readouterr().out)}
    passed = found["П42.1"]
    assert passed["value"] == pytest.approx(100 * passed["numerator"] / passed["denominator"])
    assert passed["low"] < passed["value"] < passed["high"] and found["П41"]["waiting"] == 2
    assert "similar" not in passed
    school = ["indicators", "--year", "2026", "--json", "--similar", "--organisation"]
    assert main([*school, "edu990101"]) == 0
    others = {one["code"]: one["similar"] for one in json.loads(capsys.readouterr().out)}
    assert others["П12"]["schools"] == 3 and others["П12"]["low"] < others["П12"]["value"] < others["П12"]["high"]
    assert others["П14.1"] is None
    assert main([*school, "edu990107"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["similar"]["value"] is None, "one other school is no group"
    assert main(["indicators", "--organisation", "нет-такой"]) == 1
    town = ["--organisation", "reg99_m001", "--year", "2026"]
    capsys.readouterr()
    assert main(["indicators", *town, "collection", "--json"]) == 0
    owed = {one["organisation"]: one for one in json.loads(capsys.readouterr().out)}
    assert owed["МБОУ «Ольховская основная школа»"]["owed"] and not owed["МБОУ «Гимназия № 3»"]["owed"]
    assert main(["indicators", "collection", "--year", "2026", "--json"]) == 0
    assert "Заречный район" in capsys.readouterr().out, "without a code it is where values are collected"
    assert main(["indicators", "--year", "1"]) == 1 and "Отчётного года 1 нет" in capsys.readouterr().err
    assert main(["indicators", "close", *town]) == 0 and main(["indicators", "close", *town]) == 1
    assert main(["indicators", "reopen", *town, "--reason", "Уточнение", "--until", "2026-12-31"]) == 0
    assert main(["indicators", "open", "--organisation", "reg99_m001", "--year", "2027", "--until", "2027-06-30"]) == 0
    assert main(["indicators", "note", *town]) == 0
    assert "Итоги мониторинга за 2025/2026" in capsys.readouterr().out
