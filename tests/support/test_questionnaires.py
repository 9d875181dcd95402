"""Questionnaires before and after: only one's own, all questions, change of those who answered twice."""

import pytest

from core.errors import InvalidInput, NotAllowed
from core.store.unit_of_work import reading, writing
from core.support.mentorship_tables import MentorshipAnswer, Moment, Side
from core.support.mentorship_words import load_mentorship_words, mentorship_words
from core.support.questionnaires import changes, fill_in, list_answers, satisfaction
from tests.support.conftest import EVERYBODY, TODAY, Help


def answers(side: Side, value: int, **changed: int) -> dict[str, int]:
    return {question.key: value for question in mentorship_words().questions(side)} | changed


def test_both_sides_answer_before_and_after(help_: Help):
    pair = help_.started()
    for moment, value in ((Moment.BEFORE, 4), (Moment.AFTER, 8)):
        with writing(help_.engine, "Смирнова") as session:
            fill_in(session, help_.scope("учитель"), pair, moment, answers(Side.MENTEE, value), today=TODAY)
    with writing(help_.engine, "Иванова") as session:
        fill_in(session, help_.scope("руководитель шмо"), pair, Moment.AFTER, answers(Side.MENTOR, 6), today=TODAY)
    with reading(help_.engine) as session:
        rows = list_answers(session, help_.scope("методист школы"), pair)
        first = changes(rows, Side.MENTEE)[0]
        assert (first.pairs, first.before, first.after, first.change) == (1, 4.0, 8.0, 4.0)
        assert [change.pairs for change in changes(rows, Side.MENTOR)] == [0] * len(mentorship_words().mentor)
        assert satisfaction(rows, Side.MENTEE).share == 1.0 and satisfaction(rows, Side.MENTOR).satisfied == 0
        own = list_answers(session, help_.scope("учитель"), pair)
        assert {row.side for row in own} == {Side.MENTEE}, "the other side's answers are not shown"


def test_a_second_answer_corrects_the_first(sqlite_help: Help):
    pair = sqlite_help.started()
    for value in (3, 5):
        with writing(sqlite_help.engine, "Смирнова") as session:
            fill_in(session, sqlite_help.scope("учитель"), pair, Moment.BEFORE, answers(Side.MENTEE, value))
    with reading(sqlite_help.engine) as session:
        (row,) = list_answers(session, EVERYBODY, pair)
        assert set(row.answers.values()) == {5}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Нет ответа"),
        (answers(Side.MENTEE, 11), "ответа 11 не бывает"),
        (answers(Side.MENTEE, 0), "ответа 0 не бывает"),
        (answers(Side.MENTEE, 5, involved=5), "Такого вопроса"),
    ],
)
def test_answers_that_cannot_be(sqlite_help: Help, given: dict[str, int], words: str):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "Смирнова") as session, pytest.raises(InvalidInput, match=words):
        fill_in(session, sqlite_help.scope("учитель"), pair, Moment.BEFORE, given)


def test_nobody_answers_for_a_side(sqlite_help: Help):
    pair = sqlite_help.started()
    with writing(sqlite_help.engine, "методист") as session, pytest.raises(NotAllowed, match="сами наставник"):
        fill_in(session, sqlite_help.scope("методист школы"), pair, Moment.BEFORE, answers(Side.MENTEE, 5))


def test_satisfied_from_seven_with_an_interval():
    rows = [
        MentorshipAnswer(organisation_id=1, mentorship_id=1, teacher_id=n, side=Side.MENTEE, moment=Moment.AFTER,
                         answers={"satisfaction": value})
        for n, value in enumerate((6, 7, 8, 10))
    ]
    found = satisfaction(rows, Side.MENTEE)
    assert (found.asked, found.satisfied, found.share) == (4, 3, 0.75)
    assert 0.29 < found.low < 0.31 and 0.95 < found.high < 0.96, "Wilson for 3 of 4"


def test_a_broken_file_of_questions_names_file_and_key(tmp_path):
    path = tmp_path / "mentorship.yaml"
    path.write_text("source: проба\nsatisfied_from: 12\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refusal:
        load_mentorship_words(path)
    assert "mentorship.yaml" in str(refusal.value) and "satisfied_from" in str(refusal.value)
