"""«Загрузка результатов»: drop a file, see what was found, mend or map it, save, undo."""

from streamlit.testing.v1 import AppTest

from core.intake.history import list_works
from core.people.scope import Scope
from core.store.unit_of_work import reading
from tests.intake.file_formats import written
from tests.intake.layout_files import fisoko_individual, truth

SCREEN = "collect/upload.py"


def texts(run: AppTest) -> str:
    parts = [*run.markdown, *run.caption, *run.error, *run.warning, *run.info, *run.success]
    return "\n".join(str(part.value).replace("\\", "").replace("\u00a0", " ") for part in parts)


def dropped(open_screen, content: bytes, name: str = "результаты.xlsx") -> AppTest:
    run = open_screen(SCREEN)
    run.file_uploader(key="upload_drop").upload(name, content)
    return run.run()


def press(run: AppTest, label: str) -> AppTest:
    return next(button for button in run.button if button.label.startswith(label)).click().run()


def stored(engine) -> list[tuple[str, int]]:
    with reading(engine) as session:
        return [(work.name, work.participants) for work in list_works(session, Scope.local_administrator())]


def tick_creation(run: AppTest) -> AppTest:
    return run.checkbox[0].check().run()


def test_a_file_is_recognised_and_saved_after_consent_to_new_schools(open_screen, screen_store):
    run = dropped(open_screen, written(fisoko_individual(truth())))
    assert "ФИС ОКО, «Индивидуальные результаты»" in texts(run)
    assert "ВПР, Математика, 4 класс, 2026: 21 участник, 3 класса, 2 школы, 4 задания" in texts(run).replace("*", "")
    assert stored(screen_store) == [], "nothing is stored before the button"
    run = tick_creation(run)
    run = press(run, "Сохранить")
    assert "Сохранено" in texts(run)
    assert stored(screen_store) == [("ВПР, Математика, 4 класс, 2026", 21)]


def test_the_same_file_again_offers_nothing_to_save(open_screen, screen_store):
    content = written(fisoko_individual(truth()))
    press(tick_creation(dropped(open_screen, content)), "Сохранить")
    run = dropped(open_screen, content)
    assert "уже загружены" in texts(run)
    assert not [button for button in run.button if button.label.startswith("Сохранить")]


def test_a_bad_cell_is_named_and_can_be_put_right_in_place(open_screen, screen_store):
    t = truth()
    t.scores[0][1] = 9
    run = dropped(open_screen, written(fisoko_individual(t)))
    assert "Файл не сохранён" in texts(run)
    assert "9" in run.dataframe[0].value["value"].tolist()
    assert not [button for button in run.button if button.label.startswith("Сохранить")]
    run = corrected(run, 0, "0")
    assert "Файл не сохранён" in texts(run), "the total still counts the wrong score"
    run = corrected(run, 1, str(t.totals[0] - 9))
    run = press(tick_creation(run), "Сохранить")
    assert stored(screen_store) == [("ВПР, Математика, 4 класс, 2026", 21)]


def corrected(run: AppTest, round_: int, value: str) -> AppTest:
    """Type the right value of the first bad cell and apply it."""
    run.session_state[f"upload_corrections_0_{round_}"] = {
        "edited_rows": {0: {"new": value}}, "added_rows": [], "deleted_rows": []
    }
    return press(run.run(), "Применить 1 исправление")


def test_a_corrected_file_shows_what_changes(open_screen, screen_store):
    t = truth()
    press(tick_creation(dropped(open_screen, written(fisoko_individual(t)))), "Сохранить")
    t.scores[0][0] = 1 if t.scores[0][0] != 1 else 0
    run = dropped(open_screen, written(fisoko_individual(t)))
    assert "уже загружена" in texts(run)
    changes = next(frame.value for frame in run.dataframe if "what" in frame.value)
    assert "задание 1" in changes["what"].to_string()
    run = press(run, "Сохранить изменения")
    assert "Сохранено" in texts(run)


def test_an_unknown_table_is_mapped_and_remembered(open_screen, screen_store):
    rows = [["Шифр", "Группа", "Альфа", "Бета"], *[[f"к{i}", "7А", i % 2, i % 3] for i in range(12)]]
    content = written({"Свод": rows})
    run = dropped(open_screen, content, "география 7 класс 2026.xlsx")
    assert "Назначьте столбцы" in texts(run)
    run.session_state["upload_map_roles_0_Свод_1"] = {
        "edited_rows": {
            0: {"role": "код участника"}, 1: {"role": "класс"},
            2: {"role": "задание", "code": "1", "maximum": 1}, 3: {"role": "задание", "code": "2", "maximum": 2},
        },
        "added_rows": [], "deleted_rows": [],
    }
    run = press(run.run(), "Применить")
    assert "12 участников" in texts(run)


def test_a_picture_is_refused_in_russian(open_screen, screen_store):
    run = dropped(open_screen, b"\x89PNG\r\n\x1a\n" + b"0" * 200)
    assert run.error
    assert not run.exception
    assert stored(screen_store) == []


def test_an_upload_can_be_undone_from_the_history(open_screen, screen_store):
    press(tick_creation(dropped(open_screen, written(fisoko_individual(truth())))), "Сохранить")
    run = open_screen(SCREEN)
    run.session_state["upload_tab"] = "История загрузок"
    run.session_state["upload_history"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    run = press(run.run(), "Отменить загрузку целиком")
    assert stored(screen_store) == []


def test_the_board_counts_what_is_expected_as_the_overview_does(open_screen):
    press(tick_creation(dropped(open_screen, written(fisoko_individual(truth())))), "Сохранить")
    run = open_screen(SCREEN)
    run.session_state["upload_tab"] = "Полнота"
    run = run.run()
    said = " ".join(str(part.value) for part in run.caption).replace("\u00a0", " ")
    assert "Не пришло: 0 наборов результатов из 2." in said


def test_nothing_uploaded_says_what_to_do(open_screen):
    run = open_screen(SCREEN)
    run.session_state["upload_tab"] = "Полнота"
    run = run.run()
    assert "Пока нечего сравнивать" in " ".join(str(part.value) for part in run.subheader)
