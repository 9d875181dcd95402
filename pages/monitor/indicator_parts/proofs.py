"""Files and links that prove a value or an expected document."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.monitoring.evidence import (
    Proven,
    attach_file,
    attach_link,
    list_evidence,
    open_evidence,
    remove_evidence,
    restore_evidence,
)
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.values import EDITABLE, EntryRow
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.attached_files import show_attached, show_attaching, show_removed
from pages.widgets.session import current_scope, engine, look, read, write


def show_documents(rows: list[EntryRow], *, may_change: bool = True) -> None:
    """Show what proves the answers «да» by document; open values take new files."""
    documents = {row.id: row for row in rows if row.passport.kind is IndicatorKind.DOCUMENT}
    if not documents:
        return
    with st.expander(f"Документы к показателям «да/нет» ({sum(row.evidence for row in documents.values())})"):
        chosen = st.selectbox(
            "Показатель", list(documents), key=f"{SCREEN}_document",
            format_func=lambda key: f"{documents[key].passport.code}. {documents[key].passport.name}",
        )
        if chosen is not None:
            show_proofs(Proven(value_id=chosen), may_change=may_change and documents[chosen].state in EDITABLE)


def show_proofs(proven: Proven, *, may_change: bool) -> None:
    """Show what is attached; those who may change it attach, take away and bring back."""
    key = f"{SCREEN}_proof_{proven.value_id or 0}_{proven.expected_id or 0}"
    show_attached(key, read(list_evidence, proven), _content, remove=_remove if may_change else None)
    if may_change:
        show_attaching(
            key, partial(attach_file, engine(), current_scope(), proven), lambda url: write(attach_link, proven, url)
        )
        show_removed(key, read(list_evidence, proven, deleted=True), lambda row: write(restore_evidence, row))


def _remove(evidence_id: int) -> object:
    return write(remove_evidence, evidence_id)


def _content(evidence_id: int) -> bytes:
    return look(open_evidence, evidence_id)[1]
