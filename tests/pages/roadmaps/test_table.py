"""«Дорожные карты»: the table of measures; what is refused keeps what was typed."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.people.access import scope_for
from core.people.account_tables import Account
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.storing_tables import store_rows
from core.planning.tables import MeasureStatus
from core.store.unit_of_work import reading, writing
from pages.widgets import session as screens
from tests.pages.roadmaps.conftest import ROWS, opened, rows_of, save, typed
from tests.pages.town import EVERYTHING
from tests.people.conftest import add_account, build


def test_the_table_shows_how_deadlines_were_understood_and_folds(school):
    run = opened("Таблица", roadmap=school)
    assert run.data_editor[0].value["number"].tolist() == ["1.", "2.", "2.1", "2.2"]
    run.segmented_control(key="roadmaps_columns").set_value("Сроки").run()
    meant = dict(run.data_editor[0].value[["number", "meant"]].values)
    assert "проверка" in meant["2.1"]
    assert meant["2.2"], "a hint stands where a deadline was not understood"
    run.pills(key=f"roadmaps_folded_{school}").set_value(section(run, school)).run()
    assert run.data_editor[0].value["number"].tolist() == ["1.", "2."]


def section(run: AppTest, roadmap_id: int) -> list[int]:
    """Return the id of the section «2.»."""
    rows = run.session_state[f"grid:measure:{roadmap_id}"].snapshot.rows.values()
    return [row.id for row in rows if row.values["number"] == "2."]


def test_edits_in_folded_rows_and_other_columns_are_saved_together(school, screen_store):
    run = typed(opened("Таблица", roadmap=school), school, {"2": {"title": "Семинар-практикум"}})
    run.segmented_control(key="roadmaps_columns").set_value("Ход").run()
    run = typed(run, school, {"0": {"progress": 40}})
    run.pills(key=f"roadmaps_folded_{school}").set_value(section(run, school)).run()
    assert run.button(key=f"grid_save:measure:{school}").label == "Сохранить (2)"
    save(run, school)
    rows = rows_of(screen_store, school)
    assert (rows["2.1"].title, rows["1"].progress, rows["1"].status) == (
        "Семинар-практикум", 40, MeasureStatus.IN_PROGRESS,
    )


def test_another_number_moves_a_row_and_a_circle_is_refused(school, screen_store):
    run = save(typed(opened("Таблица", roadmap=school), school, {"3": {"number": "2.1"}}), school)
    assert rows_of(screen_store, school)["2.1"].title == "Открытые уроки"
    run = save(typed(run, school, {"1": {"number": "2.1.1"}, "0": {"title": "Анализ итогов"}}), school)
    refusal = run.error[0].value
    assert "Ничего не сохранено" in refusal
    assert "он сам находится внутри" in refusal
    assert run.button(key=f"grid_save:measure:{school}").label == "Сохранить (2)", "nothing typed is lost"
    assert rows_of(screen_store, school)["1"].title == "Анализ"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"deadline_text": "март 2020 г."}, "раньше начала дорожной карты"),
        ({"status": "не выполнено"}, "ставится с примечанием"),
        ({"owner": "Уволенный И. И."}, "больше не работает"),
        ({"progress": 140}, "от 0 до 100"),
    ],
)
def test_cells_against_the_rules_are_named_and_kept(school, screen_store, cells, words):
    run = save(typed(opened("Таблица", roadmap=school), school, {"0": cells, "2": {"title": "Иначе"}}), school)
    assert words in run.error[0].value
    assert "Строка «1.»" in run.error[0].value
    assert run.button(key=f"grid_save:measure:{school}").label == "Сохранить (2)"
    assert rows_of(screen_store, school)["2.1"].title == "Семинар"


def test_an_owner_is_chosen_by_name_and_sees_the_measure_among_their_own(school, screen_store, monkeypatch):
    region = build(screen_store)
    with writing(screen_store, "тест") as session:
        roadmap = create_roadmap(
            session, EVERYTHING, RoadmapDraft(region.units["школа 1"], "Карта", date(2025, 9, 1), date(2030, 8, 31))
        )
        store_rows(session, roadmap, ROWS)
        plan = roadmap.id or 0
    run = opened("Таблица", roadmap=plan)
    save(typed(run, plan, {"0": {"owner": "Смирнова Ольга Игоревна"}}), plan)
    assert rows_of(screen_store, plan)["1"].owner_teacher_id == region.teachers["Смирнова"]
    with reading(screen_store) as session:
        teacher = scope_for(session, session.get_one(Account, region.accounts["учитель"]))
    monkeypatch.setattr(screens, "current_scope", lambda: teacher)
    run = opened()
    assert [tab.label for tab in run.tabs][-1] == "Мои мероприятия (1)"
    mine = run.dataframe[0].value
    assert mine["title"].tolist() == ["1. Анализ"]
    run = opened(measure=rows_of(screen_store, plan)["1"].id)
    assert run.button(key=f"roadmaps_save_{rows_of(screen_store, plan)['1'].id}")
    other = opened(measure=rows_of(screen_store, plan)["2.1"].id)
    assert not [one for one in other.button if one.label == "Сохранить ход"]


def test_accounts_of_the_school_can_be_owners(screen_store):
    region = build(screen_store)
    with writing(screen_store, "тест") as session:
        add_account(session, region, "завуч", "школа 1")
        roadmap = create_roadmap(
            session, EVERYTHING, RoadmapDraft(region.units["школа 1"], "Карта", date(2025, 9, 1), date(2030, 8, 31))
        )
        store_rows(session, roadmap, ROWS)
        plan = roadmap.id or 0
    run = save(typed(opened("Таблица", roadmap=plan), plan, {"0": {"owner": "Завуч"}}), plan)
    assert not run.error
    assert rows_of(screen_store, plan)["1"].owner_account_id == region.accounts["завуч"]
