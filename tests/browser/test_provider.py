"""Signing in through a real OpenID Connect provider: its own server, signed tokens, st.login in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, free_port, started
from tests.browser.identity_provider import CLIENT, Provider, running_provider
from tests.browser.steps import heading, open_path, picture
from tests.browser.test_sign_in import add_user, sign_out

SECRETS = """
[auth]
title = "учётную запись района"
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "{client}"
client_secret = "provider-secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        running.claims = {"sub": "42", "email": "Orlova@example.ru", "email_verified": True}
        yield running


@pytest.fixture
def server(tmp_path: Path, provider: Provider) -> Iterator[Server]:
    port, secrets = free_port(), tmp_path / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, secret="s" * 40, client=CLIENT, provider=provider.url))
    with started(tmp_path, sign_in="on", port=port, options=(f"--secrets.files={secrets}",)) as running:
        add_user(running, "орлова", "--name", "Орлова А. И.", "--email", "orlova@example.ru")
        yield running


def come(server: Server, page: Page) -> None:
    open_path(page, server.url, "/help")
    expect(heading(page)).to_have_text("Вход в систему")
    with page.expect_response("**/oauth2callback?**"):
        page.get_by_role("button", name="Войти через учётную запись района").click()


def test_a_person_of_the_provider_comes_in_leaves_and_comes_again(server: Server, provider: Provider, page: Page):
    come(server, page)
    expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible()
    assert {"/authorize", "/token", "/jwks"} <= set(provider.asked)
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == "quality_session")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    picture(page, "provider")
    sign_out(page)
    page.reload()
    expect(heading(page)).to_have_text("Вход в систему")
    provider.claims = {"sub": "42", "email": "changed@example.ru", "email_verified": False}
    come(server, page)
    expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible()


@pytest.mark.parametrize("fault", ["unknown", "unverified", "forged"])
def test_others_stay_outside(server: Server, provider: Provider, page: Page, fault: str):
    if fault == "unknown":
        provider.claims["email"] = "other@example.ru"
    elif fault == "unverified":
        provider.claims["email_verified"] = False
    else:
        provider.published_key = rsa.generate_private_key(65537, 2048)
    come(server, page)
    expect(heading(page)).to_have_text("Вход в систему")
    if fault != "forged":
        expect(page.get_by_text("Для этого пользователя нет учётной записи")).to_be_visible()
    assert "/token" in provider.asked
    assert all(cookie["name"] != "quality_session" for cookie in page.context.cookies())
