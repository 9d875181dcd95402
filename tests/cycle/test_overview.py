"""From marks to states: stages, doors, the federal chain. No database."""

from __future__ import annotations

import doctest

import pytest

import core.cycle.marks
from core.cycle.marks import BY_HAND, CLOSED, Mark, MarkState, counted
from core.cycle.models import model_by_code, models
from core.cycle.overview import StageState, cycle_view, stage_state
from core.cycle.records import Derived
from core.cycle.self_check import self_check

DONE, PART, MISSING = Mark(MarkState.DONE), Mark(MarkState.PART, "1 из 2", "Нет второго."), Mark(MarkState.MISSING)


def everywhere(mark: Mark, **others: Mark) -> dict[Derived, Mark]:
    return {one: others.get(one.name, BY_HAND if one is Derived.MANUAL else mark) for one in Derived}


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ((DONE, DONE), StageState.DONE),
        ((MISSING, MISSING), StageState.NOT_STARTED),
        ((DONE, MISSING), StageState.RUNNING),
        ((PART, MISSING), StageState.RUNNING),
        ((DONE, BY_HAND), StageState.DONE),
        ((MISSING, CLOSED), StageState.NOT_STARTED),
        ((BY_HAND, CLOSED), StageState.UNKNOWN),
        ((), StageState.UNKNOWN),
    ],
)
def test_the_state_of_a_stage_follows_from_what_the_system_knows(marks, state):
    assert stage_state(marks) is state


def test_examples_are_true():
    assert doctest.testmod(core.cycle.marks).failed == 0


def test_counts_say_whether_a_thing_is_there():
    assert counted(0, 0, "0 работ", "Работ нет.") == Mark(MarkState.MISSING, "", "Работ нет.")
    assert counted(0, 3, "0 из 3", "Осталось 3.") == Mark(MarkState.MISSING, "0 из 3", "Осталось 3.")
    assert counted(1, 3, "1 из 3", "Осталось 2.") == Mark(MarkState.PART, "1 из 3", "Осталось 2.")
    assert counted(3, 3, "3 из 3", "Осталось 0.") == Mark(MarkState.DONE, "3 из 3")


@pytest.mark.parametrize("model", models(), ids=lambda one: one.code)
def test_every_model_goes_from_nothing_to_all(model):
    nothing, everything = (cycle_view(model.file, everywhere(mark)) for mark in (MISSING, DONE))
    assert {one.state for one in nothing.stages} == {StageState.NOT_STARTED}
    assert nothing.next_stage is nothing.stages[0]
    assert everything.finished == len(model.file.stages)
    assert everything.next_stage is None
    assert all(one.missing == () for one in everything.stages)


def test_a_stage_says_what_is_missing_once_and_leads_to_where_it_is_done():
    model = model_by_code("napolnovskaya").file
    marks = everywhere(DONE, ROADMAP_APPROVED=Mark(MarkState.MISSING, "", "Карты нет."))
    fourth = cycle_view(model, marks).stages[3]
    assert (fourth.state, fourth.done, fourth.known) == (StageState.RUNNING, 2, 3)
    assert fourth.missing == ("Карты нет.",)
    assert fourth.door == "roadmaps"


def test_what_people_mark_by_hand_counts_neither_for_nor_against():
    first = cycle_view(model_by_code("nikolsky").file, everywhere(DONE)).stages[0]
    assert (first.state, first.done, first.known, len(first.outputs)) == (StageState.DONE, 1, 1, 3)


def test_the_federal_chain_has_nine_links_in_order_and_shows_the_empty_ones():
    marks = everywhere(DONE, GOALS_SET=Mark(MarkState.MISSING, "", "Цели нет."), MEASURES_DONE=PART)
    links = self_check(marks)
    assert [one.link.name for one in links] == [
        "Цели", "Показатели", "Методы сбора информации", "Мониторинг", "Анализ", "Адресные рекомендации",
        "Меры, мероприятия", "Управленческие решения", "Анализ эффективности принятых мер",
    ]
    assert [one.link.name for one in links if one.is_empty] == ["Цели"]
    assert links[0].missing == ("Цели нет.",)
    assert links[-1].state is StageState.RUNNING


def test_a_link_that_the_role_does_not_see_is_not_called_empty():
    assert not any(one.is_empty for one in self_check(everywhere(CLOSED)))
