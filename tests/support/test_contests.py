"""Contests and who took part."""

import pytest

from core.errors import NotFound
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from core.support.contests import list_contests, list_entries, save_contests, save_entries
from tests.support.conftest import EVERYBODY, Help


def contest(help_: Help) -> int:
    row = {"title": "Педагогический дебют", "level": "муниципальный", "held_on": "20.10.2026", "order_number": "88"}
    with writing(help_.engine, "методист") as session:
        outcome = save_contests(session, EVERYBODY, help_.region.units["район"], GridChanges(added=[row]))
        assert not outcome.refused
        return next(iter(outcome.versions))


def test_who_took_part_and_how(help_: Help):
    key = contest(help_)
    scope = help_.scope("методист")
    rows = GridChanges(added=[{"teacher_id": help_.teacher("Смирнова"), "result": "Призёр"}])
    with writing(help_.engine, "методист") as session:
        assert not save_entries(session, scope, key, rows).refused
    with writing(help_.engine, "методист") as session:
        assert "уже внесён" in str(save_entries(session, scope, key, rows).refused[0].error)
    with reading(help_.engine) as session:
        assert [card.row.result for card in list_entries(session, scope, key)] == ["призёр"]
        assert [row.title for row in list_contests(session, scope, help_.region.units["район"])] == [
            "Педагогический дебют"
        ]
        with pytest.raises(NotFound):
            list_entries(session, help_.scope("директор"), key)


def test_cells_that_cannot_be(sqlite_help: Help):
    key, unit = contest(sqlite_help), sqlite_help.region.units["район"]
    for row, words in (
        ({"title": " ", "held_on": "01.10.2026"}, "Не указано название"), ({"title": "К"}, "Не указана дата"),
        ({"title": "К", "held_on": "01.10.2026", "level": "вселенский"}, "не уровень"),
    ):
        with writing(sqlite_help.engine, "методист") as session:
            assert words in str(save_contests(session, EVERYBODY, unit, GridChanges(added=[row])).refused[0].error)
    scope = sqlite_help.scope("методист")
    strangers = GridChanges(added=[{"teacher_id": sqlite_help.teacher("Кузнецова")}])
    with writing(sqlite_help.engine, "методист") as session:
        assert "нет в ваших организациях" in str(save_entries(session, scope, key, strangers).refused[0].error)
