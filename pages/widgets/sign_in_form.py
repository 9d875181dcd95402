"""The sign-in form of streamlit-authenticator. What it would decide by itself is decided in `core.people`."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController

_FIELDS = {"Form name": "Логин и пароль", "Username": "Логин", "Password": "Пароль", "Login": "Войти"}
_STATUS = "authentication_status"


class _NoCookie:
    """The library's own cookie is readable by scripts and outlives sign-out and passwords, so it is never written."""

    def get_cookie(self) -> None:
        """Return no cookie."""

    def set_cookie(self) -> None:
        """Write none."""

    def delete_cookie(self) -> None:
        """Delete none."""


class SignInForm(Authenticate):  # type: ignore[misc]  # the library has no types
    """The library's form with Russian words; `check` says whether a login and a password belong together."""

    def __init__(self, check: Callable[[str, str], bool]) -> None:
        self.api_key = None
        self.attrs = {"login_sleep_time": 0}
        self.path = None
        self.secret_key = secrets.token_urlsafe(32)
        self.cookie_controller = _NoCookie()
        users: dict[str, dict[str, str]] = {}
        self.authentication_controller = AuthenticationController(
            {"usernames": users}, auto_hash=False, secret_key=self.secret_key
        )
        model = self.authentication_controller.authentication_model

        def check_credentials(login: str, password: str) -> bool:
            fits = check(login, password)
            if fits:
                model.credentials["usernames"][login] = {"name": login}
            return fits

        model.check_credentials = check_credentials
        # Whether somebody is signed in is asked of the server's sessions in every run, never of this flag.
        st.session_state[_STATUS] = None

    def show(self) -> None:
        """Show the form; `check` is called when it was sent with both fields filled."""
        self.login(key="sign_in", fields=_FIELDS)
