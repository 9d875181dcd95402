"""A small region: two municipalities, three schools, associations, teachers and everybody's account."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core.people import passwords
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.people.role_names import Role
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.people.teacher_tables import Employment, Teacher, TeachingAssignment
from core.store.unit_of_work import writing

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", 4)


@dataclass
class Region:
    """Ids by the names that the tests use."""

    engine: Engine
    units: dict[str, int] = field(default_factory=dict)
    teachers: dict[str, int] = field(default_factory=dict)
    associations: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)


@pytest.fixture
def region(engine: Engine) -> Iterator[Region]:
    yield build(engine)


@pytest.fixture
def sqlite_region(sqlite_engine: Engine) -> Iterator[Region]:
    yield build(sqlite_engine)


def build(engine: Engine) -> Region:
    region = Region(engine)
    with writing(engine, "подготовка теста") as session:
        _organisations(session, region)
        _teachers(session, region)
        _associations(session, region)
        _accounts(session, region)
    return region


def add_account(session: Session, region: Region, name: str, organisation: str, teacher: str | None = None) -> Account:
    account = Account(
        login=name,
        display_name=name.title(),
        organisation_id=region.units[organisation],
        teacher_id=region.teachers[teacher] if teacher else None,
    )
    session.add(account)
    session.flush()
    session.add(AccountSecret(account_id=account.id or 0))
    region.accounts[name] = account.id or 0
    return account


def add_role(
    session: Session, region: Region, name: str, role: Role, organisation: str | None, association: str | None = None
) -> RoleGrant:
    grant = RoleGrant(
        account_id=region.accounts[name],
        role=role,
        organisation_id=region.units[organisation] if organisation else None,
        association_id=region.associations[association] if association else None,
        valid_from=date(2020, 1, 1),
    )
    session.add(grant)
    return grant


def _organisations(session: Session, region: Region) -> None:
    tree = {
        "регион": (OrganisationKind.REGION, None),
        "район": (OrganisationKind.MUNICIPALITY, "регион"),
        "соседний район": (OrganisationKind.MUNICIPALITY, "регион"),
        "школа 1": (OrganisationKind.SCHOOL, "район"),
        "школа 2": (OrganisationKind.SCHOOL, "район"),
        "школа 3": (OrganisationKind.SCHOOL, "соседний район"),
    }
    for number, (name, (kind, parent)) in enumerate(tree.items(), start=1):
        unit = Organisation(code=f"О{number}", name=name, kind=kind)
        session.add(unit)
        session.flush()
        region.units[name] = unit.id or 0
        if parent:
            session.add(OrganisationMembership(organisation_id=unit.id or 0, parent_id=region.units[parent]))


def _teachers(session: Session, region: Region) -> None:
    people = {
        "Иванова Анна Петровна": ("школа 1", "Математика"),
        "Петров Олег Ильич": ("школа 1", "Физика"),
        "Смирнова Ольга Игоревна": ("школа 1", "Математика"),
        "Сидорова Вера Львовна": ("школа 2", "Математика"),
        "Кузнецова Нина Юрьевна": ("школа 3", "Математика"),
    }
    for name, (school, subject) in people.items():
        teacher = Teacher(full_name=name, subjects=[subject])
        session.add(teacher)
        session.flush()
        teacher_id = region.teachers[name.split()[0]] = teacher.id or 0
        session.add(Employment(teacher_id=teacher_id, organisation_id=region.units[school]))
    for letter, year, grade in (("А", 2027, 8), ("Б", 2025, 6)):
        session.add(
            TeachingAssignment(
                teacher_id=region.teachers["Смирнова"],
                school_id=region.units["школа 1"],
                grade=grade,
                letter=letter,
                subject="Математика",
                year=year,
            )
        )


def _associations(session: Session, region: Region) -> None:
    for name, kind, owner, members in (
        ("ШМО математиков", AssociationKind.SCHOOL_ASSOCIATION, "школа 1", ("Иванова",)),
        ("РМО математиков", AssociationKind.DISTRICT_ASSOCIATION, "район", ("Иванова", "Сидорова")),
    ):
        association = Association(organisation_id=region.units[owner], kind=kind, name=name, subjects=["Математика"])
        session.add(association)
        session.flush()
        found = region.associations[name] = association.id or 0
        for member in members:
            session.add(
                AssociationMember(association_id=found, teacher_id=region.teachers[member], valid_from=date(2020, 1, 1))
            )


def _accounts(session: Session, region: Region) -> None:
    add_account(session, region, "администратор", "регион")
    add_role(session, region, "администратор", Role.ADMINISTRATOR, None)
    add_account(session, region, "администратор района", "район")
    add_role(session, region, "администратор района", Role.ADMINISTRATOR, "район")
    add_account(session, region, "специалист", "район")
    add_role(session, region, "специалист", Role.MUNICIPAL_SPECIALIST, "район")
    add_account(session, region, "методист", "район")
    add_role(session, region, "методист", Role.MUNICIPAL_METHODIST, "район")
    add_account(session, region, "директор", "школа 1")
    add_role(session, region, "директор", Role.DIRECTOR, "школа 1")
    add_account(session, region, "методист школы", "школа 1")
    add_role(session, region, "методист школы", Role.SCHOOL_METHODIST, "школа 1")
    add_account(session, region, "руководитель шмо", "школа 1", "Иванова")
    add_role(session, region, "руководитель шмо", Role.ASSOCIATION_HEAD, "школа 1", "ШМО математиков")
    add_account(session, region, "руководитель рмо", "школа 2", "Сидорова")
    add_role(session, region, "руководитель рмо", Role.ASSOCIATION_HEAD, "район", "РМО математиков")
    add_account(session, region, "учитель", "школа 1", "Смирнова")
    add_role(session, region, "учитель", Role.TEACHER, "школа 1")
    add_account(session, region, "наставник", "школа 1", "Петров")
    add_role(session, region, "наставник", Role.MENTOR, "школа 1")
    add_account(session, region, "наблюдатель", "район")
    add_role(session, region, "наблюдатель", Role.OBSERVER, "район")
    add_account(session, region, "без роли", "школа 1")
