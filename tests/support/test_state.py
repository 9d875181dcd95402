"""The state of mentorship: figures from records, recomputed by hand here from the rows that the test wrote."""

from datetime import date

import pytest

from core.errors import NotFound
from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.people.teacher_tables import Employment, Teacher
from core.store.unit_of_work import reading, writing
from core.support.figures import Helping, Job, finished_programmes, young_who_stayed, young_with_mentor
from core.support.journal import MeetingEntry, confirm_meeting, write_meeting
from core.support.mentorship_tables import Contest, ContestEntry, MentorshipState, Moment, Side
from core.support.questionnaires import fill_in
from core.support.state import state_of_mentorship
from tests.support.conftest import EVERYBODY, TODAY, Help
from tests.support.test_questionnaires import answers


def hire(help_: Help, name: str, school: str, hired_on: date, experience: int, left_on: date | None = None) -> int:
    with writing(help_.engine, "кадры") as session:
        teacher = Teacher(full_name=name, experience_years=experience, experience_on=date(2026, 9, 1))
        session.add(teacher)
        session.flush()
        session.add(Employment(teacher_id=teacher.id or 0, organisation_id=help_.region.units[school],
                               hired_on=hired_on, left_on=left_on))
        return teacher.id or 0


def test_figures_of_a_school_and_of_the_municipality(help_: Help):
    helped = hire(help_, "Новикова Яна", "школа 1", date(2026, 8, 25), 0)
    alone = hire(help_, "Орлов Пётр", "школа 2", date(2025, 8, 25), 1)
    stayed = hire(help_, "Павлова Ия", "школа 1", date(2023, 9, 1), 3)
    hire(help_, "Рогов Илья", "школа 2", date(2024, 1, 15), 2, left_on=date(2026, 6, 1))
    hire(help_, "Седова Инга", "школа 1", date(2024, 5, 1), 12)  # came three years ago, but not young
    pair = help_.started(mentees={helped: date(2026, 8, 28)})
    with writing(help_.engine, "методист") as session:
        contest = Contest(organisation_id=help_.region.units["район"], title="Дебют", held_on=date(2026, 10, 20))
        club = Association(organisation_id=help_.region.units["район"], kind=AssociationKind.YOUNG_COUNCIL,
                           name="Совет молодых педагогов")
        session.add_all([contest, club])
        session.flush()
        session.add(ContestEntry(organisation_id=help_.region.units["район"], contest_id=contest.id or 0,
                                 teacher_id=helped))
        session.add(AssociationMember(association_id=club.id or 0, teacher_id=stayed, valid_from=date(2024, 9, 1)))
        scope = help_.scope("руководитель шмо")
        write_meeting(session, scope, pair, MeetingEntry(date(2026, 10, 1), "Урок"), TODAY)
        with pytest.raises(NotFound):
            confirm_meeting(session, scope, 999, 1)
    with reading(help_.engine) as session:
        town = state_of_mentorship(session, help_.scope("специалист"), help_.region.units["район"], TODAY)
        school = state_of_mentorship(session, help_.scope("директор"), help_.region.units["школа 1"], TODAY)
    # By hand: young on 22.11.2026 are Новикова (0 years), Орлов (1) and Павлова (3); Рогов has left, Седова has 12.
    coverage, mentors, finished, staying, active = town.figures
    assert (coverage.part, coverage.whole) == (frozenset({helped}), frozenset({helped, alone, stayed}))
    assert round(coverage.share, 4) == 0.3333
    assert town.without_mentor == tuple(sorted((alone, stayed)))
    assert mentors.part == {help_.teacher("Иванова")} and len(mentors.whole) == 8
    assert finished.whole == frozenset() and finished.share != finished.share
    # By hand: in 2023/2024 came young Павлова (01.09.2023) and Рогов (15.01.2024); Павлова still works.
    assert (staying.part, staying.share) == (frozenset({stayed}), 0.5)
    assert active.part == {helped, stayed}
    assert (town.under_way, town.meetings, town.meetings_confirmed) == (1, 1, 0)
    assert school.figures[0].whole == {helped, stayed}


def test_the_neighbours_are_not_counted_nor_shown(sqlite_help: Help):
    hire(sqlite_help, "Новикова Яна", "школа 3", date(2026, 8, 25), 0)
    with reading(sqlite_help.engine) as session:
        found = state_of_mentorship(session, sqlite_help.scope("специалист"), sqlite_help.region.units["район"], TODAY)
        assert found.figures[0].whole == frozenset()
        for name, unit in (("специалист", "соседний район"), ("директор", "школа 2"), ("директор", "район")):
            with pytest.raises(NotFound):
                state_of_mentorship(session, sqlite_help.scope(name), sqlite_help.region.units[unit], TODAY)


def test_satisfaction_counts_the_questionnaires_of_this_year(sqlite_help: Help):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "Смирнова") as session:
        fill_in(session, sqlite_help.scope("учитель"), pair, Moment.BEFORE, answers(Side.MENTEE, 3), today=TODAY)
        fill_in(session, sqlite_help.scope("учитель"), pair, Moment.AFTER, answers(Side.MENTEE, 9), today=TODAY)
    with reading(sqlite_help.engine) as session:
        unit = sqlite_help.region.units["школа 1"]
        found = state_of_mentorship(session, EVERYBODY, unit, TODAY)
        assert found.satisfaction[Side.MENTEE].satisfied == 1 and found.satisfaction[Side.MENTOR].asked == 0
        assert {change.change for change in found.changes[Side.MENTEE]} == {6.0}
        later = state_of_mentorship(session, EVERYBODY, unit, date(2027, 9, 2))
        assert later.satisfaction[Side.MENTEE].asked == 0


def test_only_pairs_with_an_order_under_way_count():
    def one(key: int, **changed) -> Helping:
        facts = {"mentor": 9, "mentees": frozenset({key}), "starts_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31),
                 "state": MentorshipState.ACTIVE, "has_order": True} | changed
        return Helping(key, **facts)

    helping = [
        one(1), one(2, state=MentorshipState.PREPARED), one(3, has_order=False), one(4, starts_on=date(2026, 12, 1)),
        one(5, state=MentorshipState.ENDED_EARLY, ended_on=date(2026, 10, 1)),
        one(6, state=MentorshipState.FINISHED, ends_on=date(2026, 10, 31), ended_on=date(2026, 10, 31)),
    ]
    assert young_with_mentor(range(1, 7), helping, TODAY).part == {1}
    done = finished_programmes(helping, date(2026, 9, 1), TODAY)
    assert (done.part, done.whole) == ({6}, {6})
    later = finished_programmes(helping, date(2026, 9, 1), date(2027, 5, 31))
    assert (later.part, later.whole) == ({6}, {1, 3, 4, 5, 6}), "what was ended early counts as not finished"


def test_who_came_young_three_academic_years_ago():
    jobs = [
        Job(1, 1, date(2023, 9, 1), None, 0), Job(2, 1, date(2024, 8, 31), date(2026, 11, 22), 3),
        Job(3, 1, date(2024, 9, 1), None, 0), Job(4, 1, date(2023, 8, 31), None, 0), Job(5, 1, None, None, 0),
        Job(6, 1, date(2023, 10, 1), None, None), Job(7, 2, date(2023, 10, 1), None, 0),
        Job(2, 1, date(2026, 11, 22), None, 5),
    ]
    found = young_who_stayed(jobs, TODAY, {1})
    assert (found.part, found.whole) == ({1, 2}, {1, 2}), "who changed the post still works"
