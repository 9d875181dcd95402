"""Names in the cells of a grid become numbers on the way to the store and names again in what was disputed."""

from core.store.edit_outcome import CellConflict, CellEdit, EditOutcome
from core.store.grid_changes import GridChanges
from pages.widgets.teacher_cells import with_ids, with_names

NAMES = {3: "Дроби", 5: "Проценты"}


def test_a_cell_with_one_name_and_a_cell_with_several():
    changes = GridChanges(
        edits=[CellEdit(1, 1, "competence_ids", ["Проценты", "Неизвестная"], ["Дроби"]),
               CellEdit(1, 1, "title", "Дроби", "")],
        added=[{"competence_ids": "Дроби"}, {"title": "Курс"}],
    )
    known = with_ids(changes, NAMES, "competence_ids")
    assert (known.edits[0].value, known.edits[0].value_seen) == ([5, "Неизвестная"], [3]), "to be refused by its name"
    assert known.edits[1] == changes.edits[1], "another column"
    assert [row["competence_ids"] for row in known.added] == [3, None]


def test_what_is_disputed_is_said_in_names():
    conflict = CellConflict(1, "competence_ids", [3], [5, 9], "Иванова", None, 2)
    said = with_names(EditOutcome(conflicts=[conflict]), NAMES, "competence_ids").conflicts[0]
    assert (said.mine, said.theirs) == (["Дроби"], ["Проценты", 9])
