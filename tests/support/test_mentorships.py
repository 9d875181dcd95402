"""Pairs and groups in the store: the rules against other pairs, people of other schools, two people at once."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.teacher_tables import Teacher
from core.store.base import utc_now
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from core.support.mentorship_cards import get_mentorship, list_mentorships
from core.support.mentorship_states import end_early, finish_mentorship, start_mentorship
from core.support.mentorship_tables import Mentor, MentorshipKind, MentorshipState, Side
from core.support.mentorships import change_mentorship, delete_mentorship, plan_mentorship, restore_mentorship
from tests.support.conftest import EVERYBODY, TODAY, Help


def test_a_pair_is_planned_started_and_finished(help_: Help):
    pair = help_.planned(help_.scope("методист школы"))
    with writing(help_.engine, "методист") as session:
        row = start_mentorship(session, help_.scope("методист школы"), pair, 1, TODAY)
        assert row.state is MentorshipState.ACTIVE
    with writing(help_.engine, "методист") as session:
        with pytest.raises(InvalidInput, match=r"длится до 31\.05\.2027"):
            finish_mentorship(session, EVERYBODY, pair, "ведёт уроки уверенно", 2, TODAY)
        row = finish_mentorship(session, EVERYBODY, pair, "ведёт уроки уверенно", 2, date(2027, 6, 1))
        assert (row.state, row.ended_on) == (MentorshipState.FINISHED, date(2027, 5, 31))
    with reading(help_.engine) as session:
        changes = session.exec(select(AuditEntry).where(AuditEntry.object_type == "mentorship")).all()
        assert {entry.field for entry in changes} >= {"state", "outcome"}


def test_without_consent_and_order_it_does_not_start(help_: Help):
    pair = help_.planned(mentees={help_.teacher("Смирнова"): None})
    with writing(help_.engine, "методист") as session, pytest.raises(InvalidInput, match="согласия наставляемого"):
        start_mentorship(session, EVERYBODY, pair, 1, TODAY)
    other = help_.planned(mentor_teacher_id=help_.teacher("Петров"), mentees={help_.teacher("Иванова"): None},
                          order_number="")
    with writing(help_.engine, "методист") as session:
        change_mentorship(session, EVERYBODY, other, help_.draft(
            mentor_teacher_id=help_.teacher("Петров"), mentees={help_.teacher("Иванова"): date(2026, 8, 28)},
            order_number="",
        ), 1)
        with pytest.raises(EditConflict):
            change_mentorship(session, EVERYBODY, other, help_.draft(), 1)
    with writing(help_.engine, "методист") as session, pytest.raises(InvalidInput, match="Нет приказа"):
        start_mentorship(session, EVERYBODY, other, 2, TODAY)


def test_a_second_main_mentor_is_refused_until_the_first_has_ended(help_: Help):
    first = help_.started()
    second = help_.draft(mentor_teacher_id=help_.teacher("Петров"), starts_on=date(2026, 10, 1))
    with writing(help_.engine, "методист") as session, pytest.raises(InvalidInput, match="уже есть основной наставник"):
        plan_mentorship(session, EVERYBODY, second)
    with writing(help_.engine, "методист") as session:
        end_early(session, EVERYBODY, first, by=Side.EMPLOYER, ended_on=date(2026, 11, 27),
                  notice_on=date(2026, 11, 20), reason="переезд", version_seen=2, today=TODAY)
    with writing(help_.engine, "методист") as session, pytest.raises(InvalidInput, match=r"по 27\.11\.2026"):
        plan_mentorship(session, EVERYBODY, second)
    with writing(help_.engine, "методист") as session:
        plan_mentorship(session, EVERYBODY, replace(second, starts_on=date(2026, 11, 28)))


def test_a_change_of_dates_cannot_make_two_main_mentors(sqlite_help: Help):
    first = sqlite_help.started()
    with writing(sqlite_help.engine, "методист") as session:
        end_early(session, EVERYBODY, first, by=Side.EMPLOYER, ended_on=date(2026, 11, 27),
                  notice_on=date(2026, 11, 20), reason="переезд", version_seen=2, today=TODAY)
    later = {"mentor_teacher_id": sqlite_help.teacher("Петров"), "starts_on": date(2026, 12, 1)}
    second = sqlite_help.planned(**later)
    earlier = replace(sqlite_help.draft(**later), starts_on=date(2026, 11, 1))
    with writing(sqlite_help.engine, "методист") as session, pytest.raises(InvalidInput, match="основной наставник"):
        change_mentorship(session, EVERYBODY, second, earlier, 1)


def test_somebody_who_left_cannot_begin(sqlite_help: Help):
    pair = sqlite_help.planned()
    with writing(sqlite_help.engine, "кадры") as session:
        session.get_one(Teacher, sqlite_help.teacher("Иванова")).deleted_at = utc_now()
    with writing(sqlite_help.engine, "методист") as session, pytest.raises(InvalidInput, match="больше нигде"):
        start_mentorship(session, EVERYBODY, pair, 1, TODAY)
    with writing(sqlite_help.engine, "методист") as session:
        delete_mentorship(session, EVERYBODY, pair, 1)
    with writing(sqlite_help.engine, "методист") as session, pytest.raises(InvalidInput, match="больше нигде"):
        restore_mentorship(session, EVERYBODY, pair)


def test_the_register_limits_the_load(sqlite_help: Help):
    with writing(sqlite_help.engine, "методист") as session:
        session.add(Mentor(organisation_id=sqlite_help.region.units["школа 1"],
                           teacher_id=sqlite_help.teacher("Иванова"), capacity=1))
    sqlite_help.planned()
    with pytest.raises(InvalidInput, match="2\xa0наставляемых одновременно"):
        sqlite_help.planned(mentees={sqlite_help.teacher("Петров"): None})


def test_a_group_is_one_mentorship_of_several(sqlite_help: Help):
    both = {sqlite_help.teacher("Смирнова"): None, sqlite_help.teacher("Петров"): None}
    group = sqlite_help.planned(mentees=both, kind=MentorshipKind.GROUP)
    with reading(sqlite_help.engine) as session:
        card = get_mentorship(session, sqlite_help.scope("директор"), group)
        assert card.title == "Иванова Анна Петровна → Смирнова Ольга Игоревна, Петров Олег Ильич"


def test_each_side_ends_it_for_itself_only(sqlite_help: Help):
    pair = sqlite_help.started()
    values = {"ended_on": date(2026, 11, 27), "notice_on": date(2026, 11, 20), "reason": "болезнь", "version_seen": 2,
              "today": TODAY}
    with writing(sqlite_help.engine, "учитель") as session:
        with pytest.raises(NotAllowed, match="за себя"):
            end_early(session, sqlite_help.scope("учитель"), pair, by=Side.MENTOR, **values)
        row = end_early(session, sqlite_help.scope("учитель"), pair, by=Side.MENTEE, **values)
        assert (row.state, row.ended_by) == (MentorshipState.ENDED_EARLY, Side.MENTEE)


def test_who_sees_a_pair(sqlite_help: Help):
    pair = sqlite_help.started()
    seen = {"учитель", "директор", "методист школы", "специалист", "методист", "руководитель шмо"}
    for name in ("администратор", "наставник", "наблюдатель", "без роли", "руководитель рмо", *seen):
        with reading(sqlite_help.engine) as session:
            try:
                found = bool(list_mentorships(session, sqlite_help.scope(name)))
            except NotAllowed:
                found = False
        assert found == (name in {*seen, "администратор", "руководитель рмо"}), name
    with reading(sqlite_help.engine) as session, pytest.raises(NotFound):
        get_mentorship(session, sqlite_help.scope("наставник"), pair)


def test_outside_the_school_names_need_consent(sqlite_help: Help):
    pair = sqlite_help.started()
    with reading(sqlite_help.engine) as session:
        card = get_mentorship(session, sqlite_help.scope("специалист"), pair)
        assert card.title.startswith("Педагог-") and "Иванова" not in card.title


def test_another_school_cannot_be_planned_for(sqlite_help: Help):
    scope = sqlite_help.scope("директор")
    with writing(sqlite_help.engine, "директор") as session:
        with pytest.raises(NotFound):
            plan_mentorship(session, scope, sqlite_help.draft(organisation_id=sqlite_help.region.units["школа 2"]))
        with pytest.raises(NotFound, match="Педагог"):
            plan_mentorship(session, scope, sqlite_help.draft(mentor_teacher_id=sqlite_help.teacher("Сидорова")))


def test_a_mentor_who_agreed_to_help_other_schools_can_be_asked(sqlite_help: Help):
    with writing(sqlite_help.engine, "школа 2") as session:
        session.add(Mentor(organisation_id=sqlite_help.region.units["школа 2"], capacity=2,
                           teacher_id=sqlite_help.teacher("Сидорова"), helps_other_schools=True,
                           consent_on=date(2026, 8, 1)))
    assert sqlite_help.planned(sqlite_help.scope("директор"), mentor_teacher_id=sqlite_help.teacher("Сидорова"))


def test_two_who_change_a_pair_at_once(help_: Help):
    pair = help_.planned()
    with writing(help_.engine, "первый") as session:
        change_mentorship(session, EVERYBODY, pair, help_.draft(schedule="по вторникам"), 1)
    with writing(help_.engine, "второй") as session, pytest.raises(EditConflict):
        change_mentorship(session, EVERYBODY, pair, help_.draft(schedule="по средам"), 1)


def test_people_of_a_pair_under_way_stay(sqlite_help: Help):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "методист") as session, pytest.raises(InvalidInput, match="менять нельзя"):
        change_mentorship(session, EVERYBODY, pair, sqlite_help.draft(mentor_teacher_id=sqlite_help.teacher("Петров")),
                          2)


def test_a_deleted_pair_comes_back_unless_its_place_is_taken(sqlite_help: Help):
    pair = sqlite_help.planned()
    with writing(sqlite_help.engine, "методист") as session:
        delete_mentorship(session, EVERYBODY, pair, 1)
    second = sqlite_help.planned(mentor_teacher_id=sqlite_help.teacher("Петров"))
    with writing(sqlite_help.engine, "методист") as session, pytest.raises(InvalidInput, match="уже есть основной"):
        restore_mentorship(session, EVERYBODY, pair)
        session.rollback()
    with writing(sqlite_help.engine, "методист") as session:
        delete_mentorship(session, EVERYBODY, second, 1)
        restore_mentorship(session, EVERYBODY, pair)
    with reading(sqlite_help.engine) as session:
        assert [card.id for card in list_mentorships(session, EVERYBODY)] == [pair]
