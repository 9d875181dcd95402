from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.blueprints.tables import Blueprint, BlueprintItem, Level, ThresholdPreset
from core.errors import InvalidInput, NotFound
from core.store.edits import CellEdit, RowDelete, apply_edits, delete_rows, insert_rows, restore_rows
from core.store.unit_of_work import reading, writing
from tests.store.threads import at_once

FIELDS = ("code", "max_score", "element", "level")


def checked(_row: BlueprintItem, field: str, value: object) -> object:
    if field == "max_score":
        if not isinstance(value, int) or not 1 <= value <= 100:
            raise InvalidInput("Максимальный балл должен быть целым числом от 1 до 100.")
        return value
    if field == "level":
        return None if value is None else Level(value)
    if field == "code" and not value:
        raise InvalidInput("Укажите номер задания.")
    return value


def blueprint(engine: Engine, items: int = 3) -> list[int]:
    """Store a blueprint and return the ids of its items."""
    with writing(engine, actor="Составитель") as session:
        plan = Blueprint(procedure="ВПР", subject="Математика", grade=4, year_from=2026, year_to=2026)
        session.add(plan)
        session.flush()
        rows = [
            BlueprintItem(blueprint_id=plan.id, position=n, code=str(n), max_score=1, element=f"Тема {n}")
            for n in range(1, items + 1)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def item(engine: Engine, key: int) -> BlueprintItem:
    with reading(engine) as session:
        return session.get_one(BlueprintItem, key)


def save(engine: Engine, actor: str, *edits: CellEdit):
    with writing(engine, actor=actor) as session:
        return apply_edits(session, BlueprintItem, edits, FIELDS, checked)


def test_edits_are_saved_and_the_new_version_is_told(engine: Engine) -> None:
    first, second, _third = blueprint(engine)
    outcome = save(
        engine, "Петрова", CellEdit(first, 1, "max_score", 2, 1), CellEdit(first, 1, "element", "Дроби", "Тема 1"),
        CellEdit(second, 1, "level", "П", None),
    )
    assert (len(outcome.saved), outcome.conflicts, outcome.refused) == (3, [], [])
    assert outcome.versions == {first: 2, second: 2}
    assert (item(engine, first).max_score, item(engine, first).element) == (2, "Дроби")
    assert item(engine, second).level is Level.ADVANCED


def test_different_cells_of_one_row_are_both_kept(engine: Engine) -> None:
    first = blueprint(engine)[0]
    save(engine, "Петрова", CellEdit(first, 1, "max_score", 3, 1))
    outcome = save(engine, "Иванов", CellEdit(first, 1, "element", "Дроби", "Тема 1"))
    assert outcome.conflicts == []
    assert (item(engine, first).max_score, item(engine, first).element) == (3, "Дроби")


def test_same_cell_is_a_conflict_with_both_values_and_the_name(engine: Engine) -> None:
    first, second, _third = blueprint(engine)
    save(engine, "Петрова А. И.", CellEdit(first, 1, "max_score", 5, 1))
    outcome = save(engine, "Иванов", CellEdit(first, 1, "max_score", 3, 1), CellEdit(second, 1, "max_score", 4, 1))
    (conflict,) = outcome.conflicts
    assert (conflict.mine, conflict.theirs, conflict.who) == (3, 5, "Петрова А. И.")
    assert conflict.when is not None
    assert item(engine, first).max_score == 5, "nothing is overwritten"
    assert item(engine, second).max_score == 4, "the other cell is saved"

    again = save(engine, "Иванов", CellEdit(first, conflict.version, "max_score", conflict.mine, conflict.theirs))
    assert again.conflicts == []
    assert item(engine, first).max_score == 3


def test_same_value_from_both_is_no_conflict(engine: Engine) -> None:
    first = blueprint(engine)[0]
    save(engine, "Петрова", CellEdit(first, 1, "level", "П", None))
    outcome = save(engine, "Иванов", CellEdit(first, 1, "level", "П", None))
    assert (outcome.conflicts, len(outcome.saved)) == ([], 1)


def test_empty_cell_of_a_grid_is_an_empty_text_of_the_database(engine: Engine) -> None:
    first = blueprint(engine)[0]
    save(engine, "Петрова", CellEdit(first, 1, "element", "", "Тема 1"))
    save(engine, "Петрова", CellEdit(first, 2, "max_score", 2, 1))
    outcome = save(engine, "Иванов", CellEdit(first, 2, "element", "Дроби", float("nan")))
    assert outcome.conflicts == []
    assert item(engine, first).element == "Дроби"


def test_edit_of_a_deleted_row_says_who_deleted_it(engine: Engine) -> None:
    first, second, _third = blueprint(engine)
    with writing(engine, actor="Петрова") as session:
        assert delete_rows(session, BlueprintItem, [RowDelete(first, 1)]).conflicts == []
    outcome = save(engine, "Иванов", CellEdit(first, 1, "max_score", 3, 1), CellEdit(second, 1, "max_score", 4, 1))
    (conflict,) = outcome.conflicts
    assert (conflict.row_deleted, conflict.who, conflict.mine) == (True, "Петрова", 3)
    assert item(engine, second).max_score == 4


def test_edit_of_a_deleted_row_never_lands_on_a_newer_row(engine: Engine) -> None:
    ids = blueprint(engine)
    with writing(engine, actor="Петрова") as session:
        delete_rows(session, BlueprintItem, [RowDelete(ids[-1], 1)])
    fresh = blueprint(engine, 1)[0]
    assert fresh not in ids


def test_soft_deletion_is_reported_and_can_be_undone(engine: Engine) -> None:
    with writing(engine, actor="Составитель") as session:
        shares = dict.fromkeys(("basic_sufficient", "basic_insufficient"), 0.6)
        shares |= dict.fromkeys(("advanced_sufficient", "advanced_insufficient"), 0.3)
        preset = ThresholdPreset(name="Свой", **shares)
        session.add(preset)
    key = preset.id

    def edit(actor: str, version: int):
        with writing(engine, actor=actor) as session:
            return apply_edits(
                session, ThresholdPreset, [CellEdit(key, version, "name", "Наш", "Свой")], ["name"], lambda *a: a[2]
            )

    with writing(engine, actor="Петрова") as session:
        assert delete_rows(session, ThresholdPreset, [RowDelete(key, 1)]).versions == {key: 2}
    assert edit("Иванов", 1).conflicts[0].row_deleted
    with writing(engine, actor="Петрова") as session:
        assert restore_rows(session, ThresholdPreset, [key]).versions == {key: 3}
    assert edit("Иванов", 1).conflicts == []


def test_deleting_a_row_that_somebody_changed_asks_first(engine: Engine) -> None:
    first = blueprint(engine)[0]
    save(engine, "Петрова", CellEdit(first, 1, "max_score", 5, 1))
    with writing(engine, actor="Иванов") as session:
        (conflict,) = delete_rows(session, BlueprintItem, [RowDelete(first, 1)]).conflicts
    assert (conflict.field, conflict.who, conflict.version) == (None, "Петрова", 2)
    with writing(engine, actor="Иванов") as session:
        assert delete_rows(session, BlueprintItem, [RowDelete(first, conflict.version)]).conflicts == []


def test_one_wrong_cell_saves_nothing_and_names_all_wrong_cells(engine: Engine) -> None:
    first, second, third = blueprint(engine)
    outcome = save(
        engine, "Иванов", CellEdit(first, 1, "max_score", 2, 1), CellEdit(second, 1, "max_score", "много", 1),
        CellEdit(third, 1, "max_score", -999, 1),
    )
    assert outcome.saved == []
    assert [(one.row, one.field, one.value) for one in outcome.refused] == [
        (second, "max_score", "много"), (third, "max_score", -999)
    ]
    assert item(engine, first).max_score == 1


def test_forged_column_and_foreign_row_save_nothing(engine: Engine) -> None:
    first, second, _third = blueprint(engine)
    with pytest.raises(InvalidInput, match="blueprint_id"):
        save(engine, "Чужой", CellEdit(first, 1, "element", "х", "Тема 1"), CellEdit(first, 1, "blueprint_id", 7, 1))
    for forged in (10**6, second):
        with pytest.raises(NotFound), writing(engine, actor="Чужой") as session:
            edits = [CellEdit(first, 1, "element", "х", "Тема 1"), CellEdit(forged, 1, "element", "х", "Тема 2")]
            apply_edits(session, BlueprintItem, edits, FIELDS, checked, among=BlueprintItem.id == first)
    assert item(engine, first).element == "Тема 1"


def test_inserted_rows_are_checked_with_what_was_left_empty(engine: Engine) -> None:
    plan = item(engine, blueprint(engine)[0]).blueprint_id
    fixed = {"blueprint_id": plan, "position": 9}

    def insert(actor: str, *rows: dict[str, object]):
        with writing(engine, actor=actor) as session:
            return insert_rows(session, BlueprintItem, rows, FIELDS, checked, fixed)

    refused = insert("Иванов", {"code": "9", "max_score": 2}, {"max_score": 0}).refused
    assert [(one.row, one.field) for one in refused] == [(1, "code"), (1, "max_score")]
    (key,) = insert("Иванов", {"code": "9", "max_score": 2}).versions
    assert (item(engine, key).code, item(engine, key).position) == ("9", 9)
    with reading(engine) as session:
        assert len(session.exec(select(BlueprintItem)).all()) == 4


def test_dates_of_a_grid_equal_dates_of_the_database(sqlite_engine: Engine) -> None:
    from pandas import NaT, Timestamp

    from core.store.comparing import same_cell

    assert same_cell(date(2026, 11, 22), Timestamp("2026-11-22"))
    assert same_cell(None, NaT)
    assert not same_cell(date(2026, 11, 22), Timestamp("2026-11-23"))


def test_twenty_people_lose_no_edit(engine: Engine) -> None:
    """Each of 20 people adds to a counter of their own row and to a common one, reading before writing."""
    ids = blueprint(engine, 21)
    common, rounds = ids[20], 10

    def person(number: int) -> None:
        for _round in range(rounds):
            with writing(engine, actor=f"Участник {number}") as session:
                session.get_one(BlueprintItem, ids[number]).max_score += 1
                session.get_one(BlueprintItem, common).max_score += 1

    assert at_once(20, person) == []
    assert [item(engine, key).max_score for key in ids[:20]] == [1 + rounds] * 20
    assert item(engine, common).max_score == 1 + 20 * rounds


def test_of_twenty_people_in_one_cell_one_wins_and_all_others_are_told(engine: Engine) -> None:
    first = blueprint(engine)[0]
    outcomes = []

    def person(number: int) -> None:
        outcomes.append(save(engine, f"Участник {number}", CellEdit(first, 1, "max_score", number + 10, 1)))

    assert at_once(20, person) == []
    winners = [outcome for outcome in outcomes if outcome.saved]
    assert len(winners) == 1
    assert sum(len(outcome.conflicts) for outcome in outcomes) == 19
    stored = item(engine, first).max_score
    assert {one.theirs for outcome in outcomes for one in outcome.conflicts} == {stored}
