"""Many rows at once leave the same trail as rows one by one."""

from sqlalchemy import Engine
from sqlmodel import select

from core.people.tables import Organisation, OrganisationKind
from core.store.audit import CREATED, insert_created
from core.store.data_version import data_version
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing


def values(number: int) -> dict[str, object]:
    return {
        "code": f"edu{number}", "name": f"Школа № {number}", "kind": OrganisationKind.SCHOOL,
        "time_zone": "Europe/Moscow", "version": 1,
    }


def test_rows_and_trail(engine: Engine) -> None:
    with reading(engine) as session:
        before = data_version(session)
    with writing(engine, "Методист", operation_id="once") as session:
        insert_created(session, Organisation, [values(1), values(2)])
    with reading(engine) as session:
        rows = {row.id: row for row in session.exec(select(Organisation))}
        trail = session.exec(select(AuditEntry).where(AuditEntry.object_type == "organisation")).all()
        assert {row.name for row in rows.values()} == {"Школа № 1", "Школа № 2"}
        assert {(entry.object_id, entry.new) for entry in trail} == {(key, row.name) for key, row in rows.items()}
        assert {(entry.action, entry.actor, entry.operation_id) for entry in trail} == {(CREATED, "Методист", "once")}
        assert data_version(session) == before + 1


def test_nothing_to_insert_changes_nothing(engine: Engine) -> None:
    with reading(engine) as session:
        before = data_version(session)
    with writing(engine, "Методист") as session:
        insert_created(session, Organisation, [])
    with reading(engine) as session:
        assert data_version(session) == before
