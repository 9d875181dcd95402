"""Behind a proxy with TLS the session's cookie is for this host and for https alone."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import started
from tests.browser.steps import heading, open_path
from tests.browser.test_sign_in import add_user, sign_in_anew, sign_out
from tests.browser.tls_proxy import tls_before


def test_the_cookie_is_secure_behind_a_proxy(tmp_path: Path, browser: Browser):
    with started(tmp_path, sign_in="on") as server, tls_before(int(server.url.rpartition(":")[2]), tmp_path) as url:
        given = add_user(server, "орлова", "--name", "Орлова А. И.")
        context = browser.new_context(ignore_https_errors=True, viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.set_default_timeout(20_000)
        outside = type(server)(url, server.store, server.log)
        sign_in_anew(outside, page, "орлова", given)
        cookies = {cookie["name"]: cookie for cookie in context.cookies()}
        cookie = cookies["__Host-quality_session"]
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Strict", "/")
        assert "quality_session" not in cookies
        open_path(page, url, "/account")
        expect(heading(page)).to_have_text("Мой профиль")
        sign_out(page)
        assert "__Host-quality_session" not in {cookie["name"] for cookie in context.cookies()}
        context.close()
