from pathlib import Path

import pytest
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from core.blueprints.tables import ThresholdPreset
from core.store.base import utc_now
from core.store.tables import GridDraft
from core.store.unit_of_work import reading, writing

SCRIPT = str(Path(__file__).parent / "grid_script.py")


def preset(name: str, basic: float = 0.6) -> ThresholdPreset:
    return ThresholdPreset(
        name=name, basic_sufficient=basic, basic_insufficient=0.57, advanced_sufficient=0.3, advanced_insufficient=0.28
    )


@pytest.fixture
def store(screen_store):
    with writing(screen_store, "Поставка") as session:
        session.add(preset("Первый"))
        session.add(preset("Второй"))
    return screen_store


def opened() -> AppTest:
    return AppTest.from_file(SCRIPT, default_timeout=30).run()


def editor_key(run: AppTest) -> str:
    generation = run.session_state["grid:threshold_preset"].generation
    return f"grid_editor:threshold_preset:{generation}"


def typed(run: AppTest, rows: dict[int, dict[str, object]], added=(), deleted=()) -> AppTest:
    run.session_state[editor_key(run)] = {"edited_rows": rows, "added_rows": list(added), "deleted_rows": list(deleted)}
    return run.run()


def save(run: AppTest) -> AppTest:
    return run.button(key="grid_save:threshold_preset").click().run()


def stored(engine) -> dict[str, float]:
    with reading(engine) as session:
        rows = session.exec(select(ThresholdPreset).where(ThresholdPreset.deleted_at.is_(None)))
        return {row.name: row.basic_sufficient for row in rows}


def change(engine, name: str, **values) -> None:
    with writing(engine, "Иванова") as session:
        row = find(session, name)
        for field, value in values.items():
            setattr(row, field, value)
        session.add(row)


def find(session: Session, name: str) -> ThresholdPreset:
    return session.exec(select(ThresholdPreset).where(ThresholdPreset.name == name)).one()


def drafts(engine) -> int:
    with reading(engine) as session:
        return len(session.exec(select(GridDraft)).all())


def test_edits_are_counted_saved_and_forgotten(store):
    run = typed(opened(), {0: {"basic_sufficient": 0.7}, 1: {"name": "Третий"}})
    assert run.button(key="grid_save:threshold_preset").label == "Сохранить (2)"
    run = save(run)
    assert not run.exception
    assert stored(store) == {"Первый": 0.7, "Третий": 0.6}
    assert run.button(key="grid_save:threshold_preset").disabled
    assert drafts(store) == 0


def test_rows_are_added_with_their_defaults_and_deleted_softly(store):
    run = save(typed(opened(), {}, added=[{"name": "Новый", "basic_sufficient": 0.4}], deleted=[0]))
    assert not run.exception
    assert stored(store) == {"Второй": 0.6, "Новый": 0.4}
    with reading(store) as session:
        assert find(session, "Новый").source == "введено"
        assert find(session, "Первый").deleted_at is not None


def test_a_reload_brings_unsaved_edits_back(store):
    typed(opened(), {0: {"basic_sufficient": 0.7}}, added=[{"name": "Новый", "basic_sufficient": 0.4}], deleted=[1])
    again = opened()
    assert "Восстановлены правки" in again.info[0].value
    assert again.button(key="grid_save:threshold_preset").label == "Сохранить (3)"
    shown = again.data_editor[0].value
    assert shown["name"].tolist() == ["Первый", "Новый"]
    assert shown["basic_sufficient"].tolist() == [0.7, 0.4]
    save(again)
    assert stored(store) == {"Первый": 0.7, "Новый": 0.4}


def test_a_colleagues_save_keeps_unsaved_edits_of_other_cells(store):
    run = typed(opened(), {0: {"basic_sufficient": 0.7}})
    change(store, "Первый", source="приказ")
    run = run.run()
    assert run.button(key="grid_save:threshold_preset").label == "Сохранить (1)"
    save(run)
    with reading(store) as session:
        row = find(session, "Первый")
    assert (row.basic_sufficient, row.source) == (0.7, "приказ")


def test_without_unsaved_edits_the_grid_follows_the_data(store):
    run = opened()
    change(store, "Первый", basic_sufficient=0.9)
    assert run.run().data_editor[0].value["basic_sufficient"].tolist() == [0.9, 0.6]


@pytest.mark.parametrize(("button", "result"), [("grid_mine", 0.7), ("grid_theirs", 0.9)])
def test_a_cell_that_somebody_else_changed_is_shown_with_both_values(store, button, result):
    run = typed(opened(), {0: {"basic_sufficient": 0.7}, 1: {"basic_sufficient": 0.5}})
    change(store, "Первый", basic_sufficient=0.9)
    run = save(run)
    assert not run.exception
    assert stored(store) == {"Первый": 0.9, "Второй": 0.5}
    said = " ".join(text.value for text in run.markdown)
    assert "Ваше: **0,7**" in said
    assert "Сейчас: **0,9**" in said
    assert "Иванова" in said
    assert drafts(store) == 1
    run = run.button(key=f"{button}:threshold_preset:1:basic_sufficient").click().run()
    assert stored(store)["Первый"] == result
    assert drafts(store) == 0
    assert not any("Ваше" in text.value for text in run.run().markdown)


def test_an_edit_of_a_row_that_was_deleted_meanwhile_is_told(store):
    run = typed(opened(), {0: {"basic_sufficient": 0.7}})
    with writing(store, "Иванова") as session:
        row = find(session, "Первый")
        row.deleted_at = utc_now()
        session.add(row)
    run = save(run)
    assert not run.exception
    assert any("Строка удалена" in text.value for text in run.markdown)
    run.button(key="grid_seen:threshold_preset:1:basic_sufficient").click().run()
    assert drafts(store) == 0


def test_a_value_against_the_rules_saves_nothing_and_names_the_cell(store):
    run = save(typed(opened(), {0: {"basic_sufficient": 7}, 1: {"basic_sufficient": 0.5}}))
    assert stored(store) == {"Первый": 0.6, "Второй": 0.6}
    assert "Строка «Первый», «Порог»: Порог 7 не лежит между 0 и 1" in run.error[0].value
    assert run.button(key="grid_save:threshold_preset").label == "Сохранить (2)"


def test_a_refused_new_row_undoes_the_other_changes(store):
    run = typed(opened(), {0: {"basic_sufficient": 0.7}}, added=[{"name": "Новый", "basic_sufficient": -1}])
    run = save(run)
    assert stored(store) == {"Первый": 0.6, "Второй": 0.6}
    assert "Новая строка, «Порог»" in run.error[0].value


def test_edits_can_be_thrown_away(store):
    run = typed(opened(), {0: {"basic_sufficient": 0.7}})
    run = run.button(key="grid_drop:threshold_preset").click().run()
    assert run.button(key="grid_save:threshold_preset").disabled
    assert drafts(store) == 0
    assert run.data_editor[0].value["basic_sufficient"].tolist() == [0.6, 0.6]


def test_a_forged_edit_is_refused_and_harms_nothing(store):
    run = typed(opened(), {0: {"version": 99}})
    assert not run.exception
    assert "Такого столбца" in run.error[0].value
    run = run.run()
    assert not run.error
    assert stored(store) == {"Первый": 0.6, "Второй": 0.6}


def test_an_empty_grid_says_how_to_begin(screen_store):
    run = opened()
    assert "Пока пусто: впишите первую строку" in "".join(str(one.value) for one in run.caption)
    with writing(screen_store, "Поставка") as session:
        session.add(preset("Первый"))
    assert "Пока пусто" not in "".join(str(one.value) for one in opened().caption)
