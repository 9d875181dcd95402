"""The command «cycle»: stages of a model as text and as JSON."""

from __future__ import annotations

import json

import pytest

from core.cli.main import main
from core.cycle.chosen import own_code
from core.cycle.models import model_by_code
from core.cycle.own_model_making import copy_model, put_in_force
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.store.engine import open_engine
from core.store.unit_of_work import writing
from tests.pages.town import build_town

ALL = Scope.local_administrator()
MUNICIPALITY = OrganisationKind.MUNICIPALITY


@pytest.fixture
def town(sqlite_template, tmp_path, monkeypatch):
    (tmp_path / "quality.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path))
    engine = open_engine(f"sqlite:///{tmp_path / 'quality.db'}")
    build_town(engine)
    engine.dispose()


def test_stages_and_empty_links_are_printed(town, capsys):
    assert main(["cycle", "--model", "zelenchuk", "--year", "2026/2027"]) == 0
    said = capsys.readouterr().out
    assert "Зеленчукский район" in said and "2026/2027 учебный год" in said
    assert "VI" in said and "Оказание методической помощи" in said
    assert "Пустые звенья цепочки: цели" in said


def test_json_has_every_stage_and_link(town, capsys):
    assert main(["cycle", "--model", "nikolsky", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert [one["number"] for one in facts["stages"]] == [
        stage.number for stage in model_by_code("nikolsky").file.stages
    ]
    assert len(facts["chain"]) == 9
    assert all(output["state"] for stage in facts["stages"] for output in stage["outputs"])


def test_unknown_model_and_organisation_are_refused(town, capsys):
    assert main(["cycle", "--model", "моя"]) == 1
    assert "Модели «моя» нет" in capsys.readouterr().err
    assert main(["cycle", "--organisation", "нет", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "Организации с кодом «нет» нет."


def test_an_own_model_is_named_by_its_number(town, tmp_path, capsys):
    with writing(open_engine(f"sqlite:///{tmp_path / 'quality.db'}"), "подготовка теста") as session:
        unit = next(one for one in load_tree(session, ALL).organisations.values() if one.kind is MUNICIPALITY)
        row = copy_model(session, ALL, unit.id or 0, "nikolsky", "Наша модель")
        put_in_force(session, ALL, row.id or 0, row.version)
        code = own_code(row.id or 0)
    assert main(["cycle", "--model", code]) == 0
    assert capsys.readouterr().out.startswith("Наша модель: ")
    assert main(["cycle", "municipality", "--model", code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"]["model"] == code
    for unknown in ("own-999", f"own-{'9' * 30}"):
        assert main(["cycle", "--model", unknown]) == 1
        assert f"Есть такие: {code}, napolnovskaya" in capsys.readouterr().err


def test_a_municipality_is_printed_with_its_schools_by_name(town, capsys):
    assert main(["cycle", "municipality", "--year", "2026/2027", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    names = [one["name"] for one in facts["schools"]]
    assert names and names == sorted(names)
    assert {len(one["rooms"]) for one in (facts["whole"], *facts["schools"])} == {6}
    assert main(["cycle", "municipality"]) == 0
    assert "по результатам ВПР их не сравнивают" in capsys.readouterr().out


def test_a_cycle_is_opened_and_printed_with_its_days(town, capsys):
    assert main(["cycle", "open", "--model", "nikolsky", "--year", "2026/2027", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["year"], facts["model"], len(facts["stages"])) == (2027, "nikolsky", 5)
    assert facts["stages"][1]["starts_on"] == "2026-10-01"
    assert main(["cycle", "open", "--model", "isadskaya", "--year", "2026/2027"]) == 1
    assert "уже открыт" in capsys.readouterr().err
    assert main(["cycle", "--year", "2026/2027", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["model"] == "nikolsky" and printed["stages"][1]["ends_on"] == "2026-12-31"
    assert "Не отмечено" in printed["stages"][0]["missing"][0]
