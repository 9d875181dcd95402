"""Classes read once for many are those that each person sees by their own rights."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.intake import class_heads as reading_heads
from core.intake.class_heads import class_heads
from core.intake.tables import Assessment, ClassWork
from core.intake.visible import CLASS_COLUMNS
from core.intake.works import live_works
from core.people.grants import Grant, TaughtClass
from core.people.scope import Action, Scope
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_work, scope_of
from tests.people.random_scopes import random_scopes

VIEW = frozenset({Action.VIEW})


@pytest.fixture
def town(sqlite_engine: Engine) -> tuple[Engine, dict[str, int]]:
    """Give the engine and ids of organisations; there are works of three years, one of them in another subject."""
    with writing(sqlite_engine, actor="тест") as session:
        ids = add_organisations(session)
        for year in (2024, 2025, 2026):
            add_work(session, ids, plan_id=None, year=year)
        session.get_one(Assessment, add_work(session, ids, plan_id=None, year=2026, grade=7)).subject = "Русский язык"
    return sqlite_engine, ids


def scopes(ids: dict[str, int]) -> dict[str, Scope]:
    school1, school2 = frozenset({ids["school1"]}), frozenset({ids["school2"]})
    mathematics = frozenset({"Математика"})
    taught = frozenset({TaughtClass(ids["school1"], 6, "А", "Математика", 2026)})
    return {
        "everything": Scope.local_administrator(),
        "town": scope_of(ids, "town", "school1", "school2"),
        "school": scope_of(ids, "school2"),
        "nothing": Scope.of(1, "Гость", ()),
        "subject": Scope.of(2, "Руководитель", (Grant(VIEW, school1 | school2, subjects=mathematics),)),
        "two schools by two roles": Scope.of(3, "Двое", (Grant(VIEW, school1), Grant(VIEW, school2))),
        "roles that do not mix": Scope.of(
            4, "Двое", (Grant(VIEW, school1), Grant(VIEW, school2, subjects=mathematics))
        ),
        "one class": Scope.of(5, "Учитель", (Grant(VIEW, school1, classes=taught),)),
        "a class and a school": Scope.of(6, "Учитель", (Grant(VIEW, school1, classes=taught), Grant(VIEW, school2))),
    }


@pytest.mark.parametrize("who", list(scopes(dict.fromkeys(("town", "school1", "school2"), 0))))
def test_many_works_at_once_show_what_each_shows_alone(town, who: str) -> None:
    engine, ids = town
    with reading(engine) as session:
        scope = scopes(ids)[who]
        works = live_works(session)
        together = class_heads(session, scope, works)
        alone = [class_heads(session, scope, [work]) for work in works]
        assert together == {work_id: heads for found in alone for work_id, heads in found.items()}
    seen = {"everything": 24, "town": 24, "school": 12, "nothing": 0, "subject": 18, "two schools by two roles": 24,
            "roles that do not mix": 21, "one class": 1, "a class and a school": 13}
    assert sum(map(len, together.values())) == seen[who]


def test_whatever_roles_somebody_holds_they_see_what_a_query_of_their_own_gives(town) -> None:
    engine, ids = town
    several = 0
    with reading(engine) as session:
        works = live_works(session)
        for scope in random_scopes(200, list(ids.values()), (2024, 2025, 2026), (6, 7)):
            query = (
                select(ClassWork.id).join(Assessment, Assessment.id == ClassWork.assessment_id)
                .where(ClassWork.deleted_at.is_(None), ClassWork.replaced_by.is_(None)).order_by(ClassWork.id)
            )
            own = session.exec(scope.within_classes(query, CLASS_COLUMNS)).all()
            found = class_heads(session, scope, works)
            assert sorted(head.id for heads in found.values() for head in heads) == list(own), scope
            several += 0 < len(own) < 24
    assert several > 50, "scopes that see a part are among them"


def test_people_with_equal_reach_share_what_was_read(town, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, ids = town
    asked: list[str] = []
    read = reading_heads._heads

    def counted(session, scope, which):
        asked.append(scope.key)
        return read(session, scope, which)

    monkeypatch.setattr(reading_heads, "_heads", counted)
    grant = Grant(VIEW, frozenset(ids.values()))
    with reading(engine) as session:
        works = live_works(session)
        found = [class_heads(session, Scope.of(actor, f"Специалист {actor}", (grant,)), works) for actor in (1, 2, 3)]
    assert found[0] == found[1] == found[2]
    assert len(asked) == 3, "once a year of works"


def test_a_class_that_came_or_went_is_seen_at_once(town) -> None:
    engine, ids = town
    scope = scopes(ids)["town"]

    def count() -> int:
        with reading(engine) as session:
            return sum(map(len, class_heads(session, scope, live_works(session)).values()))

    assert count() == 24
    with writing(engine, actor="тест") as session:
        session.delete(session.exec(select(ClassWork)).first())
        assert sum(map(len, class_heads(session, scope, live_works(session)).values())) == 23, "who writes sees it"
    assert count() == 23
