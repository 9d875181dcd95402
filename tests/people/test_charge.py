"""In whose charge a teacher is: the old school no longer changes or erases, a second one does not lose its people."""

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core.diagnostics.remark_tables import AttestationRemark
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.account_teacher import link_teacher
from core.people.accounts import create_account
from core.people.associations import add_member
from core.people.erasure import erase_person
from core.people.managing import roles_to_give
from core.people.people_grids import save_teachers
from core.people.personal_data import PersonalData, export_person
from core.people.role_names import Role
from core.people.roles import GRANTED_BY
from core.people.scope import Scope
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import delete_teacher, get_teacher, record_consent
from core.planning.recommendation_tables import Recommendation
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.people.conftest import Region, add_role, build
from tests.store.rows import add_row

ADMIN = Scope.local_administrator()
NAME = "Смирнова Ольга Игоревна"


@pytest.fixture
def region(sqlite_engine: Engine) -> Region:
    return build(sqlite_engine)


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        return scope_for(session, session.get_one(Account, region.accounts[name]))


def move_away(region: Region, teacher: str, *, also_stays: bool = False) -> None:
    """Let a teacher of school 1 work in school 2 from today on."""
    with writing(region.engine, "тест") as session:
        job = session.exec(select(Employment).where(Employment.teacher_id == region.teachers[teacher])).one()
        job.left_on = None if also_stays else date.today()
        session.add(job)
        session.add(Employment(teacher_id=region.teachers[teacher], organisation_id=region.units["школа 2"]))


def test_who_works_elsewhere_now_is_no_longer_in_the_charge_of_the_old_school(region: Region) -> None:
    teacher_id, account_id = region.teachers["Смирнова"], region.accounts["учитель"]
    move_away(region, "Смирнова")
    director = scope_of(region, "директор")
    grid = GridChanges(edits=[CellEdit(teacher_id, 1, "full_name", "Чужая Анна Ивановна", NAME)])
    with writing(region.engine, "директор") as session:
        for attempt in (
            lambda: record_consent(session, director, teacher_id, given=False),
            lambda: delete_teacher(session, director, teacher_id),
            lambda: export_person(session, director, teacher_id=teacher_id),
            lambda: erase_person(session, director, teacher_id=teacher_id, reason="заявление"),
            lambda: link_teacher(session, director, region.accounts["методист школы"], teacher_id),
            lambda: save_teachers(session, director, region.units["школа 1"], grid),
        ):
            with pytest.raises(NotFound):
                attempt()
        data = export_person(session, director, account_id=account_id)
        assert "Педагог" not in {row.table for row in data.rows}, "the account is still theirs, the teacher is not"
    with reading(region.engine) as session:
        assert session.get_one(Teacher, teacher_id).full_name == NAME


def test_who_works_in_two_schools_is_erased_by_those_above_both(region: Region) -> None:
    teacher_id = region.teachers["Смирнова"]
    move_away(region, "Смирнова", also_stays=True)
    director = scope_of(region, "директор")
    deleted = GridChanges(deleted=[RowDelete(teacher_id, 1)])
    with writing(region.engine, "директор") as session:
        for attempt in (
            lambda: erase_person(session, director, teacher_id=teacher_id, reason="заявление"),
            lambda: delete_teacher(session, director, teacher_id),
            lambda: save_teachers(session, director, region.units["школа 1"], deleted),
        ):
            with pytest.raises(NotAllowed, match="и в другой организации"):
                attempt()
        data = export_person(session, director, teacher_id=teacher_id)
        assert region.units["школа 2"] not in {int(row.value) for row in data.rows if row.field == "номер организации"}
        assert "другие организации" in everything_in(data)
        assert erase_person(session, ADMIN, teacher_id=teacher_id, reason="заявление").teacher_erased


def everything_in(data: PersonalData) -> str:
    """Return all that the workbook says."""
    book = openpyxl.load_workbook(io.BytesIO(data.as_workbook()))
    return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)


def test_personal_deficits_and_letters_leave_with_those_who_may_see_them(region: Region) -> None:
    teacher_id, school = region.teachers["Смирнова"], region.units["школа 1"]
    with writing(region.engine, "тест") as session:
        remark, letter = add_row(session, AttestationRemark), add_row(session, Recommendation)
        remark.organisation_id, remark.teacher_id, remark.text = school, teacher_id, "не владеет приёмом"
        letter.place_id, letter.teacher_id, letter.text = school, teacher_id, "посетите уроки"
    told = {}
    for name in ("директор", "администратор района", "учитель"):
        with writing(region.engine, name) as session:
            data = export_person(session, scope_of(region, name), teacher_id=teacher_id)
            told[name] = {row.value for row in data.rows} & {"не владеет приёмом", "посетите уроки"}
    assert told == {
        "директор": {"не владеет приёмом", "посетите уроки"},
        "администратор района": set(),
        "учитель": {"не владеет приёмом", "посетите уроки"},
    }


def test_the_right_to_look_at_a_teacher_does_not_tie_them_to_an_account(region: Region) -> None:
    """A director who is a methodist of the municipality too sees its teachers, but not what is about them alone."""
    with writing(region.engine, "тест") as session:
        add_role(session, region, "директор", Role.MUNICIPAL_METHODIST, "район")
    both = scope_of(region, "директор")
    with writing(region.engine, "директор") as session:
        get_teacher(session, both, region.teachers["Сидорова"])
        with pytest.raises(NotFound):
            link_teacher(session, both, region.accounts["методист школы"], region.teachers["Сидорова"])
        with pytest.raises(NotFound):
            create_account(
                session, both, login="подставной", display_name="Я", organisation_id=region.units["школа 1"],
                teacher_id=region.teachers["Сидорова"],
            )  # fmt: skip


def test_a_head_takes_in_who_teaches_the_subject(region: Region) -> None:
    """Heads see the deficits of members: they do not choose freely whose."""
    head, association = scope_of(region, "руководитель шмо"), region.associations["ШМО математиков"]
    with writing(region.engine, "тест") as session:
        with pytest.raises(InvalidInput, match="не ведёт предметы объединения: Математика"):
            add_member(session, head, association, region.teachers["Петров"])
        assert add_member(session, head, association, region.teachers["Смирнова"]).teacher_id
        assert add_member(session, scope_of(region, "директор"), association, region.teachers["Петров"]).teacher_id


def test_only_roles_that_one_disposes_of_are_offered(region: Region) -> None:
    with reading(region.engine) as session:
        assert roles_to_give(session, scope_of(region, "директор")) == GRANTED_BY[Role.DIRECTOR]
        assert roles_to_give(session, scope_of(region, "администратор района")) == frozenset(Role)
        with pytest.raises(NotAllowed):
            roles_to_give(session, scope_of(region, "методист"))
