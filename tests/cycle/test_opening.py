"""Opening a cycle: one a year, days of the stages, who answers for them, who may."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from core.cycle.cycles import open_cycle, withdraw_cycle
from core.cycle.models import model_by_code, models
from core.cycle.opened import list_cycles, opened_cycle, opened_cycles
from core.cycle.responsible import Body, Person, Proposal, proposed
from core.cycle.stage_dates import Dated, default_dates, order_warnings, year_window
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.association_tables import AssociationKind
from core.store.history import history
from core.store.unit_of_work import reading
from tests.cycle.conftest import YEAR, Cycles
from tests.people.conftest import DAY
from tests.store.threads import at_once

AUTUMN, SUMMER = date(2026, 9, 1), date(2027, 7, 5)
PEOPLE = (
    Person(1, "Орлова А. А.", "директор"), Person(2, "Белов Б. Б.", "заместитель директора по УВР"),
    Person(3, "Иванова В. В.", "учитель"),
)


@pytest.mark.parametrize("model", models(), ids=lambda one: one.code)
@pytest.mark.parametrize("opened_on", [AUTUMN, DAY, SUMMER, date(2024, 1, 1)])
def test_every_model_gets_days_inside_the_year(model, opened_on):
    whole = year_window(YEAR)
    windows = default_dates(model.file.stages, YEAR, opened_on)
    assert len(windows) == len(model.file.stages)
    assert all(whole.first <= one.first <= one.last <= whole.last for one in windows)


def test_stages_without_a_time_share_the_months_in_order():
    windows = default_dates(model_by_code("napolnovskaya").file.stages, YEAR, AUTUMN)
    assert windows[0] == (AUTUMN, date(2026, 10, 31)) and windows[-1] == (date(2027, 5, 1), date(2027, 6, 30))
    assert all((after.first - before.last).days == 1 for before, after in pairwise(windows))
    assert default_dates(model_by_code("napolnovskaya").file.stages, YEAR, DAY)[0].first == date(2026, 11, 1)


def test_what_the_document_says_of_the_time_is_taken_over():
    windows = default_dates(model_by_code("nikolsky").file.stages, YEAR, DAY)
    assert windows[0] == (date(2026, 9, 1), date(2026, 10, 31)), "«сентябрь–октябрь 2020 г.» of the first year"
    assert windows[1] == (date(2026, 10, 1), date(2026, 12, 31)), "«октябрь–ноябрь; рекомендации – декабрь»"


def test_stages_out_of_order_are_named():
    one, two, three = (
        Dated("1", date(2026, 9, 1), date(2026, 10, 31)), Dated("2", date(2026, 8, 1), date(2026, 12, 1)),
        Dated("3", date(2026, 9, 1), date(2026, 11, 1)),
    )
    assert order_warnings((one, two, three)) == (
        "Этап 2 начинается раньше этапа 1, который стоит перед ним.",
        "Этап 3 заканчивается раньше этапа 2, который стоит перед ним.",
    )
    assert order_warnings((one, Dated("2", date(2026, 8, 1), date(2026, 12, 1), has_own_time=True))) == ()


@pytest.mark.parametrize(
    ("words", "bodies", "who"),
    [
        (("Администрация школы", "ШМО"), ("ШМО",), Proposal(1, 10)),
        (("Школьное методическое объединение (ШМО)",), ("ШМО", "ШМО"), Proposal()),
        (("ШМО", "Члены ШМС"), ("ШМС",), Proposal(None, 10)),
        (("Методисты ММК Никольского района",), ("ММК", "РМО"), Proposal(None, 10)),
        (("Рязанский институт развития образования",), ("ШМО",), Proposal()),
    ],
)
def test_who_answers_is_proposed_only_where_one_fits(words, bodies, who):
    there = [Body(10 + place, AssociationKind(kind), kind) for place, kind in enumerate(bodies)]
    assert proposed(words, PEOPLE, there) == who


def test_a_cycle_has_the_stages_of_its_model_and_who_answers(cycles: Cycles):
    opened = cycles.open()
    assert [one.name for one in opened.stages] == [one.name for one in model_by_code("napolnovskaya").file.stages]
    assert opened.stages[0].association == "ШМО математиков"
    assert opened.stages[0].who == "ШМО математиков" and opened.stages[2].who == "Методические службы; " \
        "Аттестационные комиссии"
    assert (opened.opened_by, opened.opened_on, opened.is_open) == ("Директор", DAY, True)
    with reading(cycles.engine) as session:
        assert [line.actor for line in history(session, "cycle", opened.id)] == ["Директор"]


def test_the_second_of_a_year_is_refused_and_a_withdrawn_one_makes_room(cycles: Cycles):
    first = cycles.open()
    with pytest.raises(InvalidInput, match="уже открыт"):
        cycles.open(model="isadskaya")
    cycles.write("директор", withdraw_cycle, first.id)
    assert cycles.read("директор", opened_cycle, cycles.unit("школа 1"), YEAR) is None
    again = cycles.open(model="isadskaya")
    assert again.model.code == "isadskaya" and again.previous_id is None
    cycles.write("директор", open_cycle, cycles.unit("школа 1"), "isadskaya", YEAR + 1, today=DAY)
    newest, before = cycles.read("директор", list_cycles, cycles.unit("школа 1"))
    assert (newest.year, newest.previous_id, before.id) == (YEAR + 1, again.id, again.id)


def test_of_many_who_open_at_once_one_does(cycles_on_both: Cycles):
    refused = at_once(4, lambda _number: cycles_on_both.open())
    assert len(refused) == 3 and all(isinstance(one, InvalidInput) for one in refused)
    assert len(cycles_on_both.opened().stages) == 6


@pytest.mark.parametrize(
    ("who", "place", "error"),
    [
        ("руководитель шмо", "школа 1", NotAllowed), ("учитель", "школа 1", NotAllowed),
        ("наблюдатель", "школа 1", NotAllowed), ("наставник", "школа 1", NotAllowed),
        ("директор", "школа 2", NotFound), ("специалист", "школа 3", NotFound),
    ],
)
def test_who_does_not_lead_the_cycle_does_not_open_it(cycles: Cycles, who, place, error):
    with pytest.raises(error):
        cycles.open(who, place)


@pytest.mark.parametrize("who", ["методист школы", "специалист", "методист", "администратор"])
def test_who_leads_the_cycle_opens_it(cycles: Cycles, who):
    assert cycles.open(who).is_open


def test_cycles_of_many_organisations_are_seen_by_those_who_know_them(cycles: Cycles):
    cycles.open()
    cycles.open("специалист", "район", "zelenchuk")
    seen = {who: set(cycles.read(who, opened_cycles, YEAR)) for who in ("специалист", "учитель", "руководитель рмо")}
    school, district = cycles.unit("школа 1"), cycles.unit("район")
    assert seen == {"специалист": {school, district}, "учитель": {school}, "руководитель рмо": {school, district}}


def test_an_unknown_model_and_a_far_year_are_refused(cycles: Cycles):
    with pytest.raises(NotFound):
        cycles.open(model="own-7")
    with pytest.raises(InvalidInput, match="слишком далёк"):
        cycles.write("директор", open_cycle, cycles.unit("школа 1"), "isadskaya", 2060, today=DAY)


def test_a_remark_of_the_model_is_not_who_answers(cycles: Cycles):
    opened = cycles.open(model="napolnovskaya")
    assert "предложение программы" in opened.model.file.stages[0].responsible[0]
    assert opened.stages[0].responsible == "Администрация школы, ШМО"
