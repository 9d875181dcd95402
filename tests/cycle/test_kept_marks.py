"""Marks that follow from results are kept until results change; inside a unit of work that writes nothing is kept."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from core.analysis.tables import FieldReview
from core.cycle.kept_marks import kept_until_changed
from core.cycle.marks import BY_HAND, MarksByPlace
from core.cycle.place import CyclePlace, Places
from core.cycle.records import Derived
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.planning.roadmap_tables import Roadmap
from core.store.unit_of_work import reading, writing
from tests.store.rows import add_row

ALL = Scope.local_administrator()
SCHOOL = Organisation(id=1, code="1", name="Школа", kind=OrganisationKind.SCHOOL)
PLACES: Places = (CyclePlace(SCHOOL, frozenset({1}), 2027),)


class Asked:
    """A finder that counts how often it looks into the store."""

    def __init__(self) -> None:
        self.times = 0

    def find(self, session: Session, scope: Scope, places: Places) -> MarksByPlace:
        self.times += 1
        return {place.id: {Derived.MANUAL: BY_HAND} for place in places}


def looked(engine: Engine, asked: Asked, finder, scope: Scope = ALL, places: Places = PLACES) -> int:
    with reading(engine) as session:
        assert finder(session, scope, places) == {1: {Derived.MANUAL: BY_HAND}}
    return asked.times


def test_marks_are_found_anew_only_after_a_change_they_could_depend_on(engine: Engine) -> None:
    asked = Asked()
    finder = kept_until_changed("analysis")(asked.find)
    with writing(engine, "тест") as session:
        add_row(session, Roadmap)
        add_row(session, FieldReview)
    assert [looked(engine, asked, finder) for _ in range(2)] == [1, 1]
    with writing(engine, "тест") as session:
        session.exec(select(Roadmap)).first().title = "Другая карта"
    assert looked(engine, asked, finder) == 1, "results do not follow from roadmaps"
    with writing(engine, "тест") as session:
        session.exec(select(FieldReview)).first().cause = "другая причина"
    assert looked(engine, asked, finder) == 2


def test_other_rights_and_places_have_their_own(sqlite_engine: Engine) -> None:
    asked = Asked()
    finder = kept_until_changed("analysis")(asked.find)
    other = (CyclePlace(SCHOOL, frozenset({1, 2}), 2027),)
    assert looked(sqlite_engine, asked, finder) == 1
    assert looked(sqlite_engine, asked, finder, Scope.of(7, "Иванов", ())) == 2
    assert looked(sqlite_engine, asked, finder, places=other) == 3


def test_who_writes_sees_what_they_wrote_and_nobody_else_does(sqlite_engine: Engine) -> None:
    asked = Asked()
    finder = kept_until_changed("analysis")(asked.find)
    with writing(sqlite_engine, "тест") as session:
        for _ in range(2):
            finder(session, ALL, PLACES)
    assert asked.times == 2
    assert looked(sqlite_engine, asked, finder) == 3
