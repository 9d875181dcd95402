"""Days and people of stages in the grid; marks by hand with evidence; what they change; reminders."""

from __future__ import annotations

from datetime import date

import pytest

from core.cycle.cycle_tables import HandState, StageSide
from core.cycle.evidence import (
    Proven,
    attach_file,
    attach_link,
    list_evidence,
    open_evidence,
    remove_evidence,
    restore_evidence,
)
from core.cycle.hand_marks import mark_by_hand, take_mark_back
from core.cycle.marks import Mark, MarkState
from core.cycle.models import model_by_code
from core.cycle.opened import OpenedCycle, cycle_history
from core.cycle.overview import CycleView, StageState, cycle_view
from core.cycle.reminders import reminders
from core.cycle.stage_editing import save_stages
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.planning.reminders import digest_text
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from tests.cycle.conftest import YEAR, Cycles
from tests.cycle.test_overview import DONE, MISSING, everywhere
from tests.people.conftest import DAY

NIKOLSKY = model_by_code("nikolsky").file
STATUTES, MONITORING, ROADMAP = (one.name for one in NIKOLSKY.stages[0].outputs)
OUT = StageSide.OUT


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))


def edit(opened: OpenedCycle, number: str, field: str, value: object) -> CellEdit:
    stage = opened.stage(number)
    assert stage is not None
    return CellEdit(stage.id, stage.version, field, value, getattr(stage, field))


def mark(cycles: Cycles, who: str, opened: OpenedCycle, state=HandState.DONE, item=STATUTES, **options) -> int:
    return cycles.write(who, mark_by_hand, opened.id, "1", OUT, item, state, **options).id or 0


def seen(cycles: Cycles, found: Mark, today: date = DAY) -> CycleView:
    return cycle_view(NIKOLSKY, everywhere(found), cycles.opened("специалист", "район"), today)


@pytest.fixture
def district(cycles: Cycles) -> OpenedCycle:
    return cycles.open("специалист", "район", "nikolsky")


def test_both_days_of_a_stage_are_moved_at_once(cycles: Cycles):
    opened = cycles.open()
    moved = [edit(opened, "1", "starts_on", date(2027, 1, 11)), edit(opened, "1", "ends_on", "28.02.2027"),
             edit(opened, "1", "teacher_id", cycles.region.teachers["Петров"]),
             edit(opened, "2", "association_id", None), edit(opened, "2", "responsible", "Петрова, завуч")]
    outcome = cycles.write("директор", save_stages, opened.id, GridChanges(edits=moved))
    assert len(outcome.saved) == 5
    first, second, *_rest = cycles.opened().stages
    assert (first.starts_on, first.ends_on) == (date(2027, 1, 11), date(2027, 2, 28))
    assert first.who == "Петров Олег Ильич; ШМО математиков" and second.who == "Петрова, завуч"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ends_on", date(2026, 9, 1), "раньше, чем начинается"),
        ("ends_on", date(2027, 9, 1), "лежит вне 2026/2027 учебного года"),
        ("starts_on", None, "не указана дата"),
        ("starts_on", "вчера", "не похоже на дату"),
        ("teacher_id", 999, "нет такого педагога"),
        ("association_id", "чужое", "нет такого объединения"),
    ],
)
def test_what_cannot_stand_in_the_grid_is_refused(cycles: Cycles, field, value, said):
    opened = cycles.open()
    outcome = cycles.write("директор", save_stages, opened.id, GridChanges(edits=[edit(opened, "1", field, value)]))
    assert said in outcome.refused[0].error.message
    assert cycles.opened().stages == opened.stages


def test_stages_are_not_added_or_removed_and_heads_do_not_move_them(cycles: Cycles):
    opened = cycles.open()
    stage = opened.stages[0]
    with pytest.raises(InvalidInput, match="задаёт модель"):
        cycles.write("директор", save_stages, opened.id, GridChanges(deleted=[RowDelete(stage.id, stage.version)]))
    with pytest.raises(NotAllowed):
        cycles.write("руководитель шмо", save_stages, opened.id, GridChanges())


def test_two_who_move_the_same_day_see_both_values(cycles: Cycles):
    opened = cycles.open()
    for value, conflicts in ((date(2026, 11, 25), 0), (date(2026, 11, 28), 1)):
        changes = GridChanges(edits=[edit(opened, "1", "ends_on", value)])
        assert len(cycles.write("директор", save_stages, opened.id, changes).conflicts) == conflicts
    assert cycles.opened().stages[0].ends_on == date(2026, 11, 25)


def test_what_people_alone_know_is_missing_until_they_mark_it(cycles: Cycles, district: OpenedCycle):
    first = seen(cycles, DONE).stages[0]
    assert (first.state, first.done, first.known, first.waits_for_people) == (StageState.RUNNING, 1, 3, True)
    assert first.missing[0] == f"Не отмечено: «{STATUTES}»."
    mark(cycles, "специалист", district, comment="приказ № 12")
    mark(cycles, "методист", district, HandState.PART, MONITORING)
    first = seen(cycles, DONE).stages[0]
    assert [one.mark.state for one in first.outputs] == [MarkState.DONE, MarkState.PART, MarkState.DONE]
    assert "Специалист, " in first.outputs[0].mark.words and "приказ № 12" in first.outputs[0].mark.words
    assert first.missing == (f"Сделано частично: «{MONITORING}».",)


def test_words_stand_beside_records_and_do_not_change_them(cycles: Cycles, district: OpenedCycle):
    mark(cycles, "специалист", district, item=ROADMAP, comment="утверждена на бумаге")
    said = seen(cycles, MISSING).stages[0].outputs[2]
    assert said.mark == MISSING
    assert said.beside.startswith("люди отмечают: есть; ") and "утверждена на бумаге" in said.beside


def test_a_stage_is_overdue_after_its_last_day_while_something_is_missing(cycles: Cycles, district: OpenedCycle):
    last = district.stages[0].ends_on
    assert last == date(2026, 10, 31)
    assert not seen(cycles, DONE, last).stages[0].is_overdue
    assert [one.stage.number for one in seen(cycles, DONE, DAY).overdue] == ["1"]
    for item in (STATUTES, MONITORING):
        mark(cycles, "специалист", district, item=item)
    assert seen(cycles, DONE, DAY).overdue == ()


def test_a_mark_that_somebody_else_changed_is_not_overwritten(cycles: Cycles, district: OpenedCycle):
    mark(cycles, "специалист", district)
    with pytest.raises(EditConflict, match="«есть», Специалист"):
        mark(cycles, "методист", district, HandState.MISSING)
    mark(cycles, "методист", district, HandState.MISSING, version_seen=1)
    hand = cycles.opened("специалист", "район").mark("1", OUT, STATUTES)
    assert hand is not None and (hand.state, hand.marked_by) == (HandState.MISSING, "Методист")
    with pytest.raises(EditConflict):
        cycles.write("специалист", take_mark_back, hand.id, 1)
    cycles.write("специалист", take_mark_back, hand.id, hand.version)
    assert cycles.opened("специалист", "район").marks == ()


def test_a_second_click_marks_nothing_new(cycles: Cycles, district: OpenedCycle):
    first = mark(cycles, "специалист", district, comment="приказ")
    assert mark(cycles, "специалист", district, comment="приказ") == first
    assert len(cycles.opened("специалист", "район").marks) == 1


def test_the_journal_of_a_cycle_names_what_was_marked(cycles: Cycles):
    opened = cycles.open()
    item = opened.model.file.stages[0].outputs[0].name
    cycles.write("руководитель шмо", mark_by_hand, opened.id, "1", OUT, item, HandState.DONE)
    latest = cycles.read("директор", cycle_history, opened.id)[0]
    assert (latest.actor, latest.object_type, latest.new) == ("Руководитель Шмо", "cycle_mark", item)
    with pytest.raises(NotAllowed):
        cycles.read("руководитель шмо", cycle_history, opened.id)


def test_a_head_marks_on_the_stages_of_the_own_association_alone(cycles: Cycles):
    opened = cycles.open()
    stages = model_by_code("napolnovskaya").file.stages
    own, other = stages[0].outputs[0].name, stages[2].outputs[0].name
    cycles.write("руководитель шмо", mark_by_hand, opened.id, "1", OUT, own, HandState.DONE)
    with pytest.raises(NotAllowed, match="руководитель объединения"):
        cycles.write("руководитель шмо", mark_by_hand, opened.id, "3", OUT, other, HandState.DONE)
    for who in ("учитель", "наблюдатель"):
        with pytest.raises(NotAllowed):
            cycles.write(who, mark_by_hand, opened.id, "1", OUT, own, HandState.DONE)


def test_only_things_of_the_model_are_marked(cycles: Cycles, district: OpenedCycle):
    for stage, item in (("1", "чужое"), ("9", STATUTES)):
        with pytest.raises(NotFound):
            cycles.write("специалист", mark_by_hand, district.id, stage, OUT, item, HandState.DONE)
    with pytest.raises(InvalidInput, match="1000 знаков"):
        mark(cycles, "специалист", district, comment="т" * 1001)


def test_files_and_links_prove_a_mark(cycles: Cycles, store, district: OpenedCycle):
    proven = Proven(mark_id=mark(cycles, "специалист", district))
    number = attach_file(cycles.engine, cycles.scope("методист"), proven, "приказ.txt", "Приказ".encode())
    cycles.write("методист", attach_link, proven, "https://school.ru/prikaz", "Приказ на сайте")
    assert cycles.read("специалист", open_evidence, number)[1] == "Приказ".encode()
    cycles.write("специалист", remove_evidence, number)
    assert [one.title for one in cycles.read("методист", list_evidence, proven)] == ["Приказ на сайте"]
    hand = cycles.opened("специалист", "район").mark("1", OUT, STATUTES)
    assert hand is not None and hand.evidence == 1
    with pytest.raises(InvalidInput, match="снять её нельзя"):
        cycles.write("специалист", take_mark_back, hand.id, hand.version)
    cycles.write("специалист", restore_evidence, number)
    assert len(cycles.read("методист", list_evidence, proven)) == 2


def test_what_proves_a_mark_is_for_those_who_mark(cycles: Cycles, store, district: OpenedCycle):
    proven = Proven(mark_id=mark(cycles, "специалист", district))
    number = attach_file(cycles.engine, cycles.scope("специалист"), proven, "список.txt", b"1")
    for who, error in (("наблюдатель", NotAllowed), ("учитель", NotFound), ("директор", NotFound),
                       ("руководитель рмо", NotFound)):
        with pytest.raises(error):
            cycles.read(who, open_evidence, number)
        with pytest.raises((NotAllowed, NotFound)):
            attach_file(cycles.engine, cycles.scope(who), proven, "б.txt", b"2")


def test_stages_that_end_soon_or_are_overdue_are_reminded_of(cycles: Cycles, district: OpenedCycle):
    school = cycles.open()
    found = cycles.read("специалист", reminders, DAY)
    assert [(one.organisation, one.stage.stage.number, one.is_overdue) for one in found] == [
        ("район", "1", True), ("школа 1", "1", False),
    ]
    said = digest_text([one.as_reminder() for one in found], DAY)
    assert "Просрочено (1\xa0пункт)" in said
    assert "• Этап 1. Сбор данных о качестве образования: школа 1 — до 30.11" in said
    changes = GridChanges(edits=[edit(school, "1", "ends_on", date(2026, 12, 31))])
    cycles.write("директор", save_stages, school.id, changes)
    assert [one.organisation for one in cycles.read("специалист", reminders, DAY)] == ["район"]
    assert cycles.read("наставник", reminders, DAY) == []


def test_those_who_answer_are_reminded_as_such(cycles: Cycles):
    opened = cycles.open()
    assert {who: [one.is_mine for one in cycles.read(who, reminders, DAY)] for who in ("руководитель шмо", "учитель")} \
        == {"руководитель шмо": [True], "учитель": [False]}
    person = cycles.region.teachers["Смирнова"]
    cycles.write("директор", save_stages, opened.id, GridChanges(edits=[edit(opened, "1", "teacher_id", person)]))
    assert [one.is_mine for one in cycles.read("учитель", reminders, DAY)] == [True]
    assert opened.year == YEAR
