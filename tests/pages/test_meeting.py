"""The screen «Заседание»: what stands there before, during and after a meeting, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.people.association_tables import AssociationMember
from core.planning.agenda import add_question, prepare_meeting
from core.planning.closing import finish_meeting
from core.planning.hearing import start_hearing
from core.planning.meetings import MeetingDraft, MeetingView, show_item, view_meeting
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.statuses import MeasureStatus
from core.planning.tables import Decision, Meeting, MeetingState, Presence, Task
from core.store.unit_of_work import reading, writing
from tests.pages.conftest import SHELL
from tests.pages.signing import Browser, cookie_of, signing_in
from tests.people.conftest import build
from tests.planning.conftest import EVERYBODY, Plan

PAGE = "plan/meeting.py"
TODAY = date.today()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.plan.meeting_parts.pace.PAUSE_SECONDS", 0.0)


@pytest.fixture
def plan(screen_store) -> Plan:
    """Give a roadmap of an association with one overdue measure, one due today and one for later."""
    region = build(screen_store)
    association = region.associations["ШМО математиков"]
    with writing(screen_store, "подготовка теста") as session:
        session.add(
            AssociationMember(
                association_id=association, teacher_id=region.teachers["Смирнова"], valid_from=date(2020, 1, 1)
            )
        )
        roadmap = create_roadmap(
            session, EVERYBODY,
            RoadmapDraft(
                region.units["школа 1"], "Карта по математике", TODAY - timedelta(days=90),
                TODAY + timedelta(days=200), association_id=association, subject="Математика",
            ),
        )
        plan = Plan(screen_store, region, roadmap.id or 0)
    for title, days in (("Просроченное", -20), ("Близкое", 0), ("Далёкое", 150)):
        plan.add(
            title, deadline_text=f"{TODAY + timedelta(days=days):%d.%m.%Y}",
            owner_teacher_id=region.teachers["Смирнова"], owner_post="Учитель",
        )
    return plan


@pytest.fixture
def browser(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    with signing_in(monkeypatch) as browser:
        yield browser


def opened(plan: Plan, browser: Browser, who: str, meeting_id: int | None = None, **query: str) -> AppTest:
    browser.token = cookie_of(plan.engine, plan.region.accounts[who])
    run = AppTest.from_file(str(SHELL), default_timeout=60).run()
    run.switch_page(PAGE)
    named = {"meeting": str(meeting_id)} if meeting_id else {}
    for name, value in {**named, **query}.items():
        run.query_params[name] = value
    return run.run()


def meeting(plan: Plan, *, running: bool = True, roadmaps: bool = True, association: bool = True) -> int:
    with writing(plan.engine, "подготовка теста") as session:
        row = prepare_meeting(
            session, EVERYBODY,
            MeetingDraft(
                plan.region.units["школа 1"], TODAY, [plan.roadmap_id] if roadmaps else [], number="3",
                association_id=plan.region.associations["ШМО математиков"] if association else None, body="Совет",
            ),
        )
        if running:
            start_hearing(session, EVERYBODY, row.id or 0)
        return row.id or 0


def view(plan: Plan, meeting_id: int) -> MeetingView:
    with reading(plan.engine) as session:
        return view_meeting(session, EVERYBODY, meeting_id)


def texts(run: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "subheader", "info", "warning", "success", "error")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def press(run: AppTest, key: str) -> AppTest:
    found = next(one for one in run.button if one.key == key or one.key.startswith(key))
    run = found.click().run()
    assert not run.exception
    return run


def labels(run: AppTest) -> list[str]:
    return [one.label for one in run.button]


def field(run: AppTest, kind: str, part: str):
    return next(one for one in run.get(kind) if part in str(one.key))


def test_without_meetings_the_screen_says_how_to_begin(plan: Plan, browser: Browser) -> None:
    run = opened(plan, browser, "руководитель шмо")
    assert "Заседаний пока нет" in texts(run)
    assert run.selectbox[0].options[0].startswith("ШМО математиков")
    run = press(run, "meeting_create")
    assert "Повестка: 2" in texts(run) and "Просроченное" in texts(run)
    with reading(plan.engine) as session:
        made = session.exec(select(Meeting)).one()
    assert (made.number, made.body) == ("1", "ШМО математиков")
    press(run, "meeting_leave")


def test_a_teacher_sees_no_form_and_a_stranger_nothing(plan: Plan, browser: Browser) -> None:
    run = opened(plan, browser, "учитель")
    assert "Заседаний пока нет" in texts(run) and "meeting_create" not in [one.key for one in run.button]
    meeting_id = meeting(plan)
    assert "не найдено" in texts(opened(plan, browser, "руководитель рмо", meeting_id)).lower()
    assert "Нет права" in texts(opened(plan, browser, "без роли", meeting_id))


def test_a_council_without_members_and_with_an_empty_agenda(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan, running=False, roadmaps=False, association=False)
    run = opened(plan, browser, "директор", meeting_id)
    assert "Добавьте свои вопросы" in texts(run) and "нет участников" in texts(run)
    run = press(run, "meeting_begin")
    assert "Повестка пуста" in texts(run)
    run = press(run, "meeting_to_end")
    field(run, "text_input", "question").set_value("О педсовете")
    run = press(run, "meeting_question")
    assert "О педсовете" in texts(run)
    run = press(run, "meeting_go_")
    assert "Пункт 1 из 1" in texts(run)
    run = press(run, "meeting_heard_")
    assert "Повестка рассмотрена: 1 из 1" in texts(run)
    run = press(run, "meeting_to_end")
    run = press(run, "meeting_close")
    assert "Никто не отмечен как присутствующий" in texts(run)
    assert view(plan, meeting_id).meeting.state is MeetingState.RUNNING


def test_three_buttons_a_note_and_the_next_item(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan)
    run = opened(plan, browser, "руководитель шмо", meeting_id)
    assert "Пункт 1 из 2" in texts(run) and "Выполнено с опозданием" in labels(run)
    run = press(run, "meeting_mark_DONE_LATE")
    assert "ставится с примечанием" in texts(run) and "Пункт 1 из 2" in texts(run)
    field(run, "text_input", "note").set_value("Ждали зал")
    run = press(run, "meeting_mark_POSTPONED")
    assert "Не указан новый срок" in texts(run)
    field(run, "text_input", "term").set_value("как получится")
    run = press(run, "meeting_mark_POSTPONED")
    assert "не понят" in texts(run)
    assert field(run, "text_input", "note").value == "Ждали зал", "what was typed stays"
    later = f"до {TODAY + timedelta(days=30):%d.%m.%Y}"
    field(run, "text_input", "term").set_value(later)
    run = press(run, "meeting_mark_POSTPONED")
    assert "Пункт 2 из 2" in texts(run)
    rows = plan.rows(TODAY)
    assert (rows["1"].status, rows["1"].deadline_text, rows["1"].status_note) == (
        MeasureStatus.POSTPONED, later, "Ждали зал",
    )
    run = press(run, "meeting_back")
    assert "✓ рассмотрено" in texts(run)


def test_the_second_half_of_a_double_click_marks_nothing(
    plan: Plan, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_id = meeting(plan)
    run = opened(plan, browser, "руководитель шмо", meeting_id)
    field(run, "text_input", "note").set_value("Ждали зал")
    run = press(run, "meeting_mark_DONE_LATE")
    monkeypatch.setattr("pages.plan.meeting_parts.pace.PAUSE_SECONDS", 60.0)
    run = press(run, "meeting_mark_DONE_")
    assert [one.heard_at is not None for one in view(plan, meeting_id).items] == [True, False]


def test_decisions_become_tasks_and_bad_ones_keep_what_was_typed(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan)
    run = opened(plan, browser, "руководитель шмо", meeting_id)
    run = press(run, "meeting_decide_")
    assert "Решение пустое" in texts(run)
    field(run, "text_area", "decision_text").set_value("Провести практикум")
    run = press(run, "meeting_decide_")
    assert "нет ответственного" in texts(run)
    field(run, "selectbox", "decision_who").set_value("Смирнова Ольга Игоревна")
    field(run, "text_input", "decision_term").set_value(f"до {TODAY - timedelta(days=40):%d.%m.%Y}")
    run = press(run, "meeting_decide_")
    assert "раньше дня заседания" in texts(run)
    assert field(run, "text_area", "decision_text").value == "Провести практикум"
    field(run, "text_input", "decision_term").set_value(f"до {TODAY + timedelta(days=10):%d.%m.%Y}")
    run = press(run, "meeting_decide_")
    assert "Решение записано" in texts(run) and "Провести практикум" in texts(run)
    with reading(plan.engine) as session:
        task = session.exec(select(Task)).one()
        assert (task.due_on, task.teacher_id) == (TODAY + timedelta(days=10), plan.region.teachers["Смирнова"])
        assert len(session.exec(select(Decision)).all()) == 1
    run = press(run, "meeting_undecide_")
    assert view(plan, meeting_id).decisions == ()


def test_a_touch_on_a_name_says_who_is_absent(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan, running=False)
    run = opened(plan, browser, "руководитель шмо", meeting_id)
    names = next(one for one in run.get("button_group") if str(one.key).startswith("meeting_present"))
    run = names.set_value(names.value[:1]).run()
    assert not run.exception and "1\u00a0человек" in texts(run)
    assert sorted(one.presence for one in view(plan, meeting_id).attendance) == [Presence.ABSENT, Presence.PRESENT]


def test_closing_makes_minutes_and_the_next_meeting_and_opens_nothing_again(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan)
    with writing(plan.engine, "подготовка теста") as session:
        add_question(session, EVERYBODY, meeting_id, "О методической неделе")
        show_item(session, EVERYBODY, meeting_id, None)
    run = opened(plan, browser, "руководитель шмо", meeting_id)
    run = press(run, "meeting_to_end")
    assert "Не рассмотрено: 3" in texts(run)
    field(run, "date_input", "next_").set_value(TODAY - timedelta(days=1))
    run = press(run, "meeting_close")
    assert "должно быть позже" in texts(run)
    assert view(plan, meeting_id).meeting.state is MeetingState.RUNNING
    field(run, "date_input", "next_").set_value(TODAY + timedelta(days=14))
    run = press(run, "meeting_close")
    assert "Протокол готов" in texts(run) and "Открыть заседание заново нельзя" in texts(run)
    assert "meeting_close" not in [one.key for one in run.button]
    run = press(run, "meeting_next")
    assert "О методической неделе" in texts(run) and "протокол № 4" in texts(run)


def test_a_member_follows_and_marks_their_own_without_turning_the_page(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan)
    run = opened(plan, browser, "учитель", meeting_id)
    assert "Пункт 1 из 2" in texts(run) and "Мои мероприятия" in texts(run)
    keys = [one.key for one in run.button]
    assert not {"meeting_on", "meeting_begin", "meeting_close"} & set(keys)
    run = press(run, "meeting_mark_IN_PROGRESS")
    assert plan.rows(TODAY)["1"].status is MeasureStatus.IN_PROGRESS
    now = view(plan, meeting_id)
    assert now.items[0].heard_at is not None and now.meeting.current_item_id == now.items[0].id
    assert "Пункт 1 из 2" in texts(run)


def test_a_meeting_deleted_by_mistake_comes_back(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan, running=False)
    run = opened(plan, browser, "руководитель шмо", meeting_id)
    run = press(run, f"meeting_head_{meeting_id}_delete")
    assert "Заседание удалено" in texts(run) and "Заседаний пока нет" in texts(run)
    run = press(run, f"meeting_restore_{meeting_id}")
    assert "Заседание возвращено" in texts(run) and "Идут и готовятся" in texts(run)


def test_the_hall_sees_the_item_only(plan: Plan, browser: Browser) -> None:
    meeting_id = meeting(plan)
    run = opened(plan, browser, "руководитель шмо", meeting_id, show="1")
    assert "Пункт 1 из 2" in texts(run)
    assert [one.key for one in run.button if str(one.key).startswith("meeting_")] == ["meeting_hall_off"]


def test_what_changed_since_the_last_meeting(plan: Plan, browser: Browser) -> None:
    first = meeting(plan)
    with writing(plan.engine, "подготовка теста") as session:
        seen = view_meeting(session, EVERYBODY, first).meeting.version
        finish_meeting(session, EVERYBODY, first, seen)
    plan.add("Новое мероприятие")
    second = meeting(plan)
    run = opened(plan, browser, "руководитель шмо", second)
    section = next(one for one in run.get("button_group") if "section" in str(one.key))
    run = section.set_value("Что изменилось").run()
    assert not run.exception and "Новое мероприятие: добавлено" in texts(run)
    marks = [str(one.value) for one in run.markdown]
    place = marks.index("**На этом заседании**")
    assert marks.index("**С прошлого заседания до начала этого**") < place and "добавлено" in marks[place - 1]
    assert "На заседании в карте ничего не изменили" in texts(run)
