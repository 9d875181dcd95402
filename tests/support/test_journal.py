"""The journal of a mentorship: written by either side, confirmed by both, by each for itself."""

from datetime import date

import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.store.unit_of_work import reading, writing
from core.support.journal import (
    MeetingEntry,
    change_meeting,
    confirm_meeting,
    delete_meeting,
    is_confirmed,
    list_meetings,
    write_meeting,
)
from tests.support.conftest import EVERYBODY, TODAY, Help

ENTRY = MeetingEntry(date(2026, 10, 5), "Дроби: разбор типичных ошибок", 60, "очно", "Составлен набор заданий")


def test_a_meeting_counts_when_both_sides_confirmed_it(help_: Help):
    pair = help_.started()
    mentor, mentee = help_.scope("руководитель шмо"), help_.scope("учитель")
    with writing(help_.engine, "Иванова") as session:
        row = write_meeting(session, mentor, pair, ENTRY, TODAY)
        meeting, version = row.id or 0, row.version
        assert row.mentor_confirmed_at and not row.mentee_confirmed_at and not is_confirmed(row)
    with writing(help_.engine, "Смирнова") as session:
        row = confirm_meeting(session, mentee, meeting, version)
        assert is_confirmed(row)
        confirmed_at = row.mentee_confirmed_at
        assert confirm_meeting(session, mentee, meeting, version).mentee_confirmed_at == confirmed_at, "twice is once"


def test_nobody_confirms_for_the_other_side(sqlite_help: Help):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "методист") as session:
        row = write_meeting(session, sqlite_help.scope("методист школы"), pair, ENTRY, TODAY)
        assert row.mentor_confirmed_at is None and row.mentee_confirmed_at is None
        with pytest.raises(NotAllowed, match="наставник и наставляемый"):
            confirm_meeting(session, sqlite_help.scope("методист школы"), row.id or 0, row.version)
        with pytest.raises(NotFound):
            confirm_meeting(session, sqlite_help.scope("наставник"), row.id or 0, row.version)


def test_a_corrected_entry_is_confirmed_again(sqlite_help: Help):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "Иванова") as session:
        row = write_meeting(session, sqlite_help.scope("руководитель шмо"), pair, ENTRY, TODAY)
        confirm_meeting(session, sqlite_help.scope("учитель"), row.id or 0, row.version)
        meeting, version = row.id or 0, row.version
    with writing(sqlite_help.engine, "Иванова") as session:
        changed = MeetingEntry(date(2026, 10, 6), "Дроби", 45)
        row = change_meeting(session, sqlite_help.scope("руководитель шмо"), meeting, changed, version, TODAY)
        assert row.mentor_confirmed_at and not row.mentee_confirmed_at
    with writing(sqlite_help.engine, "Смирнова") as session, pytest.raises(EditConflict):
        confirm_meeting(session, sqlite_help.scope("учитель"), meeting, version)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (MeetingEntry(date(2026, 10, 5), " "), "тема"),
        (MeetingEntry(date(2026, 10, 5), "Т" * 501), "501 знаков"),
        (MeetingEntry(date(2026, 10, 5), "Дроби", 0), "0 мин"),
        (MeetingEntry(date(2026, 11, 23), "Дроби"), "ещё не состоялась"),
        (MeetingEntry(date(2026, 8, 31), "Дроби"), "вне срока"),
        (MeetingEntry(date(2026, 10, 5), "Дроби", goal_id=99), "нет в программе"),
    ],
)
def test_meetings_that_cannot_be(sqlite_help: Help, entry: MeetingEntry, words: str):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "Иванова") as session, pytest.raises(InvalidInput, match=words):
        write_meeting(session, EVERYBODY, pair, entry, TODAY)
    with reading(sqlite_help.engine) as session:
        assert list_meetings(session, EVERYBODY, pair) == []


def test_a_pair_that_has_not_started_has_no_journal(sqlite_help: Help):
    pair = sqlite_help.planned()
    with writing(sqlite_help.engine, "Иванова") as session, pytest.raises(InvalidInput, match="готовится"):
        write_meeting(session, EVERYBODY, pair, ENTRY, TODAY)


def test_what_both_confirmed_is_deleted_by_the_methodist_only(sqlite_help: Help):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "Иванова") as session:
        row = write_meeting(session, sqlite_help.scope("руководитель шмо"), pair, ENTRY, TODAY)
        confirm_meeting(session, sqlite_help.scope("учитель"), row.id or 0, row.version)
        with pytest.raises(NotAllowed, match="удаляет методист"):
            delete_meeting(session, sqlite_help.scope("учитель"), row.id or 0, row.version)
        unread = write_meeting(session, sqlite_help.scope("руководитель шмо"), pair, ENTRY, TODAY)
        with pytest.raises(NotAllowed, match="подтвердила другая сторона"):
            delete_meeting(session, sqlite_help.scope("учитель"), unread.id or 0, unread.version)
        delete_meeting(session, sqlite_help.scope("руководитель шмо"), unread.id or 0, unread.version)
        delete_meeting(session, sqlite_help.scope("методист школы"), row.id or 0, row.version)
        assert list_meetings(session, EVERYBODY, pair) == []
