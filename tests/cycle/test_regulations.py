"""The register of regulations: validity on a day, what a model asks for, texts, who keeps it."""

from __future__ import annotations

import doctest
from datetime import date

import pytest

import core.cycle.chosen
import core.cycle.regulations
import core.cycle.validity
from core.cycle.cycle_tables import RegulationKind
from core.cycle.evidence import Proven, attach_file, list_evidence, open_evidence
from core.cycle.models import model_by_code
from core.cycle.regulations import list_regulations, register_needed, restore_regulation, save_regulations
from core.cycle.validity import Presence, Registered, required, validity_words
from core.errors import NotAllowed, NotFound
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from tests.cycle.conftest import Cycles
from tests.people.conftest import DAY

STATUTE, CHARTER = "Положение о методическом совете", "Устав школы"
ASKED = model_by_code("napolnovskaya").file.regulations
ADOPTED = date(2024, 9, 1)


@pytest.mark.parametrize("module", [core.cycle.validity, core.cycle.regulations, core.cycle.chosen])
def test_examples_are_true(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (ADOPTED, None, "● действует"),
        (ADOPTED, date(2027, 11, 22), "● действует"),
        (ADOPTED, date(2026, 12, 31), "◐ истекает 31.12.2026"),
        (ADOPTED, DAY, "◐ истекает 22.11.2026"),
        (ADOPTED, date(2026, 11, 21), "○ не действует с 22.11.2026"),
        (date(2027, 1, 1), None, "◌ ещё не действует до 01.01.2027"),
        (None, None, "◌ нет даты принятия"),
    ],
)
def test_validity_on_a_day_is_said_in_words(since, until, said):
    assert validity_words(since, until, DAY) == said


def test_each_regulation_of_the_model_is_there_missing_or_expired():
    register = [
        Registered(1, "Устав МБОУ", CHARTER, ADOPTED, None),
        Registered(2, f"{STATUTE.upper()}.", "", ADOPTED, date(2025, 8, 31)),
        Registered(3, "Положение о методических объединениях", "", None, None),
    ]
    found = {one.item.name: (one.presence, one.ids) for one in required(ASKED, register, DAY)}
    assert list(found.values()) == [
        (Presence.MISSING, ()), (Presence.PRESENT, (1,)), (Presence.EXPIRED, (2,)), (Presence.UNDATED, (3,)),
    ]
    register.append(Registered(4, "Положение 2025 года", STATUTE, date(2025, 9, 1), None))
    again = {one.item.name: one for one in required(ASKED, register, DAY)}
    assert (again[STATUTE].presence, again[STATUTE].ids) == (Presence.PRESENT, (4, 2)), "what holds stands first"


def rows(cycles: Cycles, who: str = "директор", **options):
    return cycles.read(who, list_regulations, cycles.unit("школа 1"), **options)


def test_the_register_is_kept_in_a_grid_and_nothing_is_lost(cycles: Cycles):
    unit = cycles.unit("школа 1")
    added = {"kind": "положение", "title": STATUTE, "number": "12", "adopted_on": "01.09.2024", "answers": STATUTE}
    cycles.write("методист школы", save_regulations, unit, GridChanges(added=[added]))
    (card,) = rows(cycles)
    assert card.heading == f"{STATUTE} (от 01.09.2024 № 12)" and card.since == ADOPTED
    assert [one.presence for one in required(ASKED, [card.registered], DAY)].count(Presence.PRESENT) == 1
    row = card.row
    refused = cycles.write("директор", save_regulations, unit, GridChanges(edits=[
        CellEdit(row.id or 0, row.version, "valid_from", date(2025, 9, 1), None),
        CellEdit(row.id or 0, row.version, "valid_until", date(2025, 8, 31), None),
    ]))
    assert "раньше, чем начинает" in refused.refused[0].error.message and rows(cycles)[0].row.valid_until is None
    cycles.write("директор", save_regulations, unit, GridChanges(deleted=[RowDelete(row.id or 0, row.version)]))
    assert rows(cycles) == [] and len(rows(cycles, deleted=True)) == 1
    cycles.write("директор", restore_regulation, unit, row.id or 0)
    assert len(rows(cycles)) == 1


def test_what_the_model_names_is_registered_once_and_waits_for_its_date(cycles: Cycles):
    unit, names = cycles.unit("школа 1"), [one.name for one in ASKED]
    assert cycles.write("директор", register_needed, unit, names) == 4
    assert cycles.write("директор", register_needed, unit, names) == 0
    cards = rows(cycles)
    assert {one.row.kind for one in cards} == {RegulationKind.LAW, RegulationKind.CHARTER, RegulationKind.STATUTE}
    assert {one.presence for one in required(ASKED, [one.registered for one in cards], DAY)} == {Presence.UNDATED}


def test_texts_of_regulations_are_read_by_everybody_of_the_school(cycles: Cycles, monkeypatch, tmp_path):
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    cycles.write("директор", register_needed, cycles.unit("школа 1"), [STATUTE])
    proven = Proven(regulation_id=rows(cycles)[0].row.id)
    number = attach_file(cycles.engine, cycles.scope("директор"), proven, "положение.txt", b"1")
    assert rows(cycles, "учитель")[0].texts == len(cycles.read("учитель", list_evidence, proven)) == 1
    assert cycles.read("учитель", open_evidence, number)[1] == b"1"
    with pytest.raises(NotFound):
        cycles.read("руководитель рмо", open_evidence, number + 1)


@pytest.mark.parametrize(
    ("who", "error"), [("руководитель шмо", NotAllowed), ("учитель", NotAllowed), ("наставник", NotAllowed)]
)
def test_who_does_not_lead_the_cycle_does_not_change_the_register(cycles: Cycles, who, error):
    with pytest.raises(error):
        cycles.write(who, save_regulations, cycles.unit("школа 1"), GridChanges(added=[{"title": "Приказ"}]))
    with pytest.raises(NotFound):
        cycles.write("директор", save_regulations, cycles.unit("школа 2"), GridChanges())
