"""The collection of a year: planned, closed, opened again; what is owed; who is reminded."""

from datetime import date

import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.monitoring.beginning import beginning_unit
from core.monitoring.campaigns import calendar, reminders
from core.monitoring.collection import CollectionState, held_collection
from core.monitoring.leading_collection import (
    Dates,
    change_collection,
    close_collection,
    open_collection,
    plan_collection,
    plan_rows,
    reopen_collection,
    save_plan,
)
from core.monitoring.lifecycle import return_values, submit_values
from core.monitoring.owing import due_days, owing
from core.monitoring.value_files import preview_values, store_values
from core.monitoring.value_tables import ValueState
from core.monitoring.values import save_entries
from core.store.edit_outcome import CellEdit
from core.store.grid_changes import GridChanges
from core.store.history import history
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import CODES, YEAR, Monitoring

JUNE = Dates(date(YEAR, 6, 1), date(YEAR, 6, 30), "Методическая служба")


def _plan(monitoring: Monitoring, who: str = "специалист", place: str = "район", dates: Dates = JUNE) -> int:
    with writing(monitoring.engine, who) as session:
        return plan_collection(session, monitoring.scope(who), monitoring.unit(place), YEAR, dates).id or 0


def _held(monitoring: Monitoring, place: str = "школа 1"):
    with reading(monitoring.engine) as session:
        found = held_collection(session, monitoring.scope("специалист"), monitoring.unit(place), YEAR)
    assert found is not None
    return found


def _close(monitoring: Monitoring, campaign: int) -> None:
    with writing(monitoring.engine, "методист") as session:
        close_collection(session, monitoring.scope("методист"), campaign, _held(monitoring).version)


def _type(monitoring: Monitoring, numerator: float):
    with writing(monitoring.engine, "директор") as session:
        row = monitoring.row(session, "школа 1")
        edit = CellEdit(row.id or 0, row.version, "numerator", numerator, row.numerator)
        scope, unit = monitoring.scope("директор"), monitoring.unit("школа 1")
        return save_entries(session, scope, unit, YEAR, GridChanges([edit]))


def test_a_closed_collection_stops_units_until_it_is_opened_from_above_with_a_reason(monitoring: Monitoring):
    campaign = _plan(monitoring)
    monitoring.enter("школа 1", 10, 100)
    director, unit = monitoring.scope("директор"), monitoring.unit("школа 1")
    _close(monitoring, campaign)
    assert "закрыт" in str(_type(monitoring, 11).refused[0].error)
    with pytest.raises(NotAllowed, match="закрыт"):
        monitoring.submit("школа 1", "директор")
    with writing(monitoring.engine, "директор") as session, pytest.raises(NotAllowed, match="закрыт"):
        preview = preview_values(session, director, unit, YEAR, [["Код", "Числитель"], [CODES[0], 12]])
        store_values(session, director, preview)
    for who in ("методист", "директор"):
        with writing(monitoring.engine, who) as session, pytest.raises((NotAllowed, NotFound)):
            version = _held(monitoring).version
            reopen_collection(session, monitoring.scope(who), campaign, version, "Ошибка", date(YEAR, 7, 5))
    specialist = monitoring.scope("специалист")
    with writing(monitoring.engine, "специалист") as session:
        with pytest.raises(InvalidInput, match="почему"):
            reopen_collection(session, specialist, campaign, _held(monitoring).version, " ", date(YEAR, 7, 5))
        reopen_collection(session, specialist, campaign, _held(monitoring).version, "Пришли ОГЭ", date(YEAR, 7, 5))
    assert _type(monitoring, 11).saved and monitoring.submit("школа 1", "директор") == 1
    with reading(monitoring.engine) as session:
        told = {(line.actor, line.field, line.new) for line in history(session, "campaign", campaign)}
    assert ("специалист", "reopened_reason", "Пришли ОГЭ") in told


def test_what_was_returned_after_the_closing_may_be_mended_and_accepted_values_are_locked(
    sqlite_monitoring: Monitoring
):
    monitoring = sqlite_monitoring
    campaign = _plan(monitoring)
    for school in ("школа 1", "школа 2"):
        monitoring.enter(school, 10, 100)
        monitoring.submit(school)
        monitoring.accept(school)
    _close(monitoring, campaign)
    with writing(monitoring.engine, "специалист") as session:
        assert monitoring.row(session, "школа 2").state is ValueState.LOCKED
        return_values(session, monitoring.scope("специалист"), monitoring.unit("школа 1"), YEAR, "Уточните", CODES)
    assert _type(monitoring, 12).saved
    with writing(monitoring.engine, "директор") as session:
        scope, unit = monitoring.scope("директор"), monitoring.unit("школа 1")
        assert submit_values(session, scope, unit, YEAR, today=date(YEAR, 7, 10)) == 1


def test_before_it_begins_values_are_drafts_and_dates_are_in_order(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    campaign = _plan(monitoring)
    monitoring.enter("школа 1", 10, 100)
    with writing(monitoring.engine, "директор") as session:
        scope, unit = monitoring.scope("директор"), monitoring.unit("школа 1")
        with pytest.raises(NotAllowed, match=r"откроется 01\.06"):
            submit_values(session, scope, unit, YEAR, CODES, date(YEAR, 5, 20))
    with pytest.raises(InvalidInput, match="уже запланирован"):
        _plan(monitoring)
    with pytest.raises(NotFound):
        _plan(monitoring, "директор")
    with pytest.raises(InvalidInput, match="позже срока вышестоящей"):
        _plan(monitoring, "директор", "школа 1", Dates(date(YEAR, 6, 1), date(YEAR, 7, 15)))
    with writing(monitoring.engine, "специалист") as session:
        scope = monitoring.scope("специалист")
        with pytest.raises(InvalidInput, match="раньше, чем начинается"):
            change_collection(session, scope, campaign, 1, Dates(date(YEAR, 6, 2), date(YEAR, 6, 1)))
        with pytest.raises(EditConflict):
            change_collection(session, scope, campaign, 7, JUNE)


def test_who_owes_what_and_the_narrower_line_of_the_plan_wins(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    campaign = _plan(monitoring)
    specialist = monitoring.scope("специалист")
    with writing(monitoring.engine, "специалист") as session:
        assert open_collection(session, specialist, campaign, 1, date(YEAR, 6, 1)) > 50
        line = {"units": "школы", "kind": "да/нет по документу", "due_on": date(YEAR, 6, 5), "responsible": "директор"}
        assert len(save_plan(session, specialist, campaign, GridChanges(added=[line])).versions) == 1
        late = {**line, "due_on": date(YEAR, 8, 1)}
        refused = save_plan(session, specialist, campaign, GridChanges(added=[late])).refused
        assert "вне сбора" in str(refused[0].error) and len(plan_rows(session, specialist, campaign)) == 3
    monitoring.enter("школа 1", 10, 100)
    monitoring.submit("школа 1")
    with reading(monitoring.engine) as session:
        found = {one.name: one for one in owing(session, specialist, monitoring.unit("район"), YEAR)}
        town, first, second = found["район"], found["школа 1"], found["школа 2"]
        assert (len(first.values), len(second.values)) == (first.expected - 1, second.expected)
        assert first.due_on == date(YEAR, 6, 5) and first.is_late(date(YEAR, 6, 6))
        dues = {one.code: one.due_on for one in second.values}
        assert (dues["П41"], town.due_on) == (date(YEAR, 6, 20), date(YEAR, 6, 30))
        assert "внести" in second.words and "сдать" in second.words
        days = due_days(session, monitoring.scope("директор"), monitoring.unit("школа 1"), YEAR)
        assert days == (date(YEAR, 6, 5), date(YEAR, 6, 20))
        with pytest.raises(NotFound):
            owing(session, monitoring.scope("директор"), monitoring.unit("школа 2"), YEAR)


def test_the_screen_begins_where_something_is_collected(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring

    def begins(who: str) -> int | None:
        with reading(monitoring.engine) as session:
            return beginning_unit(session, monitoring.scope(who))

    top = begins("администратор")
    _plan(monitoring)
    assert top == monitoring.unit("регион") and begins("администратор") == monitoring.unit("район")
    assert begins("специалист") == monitoring.unit("район") and begins("директор") == monitoring.unit("школа 1")


def test_reminders_reach_who_leads_and_who_enters(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    _plan(monitoring)
    soon, late = date(YEAR, 6, 17), date(YEAR, 7, 3)
    with reading(monitoring.engine) as session:
        leader = reminders(session, monitoring.scope("специалист"), soon)
        school = reminders(session, monitoring.scope("директор"), soon)
        assert "не всё сдали 3 организации" in leader[0].title.replace("\xa0", " ")
        assert "школа 1: внести" in school[0].title and school[0].due_on == date(YEAR, 6, 20)
        assert not reminders(session, monitoring.scope("директор"), date(YEAR, 6, 1))
        assert "откроется" in reminders(session, monitoring.scope("директор"), date(YEAR, 5, 28))[0].title
        assert not reminders(session, monitoring.scope("учитель"), late)
        overdue = reminders(session, monitoring.scope("директор"), late)[0]
        assert overdue.is_overdue and "сбор шёл до 30.06" in overdue.title
        events = calendar(session, monitoring.scope("директор"), date(YEAR, 5, 1)).decode()
    assert "последний день" in events.replace("\r\n ", "") and f"DTSTART;VALUE=DATE:{YEAR}0630" in events
    assert _held(monitoring).state(late) is CollectionState.LATE
