"""From «Проблемные поля» to a roadmap: into a draft that exists, or into a new one; and back."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.people.scope import Action, Scope
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.tables import Measure
from core.store.unit_of_work import reading, writing
from pages.analyse.fields import handing_over
from pages.widgets import session as screens
from tests.pages.conftest import SHELL
from tests.pages.town import EVERYTHING, build_town


@pytest.fixture
def town(screen_store):
    """Return organisations, work, and the ids of a confirmed field and of a school's empty draft."""
    ids, work = build_town(screen_store)
    with writing(screen_store, "Методист") as session:
        review = review_field(
            session, EVERYTHING, assessment_id=work, unit=f"class:{ids['school1']}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.CONFIRMED, cause="мало практики", remark="", seen_version=None,
        )
        draft = RoadmapDraft(ids["school1"], "Карта школы", date(2026, 9, 1), date(2027, 5, 31))
        return ids, work, review.id, create_roadmap(session, EVERYTHING, draft).id


def opened(box: str, **query: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page("analyse/problem_fields.py")
    for key, value in query.items():
        run.query_params[key] = value
    run.session_state[f"fields_hand_{box}"] = True
    run.run()
    assert not run.exception
    return run


def links(run: AppTest) -> dict[str, str]:
    return {one.proto.label: one.proto.query_string for one in run.get("page_link")}


def test_a_confirmed_field_is_added_to_a_draft_and_shows_its_measures(town, screen_store):
    ids, work, _review, roadmap = town
    key = f"{work}|class:{ids['school1']}:А|element|геометрия"
    run = opened("field", fields_key=key)
    assert "Мероприятий по этому полю пока нет." in [one.value for one in run.caption]
    run.selectbox(key="fields_hand_field_target").set_value(roadmap).run()
    run = run.button(key="fields_hand_field_add").click().run()
    assert not run.exception
    assert "В карту добавлено" in run.success[0].value
    with reading(screen_store) as session:
        titles = [row.title for row in session.exec(select(Measure).where(Measure.roadmap_id == roadmap))]
    assert any("геометрия" in title for title in titles)
    found = links(run)
    assert "Открыть карту" in found
    assert any("Карта школы" in label for label in found), "a way from the field to its measures"
    run = run.button(key="fields_hand_field_add").click().run()
    assert "уже есть мероприятия" in run.success[0].value


def test_fields_of_the_list_go_into_a_new_roadmap(town):
    _ids, _work, review, _roadmap = town
    run = opened("list")
    assert links(run)["Составить новую карту"] == f"roadmaps_fields={review}"


def test_who_may_not_keep_roadmaps_has_no_button(town, monkeypatch):
    observer = Scope(None, "Наблюдатель", None, None, None, None, frozenset({Action.VIEW, Action.VIEW_ROADMAPS}))
    for module in (screens, handing_over):
        monkeypatch.setattr(module, "current_scope", lambda: observer)
    run = opened("list")
    assert not [one for one in run.multiselect if one.label == "Подтверждённые поля"]
