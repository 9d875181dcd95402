"""Unsaved edits of one person in one grid, kept so that a reload, a crash or a lost connection loses nothing."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.store.base import utc_now
from core.store.tables import GridDraft


def save_draft(session: Session, actor: str, grid: str, edits: dict[str, object]) -> None:
    """Keep the edits (what JSON knows) in place of the earlier draft of this person and grid.

    `actor` tells persons apart (a login, not a name that two may share); `grid` names the table and what it shows,
    for example «blueprint_item:17».
    """
    draft = session.exec(select(GridDraft).where(GridDraft.actor == actor, GridDraft.grid == grid)).first()
    if draft is None:
        draft = GridDraft(actor=actor, grid=grid)
    draft.edits, draft.saved_at = edits, utc_now()
    session.add(draft)
    session.flush()


def load_draft(session: Session, actor: str, grid: str) -> GridDraft | None:
    """Return the draft with its edits and the time of saving, None when there is none."""
    return session.exec(select(GridDraft).where(GridDraft.actor == actor, GridDraft.grid == grid)).first()


def drop_draft(session: Session, actor: str, grid: str) -> None:
    """Forget the draft, after its edits were saved or thrown away."""
    session.execute(delete(GridDraft).where(col(GridDraft.actor) == actor, col(GridDraft.grid) == grid))
