import pytest
from sqlalchemy import Engine, func, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, select

from core.blueprints.tables import BlueprintItem
from core.errors import EditConflict
from core.intake.tables import ClassWork, Upload, UploadState
from core.people.tables import Organisation, OrganisationKind
from core.store.audit import record_event
from core.store.base import SoftDeleted, Versioned, utc_now
from core.store.data_version import data_version
from core.store.history import history, journal
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from tests.store.rows import add_row, some_value, tables


def organisation(engine: Engine, name: str = "Школа 1") -> int:
    with writing(engine, actor="Петрова А. И.", actor_id=3) as session:
        row = Organisation(code=name, name=name, kind=OrganisationKind.SCHOOL)
        session.add(row)
        session.flush()
        return row.id


@pytest.mark.parametrize("table", tables(audited=True), ids=lambda table: table.__tablename__)
def test_every_write_to_every_table_is_in_the_journal(engine: Engine, table: type[SQLModel]) -> None:
    with writing(engine, actor="Петрова А. И.", operation_id="click") as session:
        row = add_row(session, table)
        key = getattr(row, "id", None)
        # A required column if there is one: what may be empty is empty in the row.
        changed = min(
            (
                column for column in table.__table__.columns
                if not column.primary_key and not column.foreign_keys and column.unique is not True
                and column.name not in {"version", "deleted_at", "deleted_by"}
            ),
            key=lambda column: column.nullable is True,
        )
        before = getattr(row, changed.name)
        after = some_value(changed)
        while after == before:
            after = some_value(changed)
        setattr(row, changed.name, after)
        session.flush()
        if isinstance(row, SoftDeleted):
            row.deleted_at = utc_now()
            session.flush()
            assert row.deleted_by == "Петрова А. И."
            row.deleted_at = None
            session.flush()
        session.delete(row)
    with reading(engine) as session:
        lines = [line for line in history(session, table.__tablename__, key) if line.object_id == key][::-1]
    soft = ["удалено", "восстановлено"] if issubclass(table, SoftDeleted) else []
    assert [line.action for line in lines] == ["создано", "изменено", *soft, "удалено"]
    assert lines[1].field == changed.name
    assert lines[1].old != lines[1].new or lines[1].old == "скрыто"
    assert {line.actor for line in lines} == {"Петрова А. И."}


@pytest.mark.parametrize("table", tables(audited=False), ids=lambda table: table.__tablename__)
def test_bookkeeping_is_not_in_the_journal(sqlite_engine: Engine, table: type[SQLModel]) -> None:
    with writing(sqlite_engine, actor="Петрова А. И.") as session:
        add_row(session, table)
    with reading(sqlite_engine) as session:
        assert history(session, table.__tablename__) == []


def test_nothing_of_a_failed_change_is_in_the_journal(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine, actor="Петрова") as session:
        session.add(Organisation(code="1", name="Школа", kind=OrganisationKind.SCHOOL))
        session.flush()
        raise ZeroDivisionError
    with reading(engine) as session:
        assert session.exec(select(func.count()).select_from(AuditEntry)).one() == 0
        assert data_version(session) == 0


def test_journal_tells_old_and_new_of_each_field(engine: Engine) -> None:
    key = organisation(engine)
    with writing(engine, actor="Иванов", reason="Переименована приказом") as session:
        row = session.get_one(Organisation, key)
        row.name, row.time_zone = "Гимназия 1", "Asia/Omsk"
    with reading(engine) as session:
        lines = history(session, "organisation", key)
        of_school = journal(session, organisation_ids={key})
        elsewhere = journal(session, organisation_ids={key + 1})
    changes = {line.field: (line.old, line.new, line.actor, line.reason) for line in lines if line.action == "изменено"}
    assert changes == {
        "name": ("Школа 1", "Гимназия 1", "Иванов", "Переименована приказом"),
        "time_zone": ("Europe/Moscow", "Asia/Omsk", "Иванов", "Переименована приказом"),
    }
    assert lines[-1].new == "Школа 1"
    assert (len(of_school), elsewhere) == (3, [])


def test_old_value_is_kept_though_it_was_never_loaded(engine: Engine) -> None:
    key = organisation(engine)
    with writing(engine, actor="Иванов") as session:
        row = session.get_one(Organisation, key)
        session.expire(row, ["name"])
        row.name = "Лицей"
    with reading(engine) as session:
        assert history(session, "organisation", key)[0].old == "Школа 1"


def test_blobs_are_kept_as_size_and_checksum_and_long_texts_cut(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="Иванов") as session:
        work = add_row(session, ClassWork)
        work.scores = b"\x01" * 750
        session.flush()
        item = add_row(session, BlueprintItem)
        item.skill = "у" * 5000
    with reading(sqlite_engine) as session:
        scores = history(session, "class_work", work.id)[0]
        skill = history(session, "blueprint_item", item.id)[0]
    assert scores.new.startswith("750 байт, контрольная сумма ")
    assert len(skill.new) == 2001


def test_enumerations_are_said_in_words(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, actor="Иванов") as session:
        upload = add_row(session, Upload)
        upload.state = UploadState.STORED
        session.flush()
        upload.state = UploadState.UNDONE
        session.flush()
        assert history(session, "upload", upload.id)[0].new == "отменена"


def test_event_is_recorded_with_its_reason(engine: Engine) -> None:
    with writing(engine, actor="Иванов", actor_id=4, operation_id="op") as session:
        record_event(session, "просмотр фамилий", "organisation", 5, organisation_id=5, new=27, reason="Запрос суда")
    with reading(engine) as session:
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.action, entry.new, entry.reason, entry.actor_id, entry.operation_id) == (
            "просмотр фамилий", "27", "Запрос суда", 4, "op"
        )
        assert data_version(session) == 0, "an event alone does not make caches stale"


def test_journal_can_be_neither_changed_nor_emptied(engine: Engine) -> None:
    organisation(engine)
    statements = ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"]
    if engine.dialect.name == "postgresql":
        statements.append("TRUNCATE audit_entry")
    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    with reading(engine) as session:
        assert len(history(session, "organisation")) == 1


def test_change_of_many_rows_past_the_journal_is_refused(sqlite_engine: Engine) -> None:
    key = organisation(sqlite_engine)
    statement = update(Organisation).values(name="Одинаково")
    with pytest.raises(RuntimeError, match="audit trail"), writing(sqlite_engine, actor="Иванов") as session:
        session.execute(statement)
    with writing(sqlite_engine, actor="Иванов") as session:
        session.execute(statement, execution_options={"audited_by_caller": True})
        record_event(session, "переименованы все", "organisation")
    with reading(sqlite_engine) as session:
        assert session.get_one(Organisation, key).name == "Одинаково"
        assert data_version(session) == 2


def test_reading_cannot_change_anything(engine: Engine) -> None:
    key = organisation(engine)
    with pytest.raises(RuntimeError, match="reading"), reading(engine) as session:
        session.get_one(Organisation, key).name = "Изменено"
        session.flush()
    with pytest.raises(RuntimeError, match="reading"), reading(engine) as session:
        session.execute(update(Organisation).values(name="Изменено"))
    with reading(engine) as session:
        session.get_one(Organisation, key).name = "Изменено"
    with reading(engine) as session:
        assert session.get_one(Organisation, key).name == "Школа 1"


def test_stale_row_is_a_conflict_not_a_silent_overwrite(engine: Engine) -> None:
    key = organisation(engine)
    with reading(engine) as session:
        seen = session.get_one(Organisation, key)
    with writing(engine, actor="Первый") as session:
        session.get_one(Organisation, key).name = "Первое имя"
    with pytest.raises(EditConflict, match="изменил кто-то другой"), writing(engine, actor="Второй") as session:
        session.add(seen)
        seen.name = "Второе имя"
    with reading(engine) as session:
        assert session.get_one(Organisation, key).name == "Первое имя"


def test_version_grows_with_each_change(engine: Engine) -> None:
    key = organisation(engine)
    for name in ("а", "б", "в"):
        with writing(engine, actor="Иванов") as session:
            session.get_one(Organisation, key).name = name
    with reading(engine) as session:
        row: Versioned = session.get_one(Organisation, key)
        assert row.version == 4


def test_data_version_grows_once_in_a_unit_that_changed_something(engine: Engine) -> None:
    def version() -> int:
        with reading(engine) as session:
            return data_version(session)

    assert version() == 0
    with writing(engine, actor="Иванов") as session:
        for number in range(3):
            session.add(Organisation(code=str(number), name="Школа", kind=OrganisationKind.SCHOOL))
            session.flush()
    assert version() == 1
    with writing(engine, actor="Иванов") as session:
        session.exec(select(Organisation)).all()
    assert version() == 1
    with writing(engine, actor="Иванов") as session:
        with session.begin_nested():
            session.exec(select(Organisation)).first().name = "Лицей"
        session.exec(select(Organisation)).first().time_zone = "Asia/Omsk"
    assert version() == 2


def test_plain_session_is_not_a_way_around_the_author(sqlite_engine: Engine) -> None:
    from core.store.audit import UnitOfWork

    with pytest.raises(RuntimeError), UnitOfWork(sqlite_engine) as session:
        session.add(Organisation(code="1", name="Школа", kind=OrganisationKind.SCHOOL))
        session.commit()
    assert isinstance(session, Session)
