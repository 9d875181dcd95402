"""Who sits at the screen, and the one way in which pages read and write.

A page begins with its right, then asks use cases of `core`; it never sees a database session:

    scope = require(Action.VIEW)
    works = read(list_works)                             # list_works(session, scope)
    statistics = read(work_statistics, assessment_id)    # kept until its data change
    stored = write(undo_upload, upload_id)               # one transaction, all or nothing

Answers of `read` are shared between sessions of the same rights: look at them, never change them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import NotAllowed
from core.people.scope import Action, Scope
from core.people.sign_in_mode import is_sign_in_off
from core.people.signed_in import SignedIn
from core.store.answers import answer_of
from core.store.data_version import data_version as current_version
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing
from pages.widgets.refusals import show_refusal
from pages.widgets.visitor import signed_in, signed_in_later

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_CARRIED: ContextVar[Scope | None] = ContextVar("carried", default=None)
"""For whom a thread without a screen acts."""


def current_scope() -> Scope:
    """Return what the person at this screen may see and do; nothing for somebody who is not signed in.

    Where signing in is switched off, it is the local administrator: the server admits only this computer then
    (`core.web.guard`).
    """
    if is_sign_in_off():
        return Scope.local_administrator()
    carried = _CARRIED.get()
    return carried if carried is not None else _scope_of(signed_in())


def carried(make: Callable[[], _Answer]) -> Callable[[], _Answer]:
    """Return `make` for a thread without a screen, such as that of a download: it acts for the person at this screen.

    Their session and rights are looked up again when it runs.
    """
    if is_sign_in_off():
        return make
    find = signed_in_later()

    def made() -> _Answer:
        before = _CARRIED.set(_scope_of(find()))
        try:
            return make()
        finally:
            _CARRIED.reset(before)

    return made


def _scope_of(person: SignedIn | None) -> Scope:
    return person.scope if person is not None else Scope.of(None, "Гость", ())


def engine() -> Engine:
    """Return the database's engine, one for the whole process."""
    return default_engine()


def time_zone() -> ZoneInfo:
    """Return the zone in which times are shown: the one that organisations have unless they say otherwise."""
    return ZoneInfo("Europe/Moscow")


def require(*actions: Action) -> Scope:
    """Return the scope, or show a Russian refusal and stop the page. The first line of every page.

    Several actions: any of them opens the page. None: the page is open to everybody who is signed in.
    """
    scope = current_scope()
    if not actions:
        if scope.actor_id is not None or is_sign_in_off():
            return scope
        show_refusal(NotAllowed("Вы не вошли в систему.", "Обновите страницу и войдите."))
        st.stop()
    if not any(scope.allows(action) for action in actions):
        show_refusal(NotAllowed(f"Нет права {actions[0].value}.", "Обратитесь к администратору системы."))
        st.stop()
    return scope


def data_version() -> int:
    """Return the number that grows with every committed write; caches are keyed by it."""
    with reading(engine()) as session:
        return current_version(session)


def read(
    use_case: Callable[Concatenate[Session, Scope, _Given], _Answer], *given: _Given.args, **options: _Given.kwargs
) -> _Answer:
    """Return `use_case(session, scope, …)`, computed once a day for the same rights, arguments and state of the data.

    The data are the tables that it was read from (`core.store.answers`). All arguments must be hashable. Raises what
    the use case raises; a refusal is not kept.
    """
    with reading(engine()) as session:
        return answer_of(session, current_scope(), use_case, *given, **options)


def look(
    use_case: Callable[Concatenate[Session, Scope, _Given], _Answer], *given: _Given.args, **options: _Given.kwargs
) -> _Answer:
    """Return `use_case(session, scope, …)` computed anew: for arguments that cannot be kept, such as files."""
    with reading(engine()) as session:
        return use_case(session, current_scope(), *given, **options)


def write(
    use_case: Callable[Concatenate[Session, Scope, _Given], _Answer], *given: _Given.args, **options: _Given.kwargs
) -> _Answer:
    """Return `use_case(session, scope, …)` carried out in one transaction with its audit trail.

    Nothing of it is kept when it raises. A use case that must not happen twice takes its own `operation_id`.
    """
    scope = current_scope()
    with writing(engine(), actor=scope.actor_name, actor_id=scope.actor_id) as session:
        return use_case(session, scope, *given, **options)
