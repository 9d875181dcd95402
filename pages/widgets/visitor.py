"""Who sits at the screen: the session of the browser's cookie, found out once a run and tied to this tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.people.keys import InstallationKey, installation_key
from core.people.signed_in import SignedIn, who_is_signed_in
from core.store.audit import record_event
from core.store.engine import default_engine
from core.store.unit_of_work import writing
from core.web.session_cookie import cookie_name

_FOUND, _PINNED = "visitor_found", "visitor_session"
SESSION_ENDED = "Сеанс завершён. Войдите снова."


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found out in one run; `run` is an object that Streamlit makes anew for every run."""

    run: object
    person: SignedIn | None
    is_another: bool
    """Whether the cookie is of another session than the one that this tab began with."""


def key() -> InstallationKey:
    """Return the installation's key."""
    return installation_key()


def address() -> str:
    """Return the address of the browser, as the server's own proxy settings let it be known."""
    found = st.context.ip_address
    return found if isinstance(found, str) else "127.0.0.1"


def cookie_token() -> str | None:
    """Return the token in the browser's cookie, None for none; the one that https protects counts first."""
    found = (st.context.cookies.get(cookie_name(secure)) for secure in (True, False))
    return next((token for token in found if isinstance(token, str)), None)


def signed_in() -> SignedIn | None:
    """Return the person of the session, None for nobody.

    Asked in every run, also in callbacks and fragments. A tab belongs to the session with which it began: the name of
    a tab's connection alone opens nothing, because a stolen one comes with another cookie (security.md, F6).
    """
    return _find().person


def signed_in_later() -> Callable[[], SignedIn | None]:
    """Return a function that finds the person of this screen out again where there is no run of it: in a download.

    The file of a button is made in a thread that knows neither browser nor session; it asks whether the session that
    drew the button still lives.
    """
    token = cookie_token()
    return lambda: who_is_signed_in(default_engine(), key(), token)


def admit() -> SignedIn | None:
    """Return the person, and forget everything that this tab holds when its session is over or another one."""
    found = _find()
    if found.person is None and _PINNED in st.session_state:
        st.session_state.clear()
        st.session_state["gate_note"] = SESSION_ENDED
        if found.is_another:
            _note_mismatch()
    elif found.person is not None:
        st.session_state[_PINNED] = found.person.session_id
    return found.person


def _find() -> _Found:
    run = getattr(get_script_run_ctx(suppress_warning=True), "cursors", None)
    kept = st.session_state.get(_FOUND)
    if isinstance(kept, _Found) and run is not None and kept.run is run:
        return kept
    person = who_is_signed_in(default_engine(), key(), cookie_token())
    pinned = st.session_state.get(_PINNED)
    is_another = person is not None and pinned is not None and pinned != person.session_id
    found = _Found(run, None if is_another else person, is_another)
    st.session_state[_FOUND] = found
    return found


def _note_mismatch() -> None:
    with writing(default_engine(), "вход в систему") as session:
        record_event(session, "чужой сеанс отклонён", "auth_session", field="адрес", new=address())
