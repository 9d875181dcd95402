"""The way from a work to its note: read, put right and taken away on the screen of documents."""

from __future__ import annotations

import streamlit as st

from core.analysis.results import WorkOverview
from core.documents.text import NoteKind, NoteSubject
from pages.widgets.documents import DOCUMENT_ADDRESS
from pages.widgets.links import link_to

_LABELS = {NoteKind.WORK_SHORT: "Аналитическая справка", NoteKind.WORK_LONG: "Полная справка, 16 разделов"}


def show_note_links(overview: WorkOverview) -> None:
    """Show the links to both forms of the note about the chosen unit; none where no single unit is chosen."""
    widest = [one for one in overview.work.units if not one.parents]
    unit = overview.unit or (widest[0] if len(widest) == 1 else None)
    if unit is None:
        return
    key = NoteSubject(overview.work.assessment_id, unit.key).key
    with st.container(horizontal=True):
        for kind, label in _LABELS.items():
            link_to("documents", label, dict(zip(DOCUMENT_ADDRESS, (kind.value, key), strict=True)))
