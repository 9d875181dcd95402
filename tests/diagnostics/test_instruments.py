"""Instruments: shipped ones, people's own, the grids of their parts; remarks and notes entered by hand."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.diagnostics.editing import (
    copy_instrument,
    create_instrument,
    get_instrument,
    list_instruments,
    save_competences,
    save_instruments,
)
from core.diagnostics.editing_items import save_answers, save_items, save_levels
from core.diagnostics.instrument_tables import (
    Competence,
    CompetenceBlock,
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentKind,
    InstrumentLevel,
)
from core.diagnostics.reference import load_competences, load_instruments
from core.diagnostics.remark_tables import AssociationNote
from core.diagnostics.remarks import add_remark, list_notes, list_remarks, save_notes
from core.diagnostics.seeding import seed_diagnostics
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Action, Scope
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.diagnostics.forms import CAN, HELP, SHARE, WELL, form, person, seeded, stored
from tests.people.conftest import DAY, Region, build

ALL = Scope.local_administrator()


@pytest.fixture
def region(sqlite_engine: Engine) -> Region:
    return build(seeded(sqlite_engine))


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


def shipped(region: Region) -> Instrument:
    with reading(region.engine) as session:
        return session.exec(select(Instrument).where(Instrument.shipped_key == "teacher-efficiency")).one()


def test_the_shipped_questionnaire_has_36_statements_in_five_sections(region: Region) -> None:
    with reading(region.engine) as session:
        view = get_instrument(session, ALL, shipped(region).id or 0)
    sections = [item.section for item in view.items]
    assert [sections.count(name) for name in dict.fromkeys(sections)] == [11, 11, 4, 3, 7]
    assert {item.competence.block for item in view.items if item.competence} == set(CompetenceBlock)
    assert (view.deficit_below, view.level_of(0.6).name, view.level_of(0.59).name) == (0.6, "средний", "минимальный")
    assert [(answer.score, answer.is_deficit, answer.is_resource) for answer in view.answers] == [
        (1, True, False), (2, True, False), (3, False, False), (4, False, True),
    ]


def test_seeding_again_leaves_what_people_changed(region: Region) -> None:
    with writing(region.engine, "методист") as session:
        row = session.get(Instrument, shipped(region).id)
        row.name = "Своё название"
        session.add(row)
        report = seed_diagnostics(session)
    assert (report.added, report.updated) == (0, 0)
    assert shipped(region).name == "Своё название"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("kind: анкета\nname: А\nsource: мы сами\nsections:\n  - items: [{text: В}]\n", "answers"),
        ("kind: тест\nname: А\nsource: мы сами\nsections:\n  - items: [{text: В}]\n", "max"),
        ("kind: тест\nname: А\nsource: сами\nsections:\n  - items: [{text: В, max: 1, competence: none}]\n", "none"),
    ],
)
def test_a_broken_file_is_named_with_its_key(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "instruments").mkdir()
    (tmp_path / "competences.yaml").write_text(
        "source: мы сами\ncompetences: [{key: content, block: предметная, name: Содержание}]\n", encoding="utf-8"
    )
    (tmp_path / "instruments" / "своя.yaml").write_text(text, encoding="utf-8")
    assert load_competences(tmp_path).keys() == {"content"}
    with pytest.raises(InvalidInput, match=r"своя\.yaml") as refusal:
        load_instruments(tmp_path)
    assert named in refusal.value.message


def test_a_methodist_makes_a_copy_and_changes_it_but_not_the_shared_one(region: Region) -> None:
    methodist, original = scope_of(region, "методист"), shipped(region)
    change = GridChanges(edits=[CellEdit(original.id or 0, original.version, "name", "Моё", original.name)])
    with pytest.raises(NotAllowed), writing(region.engine, "методист") as session:
        save_instruments(session, methodist, change)
    with writing(region.engine, "методист") as session:
        own = copy_instrument(session, methodist, original.id or 0)
        save_instruments(session, methodist, GridChanges(edits=[CellEdit(own.id or 0, 1, "name", "Моё", own.name)]))
        levels = session.exec(select(InstrumentLevel).where(InstrumentLevel.instrument_id == own.id)).all()
        middle = next(level for level in levels if level.name == "средний")
        edit = CellEdit(middle.id or 0, middle.version, "from_share", "50 %", 0.6)
        save_levels(session, methodist, own.id or 0, GridChanges(edits=[edit]))
        assert get_instrument(session, methodist, own.id or 0).deficit_below == 0.5
    with reading(region.engine) as session:
        names = [row.name for row in list_instruments(session, scope_of(region, "директор"))]
        assert "Моё" in names
    with pytest.raises(NotAllowed), writing(region.engine, "директор") as session:
        save_levels(session, scope_of(region, "директор"), own.id or 0, GridChanges())


def test_a_questionnaire_is_made_in_grids(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        row = create_instrument(session, ALL, kind=InstrumentKind.QUESTIONNAIRE, name="Своя", subject="матем")
        key = row.id or 0
        scale = [{"text": "нет", "score": "0", "is_deficit": True}, {"text": "да", "score": 2}]
        save_answers(session, ALL, key, GridChanges(added=scale))
        save_items(session, ALL, key, GridChanges(added=[{"text": "Первый?"}, {"text": "Второй?", "section": "Р"}]))
        view = get_instrument(session, ALL, key)
    assert (view.subject, [(item.lowest, item.maximum) for item in view.items]) == ("Математика", [(0, 2), (0, 2)])
    same = [{"text": "Да.", "score": 5}]
    with pytest.raises(InvalidInput, match="одинаковых"), writing(region.engine, "тест") as session:
        save_answers(session, ALL, key, GridChanges(added=same))
    with writing(region.engine, "тест") as session:
        outcome = save_items(session, ALL, key, GridChanges(added=[{"text": "", "competence_id": 999}]))
    assert {cell.field for cell in outcome.refused} == {"text", "competence_id"}
    with reading(region.engine) as session:
        assert len(session.exec(select(InstrumentItem).where(InstrumentItem.instrument_id == key)).all()) == 2


def test_scores_stay_once_teachers_have_answered(region: Region, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "keys"))
    rows = person("Иванова Анна Петровна", HELP, WELL, SHARE), person("Петров О. И.", CAN, CAN, WELL)
    done = stored(region.engine, form(*rows))
    with writing(region.engine, "тест") as session:
        row = session.exec(
            select(InstrumentAnswer).where(
                InstrumentAnswer.instrument_id == done.instrument_id, InstrumentAnswer.score == 2
            )
        ).one()
        changed = GridChanges(edits=[CellEdit(row.id or 0, row.version, "score", 7, 2)])
        outcome = save_answers(session, ALL, done.instrument_id, changed)
        assert "уже есть ответы" in outcome.refused[0].error.message
        flag = GridChanges(edits=[CellEdit(row.id or 0, row.version, "is_deficit", False, True)])
        assert save_answers(session, ALL, done.instrument_id, flag).saved
        with pytest.raises(InvalidInput):
            save_answers(session, ALL, done.instrument_id, GridChanges(deleted=[RowDelete(row.id or 0, row.version)]))


def test_a_competence_with_an_element_names_its_subject(region: Region) -> None:
    new = {"block": "методическая", "name": "Доли и дроби", "element": "обыкновенные дроби"}
    with pytest.raises(InvalidInput, match="предмет"), writing(region.engine, "тест") as session:
        save_competences(session, ALL, GridChanges(added=[new]))
    with writing(region.engine, "тест") as session:
        assert save_competences(session, ALL, GridChanges(added=[{**new, "subject": "Математика"}])).versions
        assert session.exec(select(Competence).where(Competence.name == "Доли и дроби")).one().organisation_id is None


def test_remarks_of_experts_stay_where_the_teacher_is_known(region: Region) -> None:
    director, specialist = scope_of(region, "директор"), scope_of(region, "специалист")
    values = {"text": "Не связывает цель и результат", "expert_group": "Группа 2", "remarked_on": date(2026, 10, 1)}
    with writing(region.engine, "директор") as session:
        add_remark(session, director, region.units["школа 1"], values, region.teachers["Иванова"])
        add_remark(session, director, region.units["школа 1"], {**values, "subject": "Физика"})
        with pytest.raises(NotFound):
            add_remark(session, director, region.units["школа 1"], values, region.teachers["Сидорова"])
        with pytest.raises(InvalidInput, match="ещё не наступил"):
            late = {**values, "remarked_on": date.today() + timedelta(days=2)}
            add_remark(session, director, region.units["школа 1"], late)
    with reading(region.engine) as session:
        assert {card.teacher for card in list_remarks(session, director)} == {"Иванова Анна Петровна", ""}
        assert {card.subject for card in list_remarks(session, director)} == {"Математика", "Физика"}
        assert [card.teacher_id for card in list_remarks(session, specialist)] == [None]


def test_a_head_keeps_the_notes_of_the_own_association(region: Region) -> None:
    head = scope_of(region, "руководитель шмо")
    allowed = head.require(Action.MANAGE_DIAGNOSTICS)
    own = next(key for key in region.associations.values() if allowed.sees_association(key, 0))
    with writing(region.engine, "руководитель") as session:
        note = {"text": "Трудно учить оценивать решение", "noted_on": "2026-10-01", "subject": "Математика"}
        assert save_notes(session, head, own, GridChanges(added=[note])).versions
        assert [row.text for row in list_notes(session, head, own)] == [note["text"]]
        assert session.exec(select(AssociationNote)).one().written_by == head.actor_name
    with pytest.raises(NotAllowed), reading(region.engine) as session:
        list_notes(session, scope_of(region, "учитель"), own)

