"""The organisation that a command is about."""

from __future__ import annotations

from sqlmodel import Session, select

from core.errors import NotFound
from core.monitoring.beginning import beginning_unit
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.people.tables import Organisation


def unit_of(session: Session, code: str | None) -> int:
    """Return the organisation of the code, the top of the tree without one; NotFound where there is none."""
    if code is None:
        tree = load_tree(session, Scope.local_administrator())
        top = next((key for key in sorted(tree.organisations) if tree.parents[key] is None), None)
        if top is None:
            raise NotFound("Организация")
        return top
    row = session.exec(select(Organisation).where(Organisation.code == code)).first()
    if row is None or row.deleted_at is not None:
        raise NotFound(f"Организация «{code}»")
    return row.id or 0


def monitored_unit(session: Session, code: str | None) -> int:
    """Return the organisation of the code; without one that with which the screen of indicators begins."""
    if code is None:
        return beginning_unit(session, Scope.local_administrator()) or unit_of(session, None)
    return unit_of(session, code)
