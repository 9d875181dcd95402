"""The screen «Повышение квалификации»: what each role meets, from a wish to a document, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.people.role_names import Role
from core.store.unit_of_work import reading, writing
from core.support.course_tables import EnrolmentState
from core.support.courses import list_enrolments
from core.support.events import list_events
from core.support.help_request_tables import RequestState
from core.support.help_requests import answer_bank, list_requests
from core.support.journal import MeetingEntry, write_meeting
from core.support.route_tables import RouteState
from core.support.routes import list_routes
from core.support.self_education import list_topics
from core.support.visits import list_visits
from tests.diagnostics.stored_answers import MATHS, District, build_district
from tests.diagnostics.viewers import account_of
from tests.pages.conftest import SHELL
from tests.pages.signing import Browser, cookie_of, signing_in
from tests.people.conftest import Region, build
from tests.support.conftest import EVERYBODY, TODAY, Help
from tests.support.test_development import course, requested
from tests.support.test_teacher_page import reviewed

PAGE = "support/development.py"
OWN = "Моё развитие"


@pytest.fixture
def help_(screen_store: Engine) -> Help:
    return Help(screen_store, build(screen_store))


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    with signing_in(monkeypatch) as found:
        yield found


def opened(tab: str = "", **query: object) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    for key, value in query.items():
        run.query_params[key] = str(value)
    if tab:
        run.session_state["development_tab"] = tab
    run = run.run()
    assert not run.exception, run.exception
    return run


def as_(browser: Browser, help_: Help, name: str, tab: str = "", **query: object) -> AppTest:
    browser.token = cookie_of(help_.engine, help_.region.accounts[name])
    return opened(tab, **query)


def said(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "success", "error")
    found = "\n".join(str(one.value) for kind in kinds for one in run.get(kind))
    return found.replace("\\", "").replace("\u00a0", " ")


def tabs(run: AppTest) -> list[str]:
    return [tab.label for tab in run.tabs]


def field(run: AppTest, kind: str, label: str):
    return next(one for one in run.get(kind) if one.label == label)


def press(run: AppTest, label: str) -> AppTest:
    run = next(one for one in run.button if one.label == label).click().run()
    assert not run.exception, run.exception
    return run


def test_without_data_it_says_what_to_do(screen_store):
    assert "Организаций пока нет" in said(opened())


def test_from_a_wish_to_a_document(help_: Help, browser: Browser):
    course(help_)
    run = as_(browser, help_, "учитель")
    assert tabs(run)[0] == OWN and "Покрытие" not in tabs(run) and "Педагоги" not in tabs(run)
    assert "Впишите последние курсы" in said(run) and "Результаты ВПР не используются" in said(run)
    starts, ends = (one for one in run.date_input if "own_course" in one.key)
    today = date.today()
    first, last = today - timedelta(days=10), today - timedelta(days=1)
    starts.set_value(first)
    ends.set_value(first - timedelta(days=9))
    next(one for one in run.text_input if one.label == "Зачем").set_value("прошло три года")
    run = press(run, "Подать заявку")
    assert f"раньше начала ({first:%d.%m.%Y})" in said(run)
    assert next(one for one in run.text_input if one.label == "Зачем").value == "прошло три года", "nothing is lost"
    next(one for one in run.date_input if one.key.endswith("own_course_ends")).set_value(last)
    run = press(run, "Подать заявку")
    assert "Заявка подана" in said(run) and "◌ заявка" in said(run)
    assert not any(one.label == "Согласовать" for one in run.button), "not by oneself"
    with reading(help_.engine) as session:
        (card,) = list_enrolments(session, EVERYBODY)
    assert card.row.reason == "прошло три года"

    run = as_(browser, help_, "методист школы", enrolment=card.row.id)
    assert not any(one.label == "Согласовать" for one in run.button), "approval is the director's"
    run = as_(browser, help_, "директор", enrolment=card.row.id)
    run = press(run, "Согласовать")
    assert "Заявка согласована" in said(run) and "● согласовано" in said(run)

    run = as_(browser, help_, "учитель", enrolment=card.row.id)
    run = press(run, "Обучение началось")
    run = press(run, "Сохранить анкету")
    assert "Анкета сохранена" in said(run)
    run = press(run, "Завершить курсы")
    assert "Нет номера или даты документа" in said(run)
    field(run, "text_input", "Документ №").set_value("УПК-7")
    field(run, "date_input", "От").set_value(today + timedelta(days=1))
    run = press(run, "Завершить курсы")
    assert "ещё не выдан" in said(run) and field(run, "text_input", "Документ №").value == "УПК-7"
    field(run, "date_input", "От").set_value(today)
    run = press(run, "Завершить курсы")
    assert "✓ завершено" in said(run) and "№ УПК-7 от" in said(run)
    with reading(help_.engine) as session:
        assert list_enrolments(session, EVERYBODY)[0].row.state is EnrolmentState.FINISHED
    assert "Заполните выходную анкету" in said(as_(browser, help_, "учитель"))


def test_a_refusal_needs_a_reason_and_keeps_it(help_: Help, browser: Browser):
    enrolment = requested(help_, course(help_))
    run = as_(browser, help_, "директор", enrolment=enrolment)
    run = press(run, "Отклонить заявку")
    assert "Не указано, почему заявка отклонена" in said(run)
    field(run, "text_area", "Почему (педагог это увидит)").set_value("нет замены")
    run = press(run, "Отклонить заявку")
    assert "✕ отклонено" in said(run) and "Почему отклонено: нет замены" in said(run)


def test_who_is_due_is_seen_by_the_methodist(help_: Help, browser: Browser):
    course(help_)
    run = as_(browser, help_, "методист школы")
    assert "Курсы" in tabs(run) and OWN not in tabs(run) and "Педагоги" in tabs(run)
    assert "Пора на курсы 3 педагогам" in said(run)
    due = run.dataframe[0].value
    assert list(due["due"]) == ["? о курсах ничего не известно"] * 3
    run = as_(browser, help_, "специалист")
    run.selectbox(key="development_unit").set_value(help_.region.units["район"])
    run = run.run()
    assert "видно по каждой школе" in said(run)


def test_the_head_sees_members_and_the_mentor_only_themselves(help_: Help, browser: Browser):
    requested(help_, course(help_))
    run = as_(browser, help_, "руководитель шмо", "Курсы")
    assert "Заявок на курсы пока нет" in said(run), "Смирнова is no member"
    run = as_(browser, help_, "наставник")
    assert tabs(run)[0] == OWN and "Пора на курсы" not in said(run)
    for query in ({"teacher": help_.teacher("Смирнова")}, {"enrolment": 1}, {"teacher": 999}, {"route": 5},
                  {"topic": 5}, {"visit": 5}):
        run = as_(browser, help_, "наставник", **query)
        assert "не найдено или нет доступа" in said(run), query
        assert any(one.label == "К списку" for one in run.button)


def test_a_route_is_drafted_approved_and_printed(help_: Help, browser: Browser):
    run = as_(browser, help_, "методист школы", "Маршруты")
    field(run, "selectbox", "Педагог").set_value(help_.teacher("Смирнова"))
    run = run.run()
    run = press(run, "Составить")
    assert "Не выбран ни один дефицит" in said(run)
    field(run, "text_area", "Свои (каждый с новой строки)").set_value("Дроби\nОценивание")
    run = press(run, "Составить")
    assert "Маршрут составлен" in said(run) and "Выполнено 0 из 6" in said(run)
    with reading(help_.engine) as session:
        (card,) = list_routes(session, EVERYBODY)
    run = as_(browser, help_, "директор", route=card.row.id)
    run = press(run, "Утвердить маршрут")
    assert "Не указан номер приказа" in said(run)
    field(run, "text_input", "Приказ №").set_value("110")
    run = press(run, "Утвердить маршрут")
    assert "Маршрут утверждён" in said(run) and "приказом № 110" in said(run)
    run = as_(browser, help_, "учитель")
    assert "Шаг маршрута: Курсы, вебинар" in said(run)
    run = as_(browser, help_, "директор", route=card.row.id)
    field(run, "text_area", "Заключение: что изменилось").set_value("Вырос уровень")
    run = press(run, "Выполнен")
    with reading(help_.engine) as session:
        assert list_routes(session, EVERYBODY)[0].row.state is RouteState.FINISHED
    assert "Вырос уровень" in said(run)


def test_a_topic_of_self_education(help_: Help, browser: Browser):
    run = as_(browser, help_, "учитель", "Самообразование")
    run = press(run, "Составить план")
    assert "Не указана тема" in said(run)
    field(run, "text_input", "Тема").set_value("Задания на понимание")
    run = press(run, "Составить план")
    assert "этапов с отчётом: 0 из 4" in said(run)
    with reading(help_.engine) as session:
        assert [card.row.topic for card in list_topics(session, EVERYBODY)] == ["Задания на понимание"]


def test_a_visit_about_a_confirmed_field(help_: Help, browser: Browser):
    school = help_.region.units["школа 1"]
    reviewed(help_, 7, 2026, f"class:{school}:А", "дроби")
    run = as_(browser, help_, "методист школы", "Посещения уроков")
    field(run, "selectbox", "Чей урок").set_value(help_.teacher("Смирнова"))
    run = run.run()
    assert field(run, "selectbox", "Класс").options[0] == "8А, Математика"
    choice = field(run, "selectbox", "Проблемное поле класса")
    assert choice.options == ["без поля", "дроби – 7А, 2025/2026"]
    choice.set_value(0)
    run = press(run.run(), "Запланировать")
    assert "Посещение запланировано" in said(run) and "Проблемное поле: дроби" in said(run)
    with reading(help_.engine) as session:
        (visit,) = list_visits(session, EVERYBODY)
    assert len(visit.look_fors) == 4 and "дроби" in visit.look_fors[0].text
    field(run, "text_area", "Что показал урок").set_value("Дети объясняют сами")
    run = press(run, "Сохранить вывод")
    run = as_(browser, help_, "учитель", visit=visit.row.id)
    assert "Дети объясняют сами" in said(run)
    run = press(run, "Я прочитал выводы")
    assert "✓ педагог ознакомлен" in said(run)


def test_the_plan_of_events_and_what_was_said(help_: Help, browser: Browser):
    school = help_.region.units["школа 1"]
    run = as_(browser, help_, "методист школы", "План мероприятий")
    run = press(run, "Начать с готовых строк")
    assert "5 мероприятий" in said(run)
    year = date.today().year + (date.today().month >= 9)
    with writing(help_.engine, "методист") as session:
        event = list_events(session, EVERYBODY, school, year)[0].row
        event.state = type(event.state)("проведено")
        session.add(event)
    run = as_(browser, help_, "учитель", "План мероприятий")
    assert "отзывов пока нет" in said(run) and not any(one.label == "Отметить" for one in run.button)
    run = press(run, "Отправить")
    assert "отзыв записан" in said(run)
    run = press(run, "Отправить")
    with reading(help_.engine) as session:
        assert list_events(session, EVERYBODY, school, year)[0].answers == 1, "one word of one person"
    run = as_(browser, help_, "методист школы", "План мероприятий")
    assert not any(one.label == "Снять отметку" for one in run.button), "nobody is noted yet"
    run = press(run, "Отметить")
    assert "Никто не выбран" in said(run)
    field(run, "multiselect", "Кто участвовал").set_value([help_.teacher("Смирнова"), help_.teacher("Петров")])
    run = press(run, "Отметить")
    assert "Отмечено: 2 участника" in said(run)
    name = next(one.value for one in run.caption if one.value.startswith("Отмечены: "))
    run = press(run, "Снять отметку")
    assert "почему отметка об участии снимается" in said(run) and name in [one.value for one in run.caption]
    field(run, "text_input", "Почему отметка снимается").set_value("Была на больничном")
    run = press(run, "Снять отметку")
    assert "Отметка снята" in said(run) and "Была на больничном" in said(run)
    assert name not in [one.value for one in run.caption]
    run = press(run, "Вернуть")
    assert "Отметка об участии возвращена" in said(run) and name in [one.value for one in run.caption]


def test_a_question_grows_into_the_bank(help_: Help, browser: Browser):
    run = as_(browser, help_, "учитель", "Запросы о помощи")
    run = press(run, "Спросить")
    assert "Вопрос пустой" in said(run)
    field(run, "text_area", "Вопрос").set_value("Как объяснить деление дробей?")
    next(one for one in run.checkbox if "без моего имени" in one.label).check()
    run = press(run, "Спросить")
    assert "◌ ждёт ответа" in said(run) and any(one.label == "Снять вопрос" for one in run.button)
    run = as_(browser, help_, "методист школы", "Запросы о помощи")
    field(run, "text_area", "Ответ").set_value("Через модель")
    field(run, "checkbox", "В банк ответов").check()
    run = press(run, "Отправить")
    assert "Ответ отправлен" in said(run)
    run = as_(browser, help_, "учитель", "Запросы о помощи")
    run = press(run, "Помогло")
    with reading(help_.engine) as session:
        assert list_requests(session, help_.scope("учитель"))[0].row.state is RequestState.SETTLED
        assert len(answer_bank(session, help_.scope("наставник"), "деление")) == 1
    run = as_(browser, help_, "наставник", "Запросы о помощи")
    run.text_input(key="development_bank").set_value("логарифм")
    assert "Ничего не нашлось" in said(run.run())


@pytest.fixture
def district(screen_store: Engine) -> District:
    return build_district(screen_store)


def test_coverage_leads_to_where_help_is_arranged(district: District, browser: Browser):
    browser.token = cookie_of(district.engine, account_of(district, Role.DIRECTOR, "школа 1"))
    run = opened("Покрытие")
    assert "Совсем без помощи" in said(run) and "Компетенция 1" in said(run) and "▼▼ корпоративный" in said(run)
    assert "50 % (19–81 %, n = 6)" in said(run)
    run = next(one for one in run.button if one.label == "Маршруты: ▢ нет").click().run()
    assert not run.exception and "Маршрутов пока нет" in said(run)
    chosen = field(run, "multiselect", "Дефициты")
    assert chosen.value == [f"competence:{district.competences[0]}"], "the form knows what is sought"


def test_a_teacher_asks_from_a_difficulty(district: District, browser: Browser):
    unit = district.units["школа 1"]
    course(Help(district.engine, Region(district.engine, district.units)))
    browser.token = cookie_of(district.engine, account_of(district, Role.TEACHER, "школа 1", f"{MATHS} 1/0"))
    run = opened()
    assert "▼ Компетенция 1 – 0 % баллов" in said(run)
    deficits = [one for one in run.selectbox if one.label == "Какому дефициту отвечает"]
    assert all(one.value == "competence:1" for one in deficits if "own_course" in one.key)
    run = press(run, "Подать заявку")
    with reading(district.engine) as session:
        (card,) = list_enrolments(session, EVERYBODY)
    assert (card.row.competence_id, card.row.reason) == (district.competences[0], "дефицит: Компетенция 1")
    assert card.row.organisation_id == unit


def test_the_overview_tells_teachers_what_waits_for_them(help_: Help, browser: Browser):
    pair = help_.started()
    with writing(help_.engine, "Иванова") as session:
        write_meeting(session, help_.scope("руководитель шмо"), pair, MeetingEntry(date(2026, 10, 1), "Дроби"), TODAY)
    browser.token = cookie_of(help_.engine, help_.region.accounts["учитель"])
    run = AppTest.from_file(str(SHELL), default_timeout=30).run().switch_page("glance/overview.py").run()
    assert not run.exception
    assert [one.value for one in run.subheader if one.value == "Ваши дела"]
    assert "Подтвердите в журнале" in said(run)
    assert [one for one in run.get("page_link") if one.proto.label.startswith("Моё развитие")]
    browser.token = cookie_of(help_.engine, help_.region.accounts["директор"])
    run = AppTest.from_file(str(SHELL), default_timeout=30).run().switch_page("glance/overview.py").run()
    assert not [one.value for one in run.subheader if one.value == "Ваши дела"], "a director who is no teacher"
