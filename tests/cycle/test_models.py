"""The five models: every file loads, and nothing that a document names was left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.cycle.models import load_models, mentions, model_by_code, models
from core.cycle.records import Derived, OutputKind, RoomName
from core.errors import InvalidInput, NotFound
from core.store.settings import reference_directory
from pages.widgets.screens import is_built

# What the documents themselves have, counted in them by hand.
# Model: stages · participants · associations · regulations · goals · tasks · directions · forms of work ·
# rows of each table.
COUNTS = {
    "napolnovskaya": (6, 3, 3, 4, 2, 7, 3, 9, (3, 5)),
    "sasovo-106":    (6, 4, 2, 0, 0, 0, 0, 10, ()),
    "isadskaya":     (5, 6, 4, 4, 0, 0, 0, 0, ()),
    "zelenchuk":     (5, 2, 3, 0, 0, 0, 0, 0, ()),
    "nikolsky":      (5, 4, 3, 10, 1, 0, 0, 6, (8, 13)),
}  # fmt: skip
# Inputs and outputs of the stages in their order, and documents among the outputs.
FLOW = {
    "napolnovskaya": ((5, 1, 1, 2, 2, 4), (2, 3, 2, 3, 4, 3), 3),
    "sasovo-106":    ((8, 1, 1, 1, 2, 4), (3, 2, 2, 3, 3, 2), 3),
    "isadskaya":     ((6, 2, 1, 2, 1), (2, 2, 4, 3, 3), 3),
    "zelenchuk":     ((6, 1, 1, 1, 1), (3, 2, 2, 3, 2), 1),
    "nikolsky":      ((1, 2, 1, 1, 0), (3, 2, 2, 3, 3), 10),
}  # fmt: skip
SAID = {
    "napolnovskaya": ("«дорожн", "Утверждение общешкольных карт", "РМС, ШМС", "Взаимопосещение", "педсовет"),
    "sasovo-106": ("72 час", "48 часов", "корпоративн", "предметного клуба", "Вебинар", "докурсовое", "межкурсов"),
    "isadskaya": ("наставничества", "родител", "«пробел", "НИКО", "новый управленческий цикл"),
    "zelenchuk": ("Методический кабинет", "профпереподготовк", "РМО, ШМО", "НИКО"),
    "nikolsky": ("13.10.2020 № 70", "5.3.3", "Дорога к мастерству", "Совет молодых педагогов", "Не реже 2 раз в год"),
}
COMING = frozenset({"indicators", "cycle"})
"""Screens that may be put in place after this one."""


def test_the_five_models_stand_in_their_order():
    assert [one.code for one in models()] == list(COUNTS)


@pytest.mark.parametrize("code", COUNTS)
def test_everything_that_the_document_names_is_there(code):
    model = model_by_code(code).file
    rows = tuple(len(table.rows) for table in model.tables)
    assert (
        len(model.stages), len(model.participants), len(model.associations), len(model.regulations), len(model.goals),
        len(model.tasks), len(model.directions), len(model.forms), rows,
    ) == COUNTS[code]
    outputs = [output for stage in model.stages for output in stage.outputs]
    documents = sum(output.kind is OutputKind.DOCUMENT for output in outputs)
    assert (
        tuple(len(stage.inputs) for stage in model.stages), tuple(len(stage.outputs) for stage in model.stages),
        documents,
    ) == FLOW[code]


@pytest.mark.parametrize("code", COUNTS)
def test_words_by_which_a_reader_looks_for_a_sentence_are_found(code):
    text = "\n".join(one.text for one in mentions(model_by_code(code).file))
    assert [word for word in SAID[code] if word not in text] == []


@pytest.mark.parametrize("code", COUNTS)
def test_every_thing_lives_on_a_screen_that_exists(code):
    found = mentions(model_by_code(code).file)
    assert len(found) > 50
    assert {path for one in found for path in one.screens if not is_built(path)} <= COMING


def test_the_fifth_part_keeps_the_number_of_the_document():
    assert [stage.number for stage in model_by_code("zelenchuk").file.stages] == ["I", "II", "III", "IV", "VI"]


def _copied(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "models"
    shutil.copytree(reference_directory() / "models", folder)
    file = folder / "isadskaya.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("room: analysis", "room: analytics", "поле «room»"),
        ("closing:", "ending:", "поле «closing»: поле обязательно"),
        ('number: "2"', 'number: "1"', "номер этапа записан дважды"),
        ("derived: mentorship_active", "derived: guess", "поле «derived»"),
        ("order: 3", "order: три", "поле «order»: нужно число"),
    ],
)
def test_a_broken_file_is_refused_with_file_and_key(tmp_path, old, new, said):
    with pytest.raises(InvalidInput) as refusal:
        load_models(_copied(tmp_path, old, new))
    assert "isadskaya.yaml" in refusal.value.message
    assert said in refusal.value.message


def test_a_row_with_too_few_cells_is_refused(tmp_path):
    folder = _copied(tmp_path, "closing:", 'tables: [{title: "Таблица", columns: ["а", "б"], screens: [cycle], '
                     'rows: [["1"]]}]\nclosing:')
    with pytest.raises(InvalidInput, match="в строке 1 ячеек 1, а столбцов 2"):
        load_models(folder)


def test_a_school_copies_a_model_and_changes_it(tmp_path):
    folder = _copied(tmp_path, "short:", "short:")
    text = (folder / "isadskaya.yaml").read_text(encoding="utf-8")
    own = text.replace('short: "Исадская СОШ"', 'short: "Наша школа"').replace("order: 3", "order: 9")
    (folder / "our-school.yaml").write_text(own, encoding="utf-8")
    found = load_models(folder)
    assert [one.code for one in found] == [*COUNTS, "our-school"]
    assert found[-1].file.short == "Наша школа"


def test_every_kind_of_record_is_explained_beside_the_files():
    text = (reference_directory() / "models" / "README.md").read_text(encoding="utf-8")
    assert [one.value for one in (*Derived, *RoomName, *OutputKind) if one.value not in text] == []


def test_an_empty_directory_and_an_unknown_code_are_refused(tmp_path):
    with pytest.raises(InvalidInput, match="нет ни одной модели"):
        load_models(tmp_path)
    with pytest.raises(NotFound):
        model_by_code("нет-такой")
