"""Who sits at the screen, and the one way in which pages read and write.

A page begins with its right, then asks use cases of `core`; it never sees a database session:

    scope = require(Action.VIEW)
    works = read(list_works)                             # list_works(session, scope)
    statistics = read(work_statistics, assessment_id)    # kept until the data change or the scope is another one
    stored = write(undo_upload, upload_id)               # one transaction, all or nothing

Answers of `read` are shared between sessions of the same rights: look at them, never change them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import NotAllowed
from core.people.scope import Action, Scope
from core.people.sign_in_mode import is_sign_in_off
from core.people.signed_in import SignedIn
from core.store.data_version import data_version as current_version
from core.store.data_version import version_for
from core.store.engine import default_engine
from core.store.rooms import room_of
from core.store.unit_of_work import reading, writing
from pages.widgets.refusals import show_refusal
from pages.widgets.visitor import signed_in, signed_in_later

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_KEPT_ANSWERS = 256
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


def _version_for(use_case: Callable[..., object]) -> int:
    with reading(engine()) as session:
        return version_for(session, room_of(getattr(use_case, "__module__", "")))


def read(
    use_case: Callable[Concatenate[Session, Scope, _Given], _Answer], *given: _Given.args, **options: _Given.kwargs
) -> _Answer:
    """Return `use_case(session, scope, …)`, computed once for the same rights, arguments and state of the data.

    The data are those of the use case's room and of the rooms before it: it cannot read others. All arguments must be
    hashable. Raises what the use case raises; a refusal is not kept.
    """
    scope = current_scope()
    place = _Place(str(engine().url), _version_for(use_case), scope.key, scope)
    arguments: tuple[Hashable, ...] = given
    answer: _Answer = _kept(use_case, place, arguments, tuple(sorted(options.items())))
    return answer


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


@dataclass(frozen=True, slots=True)
class _Place:
    """In which database, at which state of the data and with which rights an answer was computed."""

    database: str
    version: int
    scope_key: str
    scope: Scope = field(compare=False)


@lru_cache(maxsize=_KEPT_ANSWERS)
def _kept(
    use_case: Callable[..., _Answer],
    place: _Place,
    given: tuple[Hashable, ...],
    options: tuple[tuple[str, Hashable], ...],
) -> _Answer:
    with reading(engine()) as session:
        return use_case(session, place.scope, *given, **dict(options))
