"""Administration as its users meet it: tabs by right, people, lists, the journal, copies."""

import pytest
from sqlmodel import select

from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.association_tables import Association, AssociationKind
from core.people.role_names import Role
from core.people.session_tables import AuthSession
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.people.teacher_tables import Employment, Teacher
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from tests.pages.signing import Browser, add_person, cookie_of, signing_in

FILE = "manage/admin.py"
EVERYTHING = [
    "Организации", "Люди и роли", "Педагоги", "Объединения", "Нагрузка", "Входы", "Журнал изменений", "Копии",
    "Безопасность",
]  # fmt: skip


@pytest.fixture
def school(screen_store) -> int:
    with writing(screen_store, "тест") as session:
        town = Organisation(code="м1", name="Заречный район", kind=OrganisationKind.MUNICIPALITY)
        unit = Organisation(code="ш1", name="Школа № 1", kind=OrganisationKind.SCHOOL)
        session.add_all((town, unit))
        session.flush()
        session.add(OrganisationMembership(organisation_id=unit.id, parent_id=town.id))
        return unit.id or 0


@pytest.fixture
def browser(screen_store, school, monkeypatch):
    with signing_in(monkeypatch) as opened:
        opened.token = cookie_of(screen_store, add_person(screen_store))
        yield opened


def open_tab(browser: Browser, name: str):
    run = browser.open(FILE)
    run.session_state["admin_tab"] = name
    run.run()
    assert not run.exception
    return run


def tabs(run) -> list[str]:
    return [tab.label for tab in run.tabs]


def press(run, label: str):
    next(button for button in run.button if button.label == label).click().run()
    assert not run.exception
    return run


def choose_row(run, key: str, row: int):
    run.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    run.run()
    assert not run.exception
    return run


def said(run) -> str:
    return " ".join(element.value for element in (*run.success, *run.error))


def test_administrators_of_the_system_have_every_tab(browser: Browser):
    assert tabs(browser.open(FILE)) == EVERYTHING


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_tab_opens(browser: Browser, name):
    run = open_tab(browser, name)
    assert [title.value for title in run.title] == ["Администрирование"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.DIRECTOR, ["Люди и роли", "Педагоги", "Объединения", "Нагрузка", "Журнал изменений"]),
        (Role.SCHOOL_METHODIST, ["Педагоги", "Объединения", "Нагрузка"]),
        (Role.TEACHER, []),
    ],
)
def test_others_have_the_tabs_of_their_rights(browser: Browser, screen_store, school, role, expected):
    person = add_person(screen_store, "другой", None)
    with writing(screen_store, "тест") as session:
        session.add(RoleGrant(account_id=person, role=role, organisation_id=school))
    browser.token = cookie_of(screen_store, person)
    run = browser.open(FILE)
    assert tabs(run) == expected
    assert bool(run.error) == (not expected)


def test_an_account_is_made_given_a_role_and_shut(browser: Browser, screen_store, school):
    run = open_tab(browser, "Люди и роли")
    run.selectbox(key="person_place").set_value(school)
    run.text_input(key="person_name").input("Петров О. И.")
    run.text_input(key="person_login").input("Петров.ОИ")
    press(run, "Создать и выдать пароль")
    assert "Учётная запись создана" in said(run)
    with reading(screen_store) as session:
        account = session.exec(select(Account).where(Account.login == "петров.ои")).one()
        assert session.get(AccountSecret, account.id).must_change_password
    password = run.code[0].value
    assert len(password) == 16
    press(run, "Записано, убрать")
    assert password not in [code.value for code in run.code]

    row = [line["name"] for line in _accounts(run)].index("Петров О. И.")
    choose_row(run, "admin_accounts", row)
    run.selectbox(key="role_name").set_value(Role.DIRECTOR).run()
    press(run, "Назначить")
    assert "Роль «директор или заместитель» назначена" in said(run)
    token = cookie_of(screen_store, account.id)
    choose_row(run, "admin_accounts", row)
    run.text_input(key="card_reason").input("уволился")
    press(run, "Отключить сейчас")
    assert "Отключена" in said(run)
    browser.token = token
    assert [title.value for title in browser.open(FILE).title] == ["Вход в систему"]


def _accounts(run) -> list[dict]:
    frame = next(frame.value for frame in run.dataframe if "login" in frame.value.columns)
    return frame.to_dict("records")


def test_a_refusal_keeps_what_was_typed(browser: Browser):
    run = open_tab(browser, "Люди и роли")
    run.text_input(key="person_name").input("Петров О. И.")
    run.text_input(key="person_login").input("с пробелом")
    press(run, "Создать и выдать пароль")
    assert "не подходит" in said(run)
    assert run.text_input(key="person_name").value == "Петров О. И."


def test_the_last_administrator_cannot_be_shut(browser: Browser):
    run = choose_row(open_tab(browser, "Люди и роли"), "admin_accounts", 0)
    press(run, "Отключить сейчас")
    assert "Свою учётную запись отключить нельзя" in said(run)


def test_organisations_are_made_renamed_and_stay_in_the_past(browser: Browser, screen_store):
    run = open_tab(browser, "Организации")
    run.text_input(key="unit_name").input("Школа № 7")
    press(run, "Создать")
    assert "Создано: Школа № 7" in said(run)
    with reading(screen_store) as session:
        unit = session.exec(select(Organisation).where(Organisation.name == "Школа № 7")).one()
    run.selectbox(key="unit_one").set_value(unit.id)
    run.text_input(key="unit_new_name").input("Лицей № 7")
    press(run, "Выполнить")
    assert "Переименовано" in said(run)
    names = [str(name).strip() for frame in run.dataframe for name in frame.value.get("name", [])]
    assert "Лицей № 7" in names


def test_a_pasted_list_is_looked_over_and_then_stored(browser: Browser, screen_store, school):
    run = open_tab(browser, "Педагоги")
    run.selectbox(key="teachers_place").set_value(school).run()
    run.text_area(key=f"teachers_{school}_text").input(
        "ФИО\tПредметы\tСтаж\nИванова Анна Петровна\tМатематика\t12\nПетров Олег Ильич\tФизика\tмного"
    ).run()
    assert any("Строка" in error.value for error in run.error), "the finding is said in a sentence"
    assert next(one for one in run.button if one.label == "Сохранить список").disabled
    run.text_area(key=f"teachers_{school}_text").input(
        "ФИО\tПредметы\tСтаж\nИванова Анна Петровна\tМатематика\t12\nПетров Олег Ильич\tФизика\t3"
    ).run()
    press(run, "Сохранить список")
    assert "Новых педагогов: 2" in said(run)
    with reading(screen_store) as session:
        assert {teacher.full_name for teacher in session.exec(select(Teacher))} == {
            "Иванова Анна Петровна",
            "Петров Олег Ильич",
        }


@pytest.fixture
def teacher(screen_store, school) -> int:
    with writing(screen_store, "тест") as session:
        found = Teacher(full_name="Иванова Анна Петровна", subjects=["Математика"])
        session.add(found)
        session.flush()
        session.add(Employment(teacher_id=found.id, organisation_id=school))
        return found.id or 0


def test_consent_needs_its_number_and_erasing_needs_the_word(browser: Browser, screen_store, school, teacher):
    run = open_tab(browser, "Педагоги")
    run.selectbox(key=f"teacher_one_{school}").set_value(teacher).run()
    press(run, "Записать согласие")
    assert "Не указан номер" in said(run)
    run.text_input(key="teacher_order").input("45-к")
    press(run, "Записать согласие")
    with reading(screen_store) as session:
        assert session.get(Teacher, teacher).consent_given
    assert next(one for one in run.button if one.label == "Удалить навсегда").disabled
    run.text_input(key="erase_reason").input("заявление от 22.11.2026")
    run.text_input(key="erase_word").input("удалить").run()
    press(run, "Удалить навсегда")
    with reading(screen_store) as session:
        assert session.get(Teacher, teacher).full_name == f"Педагог-{teacher:02d}"


def test_what_was_deleted_comes_back_from_the_journal(browser: Browser, screen_store, school):
    with writing(screen_store, "тест") as session:
        club = Association(organisation_id=school, kind=AssociationKind.SCHOOL_ASSOCIATION, name="математиков")
        session.add(club)
        session.flush()
        number = club.id
    with writing(screen_store, "Иванова") as session:
        session.get(Association, number).deleted_at = utc_now()
    run = open_tab(browser, "Журнал изменений")
    frame = next(frame.value for frame in run.dataframe if "action" in frame.value.columns)
    place = [
        index
        for index, line in enumerate(frame.to_dict("records"))
        if line["action"] == "удалено" and line["object"].startswith("объединение")
    ]
    assert frame.iloc[place[0]]["actor"] == "Иванова"
    choose_row(run, "journal", place[0])
    press(run, "Вернуть удалённое")
    assert "возвращена" in said(run)
    with reading(screen_store) as session:
        assert session.get(Association, number).deleted_at is None


def test_a_copy_is_made_checked_and_listed(browser: Browser):
    run = open_tab(browser, "Копии")
    assert "Резервных копий ещё нет" in run.warning[0].value
    press(run, "Сделать копию сейчас")
    assert "Копия сделана и проверена" in said(run)
    assert "меньше часа назад" in said(run)
    choose_row(run, "backups", 0)
    press(run, "Проверить выбранную")
    assert "Копия исправна" in said(run)


def test_a_session_is_ended_by_the_administrator(browser: Browser, screen_store):
    other = add_person(screen_store, "другой", None)
    token = cookie_of(screen_store, other)
    run = open_tab(browser, "Входы")
    frame = next(frame.value for frame in run.dataframe if "browser" in frame.value.columns)
    choose_row(run, "entries_sessions", list(frame["name"]).index("Другой"))
    press(run, "Завершить выбранный сеанс")
    with reading(screen_store) as session:
        row = session.exec(select(AuthSession).where(AuthSession.account_id == other)).one()
    assert row.revoked_at is not None
    browser.token = token
    assert [title.value for title in browser.open(FILE).title] == ["Вход в систему"]


def test_the_security_review_names_weak_places(browser: Browser):
    run = open_tab(browser, "Безопасность")
    messages = " ".join(str(text) for frame in run.dataframe for text in frame.value.get("message", []))
    assert "администратор без второго фактора" in messages
    assert "Резервных копий нет" in messages


def test_an_account_is_tied_to_a_teacher_and_untied(browser: Browser, screen_store, school, teacher):
    run = open_tab(browser, "Люди и роли")
    run.selectbox(key="person_place").set_value(school)
    run.text_input(key="person_name").input("Иванова А. П.")
    run.text_input(key="person_login").input("иванова")
    press(run, "Создать и выдать пароль")

    def chosen() -> None:
        choose_row(run, "admin_accounts", [line["name"] for line in _accounts(run)].index("Иванова А. П."))

    chosen()
    press(run, "Связать")
    assert "Выберите педагога" in run.toast[0].value
    chosen()
    run.selectbox(key="card_teacher_id").set_value(teacher)
    press(run, "Связать")
    assert "Связано" in said(run)
    chosen()
    assert any(f"**Педагог-{teacher:02d}**" in text.value for text in run.markdown), "no consent, no name"
    press(run, "Отвязать")
    with reading(screen_store) as session:
        assert session.exec(select(Account).where(Account.login == "иванова")).one().teacher_id is None
