"""Tables as they are printed: whole, escaped, said in Russian; drawn only when paper is asked for."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages.widgets.paper import table_html
from pages.widgets.tables import Column

COLUMNS = (
    Column("name", "Поле"), Column("share", "Доля", "percent"), Column("n", "Участников", "integer"),
    Column("on", "Когда", "date"),
)


def test_values_are_said_in_russian_and_nothing_is_taken_for_html():
    rows = [
        {"name": "<script>x</script>", "share": 0.625, "n": 1500, "on": date(2026, 11, 22)},
        {"name": None, "share": float("nan"), "n": None},
    ]
    printed = table_html("Поля", COLUMNS, rows)
    assert "<script>" not in printed and "&lt;script&gt;" in printed
    for words in ("62,5\xa0%", "1\xa0500", "22.11.2026", "<th>Участников</th>"):
        assert words in printed
    assert "nan" not in printed and "None" not in printed


def test_an_endless_table_ends_and_says_so():
    printed = table_html("Поля", COLUMNS, [{"n": number} for number in range(1200)])
    assert printed.count("<tr>") == 1001 and "Ещё строк: 200" in printed


@pytest.fixture
def screen() -> AppTest:
    def script() -> None:
        from pages.widgets.grid_diff import Grid, GridColumn, GridRow
        from pages.widgets.grid_editor import grid_editor
        from pages.widgets.paper import begin_paper, end_paper
        from pages.widgets.tables import Column, Table, show_table

        begin_paper("Орлова")
        show_table("screen_table", Table("Работы", (Column("name", "Работа"),), [{"name": "ВПР"}]), download=False)
        rows = [GridRow(7, 1, {"title": "Практикум"})]
        grid_editor(Grid("measure:1", (GridColumn("title", "Мероприятие"),)), lambda: rows, lambda _changes: None)
        end_paper()

    return AppTest.from_function(script)


def bodies(run: AppTest) -> str:
    return "\n".join(element.proto.body for element in run.get("html"))


def test_tables_and_editors_are_printed_when_asked_and_only_then(screen_store, screen: AppTest):
    run = screen.run()
    assert not run.exception
    assert "quality-paper-table" not in bodies(run) and "quality-paper-mark" not in bodies(run)
    run = run.button(key="paper_print").click().run()
    assert "<td>ВПР</td>" in bodies(run) and "<td>Практикум</td>" in bodies(run)
    assert "quality-paper-mark" in bodies(run)
    assert "quality-paper-table" not in bodies(run.run())
