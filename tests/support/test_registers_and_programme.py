"""The registers as grids; the programme drafted from deficits and kept by the mentor."""

from datetime import date

import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from core.support.programme import (
    GoalDraft,
    approve_programme,
    draft_programme,
    get_programme,
    judge_goal,
    save_head,
    save_steps,
)
from core.support.registers import list_mentees, list_mentors, save_mentees, save_mentors
from tests.support.conftest import EVERYBODY, TODAY, Help


def test_registers_are_kept_in_grids(help_: Help):
    school, scope = help_.region.units["школа 1"], help_.scope("методист школы")
    with writing(help_.engine, "методист") as session:
        added = GridChanges(added=[{"teacher_id": help_.teacher("Иванова"), "capacity": 2, "consent_on": "27.08.2026"}])
        assert not save_mentors(session, scope, school, added).refused
        added = GridChanges(added=[{"teacher_id": help_.teacher("Смирнова"), "category": "вновь принятый"}])
        assert not save_mentees(session, scope, school, added).refused
    help_.started()
    with reading(help_.engine) as session:
        (mentor,) = list_mentors(session, scope, school)
        assert (mentor.row.consent_on, mentor.mentees, mentor.room) == (
            date(2026, 8, 27), ("Смирнова Ольга Игоревна",), 1,
        )
        (mentee,) = list_mentees(session, scope, school)
        assert mentee.mentors == ("Иванова Анна Петровна",)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"teacher_id": None}, "Не выбран педагог"),
        ({"teacher_id": "Сидорова"}, "не работает в этой организации"),
        ({"teacher_id": "Иванова", "capacity": 11}, "от 1 до 10"),
        ({"teacher_id": "Иванова", "consent_on": "30.11.2999"}, "невозможна"),
        ({"teacher_id": "Иванова", "left_on": "01.09.2020"}, "Выбыл раньше"),
    ],
)
def test_rows_that_cannot_be(sqlite_help: Help, cells: dict[str, object], words: str):
    school = sqlite_help.region.units["школа 1"]
    if cells.get("teacher_id"):
        cells = cells | {"teacher_id": sqlite_help.teacher(str(cells["teacher_id"]))}
    with writing(sqlite_help.engine, "методист") as session:
        outcome = save_mentors(session, EVERYBODY, school, GridChanges(added=[cells]))
    assert words in str(outcome.refused[0].error)


def test_nobody_stands_twice_in_a_register(sqlite_help: Help):
    school = sqlite_help.region.units["школа 1"]
    row = GridChanges(added=[{"teacher_id": sqlite_help.teacher("Иванова")}])
    with writing(sqlite_help.engine, "методист") as session:
        assert not save_mentors(session, EVERYBODY, school, row).refused
    with writing(sqlite_help.engine, "методист") as session:
        assert "уже есть в базе" in str(save_mentors(session, EVERYBODY, school, row).refused[0].error)


def test_registers_belong_to_the_school(sqlite_help: Help):
    with reading(sqlite_help.engine) as session:
        with pytest.raises(NotFound):
            list_mentors(session, sqlite_help.scope("директор"), sqlite_help.region.units["школа 2"])
        with pytest.raises(NotAllowed):
            save_mentors(session, sqlite_help.scope("учитель"), sqlite_help.region.units["школа 1"], GridChanges())


def drafted(help_: Help) -> int:
    pair = help_.started()
    goals = [GoalDraft(help_.teacher("Смирнова"), "дроби и проценты", share=0.33),
             GoalDraft(help_.teacher("Смирнова"), "работа с родителями")]
    with writing(help_.engine, "Иванова") as session:
        draft_programme(session, help_.scope("руководитель шмо"), pair, goals, ["октябрь 2026", "ноябрь 2026"])
    return pair


def test_a_programme_is_drafted_from_deficits(help_: Help):
    pair = drafted(help_)
    with reading(help_.engine) as session:
        programme = get_programme(session, help_.scope("учитель"), pair)
        assert [goal.text for goal in programme.goals] == ["дроби и проценты", "работа с родителями"]
        assert programme.goals[0].share_before == 0.33
        assert len(programme.steps) == 4 and "дроби и проценты" in programme.steps[0].content
        assert [step.deadline_text for step in programme.steps] == ["октябрь 2026", *["ноябрь 2026"] * 3]
    with writing(help_.engine, "Иванова") as session, pytest.raises(InvalidInput, match="уже есть цели"):
        draft_programme(session, EVERYBODY, pair, [GoalDraft(help_.teacher("Смирнова"), "ещё")])


def test_the_mentor_keeps_the_plan_the_mentee_reads_it(sqlite_help: Help):
    pair = drafted(sqlite_help)
    with reading(sqlite_help.engine) as session:
        step = get_programme(session, EVERYBODY, pair).steps[0]
    done = GridChanges(edits=[CellEdit(step.id or 0, 1, "actual_result", "Урок проведён", ""),
                              CellEdit(step.id or 0, 1, "done_on", "15.10.2026", None)])
    with writing(sqlite_help.engine, "Смирнова") as session, pytest.raises(NotAllowed, match="наставник и методист"):
        save_steps(session, sqlite_help.scope("учитель"), pair, done)
    with writing(sqlite_help.engine, "Иванова") as session:
        assert not save_steps(session, sqlite_help.scope("руководитель шмо"), pair, done).refused
    with reading(sqlite_help.engine) as session:
        assert get_programme(session, EVERYBODY, pair).done == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("done_on", "01.08.2026", "раньше начала"), ("done_on", "01.01.2099", "не наступила"),
        ("content", " ", "Не указано содержание"), ("deadline_text", "31.02.2027", "не может быть"),
        ("goal_id", 99, "Этой цели нет"), ("position", "первая", "не номер"),
    ],
)
def test_steps_that_cannot_be(sqlite_help: Help, field: str, value: object, words: str):
    pair = drafted(sqlite_help)
    with writing(sqlite_help.engine, "Иванова") as session:
        step = get_programme(session, EVERYBODY, pair).steps[0]
        edit = CellEdit(step.id or 0, 1, field, value, getattr(step, field))
        outcome = save_steps(session, EVERYBODY, pair, GridChanges(edits=[edit]))
    assert words in str(outcome.refused[0].error)


def test_the_head_is_not_overwritten_silently(sqlite_help: Help):
    pair = drafted(sqlite_help)
    with writing(sqlite_help.engine, "первый") as session:
        save_head(session, EVERYBODY, pair, {"relevance": "новый учитель"}, 1)
    with writing(sqlite_help.engine, "второй") as session, pytest.raises(EditConflict):
        save_head(session, EVERYBODY, pair, {"relevance": "другое"}, 1)


def test_the_director_approves_what_is_written(sqlite_help: Help):
    empty = sqlite_help.started()
    director = sqlite_help.scope("директор")
    with writing(sqlite_help.engine, "директор") as session, pytest.raises(InvalidInput, match="нет целей"):
        approve_programme(session, director, empty, "106", date(2026, 9, 1), TODAY)
    goals = [GoalDraft(sqlite_help.teacher("Смирнова"), "дроби")]
    with writing(sqlite_help.engine, "директор") as session:
        draft_programme(session, director, empty, goals)
        with pytest.raises(NotAllowed):
            approve_programme(session, sqlite_help.scope("методист школы"), empty, "106", date(2026, 9, 1), TODAY)
        with pytest.raises(InvalidInput, match="ещё не издан"):
            approve_programme(session, director, empty, "106", date(2026, 12, 1), TODAY)
        head = approve_programme(session, director, empty, "106", date(2026, 9, 1), TODAY)
        assert (head.approval_order, head.approved_on) == ("106", date(2026, 9, 1))
        goal = get_programme(session, EVERYBODY, empty).goals[0]
        assert judge_goal(session, EVERYBODY, goal.id or 0, True).is_reached is True


def test_after_the_approval_the_mentor_writes_results_only(sqlite_help: Help):
    pair = drafted(sqlite_help)
    mentor = sqlite_help.scope("руководитель шмо")
    with writing(sqlite_help.engine, "директор") as session:
        approve_programme(session, sqlite_help.scope("директор"), pair, "106", date(2026, 9, 1), TODAY)
        step = get_programme(session, EVERYBODY, pair).steps[0]
        result = GridChanges(edits=[CellEdit(step.id or 0, step.version, "actual_result", "Урок проведён", "")])
        assert not save_steps(session, mentor, pair, result).refused
        with pytest.raises(NotAllowed, match="утверждённой"):
            save_steps(session, mentor, pair, GridChanges(added=[{"content": "Ещё"}]))
        with pytest.raises(InvalidInput):
            edit = CellEdit(step.id or 0, step.version, "content", "Другое", step.content)
            save_steps(session, mentor, pair, GridChanges(edits=[edit]))
        with pytest.raises(NotAllowed, match="утверждённой"):
            save_head(session, mentor, pair, {"aim": "Другая"}, get_programme(session, EVERYBODY, pair).head.version)
        methodist = sqlite_help.scope("методист школы")
        assert not save_steps(session, methodist, pair, GridChanges(added=[{"content": "Ещё"}])).refused
