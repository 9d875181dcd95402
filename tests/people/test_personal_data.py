"""A person may know what is kept about them, and be forgotten; figures of the past stay."""

import io
import json

import openpyxl
import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, select

from core.errors import InvalidInput, NotAllowed, NotFound
from core.intake.tables import Upload
from core.people.access import scope_for
from core.people.account_tables import Account, AccountSecret
from core.people.accounts import create_account
from core.people.assignments import list_assignments
from core.people.erasure import erase_person
from core.people.keys import InstallationKey
from core.people.personal_data import export_person
from core.people.role_grants import grant_role
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.sign_in import Refused, sign_in
from core.people.teacher_tables import Teacher
from core.people.teachers import record_consent
from core.store.tables import AuditEntry, GridDraft
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region

ADMIN = Scope.local_administrator()
KEY = InstallationKey(b"k" * 48)
CANARY = "Смирнова Ольга Игоревна"


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


@pytest.fixture
def known(region: Region) -> Region:
    """The teacher's name stands wherever people write names."""
    with writing(region.engine, CANARY, region.accounts["учитель"]) as session:
        account = session.get(Account, region.accounts["учитель"])
        assert account is not None
        account.display_name, account.email = "Смирнова О. И.", "smirnova@school.example"
        record_consent(session, ADMIN, region.teachers["Смирнова"], given=True, order="7-о", on=DAY)
        session.add(
            Upload(
                file_name="итоги.xlsx",
                sha256="0",
                layout="vpr_form",
                uploaded_by="Смирнова О. И.",
                findings=[{"message": f"Файл прислала {CANARY}"}],
            )
        )
        session.add(GridDraft(actor="Смирнова О. И.", grid="g", edits={"0": CANARY}))
    sign_in(region.engine, KEY, "учитель", "не тот", address="192.0.2.1")
    return region


def test_everything_about_a_person_can_be_taken_away(known: Region) -> None:
    teacher_id = known.teachers["Смирнова"]
    with writing(known.engine, "директор") as session:
        data = export_person(session, scope_of(known, "директор"), teacher_id=teacher_id)
    sections = {row.table for row in data.rows}
    assert sections >= {"Педагог", "Работа в организациях", "Нагрузка", "Учётная запись", "Роли", "Попытки входа"}
    assert "Журнал изменений" in sections
    values = {(row.field, row.value) for row in data.rows}
    assert ("фамилия, имя, отчество", CANARY) in values and ("роль", "учитель") in values
    assert ("номер приказа о согласии", "7-о") in values
    whole = json.dumps(data.as_json(), ensure_ascii=False)
    assert "smirnova@school.example" in whole
    for secret in ("password_hash", "totp", "token_hash", "login_hash", "Иванова"):
        assert secret not in whole
    book = openpyxl.load_workbook(io.BytesIO(data.as_workbook()))
    assert CANARY in str(book.worksheets[0]["A1"].value)
    with reading(known.engine) as session:
        assert "выгрузка данных о человеке" in [entry.action for entry in session.exec(select(AuditEntry))]


def test_everybody_may_ask_about_themselves_and_nobody_about_strangers(known: Region) -> None:
    own = scope_of(known, "учитель")
    with writing(known.engine, "учитель") as session:
        assert export_person(session, own, teacher_id=known.teachers["Смирнова"]).rows
        assert export_person(session, own, account_id=known.accounts["учитель"]).rows
        with pytest.raises(NotFound):
            export_person(session, own, teacher_id=known.teachers["Иванова"])
        with pytest.raises(NotAllowed):
            export_person(session, own, account_id=known.accounts["директор"])
        with pytest.raises(NotFound):
            export_person(session, scope_of(known, "директор"), teacher_id=known.teachers["Сидорова"])
        with pytest.raises(NotAllowed):
            export_person(session, scope_of(known, "методист"), teacher_id=known.teachers["Смирнова"])


def test_every_account_may_take_its_own_data_away(known: Region) -> None:
    with writing(known.engine, "тест") as session:
        for name in ("методист", "методист школы", "специалист", "наблюдатель", "руководитель шмо", "без роли"):
            data = export_person(session, scope_of(known, name), account_id=known.accounts[name])
            assert ("логин", name) in {(row.field, row.value) for row in data.rows}
            with pytest.raises((NotAllowed, NotFound)):
                export_person(session, scope_of(known, name), account_id=known.accounts["учитель"])


def everything(region: Region, *but: str) -> str:
    """Return all that the database holds, but for some tables."""
    with reading(region.engine) as session:
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in but]
        return "\n".join(
            json.dumps([str(value) for value in row], ensure_ascii=False)
            for table in tables
            for row in session.connection().execute(text(f'SELECT * FROM "{table.name}"'))
        )


def test_an_erased_person_leaves_figures_and_no_name(known: Region) -> None:
    teacher_id, account_id = known.teachers["Смирнова"], known.accounts["учитель"]
    alias = f"Педагог-{teacher_id:02d}"
    assert CANARY in everything(known)
    with writing(known.engine, "директор") as session:
        with pytest.raises(InvalidInput, match="основание"):
            erase_person(session, scope_of(known, "директор"), teacher_id=teacher_id, reason=" ")
        done = erase_person(session, scope_of(known, "директор"), teacher_id=teacher_id, reason="заявление № 5")
    assert (done.alias, done.teacher_erased, done.account_removed) == (alias, True, True)
    assert done.mentions >= 4
    left = everything(known, "audit_entry")
    for trace in (CANARY, "Смирнова", "smirnova@school.example", "7-о"):
        assert trace not in left
    with reading(known.engine) as session:
        teacher, account = session.get(Teacher, teacher_id), session.get(Account, account_id)
        classes = list_assignments(session, ADMIN, known.units["школа 1"], 2027)
        notes = session.exec(select(AuditEntry).where(AuditEntry.action == "персональные данные удалены")).all()
        secret = session.get(AccountSecret, account_id)
    assert teacher is not None and teacher.erased_at is not None and teacher.subjects == ["Математика"]
    assert [row.teacher_name for row in classes] == [alias], "the class keeps its teacher for the figures"
    assert account is not None and account.display_name == alias and account.deleted_at is not None and secret is None
    assert len(notes) == 1 and notes[0].reason == "заявление № 5"
    assert isinstance(sign_in(known.engine, KEY, "учитель", "не тот", address=""), Refused)
    with reading(known.engine) as session:
        trail = "\n".join(f"{entry.old} {entry.new} {entry.reason}" for entry in session.exec(select(AuditEntry)))
    assert CANARY not in trail and "Смирнова О. И." not in trail, "values of names never reach the журнал"


def test_a_namesake_by_initials_keeps_the_name(known: Region) -> None:
    with writing(known.engine, "тест") as session:
        session.add(Teacher(full_name="Смирнова Олеся Ивановна"))
        account = session.get(Account, known.accounts["учитель"])
        assert account is not None
        account.display_name = "Учитель математики"
        session.flush()
        erase_person(session, ADMIN, teacher_id=known.teachers["Смирнова"], reason="заявление")
    with reading(known.engine) as session:
        upload = session.exec(select(Upload)).one()
    assert upload.uploaded_by == "Смирнова О. И.", "somebody else may be meant"
    assert CANARY not in str(upload.findings)


def test_who_may_erase(known: Region) -> None:
    teacher_id = known.teachers["Смирнова"]
    with writing(known.engine, "тест") as session:
        for name in ("учитель", "методист", "специалист", "методист школы"):
            with pytest.raises(NotAllowed):
                erase_person(session, scope_of(known, name), teacher_id=teacher_id, reason="так")
        with pytest.raises(NotFound):
            erase_person(session, scope_of(known, "директор"), teacher_id=known.teachers["Сидорова"], reason="так")
        with pytest.raises(NotAllowed):
            erase_person(
                session, scope_of(known, "администратор"), account_id=known.accounts["администратор"], reason="так"
            )
        given = create_account(session, ADMIN, login="гость", display_name="Гость Г. Г.", organisation_id=None)
        grant_role(session, ADMIN, given.account_id, Role.OBSERVER, organisation_id=known.units["район"])
        done = erase_person(session, ADMIN, account_id=given.account_id, reason="уволен")
        assert not done.teacher_erased and done.account_removed
