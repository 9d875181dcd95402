"""An erased name is found nowhere: not in any column of any table, the trail, frozen editions, the file or its copy."""

import json
from pathlib import Path

import pytest
from sqlalchemy import JSON, Engine, Enum, String, text
from sqlmodel import Session, SQLModel, select

from core.people.account_tables import Account
from core.people.erasure import erase_person
from core.people.mentions import replace_mentions
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.teacher_tables import Teacher
from core.people.written_names import plain_name, teacher_name
from core.planning.approval_tables import RoadmapSnapshot
from core.planning.meeting_tables import Attendance, Meeting, Task
from core.planning.snapshots import checksum
from core.practice.club_tables import ClubEvent
from core.store.answers import _known as kept_answers
from core.store.answers import answer_of
from core.store.backup import backup
from core.store.files import database_path
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from core.support.route_tables import IndividualRoute
from core.support.visit_tables import LessonVisit
from tests.people.conftest import Region, add_role
from tests.store.rows import add_row, tables

ADMIN = Scope.local_administrator()
NAME, SHORT = "Смирнова Ольга Игоревна", "Смирнова О. И."
TRACES = ("Смирнова", "Смирновой", "Смирнову", "smirnova@school.example", "ольга-логин")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))


def fill_with_the_name(session: Session) -> int:
    """Write the name into every text and every JSON of a row of every table; return into how many cells."""
    filled = 0
    for table in [*tables(audited=True), *tables(audited=False)]:
        if table.__tablename__ in {"data_version", "table_version", "audit_entry", "teacher", "account"}:
            continue
        row = add_row(session, table)
        for column in table.__table__.columns:
            kind = column.type.impl_instance if hasattr(column.type, "impl_instance") else column.type
            if column.primary_key or column.foreign_keys:
                continue
            if isinstance(kind, JSON):
                setattr(row, column.key, {"кто": [f"Слушали: Смирнову О.\u00a0И., {NAME}"]})
            elif isinstance(kind, String) and not isinstance(kind, Enum) and (kind.length or 99) >= len(NAME) + 20:
                setattr(row, column.key, f"для {NAME} от {id(column) % 9999}")
            else:
                continue
            filled += 1
        session.add(row)
        session.flush()
    return filled


def everything(engine: Engine) -> str:
    """Return all that the database holds, with the escapes of JSON undone."""
    with reading(engine) as session:
        lines = [
            str(value)
            for table in SQLModel.metadata.sorted_tables
            for row in session.connection().execute(text(f'SELECT * FROM "{table.name}"'))
            for value in row
        ]
    return "\n".join(lines) + "\n".join(line.encode().decode("unicode_escape") for line in lines if "\\u04" in line)


def found_in(content: bytes) -> list[str]:
    """Return the traces that stand in the bytes, in any encoding that a program may have used."""
    return [
        trace
        for trace in TRACES
        for spelled in (
            trace.encode(), trace.encode("utf-16-le"), trace.encode("utf-16-be"), trace.encode("cp1251"),
            trace.encode("koi8-r"), json.dumps(trace)[1:-1].encode(), trace.upper().encode(),
        )
        if spelled in content
    ]


def test_the_name_is_nowhere_after_the_erasure(region: Region, tmp_path: Path) -> None:
    engine, teacher_id, account_id = region.engine, region.teachers["Смирнова"], region.accounts["учитель"]
    with writing(engine, SHORT, account_id) as session:
        account = session.get_one(Account, account_id)
        account.display_name, account.email, account.login = SHORT, "smirnova@school.example", "ольга-логин"
    with writing(engine, "Смирнова-Орлова О. И.", account_id, reason=f"по просьбе {NAME}") as session:
        filled = fill_with_the_name(session)
        session.add(session.get_one(Teacher, teacher_id))
        for row in session.exec(select(Task)).all():
            row.status_note = "Поручить СМИРНОВОЙ О.И. и\u00a0О. И. Смирновой"
    with reading(engine) as session:
        before = len(session.exec(select(AuditEntry)).all())
    assert filled > 100 and NAME in everything(engine)
    with writing(engine, "директор") as session:
        done = erase_person(session, ADMIN, teacher_id=teacher_id, reason="заявление № 5")
    assert done.mentions >= filled
    left = everything(engine)
    assert [trace for trace in TRACES if trace.casefold() in left.casefold()] == []
    backup(engine, tmp_path / "after.db")
    assert found_in((tmp_path / "after.db").read_bytes()) == []
    path = database_path(engine.url.database) if engine.dialect.name == "sqlite" else None
    if path is not None:
        for part in (path, path.with_name(path.name + "-wal")):
            assert not part.exists() or found_in(part.read_bytes()) == []
    with reading(engine) as session:
        entries = session.exec(select(AuditEntry)).all()
        acted = {entry.actor for entry in entries if entry.actor_id == account_id}
        snapshot = session.exec(select(RoadmapSnapshot)).first()
    assert len(entries) > before and acted == {done.alias}, "what happened stays, who is an alias"
    assert snapshot is not None and snapshot.sha256 == checksum(snapshot.content), "a frozen edition is still sound"


def test_no_answer_that_was_kept_before_names_the_person(region: Region) -> None:
    """Statements of the erasure go past the unit of work, and count in every table all the same."""
    engine = region.engine

    def told(session: Session, _scope: Scope, name: str) -> list[str]:
        return [str(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))]

    def answers() -> dict[str, list[str]]:
        with reading(engine) as session:
            names = [table.name for table in SQLModel.metadata.sorted_tables]
            return {name: answer_of(session, ADMIN, told, name) for name in names}

    with writing(engine, SHORT, region.accounts["учитель"]) as session:
        fill_with_the_name(session)
    assert "Смирнов" in str(answers())
    with writing(engine, "директор") as session:
        erase_person(session, ADMIN, teacher_id=region.teachers["Смирнова"], reason="заявление № 5")
    assert "Смирнов" not in str([kept.answer for kept in kept_answers.values()]), "nothing of it stays in memory"
    assert [name for name, rows in answers().items() if "Смирнов" in str(rows)] == []


def test_the_trail_is_closed_again(region: Region) -> None:
    with writing(region.engine, "директор") as session:
        erase_person(session, ADMIN, teacher_id=region.teachers["Смирнова"], reason="заявление")
    for statement in ("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(Exception, match="append-only"), region.engine.begin() as connection:
            connection.execute(text(statement))
    with reading(region.engine) as session:
        last = session.exec(select(AuditEntry).where(AuditEntry.action == "персональные данные удалены")).one()
    assert last.field == "замена имени" and last.reason == "заявление"


def test_an_erasure_that_fails_leaves_the_trail_as_it_was(region: Region) -> None:
    with pytest.raises(RuntimeError, match="в конце"), writing(region.engine, "директор") as session:
        erase_person(session, ADMIN, teacher_id=region.teachers["Смирнова"], reason="заявление")
        raise RuntimeError("в конце")
    with reading(region.engine) as session:
        assert session.get_one(Teacher, region.teachers["Смирнова"]).full_name == NAME
    with pytest.raises(Exception, match="append-only"), region.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))


def test_an_account_of_one_word_loses_its_authorship(region: Region) -> None:
    """«Завуч» is a word of many texts: it goes where somebody is meant, and stays where the word is meant."""
    with writing(region.engine, "Завуч", region.accounts["методист школы"]) as session:
        session.get_one(Account, region.accounts["методист школы"]).display_name = "Завуч"
        meeting = add_row(session, Meeting)
        meeting.chair, meeting.topic = "Завуч", "Завуч отчитывается"
        person = add_row(session, Attendance)
        person.name = "завуч"
        session.flush()
        meeting_id, person_id = meeting.id, person.id
    with writing(region.engine, "тест") as session:
        add_role(session, region, "директор", Role.ADMINISTRATOR, None)
        done = erase_person(session, ADMIN, account_id=region.accounts["методист школы"], reason="уволен")
    with reading(region.engine) as session:
        meeting, person = session.get_one(Meeting, meeting_id), session.get_one(Attendance, person_id)
        actors = {entry.actor for entry in session.exec(select(AuditEntry))}
    assert (meeting.chair, meeting.topic, person.name) == (done.alias, "Завуч отчитывается", done.alias)
    assert "Завуч" not in actors and done.alias in actors


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Смирнова Ольга Игоревна", "№"),
        ("СМИРНОВА  ОЛЬГА ИГОРЕВНА", "№"),
        ("по докладу Смирновой Ольги Игоревны", "по докладу №"),
        ("Слушали Смирнову О. И., О.И. Смирнову", "Слушали №, №"),
        ("поручить О. И. Смирновой;", "поручить №;"),
        ("Смирнова Ольга — руководитель", "№ — руководитель"),
        ("Смирнова А. И. и Смирновский О. И.", "Смирнова А. И. и Смирновский О. И."),
        ("Ольга Игоревна", "Ольга Игоревна"),
    ],
)
def test_spellings_of_a_name(written: str, left: str) -> None:
    assert teacher_name(NAME, ["Иванова Анна Петровна"]).replaced(written, "№") == left


def test_spellings_that_may_mean_somebody_else_stay() -> None:
    name = teacher_name("Семёнова Ольга Игоревна", ["Семенов Олег Иванович", "Семёнова Ольга Петровна"])
    assert name.replaced("Семенова Ольга Игоревна, Семёнова О. И., Семёнова Ольга", "№") == (
        "№, Семёнова О. И., Семёнова Ольга"
    )
    assert not name.bare


def test_names_of_accounts() -> None:
    assert plain_name("Семёнова О. И.").replaced("у Семеновой О.И. и СЕМЁНОВОЙ О. И.", "№") == "у № и №"
    assert plain_name("a.b@школа.рф").replaced("пишите a.b@школа.рф!", "№") == "пишите №!"
    assert plain_name("Отдел оценки").replaced("Отдел  оценки качества", "№") == "№ качества"


def test_the_trail_is_rewritten_inside_a_writing_unit_only(region: Region) -> None:
    with reading(region.engine) as session, pytest.raises(RuntimeError):
        replace_mentions(session, [plain_name("Кто То")], "№", None)


def test_a_bare_surname_goes_where_nothing_but_a_person_is_written(region: Region) -> None:
    """Who came to a lesson, a tutor, a leader of a club's meeting: often the surname alone."""
    with writing(region.engine, "тест") as session:
        visit, route, event = (add_row(session, table) for table in (LessonVisit, IndividualRoute, ClubEvent))
        visit.visitor, route.tutor, event.leader = "Смирнова", "смирнова", "СМИРНОВА"
        visit.purpose = "Смирнова — поэт"
        session.flush()
        ids = visit.id, route.id, event.id
    with writing(region.engine, "директор") as session:
        done = erase_person(session, ADMIN, teacher_id=region.teachers["Смирнова"], reason="заявление")
    with reading(region.engine) as session:
        visit, route, event = (
            session.get_one(table, row_id)
            for table, row_id in zip((LessonVisit, IndividualRoute, ClubEvent), ids, strict=True)
        )
    assert (visit.visitor, route.tutor, visit.purpose) == (done.alias, done.alias, "Смирнова — поэт")
    assert event.leader == done.alias
