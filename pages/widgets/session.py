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
from core.store.data_version import data_version as current_version
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing
from pages.widgets.refusals import show_refusal
from pages.widgets.visitor import signed_in

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_KEPT_ANSWERS = 256


def current_scope() -> Scope:
    """Return what the person at this screen may see and do; nothing for somebody who is not signed in.

    Where signing in is switched off, it is the local administrator: the server admits only this computer then
    (`core.web.guard`).
    """
    if is_sign_in_off():
        return Scope.local_administrator()
    person = signed_in()
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
    """Return `use_case(session, scope, …)`, computed once for the same rights, arguments and state of the data.

    All arguments must be hashable. Raises what the use case raises; a refusal is not kept.
    """
    scope = current_scope()
    place = _Place(str(engine().url), data_version(), scope.key, scope)
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
