"""A teacher's page: what is next, own difficulties, fields of the own classes; and what others may know of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from core.analysis.tables import FieldReview, ReviewState
from core.errors import NotFound
from core.intake.tables import Assessment
from core.people.role_names import Role
from core.store.unit_of_work import reading, writing
from core.support.asking import METHODISTS, addressees, colleagues
from core.support.class_fields import fields_for_visit, fields_of_teacher, taught_classes
from core.support.course_tables import EnrolmentState
from core.support.courses import decide, move_on
from core.support.help_requests import Question, answer, ask
from core.support.own_deficits import deficits_of
from core.support.teacher_page import Door, teacher_page
from core.support.visit_tables import LessonVisit
from tests.diagnostics.stored_answers import MATHS, District, build_district
from tests.diagnostics.viewers import account_of, director, school_methodist, scope_of
from tests.support.conftest import EVERYBODY, TODAY, Help
from tests.support.test_development import course, requested, route


def steps(help_: Help, name: str = "учитель") -> list[tuple[Door, str]]:
    with reading(help_.engine) as session:
        page = teacher_page(session, help_.scope(name), help_.teacher("Смирнова"), TODAY)
        return [(step.door, step.words) for step in page.next_steps]


def test_what_is_next_follows_what_happened(sqlite_help: Help):
    help_ = sqlite_help
    assert steps(help_) == [(Door.COURSES, "Впишите последние курсы: о них ничего не известно")]
    enrolment = requested(help_, course(help_), starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 20))
    assert steps(help_) == []
    with writing(help_.engine, "директор") as session:
        decide(session, EVERYBODY, enrolment, approve=True, version_seen=1)
    with writing(help_.engine, "директор") as session:
        move_on(session, EVERYBODY, enrolment, EnrolmentState.STUDYING, 2)
    assert [words for _door, words in steps(help_)] == [
        "Курсы «Дроби и проценты: методика» закончились: впишите документ",
        "Заполните входную анкету курсов «Дроби и проценты: методика»",
    ]
    assert len(steps(help_, "директор")) == 1, "questionnaires are one's own matter"
    route(help_)
    with writing(help_.engine, "методист") as session:
        session.add(LessonVisit(
            organisation_id=help_.region.units["школа 1"], teacher_id=help_.teacher("Смирнова"),
            held_on=TODAY - timedelta(days=3), grade=8, letter="А", subject=MATHS, conclusion="Дети объясняют.",
        ))
    with writing(help_.engine, "Смирнова") as session:
        question = ask(session, help_.scope("учитель"), Question("Как объяснить?")).id or 0
    with writing(help_.engine, "методист") as session:
        answer(session, help_.scope("методист школы"), question, "Через модель.", 1)
    assert {door for door, _words in steps(help_)} == {Door.ENROLMENT, Door.ROUTE, Door.VISIT, Door.REQUEST}


def test_pages_of_others_are_closed(sqlite_help: Help):
    with reading(sqlite_help.engine) as session:
        for name, surname in (("учитель", "Петров"), ("директор", "Сидорова"), ("руководитель шмо", "Петров")):
            with pytest.raises(NotFound):
                teacher_page(session, sqlite_help.scope(name), sqlite_help.teacher(surname), TODAY)
        own = teacher_page(session, sqlite_help.scope("учитель"), sqlite_help.teacher("Смирнова"), TODAY)
        assert own.is_own and own.name == "Смирнова Ольга Игоревна"


def test_whom_one_may_ask_and_visit(sqlite_help: Help):
    with reading(sqlite_help.engine) as session:
        assert addressees(session, sqlite_help.scope("учитель")) == {None: METHODISTS}
        found = addressees(session, sqlite_help.scope("руководитель шмо"))
        assert set(found) == {None, *sqlite_help.region.associations.values()}
        names = colleagues(session, sqlite_help.scope("учитель"))
        assert list(names.values()) == ["Иванова Анна Петровна", "Петров Олег Ильич", "Смирнова Ольга Игоревна"]
        assert colleagues(session, EVERYBODY) == {}, "no teacher of the lists"


@pytest.fixture
def district(sqlite_engine: Engine) -> District:
    return build_district(sqlite_engine)


def test_own_difficulties_are_for_the_teacher_and_the_director(district: District):
    weak, strong = (district.teachers[f"{MATHS} 1/{number}"] for number in (0, 4))
    own = scope_of(district, account_of(district, Role.TEACHER, "школа 1", f"{MATHS} 1/0"))
    with reading(district.engine) as session:
        found = deficits_of(session, own, weak)
        assert [(one.name, one.competence_id, one.share) for one in found.deficits] == [
            ("Компетенция 1", district.competences[0], 0.0)
        ]
        assert found.diagnosed_on == date(2026, 9, 1) and found.level == "средний"
        head = director(district)
        assert deficits_of(session, head, weak).deficits == found.deficits
        assert deficits_of(session, head, strong).strengths == ("Компетенция 1",)
        assert deficits_of(session, school_methodist(district), weak).diagnosed_on is None
        with pytest.raises(NotFound):
            deficits_of(session, own, strong)


def reviewed(help_: Help, grade: int, year: int, unit: str, key: str) -> None:
    with writing(help_.engine, "подготовка") as session:
        work = Assessment(
            procedure="ВПР", subject=MATHS, grade=grade, year=year, item_codes=["1"], item_maxima=[1],
            item_levels=["Б"], items_key=f"{grade}{year}{key}",
        )
        session.add(work)
        session.flush()
        session.add(FieldReview(
            assessment_id=work.id or 0, organisation_id=help_.region.units["школа 1"], unit=unit, kind="element",
            key=key, state=ReviewState.CONFIRMED,
        ))


def test_a_visit_may_be_about_confirmed_fields_of_the_class(sqlite_help: Help):
    help_, school = sqlite_help, sqlite_help.region.units["школа 1"]
    reviewed(help_, 7, 2026, f"class:{school}:А", "дроби")
    reviewed(help_, 7, 2026, f"class:{school}:Б", "площадь")
    reviewed(help_, 7, 2026, f"organisation:{school}", "проценты")
    reviewed(help_, 8, 2023, f"class:{school}:А", "давно")
    with reading(help_.engine) as session:
        found = fields_for_visit(session, help_.scope("методист школы"), school, 8, "А", MATHS, TODAY)
        assert [one.words for one in found] == [
            "проценты – вся параллель 7-х классов, 2025/2026", "дроби – 7А, 2025/2026",
        ]
        own = fields_for_visit(session, help_.scope("учитель"), school, 8, "А", MATHS, TODAY)
        assert [one.field.key for one in own] == ["дроби"], "the own class of a year before"
        assert fields_for_visit(session, help_.scope("наставник"), school, 8, "А", MATHS, TODAY) == ()
        assert fields_for_visit(session, help_.scope("руководитель рмо"), school, 8, "А", "Физика", TODAY) == ()
        (taught,) = taught_classes(session, help_.scope("учитель"), help_.teacher("Смирнова"), TODAY)
        assert (taught.grade, taught.letter) == (8, "А")
        assert fields_of_teacher(session, help_.scope("учитель"), help_.teacher("Смирнова"), TODAY) == ()
