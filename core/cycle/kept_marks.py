"""Marks that follow from results and answers alone are kept until those change, not until anything does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from typing import TypeAlias

from sqlmodel import Session

from core.analysis.kept import Kept
from core.cycle.marks import MarksByPlace
from core.cycle.place import Places
from core.people.scope import Scope
from core.store.author import is_writing
from core.store.data_version import version_for

Finder: TypeAlias = Callable[[Session, Scope, Places], MarksByPlace]

_MOST = 256
"""So many sets of marks are kept at once."""


def kept_until_changed(room: str) -> Callable[[Finder], Finder]:
    """Make a finder that reads no rows of rooms after this one keep its marks until a row of one of them changes.

    They are kept for the same rights, places and day. A unit of work that writes sees its own changes and keeps
    nothing.
    """
    kept = Kept(_MOST)

    def keep(finder: Finder) -> Finder:
        @wraps(finder)
        def found(session: Session, scope: Scope, places: Places) -> MarksByPlace:
            make = partial(finder, session, scope, places)
            if is_writing(session):
                return make()
            asked = tuple((place.id, place.units, place.year) for place in places)
            store = session.get_bind().engine.url
            return kept.of((store, version_for(session, room), scope.key, asked, date.today()), make)

        return found

    return keep
