import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.people.scope import Scope
from pages.widgets.screens import SCREENS, STAGES

PAGES = Path(__file__).resolve().parents[2] / "pages"


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path or "first")
def test_every_screen_opens_on_an_empty_store_and_says_its_title(open_screen, screen):
    run = open_screen(screen.file)
    assert not run.exception
    assert [title.value for title in run.title] == [screen.title]


@pytest.mark.parametrize(
    "screen", [screen for screen in SCREENS if screen.action], ids=lambda screen: screen.path or "first"
)
def test_every_screen_refuses_in_russian_without_the_right(open_screen, monkeypatch, screen):
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: Scope.of(7, "Гость", ()))
    run = open_screen(screen.file)
    assert not run.exception
    assert not run.title
    assert "Нет права" in run.error[0].value


def test_nothing_but_the_shell_lies_in_the_folder_that_streamlit_would_serve_by_itself():
    assert [path.name for path in PAGES.glob("*.py")] == ["shell.py"]


def test_every_page_file_is_a_screen_and_asks_for_a_right():
    files = {str(path.relative_to(PAGES)) for path in PAGES.glob("*/*.py") if path.parent.name != "widgets"}
    assert files == {screen.file for screen in SCREENS}
    asks = re.compile(r"^(\w+ = )?require\((\s*Action\.)?", re.MULTILINE)
    for screen in SCREENS:
        found = asks.search((PAGES / screen.file).read_text("utf-8"))
        assert found, screen.file
        assert bool(found[2]) == (screen.action is not None), screen.file


def test_pages_stay_short_and_hold_no_sql():
    for path in PAGES.rglob("*.py"):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 250, path
        assert not re.search(r"\bselect\(|session\.(exec|execute|add|get|commit)\(", text), path


def test_stages_stand_in_the_order_of_the_cycle():
    order = [STAGES.index(screen.stage) for screen in SCREENS]
    assert order == sorted(order)


def test_shown_errors_are_russian_and_carry_advice(screen_store):
    def script() -> None:
        from core.errors import InvalidInput, Place
        from pages.widgets.refusals import show_refusal

        show_refusal(InvalidInput("Балл **7** больше максимума.", "Исправьте ячейку.", Place("8А", 14, "E")))

    run = AppTest.from_function(script).run()
    shown = run.error[0].value
    assert shown.startswith("Лист «8А», строка 14, столбец E: Балл \\*\\*7\\*\\* больше максимума")
    assert "Исправьте ячейку" in shown
