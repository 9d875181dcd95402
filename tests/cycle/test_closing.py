"""Closing a cycle: what is solved, repeats, goes on; decisions; the note; the next cycle; reopening; two at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.cycle.closing import closing_note, closing_state, cycle_chain
from core.cycle.closing_acts import close_cycle, reopen_cycle, save_note
from core.cycle.closing_decisions import CARRY, REASON, save_decisions
from core.cycle.closing_items import carried_into, findings
from core.cycle.closing_tables import CarriedItem, Decision, ItemKind, Outcome
from core.cycle.closing_words import CARRIED, OPEN_POINTS, SOLVED, YEAR_RESULT, parts_of
from core.cycle.cycle_tables import Cycle, CycleStage, CycleState, HandState, StageSide
from core.cycle.cycles import open_cycle
from core.cycle.hand_marks import mark_by_hand
from core.cycle.models import model_by_code
from core.cycle.next_cycle import close_and_open_next, open_next, stage_of_item
from core.cycle.stage_editing import save_stages
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound, QualityError
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.planning.recommendation_tables import AddresseeKind, Recommendation, RecommendationState
from core.planning.roadmap_tables import Measure, Roadmap
from core.planning.statuses import MeasureStatus
from core.store.edit_outcome import CellEdit
from core.store.grid_changes import GridChanges
from core.store.history import history
from core.store.unit_of_work import reading, writing
from core.words import without_advice
from tests.people.conftest import DAY, Region, build
from tests.store.threads import at_once

YEAR = 2026
END = date(2026, 6, 20)


@pytest.fixture
def region(sqlite_engine: Engine) -> Region:
    return filled(sqlite_engine)


def filled(engine: Engine) -> Region:
    """Return the small region with a roadmap, a recommendation and an open cycle of «школа 1»."""
    region = build(engine)
    school = region.units["школа 1"]
    with writing(engine, "подготовка теста") as session:
        session.add(roadmap := Roadmap(
            organisation_id=school, title="Карта 2025/2026", starts_on=date(2025, 9, 1), ends_on=date(2026, 6, 30)))
        session.flush()
        for title, status in (("Провести семинар", MeasureStatus.DONE), ("Открытые уроки", MeasureStatus.IN_PROGRESS),
                              ("Неделя математики", MeasureStatus.PLANNED), ("Лишнее", MeasureStatus.CANCELLED)):
            session.add(Measure(organisation_id=school, roadmap_id=roadmap.id or 0, title=title, status=status))
        session.add(Recommendation(
            organisation_id=region.units["район"], place_id=school, addressee=AddresseeKind.ADMINISTRATION,
            title="Разобрать дроби", text="Разобрать", state=RecommendationState.SENT, sent_on=date(2026, 2, 1)))
        scope = scope_of(session, region, "директор")
        cycle = open_cycle(session, scope, school, "napolnovskaya", YEAR, today=date(2025, 9, 10))
        region.units["цикл"] = cycle.id or 0
    return region


def scope_of(session: Session, region: Region, name: str) -> Scope:
    account = session.get(Account, region.accounts[name])
    assert account is not None
    return scope_for(session, account, DAY)


def done(region: Region, use_case, *given, who="директор", **options):
    with writing(region.engine, who) as session:
        return use_case(session, scope_of(session, region, who), *given, **options)


def seen(region: Region, use_case, *given, who="директор", **options):
    with reading(region.engine) as session:
        return use_case(session, scope_of(session, region, who), *given, **options)


def closed(region: Region, who="директор"):
    return done(region, close_cycle, region.units["цикл"], acknowledged=True, today=END, who=who)


def words_of(items) -> list[str]:
    return [one.item.words.split(" – ")[0] for one in items]


def test_what_is_solved_and_what_goes_on_comes_from_the_records(region):
    found = seen(region, findings, region.units["цикл"], END)
    assert words_of(found.solved) == ["Провести семинар"]
    assert words_of(found.unsettled) == ["Открытые уроки", "Неделя математики", "№ 1 «Разобрать дроби»"]
    assert found.counts() == {ItemKind.MEASURE: (1, 3), ItemKind.RECOMMENDATION: (0, 1)}
    assert {one.decision for one in found.unsettled} == {Decision.CARRIED}


def test_what_is_dropped_needs_a_reason_and_two_deciders_do_not_overwrite_each_other(region):
    cycle = region.units["цикл"]
    one, other = seen(region, findings, cycle).unsettled[:2]
    drop = CellEdit(one.number, 0, CARRY, False, True)
    refused = done(region, save_decisions, cycle, GridChanges([drop]))
    assert "почему вопрос не переносится" in str(refused.refused[0].error)
    why = CellEdit(one.number, 0, REASON, "проведут на уровне района", "")
    assert done(region, save_decisions, cycle, GridChanges([drop, why])).versions == {one.number: 1}
    late = done(region, save_decisions, cycle, GridChanges([
        CellEdit(one.number, 0, REASON, "другая причина", ""), CellEdit(other.number, 0, CARRY, False, True),
        CellEdit(other.number, 0, REASON, "не нужно", "")]), who="методист школы")
    assert [(conflict.theirs, conflict.who) for conflict in late.conflicts] == [
        ("проведут на уровне района", "директор")]
    kept = seen(region, findings, cycle).decided(Decision.DROPPED)
    assert {one.reason for one in kept} == {"проведут на уровне района", "не нужно"}


def test_the_note_is_written_by_rules_edited_and_kept(region):
    cycle = region.units["цикл"]
    state = seen(region, closing_state, cycle, END)
    parts = dict(parts_of(state.note))
    assert "Мероприятий дорожных карт выполнено: 1 из 3." in parts[SOLVED]
    assert parts[CARRIED][0].replace("\xa0", " ") == "К переносу: 3 вопроса."
    assert any(one.endswith(": опишите свою.") for one in state.open_points), "the screen says what to do"
    assert parts[OPEN_POINTS] == tuple(map(without_advice, state.open_points)), "the note says what is"
    assert not any("опишите" in one for one in parts[OPEN_POINTS])
    early = seen(region, closing_state, cycle, date(2026, 3, 1)).open_points
    assert early[0] == "Учебный год ещё идёт: до 31.05.2026 записи будут меняться."
    done(region, save_note, cycle, state.version, f"{YEAR_RESULT}\nГод был трудным.\n\n{CARRIED}\nВсё переносим.")
    with pytest.raises(EditConflict):
        done(region, save_note, cycle, state.version, "поздно")
    closed(region)
    note = seen(region, closing_note, cycle)
    assert (note.organisation, note.closed_on, note.closed_by) == ("школа 1", END, "Директор")
    assert [(part.title, part.paragraphs, len(part.rows)) for part in note.sections] == [
        (YEAR_RESULT, ("Год был трудным.",), 0), (CARRIED, ("Всё переносим.",), 3)]


def test_what_is_unfinished_has_to_be_acknowledged(region):
    with pytest.raises(InvalidInput, match="ещё не всё сделано"):
        done(region, close_cycle, region.units["цикл"], today=END)
    closed(region)
    with pytest.raises(InvalidInput, match=r"уже закрыт: Директор, 20\.06\.2026"):
        closed(region)


def test_a_closed_cycle_is_read_only(region):
    cycle = region.units["цикл"]
    closed(region)
    with reading(region.engine) as session:
        stage = session.exec(select(CycleStage).where(CycleStage.cycle_id == cycle)).first()
    thing = next(one for part in model_by_code("napolnovskaya").file.stages if part.number == stage.number
                 for one in part.outputs)
    attempts = (
        lambda: done(region, mark_by_hand, cycle, stage.number, StageSide.OUT, thing.name, HandState.DONE),
        lambda: done(region, save_stages, cycle, GridChanges([
            CellEdit(stage.id, stage.version, "responsible", "Другой", stage.responsible)])),
        lambda: done(region, save_note, cycle, 2, "поздно"),
        lambda: done(region, save_decisions, cycle, GridChanges()),
    )
    for attempt in attempts:
        with pytest.raises(InvalidInput, match="цикл закрыт"):
            attempt()


def test_the_next_cycle_keeps_dates_people_and_what_is_carried(region):
    cycle, school = region.units["цикл"], region.units["школа 1"]
    with reading(region.engine) as session:
        stage = session.exec(select(CycleStage).where(CycleStage.cycle_id == cycle, CycleStage.number == "2")).one()
    done(region, save_stages, cycle, GridChanges([
        CellEdit(stage.id, stage.version, "responsible", "Завуч Петрова", stage.responsible),
        CellEdit(stage.id, stage.version, "ends_on", date(2026, 3, 3), stage.ends_on)]))
    one = seen(region, findings, cycle).unsettled[0]
    done(region, save_decisions, cycle, GridChanges([
        CellEdit(one.number, 0, CARRY, False, True), CellEdit(one.number, 0, REASON, "выполнят летом", "")]))
    following = done(region, close_and_open_next, cycle, acknowledged=True, today=END)
    assert (following.year, following.previous_id, following.model_code) == (2027, cycle, "napolnovskaya")
    with reading(region.engine) as session:
        kept = session.exec(
            select(CycleStage).where(CycleStage.cycle_id == following.id, CycleStage.number == "2")).one()
    assert (kept.responsible, kept.ends_on) == ("Завуч Петрова", date(2027, 3, 3))
    carried = seen(region, carried_into, following.id)
    assert words_of(carried) == ["Неделя математики", "№ 1 «Разобрать дроби»"]
    model = model_by_code("napolnovskaya").file
    assert {stage_of_item(model, item).room.value for item in carried} == {"planning"}
    assert done(region, open_next, cycle).id == following.id
    links = seen(region, cycle_chain, school)
    assert [(one.year, one.is_open, one.solved, one.carried, one.dropped) for one in links] == [
        (2026, False, 1, 2, 1), (2027, True, 0, 0, 0)]


def test_what_goes_on_has_its_history_over_the_years(region):
    following = done(region, close_and_open_next, region.units["цикл"], acknowledged=True, today=END)
    third = done(region, close_and_open_next, following.id, acknowledged=True, today=date(2027, 6, 20))
    found = seen(region, findings, following.id)
    assert {(one.years, one.item.outcome) for one in found.unsettled} == {(2, Outcome.GOES_ON)}
    with writing(region.engine, "директор") as session:
        row = session.exec(select(Measure).where(Measure.title == "Открытые уроки")).one()
        row.status = MeasureStatus.DONE_LATE
        session.add(row)
    found = seen(region, findings, third.id)
    assert words_of(found.solved) == ["Открытые уроки"]
    assert {one.years for one in found.items} == {3}
    with reading(region.engine) as session:
        rows = session.exec(select(CarriedItem).where(CarriedItem.words.startswith("Неделя"))).all()
    assert [row.years for row in rows] == [1, 2] and rows[1].origin_id == rows[0].id
    part = next(one for one in seen(region, closing_note, following.id).sections if one.title == CARRIED)
    assert "дольше всего – 2-й год подряд" in " ".join(part.paragraphs)


def test_a_cycle_that_was_opened_by_itself_is_joined(region):
    present = done(region, open_cycle, region.units["школа 1"], "isadskaya", 2027, today=END)
    assert done(region, close_and_open_next, region.units["цикл"], acknowledged=True, today=END).id == present.id
    assert words_of(seen(region, carried_into, present.id))


def test_reopening_is_for_those_above_with_a_reason(region):
    cycle = region.units["цикл"]
    closed(region)
    with pytest.raises(NotAllowed, match="вышестоящая"):
        done(region, reopen_cycle, cycle, "забыли отчёт")
    with pytest.raises(InvalidInput, match="почему"):
        done(region, reopen_cycle, cycle, " ", who="специалист")
    done(region, reopen_cycle, cycle, "забыли отчёт ШМО", who="специалист")
    assert seen(region, closing_state, cycle).is_open
    with reading(region.engine) as session:
        assert "забыли отчёт ШМО" in [line.reason for line in history(session, "cycle", cycle)]
    done(region, close_and_open_next, cycle, acknowledged=True, today=END)
    with pytest.raises(InvalidInput, match="уже открыт следующий"):
        done(region, reopen_cycle, cycle, "забыли отчёт ШМО", who="специалист")


@pytest.mark.parametrize(("who", "error"), [
    ("учитель", NotAllowed), ("наблюдатель", NotAllowed), ("руководитель шмо", NotAllowed),
    ("руководитель рмо", NotFound),
])
def test_others_do_not_close_cycles(region, who, error):
    with pytest.raises((error, NotAllowed)):
        closed(region, who)


def test_who_may_not_see_things_reads_the_note_without_them(region):
    closed(region)
    note = seen(region, closing_note, region.units["цикл"], who="руководитель шмо")
    assert note.sections and all(part.rows == () for part in note.sections)
    assert {ItemKind.MEASURE, ItemKind.INDICATOR} <= set(
        seen(region, findings, region.units["цикл"], who="учитель").unseen)


def test_what_tells_of_a_small_group_stays_inside_the_school(region):
    closed(region)
    cycle = region.units["цикл"]
    with writing(region.engine, "тест") as session:
        session.add(CarriedItem(
            organisation_id=region.units["школа 1"], cycle_id=cycle, kind=ItemKind.FIELD, reference="field:x",
            words="«геометрия», 8А", outcome=Outcome.REPEATS, decision=Decision.CARRIED, inside=True))
    assert "«геометрия», 8А" in words_of(seen(region, findings, cycle).items)
    assert "«геометрия», 8А" not in words_of(seen(region, findings, cycle, who="специалист").items)
    rows = [row.words for part in seen(region, closing_note, cycle, who="специалист").sections for row in part.rows]
    assert rows and "«геометрия», 8А" not in rows


def test_two_people_close_at_once_and_it_is_closed_once(engine: Engine):
    region = filled(engine)
    people, answers = ("директор", "методист школы", "специалист"), ["", "", ""]

    def close(number: int) -> None:
        answers[number] = tried(region, people[number])

    assert not at_once(3, close)
    assert sorted(answer == "закрыт" for answer in answers) == [False, False, True]
    assert all("уже закрыт" in answer for answer in answers if answer != "закрыт")
    with reading(engine) as session:
        assert len(session.exec(select(CarriedItem)).all()) == 4


def test_closing_while_somebody_marks_loses_no_mark(engine: Engine):
    region = filled(engine)
    cycle = region.units["цикл"]
    stage = model_by_code("napolnovskaya").file.stages[0]

    answers = ["", ""]

    def work(number: int) -> None:
        answers[number] = tried(region, "директор") if number == 0 else marking()

    def marking() -> str:
        try:
            done(region, mark_by_hand, cycle, stage.number, StageSide.OUT, stage.outputs[0].name, HandState.DONE)
        except QualityError as refusal:
            return refusal.message
        return "отмечено"

    assert not at_once(2, work)
    assert answers[0] == "закрыт"
    assert answers[1] == "отмечено" or "цикл закрыт" in answers[1]
    with reading(engine) as session:
        assert session.get(Cycle, cycle).state is CycleState.CLOSED


def tried(region: Region, who: str) -> str:
    try:
        closed(region, who)
    except QualityError as refusal:
        return refusal.message
    return "закрыт"
