"""What stands before the screens: first start, sign-in, first password, second factor, the end of a session."""

import re
from collections import Counter

import pyotp
import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.people.account_tables import Account, AccountSecret
from core.people.first_start import issue_setup_link
from core.people.keys import installation_key
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.second_factor import require_second_factor
from core.people.session_tables import AuthSession
from core.people.sessions import end_all_sessions, start_session
from core.people.tables import Organisation, OrganisationKind
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from pages.widgets.screens import SCREENS
from tests.pages.signing import PASSWORD, Browser, add_person, cookie_of, session_step, signing_in


@pytest.fixture
def browser(screen_store, monkeypatch):
    with signing_in(monkeypatch) as opened:
        yield opened


def titles(run) -> list[str]:
    assert not run.exception
    return [title.value for title in run.title]


def press(run, label: str):
    return next(button for button in run.button if button.label == label).click().run()


def fill(run, **texts: str) -> None:
    fields = {field.label: field for field in run.text_input}
    for label, text in texts.items():
        fields[label.replace("_", " ")].input(text)


def test_before_the_first_administrator_every_address_asks_for_the_link(browser: Browser):
    for screen in SCREENS:
        run = browser.open(screen.file)
        assert titles(run) == ["Первый запуск"], screen.path
        assert "одноразовую ссылку" in run.info[0].value


def test_every_address_shows_the_sign_in_to_strangers(browser: Browser, screen_store):
    add_person(screen_store)
    for screen in SCREENS:
        run = browser.open(screen.file)
        assert titles(run) == ["Вход в систему"], screen.path
        assert not run.sidebar.caption


def test_the_link_creates_the_administrator_and_the_demo_once(browser: Browser, screen_store):
    def script() -> None:
        from pages.widgets.first_start import show_set_up

        show_set_up()

    with writing(screen_store, "тест") as session:
        secret = issue_setup_link(session, installation_key())
    wrong = AppTest.from_function(script)
    wrong.query_params["key"] = "чужой ключ"
    assert "уже использована или устарела" in wrong.run().warning[0].value

    run = AppTest.from_function(script, default_timeout=30)
    run.query_params["key"] = secret
    run.run()
    fill(run, **{"Фамилия и инициалы": "Орлова А. И.", "Пароль, не короче 15 знаков": PASSWORD, "Пароль ещё раз": "x"})
    press(run, "Создать администратора")
    assert "Пароли не совпадают" in run.error[0].value
    fill(run, **{"Пароль, не короче 15 знаков": "коротко", "Пароль ещё раз": "коротко"})
    press(run, "Создать администратора")
    assert run.error
    with reading(screen_store) as session:
        assert session.exec(select(Account)).first() is None
        assert session.exec(select(Organisation)).first() is None, "a refused attempt leaves nothing"
    fill(run, **{"Пароль, не короче 15 знаков": PASSWORD, "Пароль ещё раз": PASSWORD})
    press(run, "Создать администратора")
    assert not run.exception and not run.error
    assert 'data-step="start"' in session_step(run)
    assert 'data-next="/"' in session_step(run)
    with reading(screen_store) as session:
        assert session.exec(select(Account)).one().login == "admin"
        kinds = Counter(session.exec(select(Organisation.kind)))
        assert kinds == {OrganisationKind.REGION: 1, OrganisationKind.MUNICIPALITY: 2, OrganisationKind.SCHOOL: 8}
    again = AppTest.from_function(script)
    again.query_params["key"] = secret
    assert "уже использована" in again.run().warning[0].value


def test_a_wrong_password_is_refused_and_a_right_one_gives_a_ticket_for_the_browser(browser: Browser, screen_store):
    account = add_person(screen_store)
    run = browser.open("manage/help.py")
    fill(run, Логин="орлова", Пароль="не тот пароль")
    press(run, "Войти")
    assert "Неверный логин или пароль" in run.error[0].value
    assert session_step(run) == ""
    fill(run, Логин=" Орлова ", Пароль=PASSWORD)
    press(run, "Войти")
    ticket = re.search(r'data-ticket="([^"]+)"', session_step(run))
    assert ticket is not None
    with writing(screen_store, "тест") as session:
        token = start_session(session, installation_key(), ticket[1], address="", user_agent="")
    browser.token = token
    opened = browser.open("manage/help.py")
    assert titles(opened) == ["Справка"]
    assert opened.sidebar.caption[0].value == "Орлова"
    with reading(screen_store) as session:
        assert session.exec(select(AuthSession)).one().account_id == account


def test_a_given_password_must_be_changed_before_anything_is_seen(browser: Browser, screen_store):
    account = add_person(screen_store, must_change=True)
    browser.token = cookie_of(screen_store, account)
    for screen in SCREENS:
        assert titles(browser.open(screen.file)) == ["Придумайте свой пароль"]
    run = browser.open()
    fill(run, **{"Прежний пароль": PASSWORD, "Новый пароль": PASSWORD, "Новый пароль ещё раз": PASSWORD})
    press(run, "Сменить пароль")
    assert "совпадает со старым" in run.error[0].value
    new = "тёплый вечер над рекой"
    fill(run, **{"Прежний пароль": PASSWORD, "Новый пароль": new, "Новый пароль ещё раз": new})
    press(run, "Сменить пароль")
    assert 'data-step="start"' in session_step(run)
    assert titles(browser.open()) == ["Вход в систему"], "the session of before the change is dead"


def test_the_second_factor_is_switched_on_by_a_code_and_asked_for_afterwards(browser: Browser, screen_store):
    account = add_person(screen_store)
    with writing(screen_store, "тест") as session:
        require_second_factor(session, Scope.local_administrator(), Role.ADMINISTRATOR, True)
    browser.token = cookie_of(screen_store, account)
    run = browser.open()
    assert titles(run) == ["Включите второй фактор"]
    press(run, "Настроить приложение")
    secret = run.code[0].value
    assert any("data:image/png;base64" in element.proto.body for element in run.get("html")), "drawn here"
    app = pyotp.TOTP(secret)
    fill(run, **{"2. Код из приложения": "000000"})
    press(run, "Включить")
    assert "Код не подошёл" in run.error[0].value
    fill(run, **{"2. Код из приложения": app.now()})
    press(run, "Включить")
    assert titles(run) == ["Второй фактор включён"]
    codes = run.code[0].value.split()
    assert len(codes) == 10
    press(run, "Коды сохранены, продолжить")
    assert 'data-step="start"' in session_step(run)

    browser.token = None
    again = browser.open()
    fill(again, Логин="орлова", Пароль=PASSWORD)
    press(again, "Войти")
    assert titles(again) == ["Второй шаг входа"]
    assert session_step(again) == ""
    fill(again, **{"Код из приложения или запасной код": codes[0]})
    press(again, "Подтвердить")
    assert 'data-step="start"' in session_step(again)


def test_an_ended_session_empties_the_tab_at_its_next_run(browser: Browser, screen_store):
    account = add_person(screen_store)
    browser.token = cookie_of(screen_store, account)
    run = browser.open("manage/help.py")
    assert titles(run) == ["Справка"]
    run.session_state["кто-то напечатал"] = "черновик"
    with writing(screen_store, "тест") as session:
        end_all_sessions(session, account, "тест")
    run.run()
    assert titles(run) == ["Вход в систему"]
    assert "Сеанс завершён" in run.warning[0].value
    assert "кто-то напечатал" not in run.session_state


def test_a_stolen_tab_opens_nothing_with_another_cookie(browser: Browser, screen_store):
    owner, thief = add_person(screen_store), add_person(screen_store, "чужой", None)
    browser.token = cookie_of(screen_store, owner)
    run = browser.open("manage/help.py")
    run.session_state["кто-то напечатал"] = "черновик"
    browser.token = cookie_of(screen_store, thief)
    run.run()
    assert titles(run) == ["Вход в систему"]
    assert "кто-то напечатал" not in run.session_state
    with reading(screen_store) as session:
        actions = [entry.action for entry in session.exec(select(AuditEntry))]
    assert "чужой сеанс отклонён" in actions


def test_signing_out_ends_the_session_on_the_server(browser: Browser, screen_store):
    account = add_person(screen_store)
    browser.token = cookie_of(screen_store, account)
    run = browser.open("manage/help.py")
    press(run, "Выйти")
    assert 'data-step="end"' in session_step(run)
    assert titles(browser.open("manage/help.py")) == ["Вход в систему"], "the copied cookie is worth nothing"


def test_taking_a_role_away_shuts_the_screens_at_the_next_run(browser: Browser, screen_store):
    account = add_person(screen_store, role=None)
    browser.token = cookie_of(screen_store, account)
    assert "Нет права" in browser.open("collect/upload.py").error[0].value
    with writing(screen_store, "тест") as session:
        secret = session.get(AccountSecret, account)
        assert secret is not None
        secret.auth_version += 1
    assert titles(browser.open("collect/upload.py")) == ["Вход в систему"]


def test_nobody_is_admitted_by_flags_of_the_library(browser: Browser, screen_store):
    add_person(screen_store)
    run = browser.open("manage/help.py")
    for name, value in {"authentication_status": True, "username": "орлова", "name": "Орлова"}.items():
        run.session_state[name] = value
    run.run()
    assert titles(run) == ["Вход в систему"]
