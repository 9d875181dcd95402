"""Entering, handing in, accepting, returning; what stands above after a late edit."""

import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.monitoring.lifecycle import accept_values, lock_values, return_values, submit_values
from core.monitoring.scorecard import Source, scorecard
from core.monitoring.value_tables import ValueState
from core.monitoring.values import entry_rows, prepare_values, save_entries, value_history
from core.people.scope import Scope
from core.store.edit_outcome import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import CODES, YEAR, Monitoring

CODE = CODES[0]


def _town(monitoring: Monitoring, who: str = "специалист"):
    with reading(monitoring.engine) as session:
        card = scorecard(session, monitoring.scope(who), monitoring.unit("район"), (YEAR,), CODES)
    return card.cells[monitoring.unit("район"), CODE, YEAR]


def _edit(monitoring: Monitoring, who: str, school: str, field: str, value: object):
    with writing(monitoring.engine, who) as session:
        row = monitoring.row(session, school)
        edit = CellEdit(row.id or 0, row.version, field, value, getattr(row, field))
        return save_entries(session, monitoring.scope(who), monitoring.unit(school), YEAR, GridChanges([edit]))


def test_the_municipality_sums_parts_not_percentages_and_only_what_is_accepted(monitoring: Monitoring):
    monitoring.enter("школа 1", 10, 100)
    monitoring.enter("школа 2", 9, 10)
    monitoring.submit("школа 1")
    monitoring.submit("школа 2")
    assert _town(monitoring).fact is None
    monitoring.accept("школа 1")
    assert (_town(monitoring).fact.value, _town(monitoring).waiting) == (10.0, 1)
    monitoring.accept("школа 2")
    cell = _town(monitoring)
    assert (cell.source, cell.waiting) == (Source.SUM, 0)
    assert cell.fact.value == pytest.approx(100 * 19 / 110)


def test_nobody_accepts_a_number_that_they_did_not_see(sqlite_monitoring: Monitoring):
    monitoring, specialist = sqlite_monitoring, sqlite_monitoring.scope("специалист")
    unit = monitoring.unit("школа 1")
    monitoring.enter("школа 1", 10, 100)
    monitoring.submit("школа 1")
    with reading(monitoring.engine) as session:
        row = monitoring.row(session, "школа 1")
        seen = {row.id or 0: row.version}
    with writing(monitoring.engine, "второй специалист") as session:
        return_values(session, specialist, unit, YEAR, "Уточните", CODES)
    _edit(monitoring, "директор", "школа 1", "numerator", 90)
    monitoring.submit("школа 1", "директор")
    with writing(monitoring.engine, "специалист") as session, pytest.raises(EditConflict, match="сданы другие"):
        accept_values(session, specialist, unit, YEAR, CODES, seen)
    assert _town(monitoring).fact is None


def test_a_late_edit_changes_nothing_above_until_it_is_accepted(monitoring: Monitoring):
    monitoring.enter("школа 1", 10, 100)
    monitoring.submit("школа 1")
    monitoring.accept("школа 1")
    outcome = _edit(monitoring, "директор", "школа 1", "numerator", 90)
    assert "уже сдан" in str(outcome.refused[0].error)
    with writing(monitoring.engine, "специалист") as session:
        return_values(session, monitoring.scope("специалист"), monitoring.unit("школа 1"), YEAR, "Уточните числитель")
    assert _edit(monitoring, "директор", "школа 1", "numerator", 90).saved
    assert _town(monitoring).fact.value == 10.0
    monitoring.submit("школа 1", "директор")
    assert _town(monitoring).fact.value == 10.0
    monitoring.accept("школа 1")
    assert _town(monitoring).fact.value == 90.0


def test_an_accepted_municipality_stays_as_it_is(monitoring: Monitoring):
    monitoring.enter("школа 1", 10, 100)
    monitoring.submit("школа 1")
    monitoring.accept("школа 1")
    everybody = Scope.local_administrator()
    with writing(monitoring.engine, "регион") as session:
        prepare_values(session, everybody, monitoring.unit("район"), YEAR)
        submit_values(session, everybody, monitoring.unit("район"), YEAR, CODES)
        assert accept_values(session, everybody, monitoring.unit("район"), YEAR) == 1
        assert lock_values(session, everybody, monitoring.unit("район"), YEAR) == 1
    with writing(monitoring.engine, "специалист") as session:
        return_values(session, monitoring.scope("специалист"), monitoring.unit("школа 1"), YEAR, "Уточните")
    _edit(monitoring, "директор", "школа 1", "numerator", 90)
    monitoring.submit("школа 1")
    monitoring.accept("школа 1")
    assert (_town(monitoring).fact.value, _town(monitoring).state) == (10.0, ValueState.LOCKED)


def test_nobody_accepts_their_own_and_a_reason_is_needed(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    monitoring.enter("школа 1", 1, 10)
    monitoring.submit("школа 1", "директор")
    with pytest.raises(NotAllowed):
        monitoring.accept("школа 1", "директор")
    with pytest.raises(NotAllowed):
        monitoring.accept("школа 1", "методист")
    with pytest.raises(NotAllowed, match="принимает вышестоящая"):
        monitoring.accept("район")
    with pytest.raises(NotFound):
        monitoring.accept("школа 3")
    with writing(monitoring.engine, "специалист") as session, pytest.raises(InvalidInput, match="почему"):
        return_values(session, monitoring.scope("специалист"), monitoring.unit("школа 1"), YEAR, "  ")


def test_the_journal_shows_the_path_of_a_number(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    monitoring.enter("школа 1", 1, 10)
    monitoring.submit("школа 1", "директор")
    monitoring.accept("школа 1")
    with reading(monitoring.engine) as session:
        lines = value_history(session, monitoring.scope("директор"), monitoring.unit("школа 1"), CODE, YEAR)
    told = [(line.actor, line.field, line.new) for line in reversed(lines)]
    assert ("специалист", "numerator", "1.0") in told or ("специалист", "numerator", "1") in told
    states = [(actor, new) for actor, field, new in told if field == "state"]
    assert states == [("директор", "сдано"), ("специалист", "принято")]


def test_impossible_values_are_refused_and_errors_keep_from_handing_in(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    monitoring.enter("школа 1", 12, 10)
    with pytest.raises(InvalidInput, match="Числитель 12 больше знаменателя 10"):
        monitoring.submit("школа 1")
    assert "не число" in str(_edit(monitoring, "директор", "школа 1", "numerator", "много").refused[0].error)
    assert "из числителя и знаменателя" in str(_edit(monitoring, "директор", "школа 1", "fact", 5).refused[0].error)
    with reading(monitoring.engine) as session:
        rows = {row.passport.code: row for row in entry_rows(
            session, monitoring.scope("директор"), monitoring.unit("школа 1"), YEAR
        )}
    assert rows[CODE].findings[0].is_error and not rows["П42.1"].findings[0].is_error


def test_one_sees_only_what_is_below_one(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    with reading(monitoring.engine) as session:
        with pytest.raises(NotFound):
            scorecard(session, monitoring.scope("директор"), monitoring.unit("школа 2"), (YEAR,))
        with pytest.raises(NotFound):
            scorecard(session, monitoring.scope("специалист"), monitoring.unit("соседний район"), (YEAR,))
        with pytest.raises(NotAllowed):
            scorecard(session, monitoring.scope("учитель"), monitoring.unit("школа 1"), (YEAR,))
