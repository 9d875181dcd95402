"""Who sees what: roles × kinds of objects, expected in one table, on both databases."""

from datetime import date

import pytest
from sqlmodel import select

from core.errors import NotAllowed
from core.people.access import scope_for
from core.people.account_tables import Account, RoleGrant
from core.people.actions import Action
from core.people.grants import Grant, TaughtClass
from core.people.organisations import load_tree
from core.people.role_names import Role
from core.people.roles import ACCESS, Reach, access_table
from core.people.scope import ClassColumns, Scope
from core.people.tables import Organisation, OrganisationMembership
from core.people.teacher_tables import TeachingAssignment
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region, add_account, add_role

MATHS, PHYSICS = "Математика", "Физика"

# What is asked, for each principal: + yes, - no. Columns: class results «own class, maths» · «other class of the own
# school, maths» · «own school, physics» · «neighbour school of the municipality, maths» · «school of another
# municipality» · single pupils of the own school · single pupils of the neighbour school · upload for the own school ·
# upload for the neighbour school · data of a colleague · data of a teacher of another school · of another municipality
# · manages accounts of the own school · of the neighbour school · journal of the own school · whole system
EXPECTED = {
    "администратор":        "+++++ -- ++ +++ ++ + +",
    "администратор района": "++++- -- ++ ++- ++ + -",
    "специалист":           "++++- -- ++ ++- -- + -",
    "методист":             "++++- -- ++ ++- -- - -",
    "директор":             "+++-- +- +- +-- +- + -",
    "методист школы":       "+++-- +- +- +-- -- - -",
    "руководитель шмо":     "++--- +- +- +-- -- - -",
    "руководитель рмо":     "++-+- -- ++ ++- -- - -",
    "учитель":              "+---- +- -- --- -- - -",
    "наставник":            "----- -- -- --- -- - -",
    "наблюдатель":          "++++- -- -- --- -- - -",
    "без роли":             "----- -- -- --- -- - -",
}  # fmt: skip


def scope_of(region: Region, name: str, on: date = DAY) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, on)


def narrowed(scope: Scope, action: Action) -> Scope:
    return scope.require(action) if scope.allows(action) else Scope.of(scope.actor_id, scope.actor_name, ())


def answers(region: Region, scope: Scope) -> str:
    one, two, three = (region.units[f"школа {number}"] for number in (1, 2, 3))
    view, pupils, upload = (narrowed(scope, action) for action in (Action.VIEW, Action.VIEW_PUPILS, Action.UPLOAD))
    people, accounts = narrowed(scope, Action.VIEW_PEOPLE), narrowed(scope, Action.MANAGE_ACCOUNTS)
    groups = [
        [
            view.sees_class(TaughtClass(one, 8, "А", MATHS, 2027)),
            view.sees_class(TaughtClass(one, 8, "В", MATHS, 2027)),
            view.sees_class(TaughtClass(one, 8, "А", PHYSICS, 2027)),
            view.sees_class(TaughtClass(two, 8, "А", MATHS, 2027)),
            view.sees_class(TaughtClass(three, 8, "А", MATHS, 2027)),
        ],
        [pupils.owns(one), pupils.owns(two)],
        [upload.sees_organisation(one), upload.sees_organisation(two)],
        [
            people.sees_person(region.teachers["Иванова"], frozenset({one})),
            people.sees_person(region.teachers["Сидорова"], frozenset({two})),
            people.sees_person(region.teachers["Кузнецова"], frozenset({three})),
        ],
        [accounts.sees_organisation(one), accounts.sees_organisation(two)],
        [narrowed(scope, Action.VIEW_AUDIT).sees_organisation(one)],
        [any(Action.MANAGE in grant.actions and grant.organisations is None for grant in scope.grants)],
    ]
    return " ".join("".join("+" if answer else "-" for answer in group) for group in groups)


def test_everybody_sees_their_own_and_nobody_anothers(region: Region) -> None:
    found = {name: answers(region, scope_of(region, name)) for name in EXPECTED}
    assert found == EXPECTED


def test_disabled_and_deleted_accounts_see_nothing(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        disabled = session.get(Account, region.accounts["директор"])
        deleted = session.get(Account, region.accounts["администратор"])
        assert disabled is not None and deleted is not None
        disabled.disabled_at = deleted.deleted_at = utc_now()
    for name in ("директор", "администратор"):
        scope = scope_of(region, name)
        assert answers(region, scope) == EXPECTED["без роли"]
        with pytest.raises(NotAllowed, match="Нет права смотреть результаты"):
            scope.require(Action.VIEW)


def test_deleted_organisations_are_in_nobodys_reach(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        school = session.get(Organisation, region.units["школа 2"])
        assert school is not None
        school.deleted_at = utc_now()
    assert not scope_of(region, "специалист").sees_organisation(region.units["школа 2"])
    assert not scope_of(region, "руководитель рмо").sees_organisation(region.units["школа 2"])


def test_rights_of_two_roles_add_up_but_do_not_mix(region: Region) -> None:
    """The director of one school leads the mathematicians of the municipality."""
    with writing(region.engine, "тест") as session:
        add_account(session, region, "двое", "школа 1")
        add_role(session, region, "двое", Role.DIRECTOR, "школа 1")
        add_role(session, region, "двое", Role.ASSOCIATION_HEAD, "район", "РМО математиков")
    scope = scope_of(region, "двое").require(Action.VIEW)
    one, two = region.units["школа 1"], region.units["школа 2"]
    seen = {(school, subject) for school in (one, two) for subject in (MATHS, PHYSICS)
            if scope.sees_class(TaughtClass(school, 8, "А", subject, 2026))}  # fmt: skip
    assert seen == {(one, MATHS), (one, PHYSICS), (two, MATHS)}
    with reading(region.engine) as session:
        asked = select(TeachingAssignment)
        both = scope.within(asked, TeachingAssignment.school_id, TeachingAssignment.subject)
        alone = scope.within(asked, TeachingAssignment.school_id)
        del session
    assert " OR " in str(both), "each role is a condition of its own"
    assert alone.compile().params["school_id_1"] == [one], "without the subject only the director's role counts"
    assert scope.owns(one) and not scope.owns(two)


def test_queries_give_exactly_the_rows_that_the_scope_sees(region: Region) -> None:
    schools = [region.units[f"школа {number}"] for number in (1, 2, 3)]
    with writing(region.engine, "тест") as session:
        add_account(session, region, "двое", "школа 1")
        add_role(session, region, "двое", Role.DIRECTOR, "школа 1")
        add_role(session, region, "двое", Role.ASSOCIATION_HEAD, "район", "РМО математиков")
        for school in schools:
            for subject in (MATHS, PHYSICS):
                for letter in "АБ":
                    session.add(
                        TeachingAssignment(
                            teacher_id=region.teachers["Кузнецова"],
                            school_id=school,
                            grade=8,
                            letter=letter,
                            subject=subject,
                            year=2027,
                        )
                    )
    table = TeachingAssignment
    columns = ClassColumns(table.school_id, table.subject, table.grade, table.letter, table.year)  # type: ignore[arg-type]
    for name in (*EXPECTED, "двое"):
        scope = narrowed(scope_of(region, name), Action.VIEW)
        with reading(region.engine) as session:
            rows = session.exec(scope.within_classes(select(table), columns)).all()
            everything = session.exec(select(table)).all()
        classes = {
            row.id: TaughtClass(row.school_id, row.grade, row.letter, row.subject, row.year) for row in everything
        }
        seen = {key for key, taught in classes.items() if scope.sees_class(taught)}
        assert {row.id for row in rows} == seen and len(rows) == len(seen), name
        if name not in ("наставник", "без роли"):
            assert seen, name


def test_a_teacher_sees_present_and_past_classes_and_not_the_whole_school(region: Region) -> None:
    one = region.units["школа 1"]
    scope = scope_of(region, "учитель")
    assert scope.sees_class(TaughtClass(one, 7, "А", MATHS, 2026)), "the present class a year ago"
    assert not scope.sees_class(TaughtClass(one, 6, "А", MATHS, 2025))
    assert scope.sees_class(TaughtClass(one, 6, "Б", MATHS, 2025)), "a class taught two years ago"
    assert not scope.sees_class(TaughtClass(one, 5, "Б", MATHS, 2024))
    assert not scope.sees_organisation(one), "objects of the whole school stay closed"
    assert scope.knows_organisation(one)
    with reading(region.engine) as session:
        assert [unit.name for unit in load_tree(session, scope).schools()] == ["школа 1"]


def test_rights_to_write_do_not_come_from_a_role_to_read(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        add_role(session, region, "директор", Role.OBSERVER, "район")
    scope, two = scope_of(region, "директор"), region.units["школа 2"]
    assert scope.require(Action.VIEW).sees_organisation(two)
    assert not scope.require(Action.UPLOAD).sees_organisation(two)


def test_roles_and_membership_hold_from_day_to_day(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        add_account(session, region, "временный", "район")
        grant = add_role(session, region, "временный", Role.OBSERVER, "район")
        grant.valid_from, grant.valid_to = date(2026, 9, 1), date(2026, 12, 31)
        link = session.exec(
            select(OrganisationMembership).where(OrganisationMembership.organisation_id == region.units["школа 2"])
        ).one()
        link.valid_to = date(2026, 10, 1)
        session.add(
            OrganisationMembership(
                organisation_id=region.units["школа 2"],
                parent_id=region.units["соседний район"],
                valid_from=date(2026, 10, 1),
            )
        )
    two = region.units["школа 2"]
    expected = {date(2026, 8, 31): (False, False), date(2026, 9, 30): (True, True), date(2026, 10, 1): (True, False)}
    expected[date(2026, 12, 31)] = (False, False)
    for day, answer in expected.items():
        scope = scope_of(region, "временный", day)
        assert (scope.allows(Action.VIEW), scope.sees_organisation(two)) == answer, day


def test_subjects_of_a_role_narrow_it(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        grants = session.exec(select(RoleGrant).where(RoleGrant.account_id == region.accounts["методист"])).all()
        grants[0].subjects = [PHYSICS]
    scope = scope_of(region, "методист").require(Action.VIEW)
    one = region.units["школа 1"]
    assert scope.sees_class(TaughtClass(one, 8, "А", PHYSICS, 2026))
    assert not scope.sees_class(TaughtClass(one, 8, "А", MATHS, 2026))


def test_mathematics_is_seen_under_its_other_names_too(region: Region) -> None:
    scope, one = scope_of(region, "руководитель шмо").require(Action.VIEW), region.units["школа 1"]
    assert scope.sees_results(one, "Математика профильная")
    assert not scope.sees_results(one, "Информатика")
    assert scope_of(region, "учитель").sees_class(TaughtClass(one, 8, "А", "Математика базовая", 2027))


def test_caches_are_kept_apart_by_actor_and_rights(region: Region) -> None:
    keys = {name: scope_of(region, name).key for name in EXPECTED}
    assert len(set(keys.values())) == len(keys)
    assert keys["директор"] == scope_of(region, "директор").key
    with writing(region.engine, "тест") as session:
        add_role(session, region, "директор", Role.OBSERVER, "район")
    assert scope_of(region, "директор").key != keys["директор"]
    with writing(region.engine, "тест") as session:
        session.get_one(Account, region.accounts["учитель"]).display_name = "Другая фамилия"
    assert scope_of(region, "учитель").key != keys["учитель"], "rows tell by the name who made them"


def test_a_scope_of_plain_sets_is_one_grant() -> None:
    scope = Scope(7, "Кто-то", frozenset({1}), frozenset({1}), frozenset({MATHS}), None, frozenset({Action.VIEW}))
    assert scope.sees_organisation(1) and not scope.sees_organisation(2)
    assert scope.sees_class(TaughtClass(1, 8, "А", MATHS, 2026))
    assert not scope.sees_class(TaughtClass(1, 8, "А", PHYSICS, 2026))
    grown = scope.with_child(1, 5)
    assert grown.sees_organisation(5) and grown.owns(5)
    assert Scope.local_administrator().sees_organisation(999)
    nobody = Scope.of(None, "Никто", ())
    assert not nobody.sees_organisation(1) and not nobody.sees_subject(MATHS) and not nobody.owns(1)


def test_a_new_organisation_joins_only_the_grants_above_it() -> None:
    wide = Grant(frozenset({Action.UPLOAD}), frozenset({1, 2}))
    narrow = Grant(frozenset({Action.VIEW}), frozenset({2}))
    scope = Scope.of(1, "Кто-то", (wide, narrow)).with_child(1, 9)
    assert scope.require(Action.UPLOAD).sees_organisation(9)
    assert not scope.require(Action.VIEW).sees_organisation(9)


def test_the_table_of_the_help_says_what_the_roles_permit() -> None:
    table = {row.action: dict(zip(Role, row.reaches, strict=True)) for row in access_table()}
    assert set(table) == set(Action)
    for role in Role:
        for action in Action:
            assert table[action][role] == str(ACCESS[role].get(action, "—"))
    assert table[Action.VIEW][Role.TEACHER] == Reach.OWN_CLASSES == "свои классы и предметы"


def test_a_school_is_no_municipality_to_be_looked_at_as_a_whole(sqlite_region: Region) -> None:
    with writing(sqlite_region.engine, "подготовка теста") as session:
        add_account(session, sqlite_region, "проверяющий", "школа 1")
        add_role(session, sqlite_region, "проверяющий", Role.OBSERVER, "школа 1")
    with reading(sqlite_region.engine) as session:
        inside, above = (
            scope_for(session, session.get_one(Account, sqlite_region.accounts[name]), DAY)
            for name in ("проверяющий", "наблюдатель")
        )
    assert not inside.allows(Action.VIEW_MUNICIPALITY) and inside.allows(Action.VIEW_INDICATORS)
    assert above.allows(Action.VIEW_MUNICIPALITY)
