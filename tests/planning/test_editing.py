"""The grid of a roadmap: rows, cells, rules, conflicts, moving."""

from datetime import date

import pytest
from sqlalchemy import Engine

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.teachers import managed_teacher
from core.planning.editing import list_deleted, restore_measures, save_own_measure
from core.planning.measures import view_roadmap
from core.planning.moving import Step, move_step, move_to_number
from core.planning.roadmaps import get_roadmap
from core.planning.statuses import MeasureStatus
from core.planning.tables import IndicatorKind, MeasureKind
from core.store.base import utc_now
from core.store.edits import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan, new_plan


def tree(plan: Plan) -> None:
    """1 А (1.1 Б, 1.2 В (1.2.1 Г)), 2 Д."""
    plan.add("А", kind="раздел")
    plan.add("Б", "1")
    plan.add("В", "1", kind="раздел")
    plan.add("Г", "1.2")
    plan.add("Д")


def move(plan: Plan, number: str, target: str | Step, version: int | None = None) -> dict[str, str]:
    row = plan.rows()[number]
    with writing(plan.engine, "Петрова") as session:
        seen = row.version if version is None else version
        if isinstance(target, Step):
            move_step(session, EVERYBODY, plan.roadmap_id, row.id, target, seen)
        else:
            move_to_number(session, EVERYBODY, plan.roadmap_id, row.id, target, seen)
    return plan.numbers()


def edit(plan: Plan, number: str, field: str, value: object, seen: object = None) -> CellEdit:
    row = plan.rows()[number]
    return CellEdit(row.id, row.version, field, value, seen if seen is not None else getattr(row, field))


def test_numbers_follow_the_places(plan: Plan) -> None:
    tree(plan)
    assert plan.numbers() == {"1": "А", "1.1": "Б", "1.2": "В", "1.2.1": "Г", "2": "Д"}
    plan.save(GridChanges(added=[{"title": "Новая", "after_id": plan.rows()["1.1"].id}]))
    assert plan.numbers()["1.2"] == "Новая" and plan.numbers()["1.3.1"] == "Г"


@pytest.mark.parametrize(
    ("number", "target", "expected"),
    [
        ("2", "1", {"1": "Д", "2": "А", "2.1": "Б", "2.2": "В", "2.2.1": "Г"}),
        ("2", "1.2", {"1": "А", "1.1": "Б", "1.2": "Д", "1.3": "В", "1.3.1": "Г"}),
        ("1", "9", {"1": "Д", "2": "А", "2.1": "Б", "2.2": "В", "2.2.1": "Г"}),
        ("1.2.1", "2", {"1": "А", "1.1": "Б", "1.2": "В", "2": "Г", "3": "Д"}),
        ("1.2", Step.UP, {"1": "А", "1.1": "В", "1.1.1": "Г", "1.2": "Б", "2": "Д"}),
        ("1", Step.DOWN, {"1": "Д", "2": "А", "2.1": "Б", "2.2": "В", "2.2.1": "Г"}),
        ("2", Step.IN, {"1": "А", "1.1": "Б", "1.2": "В", "1.2.1": "Г", "1.3": "Д"}),
        ("1.1", Step.OUT, {"1": "А", "1.1": "В", "1.1.1": "Г", "2": "Б", "3": "Д"}),
        ("1", Step.UP, {"1": "А", "1.1": "Б", "1.2": "В", "1.2.1": "Г", "2": "Д"}),
    ],
)
def test_rows_are_moved(sqlite_plan: Plan, number: str, target: str | Step, expected: dict[str, str]) -> None:
    tree(sqlite_plan)
    assert move(sqlite_plan, number, target) == expected


def test_a_row_can_be_moved_between_the_same_two_as_often_as_one_likes(sqlite_plan: Plan) -> None:
    for title in "АБВ":
        sqlite_plan.add(title)
    for _ in range(70):
        move(sqlite_plan, "3", "2")
    assert sorted(sqlite_plan.numbers().values()) == ["А", "Б", "В"]
    assert sqlite_plan.numbers()["1"] == "А"


def test_circular_nesting_is_refused(plan: Plan) -> None:
    tree(plan)
    with pytest.raises(InvalidInput, match=r"Пункт 1 нельзя вложить в пункт 1\.2"):
        move(plan, "1", "1.2.1")
    with pytest.raises(InvalidInput, match="в самого себя"):
        move(plan, "1", "1.1")
    assert plan.numbers() == {"1": "А", "1.1": "Б", "1.2": "В", "1.2.1": "Г", "2": "Д"}


@pytest.mark.parametrize("number", ["", "1..2", "А", "0", "7.1"])
def test_a_number_that_cannot_be_is_refused(sqlite_plan: Plan, number: str) -> None:
    tree(sqlite_plan)
    with pytest.raises(InvalidInput):
        move(sqlite_plan, "2", number)


def test_a_row_moved_by_two_people_is_moved_once(plan: Plan) -> None:
    tree(plan)
    version = plan.rows()["2"].version
    move(plan, "2", "1")
    with pytest.raises(EditConflict, match="Пункт 1 тем временем изменил"):
        move(plan, "1", "3", version)


def test_deleting_a_section_takes_what_is_below_and_gives_it_back(plan: Plan) -> None:
    tree(plan)
    row = plan.rows()["1"]
    outcome = plan.save(GridChanges(deleted=[RowDelete(row.id, row.version)]))
    assert len(outcome.versions) == 4
    assert plan.numbers() == {"1": "Д"}
    with writing(plan.engine, "Петрова") as session:
        gone = [one.id for one in list_deleted(session, EVERYBODY, plan.roadmap_id)]
        restore_measures(session, EVERYBODY, plan.roadmap_id, gone)
    assert plan.numbers() == {"1": "А", "1.1": "Б", "1.2": "В", "1.2.1": "Г", "2": "Д"}


@pytest.mark.parametrize("status", ["не выполнено", "перенесено", "отменено", "выполнено с опозданием"])
def test_statuses_that_need_a_note(sqlite_plan: Plan, status: str) -> None:
    sqlite_plan.add("А")
    refused = sqlite_plan.save(GridChanges([edit(sqlite_plan, "1", "status", status)])).refused
    assert "примечанием" in refused[0].error.message
    assert sqlite_plan.rows()["1"].status is MeasureStatus.PLANNED
    saved = sqlite_plan.save(
        GridChanges([edit(sqlite_plan, "1", "status", status), edit(sqlite_plan, "1", "status_note", "Карантин", "")])
    )
    assert not saved.refused
    row = sqlite_plan.rows()["1"]
    assert (row.status.value, row.status_note) == (status, "Карантин")
    emptied = sqlite_plan.save(GridChanges([edit(sqlite_plan, "1", "status_note", "")]))
    assert emptied.refused, "the note cannot be taken away while the status needs it"


def test_done_is_at_hundred_per_cent_and_has_a_day(plan: Plan) -> None:
    plan.add("А")
    plan.save(GridChanges([edit(plan, "1", "status", "выполнено")]))
    row = plan.rows()["1"]
    assert (row.progress, row.done_on) == (100, date.today())
    (refused,) = plan.save(GridChanges([edit(plan, "1", "progress", 60)])).refused
    assert "означает 100 %" in refused.error.message, "what was typed is not changed silently"
    plan.save(GridChanges([edit(plan, "1", "status", "в работе"), edit(plan, "1", "progress", 60)]))
    row = plan.rows()["1"]
    assert (row.status, row.progress, row.done_on) == (MeasureStatus.IN_PROGRESS, 60, None)


def test_progress_means_that_the_work_has_begun(sqlite_plan: Plan) -> None:
    sqlite_plan.add("А")
    sqlite_plan.save(GridChanges([edit(sqlite_plan, "1", "progress", "40 %")]))
    assert (sqlite_plan.rows()["1"].status, sqlite_plan.rows()["1"].progress) == (MeasureStatus.IN_PROGRESS, 40)
    sqlite_plan.save(GridChanges([edit(sqlite_plan, "1", "status", "запланировано")]))
    assert sqlite_plan.rows()["1"].status is MeasureStatus.PLANNED


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("deadline_text", "май 2026 г.", "раньше начала дорожной карты"),
        ("deadline_text", "до 31 февраля", "31.02 не бывает"),
        ("title", " ", "должно быть название"),
        ("progress", 101, "от 0 до 100"),
        ("progress", "много", "от 0 до 100"),
        ("done_on", date(2099, 1, 1), "ещё не наступила"),
        ("target", "сто", "не число"),
        ("status", "почти", "здесь не бывает"),
        ("owner_teacher_id", 999, "больше не работает"),
        ("title", "я" * 5000, "4000"),
    ],
)
def test_cells_against_the_rules(sqlite_plan: Plan, field: str, value: object, words: str) -> None:
    sqlite_plan.add("А")
    outcome = sqlite_plan.save(GridChanges([edit(sqlite_plan, "1", field, value)]))
    (refusal,) = outcome.refused
    assert words in str(refusal.error)
    assert sqlite_plan.rows()["1"].title == "А"


def test_an_unknown_deadline_is_kept_as_typed_with_a_hint(plan: Plan) -> None:
    plan.add("А", deadline_text="как получится")
    row = plan.rows()["1"]
    assert row.deadline_text == "как получится" and "Напишите, например" in row.hint
    assert not row.is_overdue


def test_columns_that_a_grid_must_not_change(sqlite_plan: Plan) -> None:
    sqlite_plan.add("А")
    with pytest.raises(InvalidInput, match="Изменять столбец"):
        sqlite_plan.save(GridChanges([edit(sqlite_plan, "1", "roadmap_id", 2)]))


def test_the_same_cell_changed_by_two_is_a_conflict(plan: Plan) -> None:
    plan.add("А", deadline_text="октябрь")
    mine, theirs = edit(plan, "1", "deadline_text", "ноябрь"), edit(plan, "1", "deadline_text", "декабрь")
    plan.save(GridChanges([theirs]), actor="Иванов")
    (conflict,) = plan.save(GridChanges([mine])).conflicts
    assert (conflict.mine, conflict.theirs, conflict.who) == ("ноябрь", "декабрь", "Иванов")
    other = CellEdit(mine.row_id, mine.version_seen, "indicator", "Наличие плана", "")
    assert not plan.save(GridChanges([other])).conflicts


def test_an_owner_who_left_is_shown(plan: Plan) -> None:
    teacher = plan.region.teachers["Петров"]
    plan.add("А", owner_teacher_id=teacher)
    assert (plan.rows()["1"].owner_name, plan.rows()["1"].is_owner_gone) == ("Петров Олег Ильич", False)
    with writing(plan.engine, "Администратор") as session:
        row = managed_teacher(session, EVERYBODY, teacher)
        row.deleted_at = utc_now()
        session.add(row)
    assert plan.rows()["1"].is_owner_gone
    refused = plan.save(GridChanges(added=[{"title": "Б", "owner_teacher_id": teacher}])).refused
    assert "больше не работает" in refused[0].error.message


def test_who_may_see_and_edit(plan: Plan) -> None:
    plan.add("А", owner_teacher_id=plan.region.teachers["Смирнова"])
    may_edit = {"администратор", "администратор района", "специалист", "методист", "директор", "методист школы",
                "руководитель шмо"}
    only_see = {"учитель", "наставник", "наблюдатель", "руководитель рмо"}
    for name in plan.region.accounts:
        scope = plan.scope(name)
        change = GridChanges(added=[{"title": f"Строка: {name}"}])
        if name in may_edit:
            assert plan.save(change, scope).versions, name
        elif name in only_see:
            assert plan.rows(scope=scope), name
            with pytest.raises(NotAllowed):
                plan.save(change, scope)
        else:
            with pytest.raises((NotFound, NotAllowed)):
                plan.rows(scope=scope)


def test_a_head_of_a_district_association_sees_the_plans_in_its_subjects_only(sqlite_engine: Engine) -> None:
    plan = new_plan(sqlite_engine, association=None)
    head = plan.scope("руководитель рмо")
    assert plan.rows(scope=head) == {}
    with writing(sqlite_engine, "Петрова") as session:
        roadmap = get_roadmap(session, EVERYBODY, plan.roadmap_id)
        roadmap.subject = "Русский язык"
        session.add(roadmap)
    with pytest.raises(NotFound):
        plan.rows(scope=head)


def test_a_teacher_marks_the_own_measure_only(plan: Plan) -> None:
    mine = plan.add("Моё", owner_teacher_id=plan.region.teachers["Смирнова"])
    others = plan.add("Чужое")
    scope = plan.scope("учитель")
    with writing(plan.engine, "Смирнова") as session:
        outcome = save_own_measure(session, scope, mine, [edit(plan, "1", "progress", 40)])
        assert outcome.versions
    assert (plan.rows()["1"].progress, plan.rows()["1"].status) == (40, MeasureStatus.IN_PROGRESS)
    with writing(plan.engine, "Смирнова") as session, pytest.raises(NotAllowed):
        save_own_measure(session, scope, others, [edit(plan, "2", "progress", 40)])
    with writing(plan.engine, "Смирнова") as session, pytest.raises(InvalidInput, match="Изменять столбец"):
        save_own_measure(session, scope, mine, [edit(plan, "1", "title", "Другое")])


def test_progress_rolls_up_by_weight(plan: Plan) -> None:
    plan.add("Раздел", kind=MeasureKind.GROUP)
    plan.add("А", "1", progress=100, weight=3)
    plan.add("Б", "1", progress=0, weight=1)
    plan.add("В", "1", status="отменено", status_note="Не нужно", weight=10)
    plan.add("Г", progress=50, weight=4)
    rows = plan.rows()
    assert rows["1"].rolled_up == 75.0
    with reading(plan.engine) as session:
        whole = view_roadmap(session, EVERYBODY, plan.roadmap_id, TODAY).progress
    assert (whole.progress, whole.measures, whole.cancelled) == (62.5, 3, 1)


def test_the_kind_of_an_indicator_follows_what_is_typed(plan: Plan) -> None:
    """A target without the kind «число» could never be reached: the owner had no field for the value."""
    plan.add("Семинары", indicator="Наличие программы")
    plan.save(GridChanges([edit(plan, "1", "target", "4")]))
    assert (plan.rows()["1"].indicator_kind, plan.rows()["1"].target) == (IndicatorKind.NUMBER, 4.0)
    plan.add("Уроки", indicator="Не менее 6 уроков")
    plan.add("План", indicator="Наличие плана")
    plan.save(GridChanges([edit(plan, "3", "indicator", "Доля учителей – не менее 80 %")]))
    rows = plan.rows()
    assert [(rows[n].indicator_kind, rows[n].target, rows[n].unit) for n in ("2", "3")] == [
        (IndicatorKind.NUMBER, 6.0, "уроков"), (IndicatorKind.NUMBER, 80.0, "%"),
    ]
    plan.save(GridChanges([edit(plan, "3", "indicator_kind", "документ"), edit(plan, "3", "indicator", "Справка")]))
    assert plan.rows()["3"].indicator_kind is IndicatorKind.DOCUMENT, "what was chosen stays"


def test_signs_that_cannot_be_stored_are_left_out(plan: Plan) -> None:
    plan.add("План\x00 работы\x0b", deadline_text="октябрь\u202e")
    assert (plan.rows()["1"].title, plan.rows()["1"].deadline_text) == ("План работы", "октябрь")
