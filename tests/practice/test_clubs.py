"""Clubs: the plan, decisions, feedback with its interval."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.practice.clubs import club_members, club_practices, discussed_elements, get_club, list_clubs
from core.practice.events import (
    DecisionText,
    EventPlan,
    add_decision,
    change_event,
    close_event,
    delete_event,
    deleted_events,
    list_decisions,
    list_events,
    mark_decision,
    plan_event,
    restore_event,
)
from core.practice.feedback import feedback_on, give_feedback, own_answer, satisfaction_of
from core.practice.tables import ClubEvent, ClubFeedback, EventKind, EventState
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from tests.practice.conftest import MATHS, Library

PLAN = EventPlan(
    EventKind.WEBINAR, "Дроби: от модели к записи", date(2026, 11, 11), "15:00", url="https://школа.рф/вебинар",
    subject=MATHS, elements=("дроби",), deficits="Как перейти к правилу.",
)


def club_of(library: Library) -> int:
    return library.region.associations["РМО математиков"]


def planned(library: Library, plan: EventPlan = PLAN) -> ClubEvent:
    with writing(library.engine, "руководитель рмо") as session:
        return plan_event(session, library.scope("руководитель рмо"), club_of(library), plan)


def held(library: Library) -> int:
    event = planned(library)
    with writing(library.engine, "руководитель рмо") as session:
        close_event(
            session, library.scope("руководитель рмо"), event.id or 0, EventState.HELD, event.version, attended=20
        )
    return event.id or 0


def test_clubs_are_those_of_the_municipality(library: Library) -> None:
    with reading(library.engine) as session:
        for who in ("учитель", "наставник", "наблюдатель", "методист"):
            names = [card.name for card in list_clubs(session, library.scope(who))]
            assert names == ["РМО математиков", "ШМО математиков"], who
        with pytest.raises(NotAllowed):
            list_clubs(session, library.scope("без роли"))


def test_members_are_named_to_those_who_may_know_them(library: Library) -> None:
    with reading(library.engine) as session:
        assert len(club_members(session, library.scope("методист"), club_of(library))) == 2
        assert club_members(session, library.scope("наставник"), club_of(library)) == []
        assert get_club(session, library.scope("наставник"), club_of(library)).members == 2


def test_the_plan_is_kept_by_the_head_and_the_methodist(library: Library) -> None:
    planned(library)
    with writing(library.engine, "методист") as session:
        plan_event(session, library.scope("методист"), club_of(library), PLAN)
    for who in ("учитель", "директор", "руководитель шмо"):
        with writing(library.engine, who) as session, pytest.raises(NotAllowed):
            plan_event(session, library.scope(who), club_of(library), PLAN)
    with reading(library.engine) as session:
        assert len(list_events(session, library.scope("наставник"), club_of(library))) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "должна быть тема"),
        ({"held_on": date(1, 1, 1)}, "невозможна"),
        ({"url": "школа.рф"}, "не похоже на адрес"),
        ({"elements": ("нет такого",)}, "нет в планах работ"),
    ],
)
def test_what_cannot_be_planned_is_said(library: Library, changes, words: str) -> None:
    values = {name: getattr(PLAN, name) for name in PLAN.__slots__}
    with pytest.raises(InvalidInput, match=words):
        planned(library, EventPlan(**{**values, **changes}))


def test_two_changes_at_once(library: Library) -> None:
    event = planned(library)
    scope = library.scope("руководитель рмо")
    with writing(library.engine, "р") as session:
        change_event(session, scope, event.id or 0, PLAN, event.version)
        close_event(session, scope, event.id or 0, EventState.CANCELLED, event.version)
    with writing(library.engine, "м") as session, pytest.raises(EditConflict, match="тем временем изменил"):
        change_event(session, library.scope("методист"), event.id or 0, PLAN, event.version)


def test_a_meeting_to_come_was_not_held(library: Library) -> None:
    values = {name: getattr(PLAN, name) for name in PLAN.__slots__}
    event = planned(library, EventPlan(**{**values, "held_on": date.today() + timedelta(days=3)}))
    with writing(library.engine, "р") as session, pytest.raises(InvalidInput, match="ещё не наступило"):
        close_event(session, library.scope("руководитель рмо"), event.id or 0, EventState.HELD, event.version)


def test_deleted_lines_come_back(library: Library) -> None:
    event, scope = planned(library), library.scope("руководитель рмо")
    with writing(library.engine, "р") as session:
        delete_event(session, scope, event.id or 0)
    with reading(library.engine) as session:
        assert list_events(session, scope, club_of(library)) == []
        assert len(deleted_events(session, scope, club_of(library))) == 1
    with writing(library.engine, "р") as session:
        restore_event(session, scope, event.id or 0)
        assert len(list_events(session, scope, club_of(library))) == 1


def test_decisions_of_a_meeting(library: Library) -> None:
    event, scope = held(library), library.scope("руководитель рмо")
    with writing(library.engine, "р") as session:
        row = add_decision(
            session, scope, club_of(library), DecisionText("Разослать карточки.", "Руководитель", "до 1 декабря", event)
        )
        assert row.decided_on == date(2026, 11, 11)
        mark_decision(session, scope, row.id or 0, done=True)
        with pytest.raises(InvalidInput, match="Решение пустое"):
            add_decision(session, scope, club_of(library), DecisionText(" "))
    with writing(library.engine, "у") as session, pytest.raises(NotAllowed):
        add_decision(session, library.scope("учитель"), club_of(library), DecisionText("Мы решили."))
    with reading(library.engine) as session:
        (row,) = list_decisions(session, library.scope("наставник"), club_of(library))
    assert row.done_on == date.today()


def test_what_was_discussed_and_born_in_the_club(library: Library) -> None:
    practice = library.add()
    library.publish(practice)
    held(library)
    with reading(library.engine) as session:
        events = list_events(session, library.scope("учитель"), club_of(library))
        assert discussed_elements(events) == [(MATHS, "дроби", date(2026, 11, 11))]
        assert club_practices(session, library.scope("учитель"), club_of(library)) == [practice]
        card = get_club(session, library.scope("учитель"), club_of(library))
    assert (card.held, card.practices, card.may_lead) == (1, 1, False)


def answer(library: Library, who: str, event: int, mark: int, **texts: str) -> None:
    with writing(library.engine, who) as session:
        give_feedback(session, library.scope(who), event, mark, **texts)


def test_feedback_is_shown_from_five_answers_and_without_names(both: Library) -> None:
    event = held(both)
    for who, mark in (("учитель", 5), ("наставник", 4), ("директор", 5), ("методист школы", 3)):
        answer(both, who, event, mark, useful=f"Слова: {who}")
    with reading(both.engine) as session:
        found = feedback_on(session, both.scope("руководитель рмо"), event)
    assert (found.n, found.satisfaction, found.useful) == (4, None, ())
    answer(both, "методист", event, 4, useful="Фрагмент урока")
    answer(both, "учитель", event, 4, useful="Карточки")
    with reading(both.engine) as session:
        found = feedback_on(session, both.scope("наставник"), event)
        mine = own_answer(session, both.scope("учитель"), event)
        entries = session.exec(select(AuditEntry).where(AuditEntry.object_type == ClubFeedback.__tablename__)).all()
    assert found.n == 5 and found.satisfaction is not None
    assert found.satisfaction.mean == pytest.approx(4.0)
    assert found.satisfaction.counts == (0, 0, 1, 3, 1)
    assert found.satisfaction.low < 4 < found.satisfaction.high
    assert mine is not None and (mine.satisfaction, mine.useful) == (4, "Карточки")
    told = " ".join(f"{entry.old} {entry.new}" for entry in entries)
    assert "Карточки" not in told and "Слова" not in told


def test_the_interval_stays_on_the_scale() -> None:
    alike = satisfaction_of([5] * 12)
    assert (alike.mean, alike.high) == (5.0, 5.0) and 3.9 < alike.low < 5
    spread = satisfaction_of([1, 5, 1, 5, 3, 3])
    assert 1 <= spread.low < 3 < spread.high <= 5
    assert spread.high - spread.low > satisfaction_of([3, 3, 3, 3, 4, 2] * 4).high - satisfaction_of(
        [3, 3, 3, 3, 4, 2] * 4
    ).low


def test_feedback_before_the_meeting_or_off_the_scale_is_refused(library: Library) -> None:
    event = planned(library)
    with pytest.raises(InvalidInput, match="ещё не проведено"):
        answer(library, "учитель", event.id or 0, 5)
    event_id = held(library)
    with pytest.raises(InvalidInput, match="Оценки 0 на шкале нет"):
        answer(library, "учитель", event_id, 0)
    with pytest.raises(NotAllowed):
        answer(library, "наблюдатель", event_id, 5)


def test_a_club_of_another_municipality_does_not_exist(library: Library) -> None:
    with writing(library.engine, "тест") as session:
        from core.people.association_tables import Association

        row = session.get_one(Association, club_of(library))
        row.organisation_id = library.region.units["соседний район"]
        session.add(row)
    with reading(library.engine) as session, pytest.raises(NotFound):
        get_club(session, library.scope("учитель"), club_of(library))
