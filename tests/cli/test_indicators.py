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
    assert main(["indicators", "--organisation", "нет-такой"]) == 1
