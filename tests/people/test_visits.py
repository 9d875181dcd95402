"""Since when something is new to a person: a new session begins a new visit, a reload does not."""

from datetime import timedelta

from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.people.visits import FIRST, PAUSE, last_visit, note_visit
from core.store.base import utc_now
from core.store.data_version import data_version
from core.store.unit_of_work import reading, writing

NOW = utc_now()
ALONE = Scope.local_administrator()


def look(engine, scope: Scope, session_id: int | None, after: timedelta):
    """Look at the screen as the page does: ask, and note the visit when it is due."""
    with reading(engine) as session:
        visit = last_visit(session, scope, session_id, NOW + after)
    if visit.is_due:
        with writing(engine, "тест") as session:
            note_visit(session, scope, session_id, NOW + after)
    return visit


def test_a_reload_keeps_what_is_new_and_a_new_session_moves_on(sqlite_region):
    engine = sqlite_region.engine
    with reading(engine) as session:
        people = [
            scope_for(session, session.get(Account, sqlite_region.accounts[name])) for name in ("директор", "учитель")
        ]
    director, teacher = people
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    first = look(engine, director, 1, minute * 0)
    assert first.is_first and first.is_due and first.since <= NOW - FIRST
    assert look(engine, director, 1, hour).is_first
    second = look(engine, director, 2, hour * 20)
    assert (second.is_first, second.since) == (False, NOW + hour)
    assert look(engine, director, 2, hour * 22).since == NOW + hour
    assert look(engine, director, 2, hour * 22 + minute / 2).is_due is False
    assert look(engine, director, 3, hour * 40).since == NOW + hour * 22
    assert look(engine, teacher, 4, hour * 41).is_first, "visits of others are theirs"


def test_without_signing_in_a_long_pause_begins_a_visit(sqlite_engine):
    look(sqlite_engine, ALONE, None, timedelta(0))
    assert look(sqlite_engine, ALONE, None, PAUSE / 2).is_first
    again = look(sqlite_engine, ALONE, None, 3 * PAUSE)
    assert (again.is_first, again.since) == (False, NOW + PAUSE / 2)


def test_a_visit_throws_no_kept_answer_away(sqlite_engine):
    with reading(sqlite_engine) as session:
        before = data_version(session)
    look(sqlite_engine, ALONE, None, timedelta(0))
    with reading(sqlite_engine) as session:
        assert data_version(session) == before
