"""A meeting in a real browser: twelve measures in few clicks, minutes at the end; a member on a phone follows."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.people.association_tables import AssociationMember
from core.planning.agenda import prepare_meeting
from core.planning.hearing import start_hearing
from core.planning.meetings import MeetingDraft, view_meeting
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.statuses import MeasureStatus
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store
from tests.browser.conftest import Server, started
from tests.browser.steps import download, heading, open_path, picture, press, wait_for_run
from tests.pages.signing import cookie_of
from tests.people.conftest import build
from tests.planning.conftest import EVERYBODY, Plan

LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
MEASURES = 12
LATE = 4
LATER = f"до {date.today() + timedelta(days=60):%d.%m.%Y}"
COUNT_CLICKS = """
window.addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks") || 0) + 1);
}, true);
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """Give the store of the server to come: a roadmap of twelve measures, the first four of them overdue."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    region = build(engine)
    association, teacher = region.associations["ШМО математиков"], region.teachers["Смирнова"]
    today = date.today()
    with writing(engine, "подготовка теста") as session:
        session.add(AssociationMember(association_id=association, teacher_id=teacher, valid_from=date(2020, 1, 1)))
        draft = RoadmapDraft(
            region.units["школа 1"], "Дорожная карта по математике", today - timedelta(days=100),
            today + timedelta(days=200), association_id=association, subject="Математика",
        )
        roadmap_id = create_roadmap(session, EVERYBODY, draft).id or 0
    plan = Plan(engine, region, roadmap_id)
    for number in range(MEASURES):
        term = today - timedelta(days=30 - number) if number < LATE else today
        plan.add(
            f"Мероприятие {number + 1}", owner_post="Руководитель ШМО", owner_teacher_id=teacher,
            deadline_text=f"{term:%d.%m.%Y}",
        )
    yield plan
    engine.dispose()


@pytest.fixture
def server(plan: Plan, tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path, sign_in="on") as running:
        yield running


def signed_in(browser: Browser, server: Server, plan: Plan, name: str, viewport: dict[str, int]) -> BrowserContext:
    """Return a browser in which somebody has signed in."""
    context = browser.new_context(viewport=viewport, accept_downloads=True, has_touch=viewport is PHONE)
    token = cookie_of(plan.engine, plan.region.accounts[name])
    context.add_cookies([{"name": "quality_session", "value": token, "url": server.url}])
    context.set_default_timeout(20_000)
    context.add_init_script(COUNT_CLICKS)
    return context


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.getItem('clicks')") or 0)


def running_meeting(plan: Plan) -> int:
    with writing(plan.engine, "подготовка теста") as session:
        draft = MeetingDraft(
            plan.region.units["школа 1"], date.today(), [plan.roadmap_id], number="3",
            association_id=plan.region.associations["ШМО математиков"], chair="Иванова А. П.",
        )
        meeting = prepare_meeting(session, EVERYBODY, draft)
        start_hearing(session, EVERYBODY, meeting.id or 0)
        return meeting.id or 0


def heard(plan: Plan, meeting_id: int) -> int:
    with reading(plan.engine) as session:
        return sum(one.heard_at is not None for one in view_meeting(session, EVERYBODY, meeting_id).items)


def place(page: Page, number: int) -> None:
    """Wait until the item with this place stands on the screen."""
    expect(page.get_by_text(f"Пункт {number} из {MEASURES}")).to_be_visible()
    wait_for_run(page)


def test_twelve_measures_and_minutes_in_few_clicks(
    browser: Browser, server: Server, plan: Plan, tmp_path: Path
) -> None:
    context = signed_in(browser, server, plan, "руководитель шмо", LAPTOP)
    page = context.new_page()
    open_path(page, server.url, "/meeting")
    expect(heading(page)).to_have_text("Заседание")
    press(page, "Создать и собрать повестку")
    expect(page.get_by_text(f"Повестка: {MEASURES}")).to_be_visible()
    picture(page, "meeting-agenda")
    press(page, "Начать заседание")
    place(page, 1)
    picture(page, "meeting-item")
    before = clicks(page)
    for number in range(1, MEASURES + 1):
        place(page, number)
        if number <= 2:
            page.get_by_text("не хватило времени", exact=True).click()
            page.get_by_role("button", name="Выполнено с опозданием").click()
        elif number <= LATE:
            term = page.get_by_role("textbox", name="Новый срок")
            term.click()
            term.fill(LATER)
            page.get_by_text("болезнь исполнителя", exact=True).click()
            page.get_by_role("button", name="Перенести").click()
        elif number <= LATE + 2:
            page.get_by_text("50\u00a0%", exact=True).click()
            page.get_by_role("button", name="В работе").click()
        else:
            page.get_by_role("button", name="Выполнено").click()
    expect(page.get_by_text(f"Повестка рассмотрена: {MEASURES} из {MEASURES}")).to_be_visible()
    used = clicks(page) - before
    assert used <= MEASURES * 3, used
    assert used == 20, "two for each late one and each one under way, three for a postponed one, one for the others"
    rows = list(plan.rows(date.today()).values())
    assert [row.status for row in rows] == (
        [MeasureStatus.DONE_LATE] * 2 + [MeasureStatus.POSTPONED] * 2 + [MeasureStatus.IN_PROGRESS] * 2
        + [MeasureStatus.DONE] * 6
    )
    assert [row.deadline_text for row in rows[2:4]] == [LATER] * 2
    assert [row.progress for row in rows[4:6]] == [50, 50]

    page.get_by_role("button", name="Решения и протокол").last.click()
    press(page, "Закрыть и подготовить протокол")
    expect(page.get_by_text("Протокол готов").first).to_be_visible()
    picture(page, "meeting-closed")
    minutes = download(page, "Протокол", tmp_path)
    text = "\n".join(one.text for one in Document(BytesIO(minutes.read_bytes())).paragraphs)
    assert "Мероприятие 12" in text and "выполнено с опозданием" in text
    context.close()


def test_a_double_click_and_two_chairs_mark_each_item_once(browser: Browser, server: Server, plan: Plan) -> None:
    meeting_id = running_meeting(plan)
    head = signed_in(browser, server, plan, "руководитель шмо", LAPTOP)
    second = signed_in(browser, server, plan, "директор", LAPTOP)
    first_page, other_page = head.new_page(), second.new_page()
    for page in (first_page, other_page):
        open_path(page, server.url, f"/meeting?meeting={meeting_id}")
        place(page, 1)
    first_page.get_by_text("не хватило времени", exact=True).click()
    wait_for_run(first_page)
    first_page.get_by_role("button", name="Выполнено с опозданием").dblclick()
    place(first_page, 2)
    assert heard(plan, meeting_id) == 1
    # The other chair still sees the first item: the mark is refused with words, and nothing is marked twice.
    expect(other_page.get_by_text("Другой ведущий уже перешёл дальше.")).to_be_visible()
    expect(other_page.get_by_text(f"Пункт 1 из {MEASURES}")).to_be_visible()
    other_page.get_by_role("button", name="Выполнено").first.click()
    expect(other_page.get_by_text("тем временем изменил кто-то другой")).to_be_visible()
    assert heard(plan, meeting_id) == 1
    assert plan.rows(date.today())["1"].status_note == "Не хватило времени"
    head.close()
    second.close()


def test_a_member_follows_on_a_phone_and_marks_their_own(browser: Browser, server: Server, plan: Plan) -> None:
    meeting_id = running_meeting(plan)
    head = signed_in(browser, server, plan, "руководитель шмо", LAPTOP)
    member = signed_in(browser, server, plan, "учитель", PHONE)
    page, phone = head.new_page(), member.new_page()
    open_path(page, server.url, f"/meeting?meeting={meeting_id}")
    open_path(phone, server.url, f"/meeting?meeting={meeting_id}")
    place(phone, 1)
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE["width"]
    picture(phone, "meeting-phone")
    press(page, "Следующий")
    expect(phone.get_by_text(f"Пункт 2 из {MEASURES}")).to_be_visible()
    own = phone.get_by_role("button", name="В работе").first
    box = own.bounding_box()
    assert box is not None and box["height"] >= 44 and box["x"] + box["width"] <= PHONE["width"]
    own.click()
    expect(phone.get_by_text("в работе.")).to_be_visible()
    wait_for_run(phone)
    assert heard(plan, meeting_id) == 1
    expect(phone.get_by_text(f"Пункт 2 из {MEASURES}")).to_be_visible()
    head.close()
    member.close()


def test_keys_mark_the_item_and_stay_out_of_the_note(browser: Browser, server: Server, plan: Plan) -> None:
    meeting_id = running_meeting(plan)
    head = signed_in(browser, server, plan, "руководитель шмо", LAPTOP)
    page = head.new_page()
    open_path(page, server.url, f"/meeting?meeting={meeting_id}")
    place(page, 1)
    page.get_by_role("textbox", name="Примечание").click()
    page.keyboard.type("Ждали зал 1 неделю")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    wait_for_run(page)
    assert heard(plan, meeting_id) == 0, "a digit that belongs to the note is no key"
    page.keyboard.press("1")
    place(page, 2)
    row = plan.rows(date.today())["1"]
    assert (row.status, row.status_note) == (MeasureStatus.DONE_LATE, "Ждали зал 1 неделю")
    head.close()
