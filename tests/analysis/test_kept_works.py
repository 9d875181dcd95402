"""Works are kept by content: nothing is worked out twice, and nothing out of date or of another person is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from core.analysis import kept_works, loading
from core.analysis.elements import Kind
from core.analysis.kept import Kept
from core.analysis.loading import load_work, load_works
from core.analysis.problem_fields import FieldFilter, FieldList, problem_fields
from core.analysis.standings import field_standings
from core.analysis.work import Work
from core.blueprints.tables import BlueprintItem, ThresholdPreset
from core.intake.class_heads import ClassHead
from core.intake.tables import Assessment, ClassWork
from core.intake.works import live_works
from core.people.grants import Grant, TaughtClass
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import Organisation
from core.store.answers import forget_answers
from core.store.backup import backup, restore
from core.store.engine import open_engine
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work, class_row, scope_of, simulated
from tests.people.random_scopes import random_scopes

EVERYTHING = Scope.local_administrator()
ELEMENTS = FieldFilter(kinds=(Kind.ELEMENT,))


@pytest.fixture
def town(sqlite_engine: Engine) -> tuple[Engine, dict[str, int], int]:
    """Give the engine, ids of organisations and the id of a stored work."""
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        work_id = add_work(session, ids, plan_id=add_plan(session))
    return sqlite_engine, ids, work_id


def test_a_work_that_nobody_changed_is_not_put_together_again(town) -> None:
    engine, _, work_id = town
    with reading(engine) as session:
        first = load_work(session, EVERYTHING, work_id)
    with reading(engine) as session:
        again = load_work(session, EVERYTHING, work_id)
        assert again is first
        assert not again.scores.flags.writeable
        assert load_work(session, EVERYTHING, work_id, absent_as_zero=False) is not first


def test_every_change_is_seen_at_once(town) -> None:
    engine, ids, work_id = town

    def top() -> tuple[str, str, float]:
        with reading(engine) as session:
            field = problem_fields(session, EVERYTHING, ELEMENTS).fields[0].field
        return field.unit.full_name, field.key, field.threshold

    assert top() == ("6А, Школа № 1", "геометрия", 0.6)
    with writing(engine, actor="тест") as session:
        session.add(ThresholdPreset(
            name="Свои пороги", basic_sufficient=0.65, basic_insufficient=0.5, advanced_sufficient=0.5,
            advanced_insufficient=0.3, procedures=["ВПР"],
        ))
    assert top()[2] == 0.65
    with writing(engine, actor="тест") as session:
        session.get_one(Organisation, ids["school1"]).name = "Лицей"
    assert top()[0] == "6А, Лицей"
    with writing(engine, actor="тест") as session:
        item = session.exec(select(BlueprintItem).where(BlueprintItem.element == "геометрия")).one()
        item.element = "площади"
    assert top()[1] == "площади"
    with writing(engine, actor="тест") as session:
        session.get_one(Assessment, work_id).grade = 5
    assert top()[0] == "5А, Лицей"
    with writing(engine, actor="тест") as session:
        failing = select(ClassWork).where(ClassWork.school_id == ids["school1"], col(ClassWork.class_name) == "А")
        before = session.exec(failing).one()
        before.replaced_by = before.upload_id
        session.add(class_row(simulated(24, 5), "А", ids["school1"], work_id, before.upload_id))
    assert top()[:2] != ("5А, Лицей", "площади"), "the class wrote the work again"


def test_what_one_person_may_see_is_not_shown_to_another_one(town) -> None:
    engine, ids, work_id = town
    with reading(engine) as session:
        own = load_work(session, scope_of(ids, "school2"), work_id)
        whole = load_work(session, EVERYTHING, work_id)
        assert {part.school_id for part in own.classes} == {ids["school2"]}
        assert len(whole.classes) == 6
        assert load_work(session, scope_of(ids, "school2"), work_id) is own


def test_who_sees_the_same_of_a_work_shares_it(town) -> None:
    engine, ids, work_id = town
    both = frozenset({ids["school1"], ids["school2"]})
    grant = Grant(frozenset({Action.VIEW}), both)

    def work_for(actor: int, **more) -> Work:
        with reading(engine) as session:
            return load_work(session, Scope.of(actor, f"Специалист {actor}", (replace(grant, **more),)), work_id)

    first = work_for(1)
    assert work_for(2) is first, "another person with the same rights"
    assert work_for(3, subjects=frozenset({"Математика", "Физика"})) is first, "of this work they see the same"
    owner = work_for(4, own_schools=both)
    assert owner is not first and first.suppression.of(first.unit(f"class:{ids['school2']}:В")) is not Hidden.NO
    assert owner.suppression.of(owner.unit(f"class:{ids['school2']}:В")) is Hidden.NO, "three pupils of an own school"


class PlainRights:
    """The rights over classes, asked of the scope for each class."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def owned(self, work: Assessment, classes: Sequence[ClassHead]) -> tuple[bool, ...]:
        return tuple(
            self._scope.owns_class(
                TaughtClass(one.school_id, work.grade or 0, one.class_name, work.subject, work.year)
            )
            for one in classes
        )

    def seen(self, work: Assessment, schools: Iterable[int]) -> tuple[bool, ...]:
        return tuple(self._scope.sees_results(school_id, work.subject) for school_id in schools)


def test_a_shared_work_hides_from_each_what_one_of_their_own_would(town, monkeypatch) -> None:
    engine, ids, _ = town
    with writing(engine, actor="тест") as session:
        session.get_one(Assessment, add_work(session, ids, plan_id=None, year=2025)).subject = "Физика"
    scopes = random_scopes(60, list(ids.values()), (2025, 2026), (6,))

    def told() -> list[list[tuple[object, ...]]]:
        with reading(engine) as session:
            return [
                [
                    (work.assessment_id, [replace(one) for one in work.classes], work.totals.tolist(),
                     [(unit.key, unit.name, work.suppression.of(unit)) for unit in work.units])
                    for work in load_works(session, scope, live_works(session))
                ]
                for scope in scopes
            ]

    told()
    shared = told()
    monkeypatch.setattr(kept_works, "_works", Kept(0))
    monkeypatch.setattr(loading, "rights_of", PlainRights)
    monkeypatch.setattr(Scope, "shared", lambda self: self)
    monkeypatch.setattr(Scope, "for_classes", lambda self: self)
    forget_answers()
    assert shared == told()
    assert len({repr(one) for one in shared}) > 15, "people of different rights are among them"


def test_a_replaced_store_gives_other_works_for_the_same_rows(town, tmp_path, monkeypatch) -> None:
    """Rows of a restored copy may have the ids and versions of others that were stored after it was made."""
    engine, _, work_id = town
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    backup(engine, tmp_path / "copy.db")
    with reading(engine) as session:
        before = load_work(session, EVERYTHING, work_id)
    restore(tmp_path / "copy.db", engine.url.render_as_string(hide_password=False))
    with reading(engine) as session:
        again = load_work(session, EVERYTHING, work_id)
    assert again is not before and again.totals.tolist() == before.totals.tolist()


def test_who_writes_sees_rows_that_nobody_else_does(town) -> None:
    engine, ids, work_id = town

    def totals() -> int:
        with reading(engine) as session:
            return int(load_work(session, EVERYTHING, work_id).totals.sum())

    before = totals()
    with pytest.raises(ZeroDivisionError), writing(engine, actor="тест") as session:
        row = session.exec(select(ClassWork).where(ClassWork.school_id == ids["school1"])).first()
        row.totals = bytes(len(row.totals))
        session.flush()
        assert int(load_work(session, EVERYTHING, work_id).totals.sum()) < before
        raise ZeroDivisionError
    assert totals() == before


def test_answers_give_way_when_they_weigh_too_much() -> None:
    kept, made = Kept(3), []

    def answer(key: str) -> str:
        return kept.of(key, lambda: made.append(key) or key)

    assert [answer(key) for key in ("а", "б", "а", "в", "г", "а", "б")] == ["а", "б", "а", "в", "г", "а", "б"]
    assert made == ["а", "б", "в", "г", "б"], "«б» was asked for longest ago"
    assert [kept.of("д", lambda: "д", lambda _answer: 4) for _ in range(2)] == ["д", "д"], "too heavy to be kept"


def test_kept_answers_of_the_demo_are_those_worked_out_anew(demo_store, monkeypatch) -> None:
    demo_engine = open_engine(f"sqlite:///{demo_store.folder / 'quality.db'}")

    def lists() -> list[tuple[FieldList, object]]:
        found = []
        for chosen in (FieldFilter(), ELEMENTS, FieldFilter(years=(2025, 2026)), FieldFilter(with_every_possible=True)):
            with reading(demo_engine) as session:
                found.append((
                    problem_fields(session, EVERYTHING, chosen), field_standings(session, EVERYTHING, (2025, 2026))
                ))
        return found

    lists()
    kept = lists()
    monkeypatch.setattr(kept_works, "_works", Kept(0))
    assert repr(kept) == repr(lists())
    demo_engine.dispose()
