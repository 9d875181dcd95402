"""How much each document says, counted in the documents themselves, and words by which a sentence is looked for."""

import pytest

from core.cycle.models import mentions, model_by_code, models
from core.cycle.records import OutputKind

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


def test_the_five_models_are_shipped():
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
