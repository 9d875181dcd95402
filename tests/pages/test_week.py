"""«Ближайшие даты» on the first screen: what is due for whom, tasks that are done, the text and the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.planning.meetings import MeetingDraft, create_meeting
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.statuses import MeasureStatus
from core.planning.tables import Task
from core.store.unit_of_work import reading, writing
from tests.pages.conftest import SHELL
from tests.pages.signing import cookie_of, signing_in
from tests.people.conftest import build
from tests.planning.conftest import EVERYBODY, Plan

PAGE = "glance/overview.py"
TODAY = date.today()


@pytest.fixture
def plan(screen_store) -> Plan:
    """Give a teacher with an overdue measure and a task for tomorrow, and a meeting in three days."""
    region = build(screen_store)
    teacher, school = region.teachers["Смирнова"], region.units["школа 1"]
    with writing(screen_store, "подготовка теста") as session:
        roadmap = create_roadmap(
            session, EVERYBODY,
            RoadmapDraft(school, "Карта", TODAY - timedelta(days=90), TODAY + timedelta(days=200)),
        )
        session.add(
            Task(
                organisation_id=school, text="Разослать материалы", teacher_id=teacher, responsible="Смирнова",
                due_on=TODAY + timedelta(days=1),
            )
        )
        create_meeting(session, EVERYBODY, MeetingDraft(school, TODAY + timedelta(days=3), [], body="Педсовет"))
    plan = Plan(screen_store, region, roadmap.id or 0)
    plan.add("Практикум", deadline_text=f"{TODAY - timedelta(days=9):%d.%m.%Y}", owner_teacher_id=teacher)
    return plan


def opened(plan: Plan, who: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    with signing_in(monkeypatch) as browser:
        browser.token = cookie_of(plan.engine, plan.region.accounts[who])
        run = AppTest.from_file(str(SHELL), default_timeout=60).run().switch_page(PAGE).run()
    monkeypatch.setattr("pages.widgets.visitor.cookie_token", lambda: browser.token)
    return run


def texts(run: AppTest) -> str:
    kinds = ("subheader", "markdown", "caption", "success")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def links(run: AppTest) -> list[str]:
    return [link.proto.label for link in run.get("page_link")]


def test_a_teacher_sees_what_is_theirs_and_marks_a_task_done(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    run = opened(plan, "учитель", monkeypatch)
    assert not run.exception
    assert "1. Практикум" in links(run)
    assert any("заседание" in one and one.endswith("Педсовет") for one in links(run))
    assert f"просрочено с {TODAY - timedelta(days=9):%d.%m.%Y}" in texts(run)
    assert "Просрочено (1" in run.code[0].value and "Разослать материалы" in run.code[0].value
    run = next(one for one in run.button if one.label == "Сделано").click().run()
    assert not run.exception and "Поручение выполнено" in texts(run)
    with reading(plan.engine) as session:
        assert session.exec(select(Task)).one().status is MeasureStatus.DONE


def test_who_has_nothing_to_do_sees_no_week(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Ближайшие даты" not in texts(opened(plan, "руководитель рмо", monkeypatch))
