"""The way to approval, frozen editions, what differs between them; two at once."""

from datetime import date

import pytest
from sqlmodel import select

from core.errors import EditConflict, InvalidInput, NotAllowed, QualityError, StoreUnavailable
from core.people.scope import Scope
from core.planning.approval import (
    Agreement,
    Order,
    agree_by_association,
    agree_by_council,
    approval_cautions,
    approve,
    list_steps,
    return_with_remarks,
)
from core.planning.approval_sheet import approval_blocks, approval_sheet, redline_of_editions
from core.planning.remarks import add_remark, list_remarks, settle_remark
from core.planning.roadmaps import change_roadmap, delete_roadmap, get_roadmap, list_roadmaps, restore_roadmap
from core.planning.snapshots import approved_editions, read_edition
from core.planning.tables import RoadmapSnapshot, RoadmapState
from core.store.edits import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.planning.conftest import EVERYBODY, Plan
from tests.store.threads import at_once

ASSOCIATION = Agreement("ШМО учителей математики", "2", date(2026, 8, 28), "Руководитель", "А. П. Иванова")
COUNCIL = Agreement("Методический совет", "1", date(2026, 8, 30), "Председатель", "В. В. Сидорова")
ORDER = Order("112", date(2026, 9, 1), "МБОУ «Школа № 1»", "Директор", "П. П. Петров")


def version(plan: Plan) -> int:
    with reading(plan.engine) as session:
        return get_roadmap(session, EVERYBODY, plan.roadmap_id).version


def state(plan: Plan) -> RoadmapState:
    with reading(plan.engine) as session:
        return get_roadmap(session, EVERYBODY, plan.roadmap_id).state


def take(plan: Plan, step, paper, scope: Scope = EVERYBODY, seen: int | None = None) -> None:
    with writing(plan.engine, scope.actor_name) as session:
        step(session, scope, plan.roadmap_id, paper, version(plan) if seen is None else seen)


def approved(plan: Plan) -> Plan:
    if not plan.rows():
        plan.add("А", deadline_text="октябрь 2026 г.", owner_post="Учителя", indicator="Наличие плана")
        plan.add("Б", deadline_text="май 2027 г.")
    take(plan, agree_by_association, ASSOCIATION)
    take(plan, agree_by_council, COUNCIL)
    take(plan, approve, ORDER)
    return plan


def change(plan: Plan, number: str, field: str, value: object) -> None:
    row = plan.rows()[number]
    plan.save(GridChanges([CellEdit(row.id, row.version, field, value, getattr(row, field))]))


def test_the_whole_way_and_its_sheet(plan: Plan) -> None:
    approved(plan)
    with reading(plan.engine) as session:
        roadmap = get_roadmap(session, EVERYBODY, plan.roadmap_id)
        blocks = approval_blocks(session, EVERYBODY, plan.roadmap_id)
        lines = approval_sheet(session, EVERYBODY, plan.roadmap_id)
        content = read_edition(session, EVERYBODY, plan.roadmap_id, 1)
    assert (roadmap.state, roadmap.approved_edition) == (RoadmapState.APPROVED, 1)
    assert [block.title for block in blocks] == ["РАССМОТРЕНО", "СОГЛАСОВАНО", "УТВЕРЖДЕНО"]
    assert blocks[0].basis == "Протокол № 2 от 28.08.2026"
    assert (blocks[2].basis, blocks[2].post, blocks[2].person) == (
        "Приказ № 112 от 01.09.2026", "Директор", "П. П. Петров",
    )
    assert [line.stage for line in lines][-1] == "Редакция 1: утверждено приказом"
    assert [(row.number, row.title) for row in content.rows] == [("1.", "А"), ("2.", "Б")]


def test_steps_out_of_turn_are_refused(plan: Plan) -> None:
    with pytest.raises(InvalidInput, match="нет ни одного мероприятия"):
        take(plan, agree_by_association, ASSOCIATION)
    plan.add("А")
    for step, paper in ((agree_by_council, COUNCIL), (approve, ORDER)):
        with pytest.raises(InvalidInput, match="сейчас она «проект»"):
            take(plan, step, paper)
    take(plan, agree_by_association, ASSOCIATION)
    with pytest.raises(InvalidInput, match="нужно «проект»"):
        take(plan, agree_by_association, ASSOCIATION)
    assert state(plan) is RoadmapState.AGREED_BY_ASSOCIATION


@pytest.mark.parametrize(
    ("step", "paper", "words"),
    [
        (agree_by_association, Agreement("ШМО", " ", date(2026, 8, 28)), "номер протокола"),
        (agree_by_association, Agreement("ШМО", "2", date(2099, 8, 28)), "ещё не наступила"),
    ],
)
def test_papers_that_cannot_be(sqlite_plan: Plan, step, paper, words: str) -> None:
    sqlite_plan.add("А")
    with pytest.raises(InvalidInput, match=words):
        take(sqlite_plan, step, paper)


def test_who_may_take_which_step(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    plan.add("А")
    with pytest.raises(NotAllowed):
        take(plan, agree_by_association, ASSOCIATION, plan.scope("учитель"))
    take(plan, agree_by_association, ASSOCIATION, plan.scope("руководитель шмо"))
    with pytest.raises(NotAllowed):
        take(plan, agree_by_council, COUNCIL, plan.scope("руководитель шмо"))
    take(plan, agree_by_council, COUNCIL, plan.scope("методист школы"))
    with pytest.raises(NotAllowed):
        take(plan, approve, ORDER, plan.scope("методист школы"))
    take(plan, approve, ORDER, plan.scope("директор"))
    assert state(plan) is RoadmapState.APPROVED


def test_two_approvals_at_once_one_wins_and_the_other_is_told(plan: Plan) -> None:
    plan.add("А")
    take(plan, agree_by_association, ASSOCIATION)
    take(plan, agree_by_council, COUNCIL)
    seen = version(plan)

    def attempt(number: int) -> None:
        order = Order(str(100 + number), date(2026, 9, 1))
        with writing(plan.engine, f"Директор {number}") as session:
            approve(session, EVERYBODY, plan.roadmap_id, order, seen)

    raised = at_once(2, attempt)
    (loser,) = raised
    assert isinstance(loser, EditConflict)
    assert "утверждено приказом (приказ № 10" in str(loser)
    with reading(plan.engine) as session:
        assert len(approved_editions(session, EVERYBODY, plan.roadmap_id)) == 1


def test_progress_keeps_the_edition_and_content_begins_a_new_one(plan: Plan) -> None:
    approved(plan)
    change(plan, "1", "progress", 40)
    assert state(plan) is RoadmapState.APPROVED
    change(plan, "2", "deadline_text", "апрель 2027 г.")
    plan.add("В")
    row = plan.rows()["1"]
    plan.save(GridChanges(deleted=[RowDelete(row.id, row.version)]))
    with reading(plan.engine) as session:
        roadmap = get_roadmap(session, EVERYBODY, plan.roadmap_id)
        assert (roadmap.state, roadmap.edition, roadmap.approved_edition) == (RoadmapState.DRAFT, 2, 1)
        difference = redline_of_editions(session, EVERYBODY, plan.roadmap_id, 1)
        frozen = read_edition(session, EVERYBODY, plan.roadmap_id, 1)
    assert [row.title for row in difference.added] == ["В"]
    assert [row.title for row in difference.removed] == ["А"]
    assert [(one.label, one.old, one.new) for one in difference.changed] == [
        ("Срок", "май 2027 г.", "апрель 2027 г.")
    ]
    assert difference.moved == (), "a number that changes because another row went is no move"
    assert [row.title for row in frozen.rows] == ["А", "Б"], "the approved edition stays as it was"
    approved(plan)
    with reading(plan.engine) as session:
        assert [row.edition for row in approved_editions(session, EVERYBODY, plan.roadmap_id)] == [1, 2]
        between = redline_of_editions(session, EVERYBODY, plan.roadmap_id, 1, 2)
    assert [row.title for row in between.added] == ["В"]


def test_a_change_after_an_agreement_takes_it_back(sqlite_plan: Plan) -> None:
    plan = sqlite_plan
    plan.add("А")
    take(plan, agree_by_association, ASSOCIATION)
    change(plan, "1", "title", "А, исправленное")
    assert state(plan) is RoadmapState.DRAFT
    with reading(plan.engine) as session:
        assert "______" in approval_blocks(session, EVERYBODY, plan.roadmap_id)[0].basis
        assert list_steps(session, EVERYBODY, plan.roadmap_id)[-1].remark == "Было: согласована объединением."


def test_a_changed_snapshot_is_noticed(plan: Plan) -> None:
    approved(plan)
    with writing(plan.engine, "кто-то") as session:
        row = session.exec(select(RoadmapSnapshot)).one()
        row.content = row.content | {"title": "Подменённое"}
        session.add(row)
    with reading(plan.engine) as session, pytest.raises(StoreUnavailable, match="контрольная сумма"):
        read_edition(session, EVERYBODY, plan.roadmap_id, 1)


def test_return_with_remarks_and_the_dialogue(plan: Plan) -> None:
    measure = plan.add("А")
    take(plan, agree_by_association, ASSOCIATION)
    with writing(plan.engine, "Директор") as session, pytest.raises(InvalidInput, match="Замечаний нет"):
        return_with_remarks(session, EVERYBODY, plan.roadmap_id, {}, version(plan))
    take(plan, return_with_remarks, {measure: "Нет срока", None: "Мало мероприятий"})
    assert state(plan) is RoadmapState.RETURNED
    head, teacher = plan.scope("руководитель шмо"), plan.scope("учитель")
    with writing(plan.engine, head.actor_name) as session:
        threads = list_remarks(session, head, plan.roadmap_id)
        first = next(one.remark for one in threads if one.remark.measure_id == measure)
        add_remark(session, head, plan.roadmap_id, "Исправлено", answers_id=first.id)
        with pytest.raises(NotAllowed):
            settle_remark(session, teacher, first.id or 0)
        settle_remark(session, head, first.id or 0)
        with pytest.raises(InvalidInput, match="пустое"):
            add_remark(session, head, plan.roadmap_id, "  ")
    with reading(plan.engine) as session:
        rest = list_remarks(session, head, plan.roadmap_id, with_settled=False)
        everything = list_remarks(session, head, plan.roadmap_id)
    assert [one.remark.text for one in rest] == ["Мало мероприятий"]
    assert [answer.text for one in everything for answer in one.answers] == ["Исправлено"]
    take(plan, agree_by_association, ASSOCIATION)
    assert state(plan) is RoadmapState.AGREED_BY_ASSOCIATION


def test_cautions_name_what_is_missing(sqlite_plan: Plan) -> None:
    sqlite_plan.add("Раздел", kind="раздел")
    sqlite_plan.add("А", "1", deadline_text="как получится", owner_post="Учителя")
    sqlite_plan.add("Б", "1", indicator="Наличие плана")
    with reading(sqlite_plan.engine) as session:
        cautions = approval_cautions(session, EVERYBODY, sqlite_plan.roadmap_id)
    assert cautions == [
        "Пункт 1.1: срок «как получится» не понят.", "Пункт 1.1: нет индикативного показателя.",
        "Пункт 1.2: не указан срок.", "Пункт 1.2: не указан исполнитель.",
    ]


def test_head_is_changed_with_conflicts_and_roadmaps_come_back(plan: Plan) -> None:
    seen = version(plan)
    with writing(plan.engine, "Иванов") as session:
        change_roadmap(
            session, EVERYBODY, plan.roadmap_id,
            [CellEdit(plan.roadmap_id, seen, "title", "Новое название", "Дорожная карта по математике")],
        )
    with writing(plan.engine, "Петрова") as session:
        outcome = change_roadmap(
            session, EVERYBODY, plan.roadmap_id,
            [CellEdit(plan.roadmap_id, seen, "title", "Другое", "Дорожная карта по математике")],
        )
    assert (outcome.conflicts[0].theirs, outcome.conflicts[0].who) == ("Новое название", "Иванов")
    with writing(plan.engine, "Петрова") as session, pytest.raises(InvalidInput, match="раньше, чем начинается"):
        row = get_roadmap(session, EVERYBODY, plan.roadmap_id)
        change_roadmap(
            session, EVERYBODY, plan.roadmap_id,
            [CellEdit(plan.roadmap_id, row.version, "ends_on", date(2026, 1, 1), row.ends_on)],
        )
    with writing(plan.engine, "Петрова") as session:
        delete_roadmap(session, EVERYBODY, plan.roadmap_id)
    with writing(plan.engine, "Петрова") as session:
        assert list_roadmaps(session, EVERYBODY) == []
        restore_roadmap(session, EVERYBODY, plan.roadmap_id)
        assert [row.title for row in list_roadmaps(session, EVERYBODY)] == ["Новое название"]


def test_an_approved_roadmap_is_deleted_only_by_who_approves(sqlite_plan: Plan) -> None:
    approved(sqlite_plan)
    with writing(sqlite_plan.engine, "Иванова") as session, pytest.raises(QualityError, match="утверждена приказом"):
        delete_roadmap(session, sqlite_plan.scope("руководитель шмо"), sqlite_plan.roadmap_id)
