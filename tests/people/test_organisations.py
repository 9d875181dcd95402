"""Organisations, teachers, associations and classes through the use cases, on both databases."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.access import live_grants, scope_for
from core.people.account_tables import Account
from core.people.assignments import assign, copy_assignments, end_assignment, list_assignments
from core.people.association_tables import Association, AssociationKind
from core.people.associations import (
    add_member,
    change_association,
    create_association,
    delete_association,
    end_membership,
    list_associations,
    list_candidates,
    list_members,
)
from core.people.organisation_changes import (
    close_organisation,
    merge_organisations,
    move_organisation,
    name_on,
    rename_organisation,
)
from core.people.organisations import create_organisation, load_tree
from core.people.people_grids import (
    save_assignments,
    save_associations,
    save_employments,
    save_organisations,
    save_teachers,
)
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.people.teacher_tables import Category, Teacher
from core.people.teachers import add_teacher, delete_teacher, experience_on, leave, list_teachers, record_consent
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region

ADMIN = Scope.local_administrator()
TODAY = date.today()
TOMORROW = TODAY + timedelta(days=1)


def scope_of(region: Region, name: str, on: date = TODAY) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, on)


def test_a_renamed_school_keeps_its_name_in_past_reports(region: Region) -> None:
    one = region.units["школа 1"]
    with writing(region.engine, "тест") as session:
        rename_organisation(session, ADMIN, one, "гимназия 1", date(2025, 9, 1))
        rename_organisation(session, ADMIN, one, "лицей 1", date(2026, 9, 1))
        with pytest.raises(InvalidInput, match="уже переименована"):
            rename_organisation(session, ADMIN, one, "раньше", date(2026, 1, 1))
    with reading(region.engine) as session:
        names = [name_on(session, ADMIN, one, date(year, 10, 1)) for year in (2024, 2025, 2026)]
    assert names == ["школа 1", "гимназия 1", "лицей 1"]
    with writing(region.engine, "тест") as session, pytest.raises(NotFound):
        rename_organisation(session, scope_of(region, "специалист"), region.units["школа 3"], "чужая")
    with writing(region.engine, "тест") as session, pytest.raises(NotAllowed):
        rename_organisation(session, scope_of(region, "директор"), one, "своя")


def test_a_merged_school_stands_below_its_successor_and_keeps_its_past(region: Region) -> None:
    one, two = region.units["школа 1"], region.units["школа 2"]
    with writing(region.engine, "тест") as session:
        merger = merge_organisations(session, ADMIN, one, two, TODAY)
        with pytest.raises(InvalidInput):
            merge_organisations(session, ADMIN, one, two, TODAY)
    assert merger.employments == 3 and merger.roles_moved == 2 and merger.roles_ended == 2
    before, after = TODAY - timedelta(days=1), TODAY
    with reading(region.engine) as session:
        schools = {day: [unit.name for unit in load_tree(session, ADMIN, day).schools()] for day in (before, after)}
        director = scope_of(region, "руководитель рмо")
        assert director.knows_organisation(one), "seen through the association of the municipality"
        roles = [grant.role for grant in live_grants(session, region.accounts["учитель"], after)]
        names = {card.name for card in list_teachers(session, ADMIN, two, after)}
    assert schools == {before: ["школа 1", "школа 2", "школа 3"], after: ["школа 2", "школа 3"]}
    assert scope_of(region, "специалист").sees_organisation(one), "past reports stay in the municipality"
    assert roles == [Role.TEACHER] and "Иванова Анна Петровна" in names
    assert not scope_of(region, "директор").grants
    assert scope_of(region, "директор", before).sees_organisation(one)


def test_a_moved_school_leaves_one_municipality_for_another(region: Region) -> None:
    two = region.units["школа 2"]
    with writing(region.engine, "тест") as session:
        move_organisation(session, ADMIN, two, region.units["соседний район"], TOMORROW)
        with pytest.raises(InvalidInput, match="сама себе"):
            move_organisation(session, ADMIN, region.units["район"], region.units["район"])
        with pytest.raises(InvalidInput):
            move_organisation(session, ADMIN, two, region.units["школа 1"])
    assert scope_of(region, "специалист", TODAY).sees_organisation(two)
    assert not scope_of(region, "специалист", TOMORROW).sees_organisation(two)


def test_organisations_are_made_below_what_one_manages(region: Region) -> None:
    scope = scope_of(region, "специалист")
    with writing(region.engine, "тест") as session:
        made = create_organisation(
            session, scope, code="Н1", name="новая", kind=OrganisationKind.SCHOOL, parent_id=region.units["район"]
        )
        assert scope.with_child(region.units["район"], made.id or 0).sees_organisation(made.id or 0)
        for parent in (None, region.units["соседний район"]):
            with pytest.raises((NotAllowed, NotFound)):
                create_organisation(
                    session, scope, code="Н2", name="чужая", kind=OrganisationKind.SCHOOL, parent_id=parent
                )
        close_organisation(session, ADMIN, made.id or 0, TODAY)
    with reading(region.engine) as session:
        assert "новая" not in [unit.name for unit in load_tree(session, ADMIN).schools()]


def test_names_are_shown_in_the_own_school_or_with_consent(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        with pytest.raises(InvalidInput, match="номер приказа"):
            record_consent(session, ADMIN, region.teachers["Иванова"], given=True)
        record_consent(session, ADMIN, region.teachers["Иванова"], given=True, order="12-о", on=DAY)

    def seen(name: str) -> dict[int, str]:
        with reading(region.engine) as session:
            return {card.id: card.name for card in list_teachers(session, scope_of(region, name))}

    petrov = region.teachers["Петров"]
    assert seen("директор")[petrov] == "Петров Олег Ильич"
    assert seen("методист")[petrov] == f"Педагог-{petrov:02d}"
    assert seen("методист")[region.teachers["Иванова"]] == "Иванова Анна Петровна"
    assert list(seen("учитель")) == [region.teachers["Смирнова"]], "a teacher sees their own card"
    assert list(seen("руководитель шмо")) == [region.teachers["Иванова"]], "a head sees the members"
    assert seen("администратор")[region.teachers["Кузнецова"]].startswith("Педагог-")
    with writing(region.engine, "тест") as session:
        record_consent(session, ADMIN, region.teachers["Иванова"], given=False)
    assert seen("методист")[region.teachers["Иванова"]].startswith("Педагог-")


def test_experience_grows_by_itself_and_makes_young_specialists(region: Region) -> None:
    one = region.units["школа 1"]
    with writing(region.engine, "тест") as session:
        teacher = add_teacher(
            session, ADMIN, one, full_name="Юная  Ева  Ильинична", subjects=["Физика", "Физика "], experience_years=3,
            on=date(2026, 9, 1),
        )  # fmt: skip
        assert teacher.full_name == "Юная Ева Ильинична" and teacher.subjects == ["Физика"]
        assert [experience_on(teacher, date(2027, 8, 31)), experience_on(teacher, date(2027, 9, 1))] == [3, 4]
        for wrong in (-1, 90):
            with pytest.raises(InvalidInput, match="Стаж"):
                add_teacher(session, ADMIN, one, full_name="Кто Тут", experience_years=wrong)
        with pytest.raises(NotFound):
            add_teacher(session, scope_of(region, "директор"), region.units["школа 2"], full_name="Кто Тут")
    with reading(region.engine) as session:
        young = {
            card.is_young for card in list_teachers(session, ADMIN, one, date(2026, 11, 1)) if card.experience == 3
        }
        assert young == {True}
        later = list_teachers(session, ADMIN, one, date(2027, 10, 1))
        assert {card.is_young for card in later if card.experience == 4} == {False}
        assert {card.is_young for card in later if card.experience is None} == {None}


def test_who_left_or_was_deleted_is_not_listed(region: Region) -> None:
    one, scope = region.units["школа 1"], scope_of(region, "директор")
    with writing(region.engine, "директор") as session:
        leave(session, scope, region.teachers["Иванова"], one, TODAY)
        delete_teacher(session, scope, region.teachers["Петров"])
        with pytest.raises(NotFound):
            leave(session, scope, region.teachers["Сидорова"], region.units["школа 2"])
    with reading(region.engine) as session:
        assert [card.id for card in list_teachers(session, scope, one)] == [region.teachers["Смирнова"]]
        assert len(list_teachers(session, scope, one, TODAY - timedelta(days=1))) == 2


def test_associations_with_members_from_day_to_day(region: Region) -> None:
    scope, one = scope_of(region, "директор"), region.units["школа 1"]
    with writing(region.engine, "директор") as session:
        made = create_association(
            session, scope, one, kind=AssociationKind.SCHOOL_ASSOCIATION, name="учителей физики", subjects=["Физика"]
        )
        key = made.id or 0
        assert [name for _id, name in list_candidates(session, scope, key)] == ["Петров Олег Ильич"]
        member = add_member(session, scope, key, region.teachers["Петров"], is_head=True, on=TODAY - timedelta(days=9))
        add_member(session, scope, key, region.teachers["Смирнова"])
        with pytest.raises(NotFound):
            add_member(session, scope, key, region.teachers["Сидорова"])
        for kind, name, message in (
            (AssociationKind.SCHOOL_ASSOCIATION, "Учителей  физики", "уже есть"),
            (AssociationKind.DISTRICT_ASSOCIATION, "другое", "РМО создаётся в муниципалитете"),
            (AssociationKind.SCHOOL_COUNCIL, " ", "должно быть название"),
        ):
            with pytest.raises(InvalidInput, match=message):
                create_association(session, scope, one, kind=kind, name=name)
        with pytest.raises(NotFound):
            create_association(session, scope, region.units["школа 2"], kind=AssociationKind.SUBJECT_CLUB, name="клуб")
        names = [(one.name, one.is_head) for one in list_members(session, scope, key)]
        assert names == [("Петров Олег Ильич", True), ("Смирнова Ольга Игоревна", False)]
        end_membership(session, scope, member.id or 0, TODAY)
        assert len(list_members(session, scope, key)) == 1
        assert list_members(session, scope, key, TODAY - timedelta(days=1))[0].is_head
        assert [row.name for row in list_associations(session, scope, subject="Физика")] == ["учителей физики"]
        delete_association(session, scope, key)
        assert len(list_associations(session, scope)) == 1


def test_a_head_leads_but_does_not_widen_their_own_rights(region: Region) -> None:
    scope, key = scope_of(region, "руководитель шмо"), region.associations["ШМО математиков"]
    with writing(region.engine, "руководитель") as session:
        change_association(session, scope, key, name="Учителей математики", subjects=["Математика"])
        with pytest.raises(InvalidInput, match="меняет администрация"):
            change_association(session, scope, key, name="", subjects=[])
        with pytest.raises(NotFound):
            change_association(session, scope, region.associations["РМО математиков"], name="чужое", subjects=[])
        with pytest.raises(NotFound):
            create_association(session, scope, region.units["школа 1"], kind=AssociationKind.SUBJECT_CLUB, name="клуб")
        with pytest.raises(NotFound):
            save_associations(session, scope, region.units["школа 1"], GridChanges())
    with reading(region.engine) as session:
        association = session.get(Association, key)
        assert association is not None and association.name == "Учителей математики"


def test_classes_go_on_into_the_next_year(region: Region) -> None:
    scope, one, teacher = scope_of(region, "директор"), region.units["школа 1"], region.teachers["Петров"]
    with writing(region.engine, "директор") as session:
        for grade in (4, 7, 9):
            assign(
                session, scope, teacher_id=teacher, school_id=one, grade=grade, letter="a", subject="Физика", year=2027
            )
        row = assign(
            session, scope, teacher_id=teacher, school_id=one, grade=7, letter="А", subject="Физика", year=2027
        )
        assert len(list_assignments(session, scope, one, 2027)) == 4, "the same class is noted once"
        end_assignment(session, scope, row.id or 0)
        assert len(list_assignments(session, scope, one, 2027)) == 3
        again = assign(
            session, scope, teacher_id=teacher, school_id=one, grade=7, letter="А", subject="Физика", year=2027
        )
        assert again.id == row.id, "what was deleted comes back"
        assert copy_assignments(session, scope, one, 2027) == 2
        assert copy_assignments(session, scope, one, 2027) == 0
        assert [(row.grade, row.subject) for row in list_assignments(session, scope, one, 2028)] == [
            (8, "Физика"), (9, "Математика"),
        ]  # fmt: skip
        with pytest.raises(InvalidInput, match="не работает в этой школе"):
            assign(
                session,
                ADMIN,
                teacher_id=region.teachers["Сидорова"],
                school_id=one,
                grade=7,
                letter="А",
                subject="Физика",
            )
        with pytest.raises(NotFound):
            end_assignment(session, scope_of(region, "методист школы"), 9999)


def edit(row: Teacher, field: str, value: object) -> CellEdit:
    return CellEdit(row.id or 0, row.version, field, value, getattr(row, field))


def test_two_people_in_one_grid_of_teachers(region: Region) -> None:
    """Different cells of one row: both kept. The same cell: the second is shown both values."""
    scope, one = scope_of(region, "директор"), region.units["школа 1"]
    with reading(region.engine) as session:
        seen = session.get(Teacher, region.teachers["Иванова"])
    assert seen is not None
    with writing(region.engine, "завуч") as session:
        first = save_teachers(session, scope, one, GridChanges(edits=[edit(seen, "category", "высшая")]))
    with writing(region.engine, "директор") as session:
        changes = GridChanges(edits=[edit(seen, "category", "первая"), edit(seen, "experience_years", 7)])
        second = save_teachers(session, scope, one, changes)
    assert len(first.saved) == 1 and not first.conflicts
    assert [one.field for one in second.saved] == ["experience_years"]
    conflict = second.conflicts[0]
    assert (conflict.mine, conflict.theirs, conflict.who) == ("первая", Category.HIGHEST, "завуч")
    with reading(region.engine) as session:
        stored = session.get(Teacher, seen.id)
        assert stored is not None and stored.category is Category.HIGHEST and stored.experience_on == TODAY


def test_a_grid_is_not_trusted(region: Region) -> None:
    scope, one = scope_of(region, "директор"), region.units["школа 1"]
    with reading(region.engine) as session:
        own, foreign = (session.get(Teacher, region.teachers[name]) for name in ("Иванова", "Сидорова"))
    assert own is not None and foreign is not None
    forged = [
        GridChanges(edits=[edit(foreign, "category", "высшая")]),
        GridChanges(edits=[edit(own, "consent_given", True)]),
        GridChanges(deleted=[RowDelete(foreign.id or 0, foreign.version)]),
        GridChanges(added=[{"full_name": "Кто Тут", "erased_at": None}]),
    ]
    for changes in forged:
        with pytest.raises((NotFound, InvalidInput)), writing(region.engine, "взломщик") as session:
            save_teachers(session, scope, one, changes)
    with pytest.raises(NotFound), writing(region.engine, "взломщик") as session:
        save_teachers(session, scope, region.units["школа 2"], GridChanges())
    with writing(region.engine, "методист") as session:
        outcome = save_teachers(
            session, scope_of(region, "методист"), one, GridChanges(edits=[edit(own, "full_name", "Другая")])
        )
    assert "изменяет его школа" in str(outcome.refused[0].error)


def test_grids_of_all_kinds_add_change_and_delete(region: Region) -> None:
    scope, one = scope_of(region, "администратор района"), region.units["школа 1"]
    with writing(region.engine, "тест") as session:
        made = save_teachers(
            session,
            scope,
            one,
            GridChanges(added=[{"full_name": "Новый Пётр", "subjects": ["Химия"], "experience_years": 2}]),
        )
        teacher_id = next(iter(made.versions))
        card = next(card for card in list_teachers(session, scope, one) if card.id == teacher_id)
        assert (card.experience, card.subjects, card.position) == (2, ("Химия",), "учитель")
        job = GridChanges(edits=[CellEdit(card.employment_id, card.employment_version, "position", "завуч", "учитель")])
        assert save_employments(session, scope, one, job).saved
        wrong = [{"teacher_id": teacher_id, "grade": 12, "letter": "А", "subject": "Химия"}]
        assert save_assignments(session, scope, one, 2027, GridChanges(added=wrong)).refused
        good = [{"teacher_id": teacher_id, "grade": 10, "letter": "b", "subject": "Химия"}]
        number, version = next(
            iter(save_assignments(session, scope, one, 2027, GridChanges(added=good)).versions.items())
        )
        rows = {row.id: row for row in list_assignments(session, scope, one, 2027)}
        assert rows[number].letter == "В", "a Latin look-alike becomes Cyrillic"
        gone = GridChanges(deleted=[RowDelete(number, version)])
        assert number in save_assignments(session, scope, one, 2027, gone).versions
        assert save_assignments(session, scope, one, 2027, GridChanges(added=good)).versions, "and back again"
        clubs = GridChanges(added=[{"kind": "предметный клуб", "name": "химиков", "subjects": ["Химия"]}])
        assert save_associations(session, scope, one, clubs).versions
        bad = GridChanges(added=[{"kind": "РМО", "name": "химиков", "subjects": []}])
        assert save_associations(session, scope, one, bad).refused
        codes = GridChanges(edits=[CellEdit(one, 1, "code", "О5", "О4")])
        assert "уже занят" in str(save_organisations(session, scope, codes).refused[0].error)
    with reading(region.engine) as session:
        assert session.exec(select(Association).where(Association.name == "химиков")).one().subjects == ["Химия"]
