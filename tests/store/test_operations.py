import pytest
from sqlalchemy import Engine, func, select, text
from sqlmodel import Session

from core.errors import EditConflict, InvalidInput, StoreUnavailable
from core.people.tables import Organisation, OrganisationKind
from core.store.operations import run_once
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading
from tests.store.threads import at_once


def count(engine: Engine) -> int:
    with reading(engine) as session:
        return session.execute(select(func.count()).select_from(Organisation)).scalar_one()


def add_school(session: Session) -> dict[str, object]:
    number = session.execute(select(func.count()).select_from(Organisation)).scalar_one()
    row = Organisation(code=f"edu{number}", name="Школа", kind=OrganisationKind.SCHOOL)
    session.add(row)
    session.flush()
    return {"id": row.id}


def test_same_operation_twice_gives_the_first_result(engine: Engine) -> None:
    first = run_once(engine, "op-1", "Иванов", add_school)
    assert run_once(engine, "op-1", "Иванов", add_school) == first
    assert run_once(engine, "op-2", "Иванов", add_school) != first
    assert count(engine) == 2
    with reading(engine) as session:
        assert set(session.execute(select(AuditEntry.operation_id)).scalars()) == {"op-1", "op-2"}


def test_double_click_in_two_threads_does_one_thing(engine: Engine) -> None:
    results = []

    def click(_number: int) -> None:
        results.append(run_once(engine, operation, "Иванов", add_school))

    for attempt in range(10):
        operation = f"op-{attempt}"
        assert at_once(4, click) == []
    assert count(engine) == 10
    assert len({str(result) for result in results}) == 10


def test_failed_operation_can_be_repeated(engine: Engine) -> None:
    def fail(session: Session) -> dict[str, object]:
        add_school(session)
        raise InvalidInput("Нельзя.")

    with pytest.raises(InvalidInput):
        run_once(engine, "op-1", "Иванов", fail)
    assert count(engine) == 0
    run_once(engine, "op-1", "Иванов", add_school)
    assert count(engine) == 1


def test_operation_of_another_person_is_not_told(engine: Engine) -> None:
    run_once(engine, "op-1", "Иванов", add_school)
    with pytest.raises(InvalidInput, match="другому пользователю"):
        run_once(engine, "op-1", "Петрова", add_school)


def test_lost_connection_is_repeated_without_the_user(postgres_engine: Engine) -> None:
    attempts = []

    def interrupted(session: Session) -> dict[str, object]:
        result = add_school(session)
        attempts.append(1)
        if len(attempts) < 3:
            process = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with postgres_engine.connect().execution_options(writes=False) as killer:
                killer.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
        return result

    run_once(postgres_engine, "op-1", "Иванов", interrupted)
    assert (len(attempts), count(postgres_engine)) == (3, 1)
    attempts[:] = []
    with pytest.raises(StoreUnavailable):
        run_once(postgres_engine, "op-2", "Иванов", lambda session: (attempts.clear(), interrupted(session))[1])
    assert count(postgres_engine) == 1


def test_conflict_that_the_work_itself_finds_is_not_repeated(engine: Engine) -> None:
    attempts = []

    def conflict(_session: Session) -> dict[str, object]:
        attempts.append(1)
        raise EditConflict("Изменено другим.")

    with pytest.raises(EditConflict):
        run_once(engine, "op-1", "Иванов", conflict)
    assert attempts == [1]
