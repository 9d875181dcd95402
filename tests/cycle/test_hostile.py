"""What somebody tries who means harm: ids of others, signs that nobody sees, files that break the reader."""

from __future__ import annotations

import pytest

from core.cycle.closing_acts import close_cycle, save_note
from core.cycle.cycle_tables import HandState, StageSide
from core.cycle.cycles import withdraw_cycle
from core.cycle.evidence import Proven, attach_link, list_evidence, open_evidence, remove_evidence
from core.cycle.hand_marks import mark_by_hand, take_mark_back
from core.cycle.own_model_making import copy_model, read_model_file
from core.errors import InvalidInput, NotFound

MASKED = "Прика\x00з\u202e № 5\x07"


def refusal(cycles, *given, **options) -> str:
    with pytest.raises(NotFound) as refused:
        cycles.write("директор", *given, **options)
    return str(refused.value)


def test_what_belongs_to_others_is_told_of_as_if_it_were_not_there(cycles):
    theirs = cycles.open("специалист", "школа 2")
    stage = theirs.stages[0].number
    item = theirs.model.file.stages[0].outputs[0].name
    mark = cycles.write("специалист", mark_by_hand, theirs.id, stage, StageSide.OUT, item, HandState.DONE)
    proof = cycles.write("специалист", attach_link, Proven(mark_id=mark.id), "https://example.org/protocol")
    for use_case, given in (
        (mark_by_hand, (stage, StageSide.OUT, item, HandState.PART)), (withdraw_cycle, ()), (close_cycle, ()),
        (save_note, (1, "Чужое")),
    ):
        assert refusal(cycles, use_case, theirs.id, *given) == refusal(cycles, use_case, 9999, *given)
    assert refusal(cycles, take_mark_back, mark.id, 1) == refusal(cycles, take_mark_back, 9999, 1)
    for use_case in (open_evidence, remove_evidence):
        assert refusal(cycles, use_case, proof.id) == refusal(cycles, use_case, 9999)
    foreign, missing = Proven(mark_id=mark.id), Proven(mark_id=9999)
    assert refusal(cycles, list_evidence, foreign) == refusal(cycles, list_evidence, missing)


def test_signs_that_nobody_sees_are_not_kept(cycles):
    own = cycles.open()
    stage, item = own.stages[0].number, own.model.file.stages[0].outputs[0].name
    mark = cycles.write("директор", mark_by_hand, own.id, stage, StageSide.OUT, item, HandState.DONE, MASKED)
    assert mark.comment == "Приказ № 5"
    assert cycles.write("директор", attach_link, Proven(mark_id=mark.id), "https://a.ru", MASKED).title == "Приказ № 5"
    assert cycles.write("директор", save_note, own.id, own.version, f"Итог года\n{MASKED}").closing == (
        "Итог года\nПриказ № 5"
    )
    assert cycles.write("директор", copy_model, cycles.unit("школа 1"), "isadskaya", MASKED).title == "Приказ № 5"


@pytest.mark.parametrize(
    ("text", "words"),
    [("? {a: b}\n: c\n", "строка 1: нарушена запись YAML"), ('short: "На\\u202eша"\n', "строка 1: невидимые знаки")],
)
def test_files_of_models_that_mislead_or_break_the_reader_are_refused(text, words):
    with pytest.raises(InvalidInput, match=words):
        read_model_file(text.encode(), "модель.yaml")
