"""Signing in through an OpenID Connect provider: the button, and whose account a proved identity opens."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from core.people.account_tables import Account
from core.store.unit_of_work import writing
from pages.widgets.provider import identity_of
from tests.pages.conftest import SHELL
from tests.pages.signing import Browser, add_person, session_step, signing_in
from tests.pages.test_sign_in import titles

CLAIMS = {"iss": "https://id.example.ru", "sub": "42", "email": "Orlova@example.ru", "email_verified": True}


@pytest.fixture
def browser(screen_store, monkeypatch):
    with signing_in(monkeypatch) as opened:
        account = add_person(screen_store)
        with writing(screen_store, "тест") as session:
            session.get(Account, account).email = "orlova@example.ru"
        yield opened


def opened(browser: Browser, **claims: object):
    run = AppTest.from_file(str(SHELL), default_timeout=30)
    run.secrets["auth"] = {"title": "учётную запись района", "redirect_uri": "x", "cookie_secret": "y" * 40}
    for name, value in claims.items():
        run.user[name] = value
    return run.run()


def test_without_a_provider_there_is_no_button(browser: Browser):
    assert not [button for button in browser.open().button if "через" in button.label]


def test_the_button_bears_the_providers_name(browser: Browser):
    run = opened(browser)
    assert titles(run) == ["Вход в систему"]
    assert "Войти через учётную запись района" in [button.label for button in run.button]


def test_a_fresh_proved_identity_signs_in(browser: Browser):
    run = opened(browser, is_logged_in=True, iat=time.time(), **CLAIMS)
    assert 'data-step="start"' in session_step(run)


@pytest.mark.parametrize(
    "changes",
    [{"iat": time.time() - 3600}, {"email": "other@example.ru"}, {"email_verified": False}, {"is_logged_in": False}],
)
def test_old_unknown_and_unverified_identities_do_not(browser: Browser, changes):
    run = opened(browser, **{"is_logged_in": True, "iat": time.time(), **CLAIMS, **changes})
    assert titles(run) == ["Вход в систему"]
    assert session_step(run) == ""


def test_a_token_without_its_essential_claims_is_no_identity():
    assert identity_of({"iss": "https://id.example.ru", "sub": "42"}) is None
    assert identity_of({"sub": "42", "iat": 1}) is None
