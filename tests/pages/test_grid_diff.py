from datetime import date

import pytest

from core.errors import InvalidInput
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from pages.widgets.grid_diff import Grid, GridColumn, GridRow, GridView, pending_changes, take_snapshot
from pages.widgets.grid_draft import from_draft, to_draft

COLUMNS = (
    GridColumn("title", "Название"),
    GridColumn("due", "Срок", "date"),
    GridColumn("score", "Балл", "integer"),
    GridColumn("author", "Автор", editable=False),
)
GRID = Grid("g", COLUMNS, may_add=True, may_delete=True)
FIXED = Grid("g", COLUMNS)
ROWS = [
    GridRow(11, 3, {"title": "Первая", "due": date(2026, 11, 1), "score": 5, "author": "Иванова"}),
    GridRow(12, 1, {"title": "Вторая", "due": None, "score": 2, "author": "Петров"}),
]
SNAPSHOT = take_snapshot(ROWS, GridChanges())


def test_positions_become_rows_with_what_the_user_saw():
    changes = pending_changes(GRID, SNAPSHOT, {"edited_rows": {"0": {"due": "2026-12-05", "score": 4.0}}})
    assert changes.edits == [
        CellEdit(11, 3, "due", date(2026, 12, 5), date(2026, 11, 1)),
        CellEdit(11, 3, "score", 4, 5),
    ]


def test_a_cell_typed_back_to_what_it_was_is_no_change():
    assert pending_changes(GRID, SNAPSHOT, {"edited_rows": {0: {"title": "Первая", "score": 5}}}).count == 0
    assert pending_changes(GRID, SNAPSHOT, {"edited_rows": {1: {"due": ""}}}).count == 0


def test_an_edit_of_a_row_that_is_deleted_then_is_only_the_deletion():
    changes = pending_changes(GRID, SNAPSHOT, {"edited_rows": {1: {"title": "Иначе"}}, "deleted_rows": [1]})
    assert changes == GridChanges(deleted=[RowDelete(12, 1)])


@pytest.mark.parametrize(
    ("grid", "diff"),
    [
        (GRID, {"edited_rows": {0: {"author": "Я"}}}),
        (GRID, {"edited_rows": {0: {"version": 9}}}),
        (GRID, {"edited_rows": {7: {"title": "x"}}}),
        (GRID, {"edited_rows": {"-1": {"title": "x"}}}),
        (GRID, {"edited_rows": {"x": {"title": "x"}}}),
        (GRID, {"deleted_rows": [2]}),
        (GRID, {"added_rows": [{"author": "Я"}]}),
        (FIXED, {"added_rows": [{"title": "x"}]}),
        (FIXED, {"deleted_rows": [0]}),
    ],
)
def test_what_the_editor_cannot_produce_is_refused(grid, diff):
    with pytest.raises(InvalidInput):
        pending_changes(grid, SNAPSHOT, diff)


def test_a_draft_survives_json_and_the_editor_goes_on_from_it():
    first = pending_changes(
        GRID,
        SNAPSHOT,
        {
            "edited_rows": {0: {"due": "2026-12-05"}},
            "added_rows": [{"title": "Новая", "due": "2027-01-10"}],
            "deleted_rows": [1],
        },
    )
    assert from_draft(GRID, to_draft(first)) == first
    again = take_snapshot(ROWS, first)
    assert [row["title"] for row in again.values()] == ["Первая", "Новая"]
    assert again.values()[0]["due"] == date(2026, 12, 5)
    more = pending_changes(GRID, again, {"edited_rows": {1: {"score": 3}, 0: {"score": 1}}})
    assert more.added == [{"title": "Новая", "due": date(2027, 1, 10), "score": 3}]
    assert more.edits == [CellEdit(11, 3, "due", date(2026, 12, 5), date(2026, 11, 1)), CellEdit(11, 3, "score", 1, 5)]
    assert pending_changes(GRID, again, {"deleted_rows": [1]}).added == []


def test_a_draft_keeps_what_was_seen_though_the_row_has_changed_since():
    draft = GridChanges([CellEdit(11, 3, "title", "Моё", "Первая")])
    newer = take_snapshot([GridRow(11, 4, {"title": "Чужое"})], draft)
    assert pending_changes(GRID, newer, {}).edits == draft.edits
    assert pending_changes(GRID, newer, {"edited_rows": {0: {"title": "Моё 2"}}}).edits == [
        CellEdit(11, 3, "title", "Моё 2", "Первая")
    ]


def test_a_narrower_view_shows_its_rows_in_its_order_and_keeps_the_changes_of_the_others():
    draft = GridChanges([CellEdit(11, 3, "score", 4, 5)], [{"title": "Новая"}], [])
    snapshot = take_snapshot(ROWS, draft, GridView(rows=(12, 99)))
    assert [row.get("title") for row in snapshot.values()] == ["Вторая", "Новая"]
    changes = pending_changes(GRID, snapshot, {"edited_rows": {"0": {"title": "Иначе"}}})
    assert {(edit.row_id, edit.field, edit.value) for edit in changes.edits} == {
        (11, "score", 4), (12, "title", "Иначе"),
    }
    turned = take_snapshot(ROWS, GridChanges(), GridView(rows=(12, 11)))
    assert [row["title"] for row in turned.values()] == ["Вторая", "Первая"]
