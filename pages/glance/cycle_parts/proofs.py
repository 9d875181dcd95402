"""Files and links that prove a mark or hold the text of a regulation."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.cycle.evidence import (
    Proven,
    attach_file,
    attach_link,
    list_evidence,
    open_evidence,
    remove_evidence,
    restore_evidence,
)
from pages.glance.cycle_parts.choice import SCREEN
from pages.widgets.attached_files import show_attached, show_attaching, show_removed
from pages.widgets.session import current_scope, engine, look, read, write


def show_proofs(proven: Proven, *, may_change: bool) -> None:
    """Show what is attached; those who may change it attach, take away and bring back."""
    key = f"{SCREEN}_proof_{proven.mark_id or 0}_{proven.regulation_id or 0}"
    rows = read(list_evidence, proven)
    if not rows and not may_change:
        st.caption("Ничего не приложено.")
    show_attached(key, rows, _content, remove=_remove if may_change else None)
    if may_change:
        show_attaching(
            key, partial(attach_file, engine(), current_scope(), proven), lambda url: write(attach_link, proven, url)
        )
        show_removed(key, read(list_evidence, proven, deleted=True), lambda row: write(restore_evidence, row))


def _remove(evidence_id: int) -> object:
    return write(remove_evidence, evidence_id)


def _content(evidence_id: int) -> bytes:
    return look(open_evidence, evidence_id)[1]
