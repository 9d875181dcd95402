"""Words that somebody typed into a section and has not saved: they survive a reload and a lost connection."""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from core.people.scope import Scope
from core.store.drafts import drop_draft, load_draft, save_draft
from pages.widgets.session import look, write


def keep(name: str, field: str) -> None:
    """Store what stands in the text field as the unsaved words of this place; to be called in a callback."""
    write(_keep, name, str(st.session_state.get(field) or ""))


def kept(name: str) -> str | None:
    """Return the unsaved words of this place, None when there are none."""
    return look(_kept, name)


def forget(name: str) -> None:
    """Drop the unsaved words, after they were saved or thrown away."""
    write(_forget, name)


def _keep(session: Session, scope: Scope, name: str, text: str) -> None:
    save_draft(session, _person(scope), name, {"text": text})


def _kept(session: Session, scope: Scope, name: str) -> str | None:
    draft = load_draft(session, _person(scope), name)
    text = draft.edits.get("text") if draft is not None else None
    return text if isinstance(text, str) else None


def _forget(session: Session, scope: Scope, name: str) -> None:
    drop_draft(session, _person(scope), name)


def _person(scope: Scope) -> str:
    return scope.actor_name if scope.actor_id is None else str(scope.actor_id)
