"""A school's roadmap on the screen «Дорожные карты», and how its tests click and type."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.planning.measures import view_roadmap
from core.planning.official_table import TableRow
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.storing_tables import store_rows
from core.planning.tables import Measure
from core.store.unit_of_work import reading, writing
from tests.pages.conftest import SHELL
from tests.pages.town import EVERYTHING, build_town

SCREEN = "plan/roadmaps.py"
ROWS = (
    TableRow("1", "Анализ", "до 1 октября 2025 г.", "Наличие справки", "Заместитель директора"),
    TableRow("2", "Помощь учителям"),
    TableRow("2.1", "Семинар", "Май 2030 г.", "Не менее 80 % учителей", "Руководитель ШМО"),
    TableRow("2.2", "Открытые уроки", "как получится", "", ""),
)


@pytest.fixture
def school(screen_store) -> int:
    """Return the id of a school's roadmap: one overdue measure, one section with two, one unreadable deadline."""
    ids, _work = build_town(screen_store)
    with writing(screen_store, "тест") as session:
        roadmap = create_roadmap(
            session, EVERYTHING,
            RoadmapDraft(ids["school1"], "Карта школы", date(2025, 9, 1), date(2030, 8, 31), subject="Математика"),
        )
        store_rows(session, roadmap, ROWS)
        return roadmap.id or 0


def opened(tab: str | None = None, **query: object) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(SCREEN)
    for key, value in query.items():
        run.query_params[key] = str(value)
    if tab is not None:
        run.session_state["roadmaps_tab"] = tab
    run.run()
    assert not run.exception
    return run


def click(run: AppTest, key: str) -> AppTest:
    run = run.button(key=key).click().run()
    assert not run.exception
    return run


def typed(run: AppTest, roadmap_id: int, rows=None, added=(), deleted=()) -> AppTest:
    name = f"measure:{roadmap_id}"
    generation = run.session_state[f"grid:{name}"].generation
    run.session_state[f"grid_editor:{name}:{generation}"] = {
        "edited_rows": rows or {}, "added_rows": list(added), "deleted_rows": list(deleted)
    }
    return run.run()


def save(run: AppTest, roadmap_id: int) -> AppTest:
    return click(run, f"grid_save:measure:{roadmap_id}")


def rows_of(engine, roadmap_id: int) -> dict[str, Measure]:
    with reading(engine) as session:
        view = view_roadmap(session, EVERYTHING, roadmap_id)
        return {row.number.rstrip("."): session.get_one(Measure, row.id) for row in view.rows}


def said(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "error", "success")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))
