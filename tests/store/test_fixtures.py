from sqlalchemy import Engine
from sqlmodel import select

from core.people.tables import Organisation, OrganisationKind
from core.store.unit_of_work import reading, writing


def test_each_test_has_a_store_of_its_own(engine: Engine) -> None:
    with writing(engine, actor="Петрова") as session:
        session.add(Organisation(code="edu1", name="Школа 1", kind=OrganisationKind.SCHOOL))
    with reading(engine) as session:
        assert [row.kind for row in session.exec(select(Organisation))] == [OrganisationKind.SCHOOL]


def test_nothing_of_the_other_test_is_left(engine: Engine) -> None:
    with reading(engine) as session:
        assert session.exec(select(Organisation)).all() == []
