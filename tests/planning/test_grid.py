"""The grid of a roadmap: numbers move rows, names choose people; conflicts and refusals name what the grid shows."""

from datetime import date

from core.planning.grid import owner_labels, save_grid
from core.planning.measures import view_roadmap
from core.planning.next_step import next_step
from core.planning.overview import roadmap_summaries
from core.planning.owners import Candidate
from core.planning.places import roadmap_places
from core.planning.tables import MeasureKind, RoadmapState
from core.store.edits import CellEdit, EditOutcome
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, TODAY, Plan


def save(plan: Plan, changes: GridChanges, actor: str = "Петрова") -> EditOutcome:
    with writing(plan.engine, actor) as session:
        return save_grid(session, EVERYBODY, plan.roadmap_id, changes)


def edit(plan: Plan, number: str, field: str, value: object, seen: object = None) -> CellEdit:
    row = plan.rows()[number]
    known = {"number": row.number, "owner": row.owner_name}.get(field, getattr(row, field, None))
    return CellEdit(row.id, row.version, field, value, known if seen is None else seen)


def test_numbers_and_cells_are_saved_in_one_go(plan: Plan) -> None:
    for title in ("А", "Б", "В"):
        plan.add(title)
    outcome = save(plan, GridChanges([edit(plan, "3", "number", "1"), edit(plan, "3", "title", "В, первое")]))
    assert not outcome.refused
    assert not outcome.conflicts
    assert plan.numbers() == {"1": "В, первое", "2": "А", "3": "Б"}


def test_a_refused_number_saves_nothing_at_all(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    plan.add("А")
    plan.add("Б", parent="1")
    outcome = save(plan, GridChanges([edit(plan, "1", "number", "1.1.1"), edit(plan, "1.1", "title", "Иначе")]))
    ((cell),) = outcome.refused
    assert (cell.field, cell.value) == ("number", "1.1.1")
    assert "сам находится внутри" in str(cell.error)
    assert plan.numbers() == {"1": "А", "1.1": "Б"}


def test_a_row_that_somebody_else_moved_shows_both_numbers(plan: Plan) -> None:
    for title in ("А", "Б", "В"):
        plan.add(title)
    mine = edit(plan, "3", "number", "2")
    save(plan, GridChanges([edit(plan, "3", "number", "1")]), "Иванова")
    outcome = save(plan, GridChanges([mine]))
    ((conflict),) = outcome.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs, conflict.who) == ("number", "2", "1.", "Иванова")
    assert plan.numbers()["1"] == "В"
    again = CellEdit(conflict.row_id, conflict.version, "number", conflict.mine, conflict.theirs)
    assert not save(plan, GridChanges([again])).conflicts
    assert plan.numbers() == {"1": "А", "2": "В", "3": "Б"}


def test_a_neighbour_that_moved_is_no_conflict(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    for title in ("А", "Б", "В"):
        plan.add(title)
    mine = edit(plan, "2", "number", "3")
    save(plan, GridChanges([edit(plan, "3", "number", "1")]))
    assert not save(plan, GridChanges([mine])).conflicts
    assert plan.numbers()["3"] == "Б"


def test_people_are_chosen_by_name_and_conflicts_show_names(plan: Plan) -> None:
    plan.add("А")
    mine = edit(plan, "1", "owner", "Иванова Анна Петровна", seen="")
    save(plan, GridChanges([edit(plan, "1", "owner", "Смирнова Ольга Игоревна", seen="")]), "Завуч")
    assert plan.rows()["1"].owner_teacher_id == plan.region.teachers["Смирнова"]
    ((conflict),) = save(plan, GridChanges([mine])).conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == (
        "owner", "Иванова Анна Петровна", "Смирнова Ольга Игоревна",
    )
    account = edit(plan, "1", "owner", "Директор", seen="Смирнова Ольга Игоревна")
    save(plan, GridChanges([account]))
    row = plan.rows()["1"]
    assert (row.owner_teacher_id, row.owner_account_id) == (None, plan.region.accounts["директор"])
    save(plan, GridChanges([edit(plan, "1", "owner", None, seen="Директор")]))
    assert plan.rows()["1"].owner_account_id is None


def test_a_new_row_may_name_its_owner_and_an_unknown_one_is_refused(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    outcome = save(plan, GridChanges(added=[{"title": "Новое", "owner": "Петров Олег Ильич", "number": None}]))
    assert not outcome.refused
    assert plan.rows()["1"].owner_name == "Петров Олег Ильич"
    ((cell),) = save(plan, GridChanges(added=[{"title": "Ещё", "owner": "Никто"}])).refused
    assert (cell.row, cell.field) == (-1, "owner")
    assert "больше не работает" in str(cell.error)


def test_two_people_of_one_name_stay_apart() -> None:
    labels = owner_labels([Candidate("Иванова", 1, None), Candidate("Иванова", 2, None), Candidate("Петров", 3, None)])
    assert {label: one.teacher_id for label, one in labels.items()} == {
        "Иванова (1)": 1, "Иванова (2)": 2, "Петров": 3,
    }


def test_a_section_has_no_progress_of_its_own(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    plan.add("Раздел", kind=MeasureKind.GROUP.value)
    ((cell),) = save(plan, GridChanges([edit(plan, "1", "progress", 40)])).refused
    assert "складывается из мероприятий" in str(cell.error)


def test_the_list_puts_late_roadmaps_first_and_says_the_next_step(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    with reading(plan.engine) as session:
        assert "Впишите мероприятия" in next_step(view_roadmap(session, EVERYBODY, plan.roadmap_id, TODAY))
    plan.add("А", deadline_text="до 1 октября 2026 г.")
    plan.add("Б", deadline_text="до 1 декабря 2026 г.")
    with reading(plan.engine) as session:
        (summary,) = roadmap_summaries(session, EVERYBODY, TODAY)
        draft = next_step(view_roadmap(session, EVERYBODY, plan.roadmap_id, TODAY))
        view = view_roadmap(session, EVERYBODY, plan.roadmap_id, TODAY)
        others = roadmap_summaries(session, plan.scope("методист школы"), TODAY)
        session.expunge(view.roadmap)
    view.roadmap.state = RoadmapState.APPROVED
    running = next_step(view)
    assert (summary.overdue, summary.due, summary.next_check) == (1, 1, date(2026, 12, 1))
    assert (summary.progress.measures, summary.association) == (2, "ШМО математиков")
    assert "согласуйте карту с объединением" in draft
    assert "1\xa0просроченного мероприятия" in running
    assert [one.may_edit for one in others] == [True]


def test_where_each_may_begin_a_roadmap(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    with reading(plan.engine) as session:
        labels = {
            name: [one.label for one in roadmap_places(session, plan.scope(name))]
            for name in ("директор", "руководитель шмо", "методист")
        }
    assert labels["директор"] == ["школа 1", "ШМО математиков, школа 1"]
    assert labels["руководитель шмо"] == ["ШМО математиков, школа 1"]
    assert labels["методист"][:2] == ["район", "РМО математиков, район"]
    assert "школа 3" not in labels["методист"]
