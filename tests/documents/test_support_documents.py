"""Papers of mentorship and development: what they say, complete and without template marks."""

import io
import re
from datetime import date

import pytest
from docx import Document

from core.documents.development_documents import (
    qualification_plan_document,
    route_document,
    self_education_document,
)
from core.documents.mentorship_documents import order_document, state_document
from core.documents.mentorship_programme import programme_document
from core.documents.register import list_documents, make_document
from core.errors import InvalidInput, NotFound
from core.store.unit_of_work import reading, writing
from core.support.courses import Request, request_course
from core.support.events import begin_plan
from core.support.journal import MeetingEntry, confirm_meeting, write_meeting
from core.support.mentorship_tables import Moment, Side
from core.support.programme import GoalDraft, approve_programme, draft_programme
from core.support.questionnaires import fill_in
from core.support.self_education import TopicDraft, add_topic
from tests.people.conftest import build
from tests.support.conftest import EVERYBODY, TODAY, Help
from tests.support.test_development import course, route
from tests.support.test_questionnaires import answers


@pytest.fixture
def help_(sqlite_engine) -> Help:
    return Help(sqlite_engine, build(sqlite_engine))


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert not re.search(r"\{[{%]|[}%]\}|None|nan", text)
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    return text


def test_the_programme_holds_goals_plan_journal_and_change(help_: Help):
    pair = help_.started()
    mentor, mentee = help_.scope("руководитель шмо"), help_.scope("учитель")
    with writing(help_.engine, "Иванова") as session:
        goals = [GoalDraft(help_.teacher("Смирнова"), "дроби", share=0.33)]
        draft_programme(session, mentor, pair, goals, ["май 2027"])
        approve_programme(session, help_.scope("директор"), pair, "106", date(2026, 9, 1), TODAY)
        for number in (1, 2):
            entry = MeetingEntry(date(2026, 10, number), f"Урок {number}", 40, "очно", "готов план")
            row = write_meeting(session, mentor, pair, entry, TODAY)
        confirm_meeting(session, mentee, row.id or 0, row.version)
        for moment, value in ((Moment.BEFORE, 4), (Moment.AFTER, 8)):
            fill_in(session, mentee, pair, moment, answers(Side.MENTEE, value), today=TODAY)
    with reading(help_.engine) as session:
        text = words(programme_document(session, help_.scope("директор"), pair, TODAY))
        assert "33\xa0%" not in words(programme_document(session, help_.scope("методист школы"), pair, TODAY))
        with pytest.raises(NotFound):
            programme_document(session, help_.scope("наставник"), pair)
    for part in (
        "Приказ № 106 от 01.09.2026", "Иванова Анна Петровна", "Смирнова Ольга Игоревна", "33\xa0%", "май 2027",
        "Всего 2\xa0встречи, 80\xa0минут; обеими сторонами подтверждено 1.", "наставник, наставляемый", "+4,0",
        "приказ о закреплении № 105 от 31.08.2026",
    ):
        assert part in text, part


def test_the_order_lists_pairs_and_who_is_to_read_it(help_: Help):
    pair = help_.planned()
    with reading(help_.engine) as session:
        text = words(order_document(session, EVERYBODY, [pair]))
        assert "ПРИКАЗ № 105" in text and "31 августа 2026" in text and "01.09.2026 – 31.05.2027" in text
        assert text.count("Смирнова Ольга Игоревна") == 2 and "27.08.2026, 28.08.2026" in text
        with pytest.raises(InvalidInput):
            order_document(session, EVERYBODY, [])


def test_the_order_on_several_pairs_is_in_the_register_for_who_sees_it_whole(help_: Help):
    """In preparation the pairs stand in the draft of their school; issued, those of one number and day together."""
    school, issued = help_.region.units["школа 1"], {"order_number": "12", "order_on": date(2026, 8, 31)}
    first = help_.started(**issued)
    second = help_.planned(
        **issued, mentor_teacher_id=help_.teacher("Петров"), mentees={help_.teacher("Иванова"): date(2026, 8, 28)}
    )
    with reading(help_.engine) as session:
        director = help_.scope("директор")
        found = {row.subject.key: row for row in list_documents(session, director, "mentorship-orders")}
        assert set(found) == {str(school), f"{school}|{first}"} and second > first
        assert found[f"{school}|{first}"].subject.title == "№ 12 от 31.08.2026: пар и групп – 2"
        issued_text, draft = (
            words(make_document(session, director, "mentorship-orders", key, "docx").content)
            for key in (f"{school}|{first}", str(school))
        )
        assert "ПРИКАЗ № 12" in issued_text and issued_text.count("Петров Олег Ильич") == 2
        assert "Смирнова" in issued_text and "Смирнова" not in draft
        for nobody in ("учитель", "наставник", "руководитель рмо"):
            assert list_documents(session, help_.scope(nobody), "mentorship-orders") == []
            with pytest.raises(NotFound):
                make_document(session, help_.scope(nobody), "mentorship-orders", str(school), "docx")


def test_the_state_of_mentorship_in_words(help_: Help):
    help_.started()
    with reading(help_.engine) as session:
        text = words(state_document(session, help_.scope("директор"), help_.region.units["школа 1"], TODAY))
        assert "С 01.09.2026 по 22.11.2026: действующих пар и групп – 1" in text and "Педагоги-наставники" in text
        assert "33,3\xa0% (6–79\xa0%, n\xa0=\xa03)" in text
        with pytest.raises(NotFound):
            state_document(session, help_.scope("директор"), help_.region.units["школа 2"], TODAY)


def test_route_topic_and_plan(help_: Help):
    route_id = route(help_)
    school = help_.region.units["школа 1"]
    with writing(help_.engine, "Смирнова") as session:
        draft = TopicDraft(school, help_.teacher("Смирнова"), "Смысловое чтение", date(2026, 9, 1), date(2027, 5, 31))
        topic = add_topic(session, EVERYBODY, draft).id or 0
        begin_plan(session, EVERYBODY, school, 2027)
    course_id = course(help_)
    with writing(help_.engine, "Смирнова") as session:
        request_course(session, EVERYBODY, Request(school, help_.teacher("Смирнова"), course_id, date(2026, 12, 1),
                                                   date(2026, 12, 20), reason="дефицит: дроби"))
    with reading(help_.engine) as session:
        scope = help_.scope("директор")
        assert "10.09.2026, уровень: минимальный" in words(route_document(session, scope, route_id))
        assert "Смысловое чтение" in words(self_education_document(session, scope, topic))
        plan = words(qualification_plan_document(session, scope, school, 2027))
        assert "Взаимопосещение уроков" in plan and "72 (48)" in plan and "дефицит: дроби" in plan
        for make, key in ((route_document, route_id), (self_education_document, topic)):
            with pytest.raises(NotFound):
                make(session, help_.scope("наставник"), key)
