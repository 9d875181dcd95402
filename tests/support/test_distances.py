"""Distances between schools: one number for both directions."""

import pytest

from core.errors import InvalidInput, NotAllowed, NotFound
from core.store.unit_of_work import reading, writing
from core.support.distances import list_distances, set_distance
from tests.support.conftest import EVERYBODY, Help


def test_one_number_for_both_directions(help_: Help):
    one, two = help_.region.units["школа 1"], help_.region.units["школа 2"]
    with writing(help_.engine, "методист") as session:
        set_distance(session, help_.scope("методист"), one, two, 4.5)
        set_distance(session, help_.scope("методист"), two, one, 6.0)
    with reading(help_.engine) as session:
        found = {row.second: row.kilometres for row in list_distances(session, help_.scope("методист"), one)}
        assert found == {"школа 2": 6.0}, "schools of other municipalities are not known"
    with writing(help_.engine, "методист") as session:
        set_distance(session, EVERYBODY, one, two, None)
        assert {row.kilometres for row in list_distances(session, EVERYBODY, one)} == {None}


def test_distances_that_cannot_be(sqlite_help: Help):
    one, two, three = (sqlite_help.region.units[f"школа {number}"] for number in (1, 2, 3))
    with writing(sqlite_help.engine, "методист") as session:
        for wrong in (-1.0, 2000.5):
            with pytest.raises(InvalidInput, match="невозможно"):
                set_distance(session, EVERYBODY, one, two, wrong)
        with pytest.raises(NotFound):
            set_distance(session, sqlite_help.scope("методист"), one, three, 5.0)
        with pytest.raises(NotFound):
            set_distance(session, EVERYBODY, one, one, 5.0)
        with pytest.raises(NotAllowed):
            set_distance(session, sqlite_help.scope("учитель"), one, two, 5.0)
