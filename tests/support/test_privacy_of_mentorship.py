"""What others learn of a pair: nothing of the diagnostics and of single answers beyond those concerned."""

from datetime import date

import pytest

from core.documents.mentorship_documents import state_document
from core.documents.mentorship_programme import programme_document
from core.errors import InvalidInput, NotAllowed
from core.store.unit_of_work import reading, writing
from core.support.journal import list_meetings
from core.support.mentorship_cards import get_mentorship
from core.support.mentorship_states import finish_mentorship
from core.support.mentorship_tables import MentorshipAnswer, Moment, Side
from core.support.programme import GoalDraft, draft_programme, get_programme
from core.support.questionnaires import fill_in, list_answers
from core.support.state import state_of_mentorship
from tests.documents.test_support_documents import words
from tests.support.conftest import EVERYBODY, TODAY, Help
from tests.support.test_questionnaires import answers


def test_the_school_of_a_mentor_does_not_read_what_the_mentee_finds_hard(sqlite_help: Help):
    far = {"mentor_teacher_id": sqlite_help.teacher("Смирнова"), "mentees": {sqlite_help.teacher("Сидорова"): None}}
    pair = sqlite_help.planned(organisation_id=sqlite_help.region.units["школа 2"], **far)
    goals = [GoalDraft(sqlite_help.teacher("Сидорова"), "дроби", share=0.33)]
    with writing(sqlite_help.engine, "методист") as session:
        draft_programme(session, EVERYBODY, pair, goals)
    with reading(sqlite_help.engine) as session:
        director = sqlite_help.scope("директор")
        assert get_mentorship(session, director, pair).id == pair, "that there is a pair is no secret"
        for read in (get_programme, list_meetings, programme_document):
            with pytest.raises(NotAllowed, match="Программу и журнал видят участники"):
                read(session, director, pair)
        mentor = get_programme(session, sqlite_help.scope("учитель"), pair)
        assert [mentor.shares.get(goal.id or 0) for goal in mentor.goals] == [0.33]


def test_shares_of_the_diagnostics_are_for_those_whom_deficits_are_open_to(sqlite_help: Help):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "Иванова") as session:
        goals = [GoalDraft(sqlite_help.teacher("Смирнова"), "дроби", share=0.33)]
        draft_programme(session, sqlite_help.scope("руководитель шмо"), pair, goals)
    with reading(sqlite_help.engine) as session:
        seen = {
            name: list(get_programme(session, sqlite_help.scope(name), pair).shares.values())
            for name in ("руководитель шмо", "учитель", "директор", "методист школы", "специалист")
        }
    assert seen == {
        "руководитель шмо": [0.33], "учитель": [0.33], "директор": [0.33], "методист школы": [], "специалист": [],
    }


def answered(help_: Help, pair: int) -> None:
    """Let the mentee answer before and after."""
    for moment, value in ((Moment.BEFORE, 4), (Moment.AFTER, 8)):
        with writing(help_.engine, "Смирнова") as session:
            fill_in(session, help_.scope("учитель"), pair, moment, answers(Side.MENTEE, value), "Трудно", TODAY)


def test_single_answers_stay_inside_the_school(sqlite_help: Help):
    pair = sqlite_help.started()
    answered(sqlite_help, pair)
    with reading(sqlite_help.engine) as session:
        assert len(list_answers(session, sqlite_help.scope("директор"), pair)) == 2
        assert list_answers(session, sqlite_help.scope("специалист"), pair) == []
        assert "+4,0" not in words(programme_document(session, sqlite_help.scope("специалист"), pair, TODAY))
        for unit in ("школа 1", "район"):
            key = sqlite_help.region.units[unit]
            seen = state_of_mentorship(session, sqlite_help.scope("специалист"), key, TODAY)
            said = seen.satisfaction[Side.MENTEE]
            assert (said.asked, said.satisfied) == (1, 0) and said.share != said.share, "one answer is one person's"
            assert {one.before for one in seen.changes[Side.MENTEE]} == {None}
            text = words(state_document(session, sqlite_help.scope("специалист"), key, TODAY))
            assert "Итог не показан: вне школы" in text and "4,0" not in text
        own = state_of_mentorship(session, sqlite_help.scope("директор"), sqlite_help.region.units["школа 1"], TODAY)
        assert own.satisfaction[Side.MENTEE].satisfied == 1


def test_answers_of_five_people_are_told_outside(sqlite_help: Help):
    pair = sqlite_help.started()
    given = answers(Side.MENTEE, 8)
    with writing(sqlite_help.engine, "подготовка теста") as session:
        for teacher_id in list(sqlite_help.region.teachers.values())[:5]:
            for moment in Moment:
                session.add(MentorshipAnswer(
                    organisation_id=sqlite_help.region.units["школа 1"], mentorship_id=pair, teacher_id=teacher_id,
                    side=Side.MENTEE, moment=moment, answers=given, filled_on=TODAY,
                ))
    with reading(sqlite_help.engine) as session:
        key = sqlite_help.region.units["район"]
        seen = state_of_mentorship(session, sqlite_help.scope("специалист"), key, TODAY)
        school = state_of_mentorship(
            session, sqlite_help.scope("специалист"), sqlite_help.region.units["школа 1"], TODAY
        ).satisfaction[Side.MENTEE]
    assert (seen.satisfaction[Side.MENTEE].asked, seen.satisfaction[Side.MENTEE].share) == (5, 1.0)
    assert {one.before for one in seen.changes[Side.MENTEE]} == {8.0}
    assert school.asked == 5 and school.share != school.share, "else it is subtracted from the municipality"


def test_the_first_questionnaire_is_not_rewritten_after_the_end(sqlite_help: Help):
    pair = sqlite_help.started()
    end = date(2027, 5, 31)
    with writing(sqlite_help.engine, "методист") as session:
        finish_mentorship(session, EVERYBODY, pair, "Получилось", 2, end)
    with writing(sqlite_help.engine, "Смирнова") as session:
        with pytest.raises(InvalidInput, match="поздно"):
            fill_in(session, sqlite_help.scope("учитель"), pair, Moment.BEFORE, answers(Side.MENTEE, 1), today=end)
        fill_in(session, sqlite_help.scope("учитель"), pair, Moment.AFTER, answers(Side.MENTEE, 9), today=end)
